package kind

import (
	"sync"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// A workspace is what reading the columns of one page needs and the next can use
// again.
type workspace struct {
	kindOf text.HashSet[int32] // by sig, the number of the kind of element from 1 on
	kinds  []elementKind
	signed []int32 // elements that are a byline, a date or a time
	boxes  text.HashSet[boxGroup]
	posts  text.HashSet[postGroup]
	marks  []uint8 // by node, see postSigns
	clues  []int32 // see cluesSeen
}

// boxGroup counts the blocks that stand in boxes of one kind, their words, and those
// that are links for the most part; postGroup the boxes that may be posts.
type (
	boxGroup  struct{ n, words, links int32 }
	postGroup struct{ n, words int32 }
)

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// release gives a workspace back, unless a huge page has swollen it.
func (w *workspace) release() {
	if cap(w.marks) <= page.MaxPooledNodes {
		workspaces.Put(w)
	}
}

// zeroed returns n zeros in the place of *s.
func zeroed[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n, n+n/4)
		return *s
	}
	*s = (*s)[:n]
	clear(*s)
	return *s
}
