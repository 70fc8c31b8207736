// Package body holds a page's blocks and what becomes of each.
//
// A [Body] is the tree, the blocks and a verdict for each block. After [New] the
// stages change verdicts and nothing else: package sweep has [Mend] and [SayOnce] take out
// what is said in another field or was said before. The rules that a user wrote for
// a site go in package siterules, and what the site repeats on its other pages in
// package learn. What a page has to say that is no article, [KeepData] and package items
// keep.
package body
