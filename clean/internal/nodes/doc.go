// Package nodes answers questions about a node of a page by what stands at it and around
// it: its line, its links, the boxes that hold it. No answer depends on what was read of
// the page before.
package nodes

import "newsclip/clean/internal/page"

// A Reader answers for the nodes of one page.
type Reader struct {
	*page.Tree
}
