// Package page turns bytes into a page: decoded to UTF-8, parsed once into one
// tree, and listed as blocks.
//
// [Parse] decodes and parses an [Input]; [NewTree] lists the nodes of the [Page]
// that it returns, with what an element's tag, class and place say of it;
// [Tree.Blocks] lists the runs of text that stand on lines of their own. A Tree
// belongs to one goroutine, and [Tree.Release] gives its memory to the next page:
// nothing that the tree gave out may be used after that.
//
// The resolver of addresses ([Page.WebURL] and its sisters) is the only one in
// cleaning. Time and memory are linear in the size of a page.
package page
