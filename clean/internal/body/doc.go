// Package body holds a page's blocks and what becomes of each.
//
// A [Body] is the tree, the blocks and a verdict for each block. After [New] the
// stages change verdicts and nothing else: [ApplySiteRules] follows the rules
// that a user wrote for the site, and [Sweep] takes out what is said in another
// field or was said before and returns the standfirst. What the site repeats on its
// other pages goes in package learn. [KeepPosts] and [KeepItems] keep what a page has
// to say that is no article.
package body
