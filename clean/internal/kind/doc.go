// Package kind tells articles, live blogs, galleries and videos from listings and
// other pages, and how sure newsclip is of the text.
//
// A [Page] is read as it stands: call [Page.Read] after the last change of a
// verdict, but for the posts and items of a page that is no article, which are kept
// by what was read. Models tell articles from other pages; rules tell the kinds of
// article apart.
package kind
