// Package selectors holds what is boilerplate and where a site keeps its
// article, as data, and the code that loads it.
//
// The generic knowledge is compiled in: [RolesOf] says what an element's class
// and id stand for (roles.txt), [MatchPhrase] what a line of text is
// (phrases.txt). Both are evidence; package clean weighs it.
//
// The knowledge about particular sites is the user's: [LoadDir] reads a folder
// of rules, one file a site, and [Set.For] finds the rules of a host. The
// format is that of the community's site rules
// (https://github.com/fivefilters/ftr-site-config), so that its files can be
// used as they are:
//
//	# example.com.txt: pages of example.com and www.example.com
//	title: //h1[@class="headline"]
//	subtitle: .standfirst
//	author: .byline a
//	date: //time/@datetime
//	body: .article-text
//	strip: .article-text .promo
//	strip_id_or_class: newsletter
//
// A file called .example.com.txt is for example.com and every host under it.
// A value is an XPath where it looks like one and a CSS selector otherwise.
// [Rules] says what each directive does.
package selectors
