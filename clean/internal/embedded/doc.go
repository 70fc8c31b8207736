// Package embedded finds the bodies of articles that stand in a page and are not
// among its visible elements: in JSON-LD, in the data of page builders and
// content systems, in escaped HTML, and in elements that a browser shows only
// with a script of the page's or without any.
//
// [Find] lists what may be the page's article, and [Body.Page] makes a page of
// one, which is cleaned like any other. Whether the visible page lacks its
// article is for the caller to tell: it has judged its blocks.
//
// Memory and time are bounded: see the constants in find.go and json.go.
package embedded
