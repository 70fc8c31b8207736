package overview

import (
	"cmp"
	"container/heap"
	"slices"
	"strings"

	"newsclip/cmd/internal/show"
)

const (
	// maxNames is how many names of a kind are counted at once. A name takes some
	// 300 bytes, so that ten kinds take some tens of megabytes at most.
	maxNames = 20_000
	// nameBytes bounds a name.
	nameBytes = 200
)

// A counter counts names. When it has maxNames of them, a new name takes the place
// and the count of the least frequent one: the frequent ones keep their places, and
// a count is at most over too high. The zero value has counted nothing.
type counter struct {
	max   int // 0 is maxNames
	names map[string]*entry
	least entries
	total int
	full  bool // a name has lost its place
}

// An entry is a name and how often it came.
type entry struct {
	name string
	n    int
	over int    // by how much n may be too high
	note string // of the first time that the name came
	at   int    // in the heap
}

func (c *counter) add(name string, n int, note string) {
	if len(name) > nameBytes {
		name = show.Cut(name, nameBytes)
	}
	c.total += n
	if e := c.names[name]; e != nil {
		e.n += n
		heap.Fix(&c.least, e.at)
		return
	}
	if c.names == nil {
		c.names = make(map[string]*entry)
	}
	// The name may be a part of a record, which it must not keep in memory.
	name, note = strings.Clone(name), strings.Clone(show.Cut(note, nameBytes))
	if len(c.least) < cmp.Or(c.max, maxNames) {
		e := &entry{name: name, n: n, note: note}
		c.names[name] = e
		heap.Push(&c.least, e)
		return
	}
	c.full = true
	e := c.least[0]
	delete(c.names, e.name)
	e.over = e.n
	e.name, e.note = name, note
	e.n += n
	c.names[name] = e
	heap.Fix(&c.least, 0)
}

// top returns the entries by their counts, the highest first and equal ones by
// name, without those that may be there by chance alone.
func (c *counter) top() []*entry {
	out := slices.DeleteFunc(slices.Clone([]*entry(c.least)), func(e *entry) bool { return c.full && e.over*2 > e.n })
	slices.SortFunc(out, func(a, b *entry) int { return cmp.Or(cmp.Compare(b.n, a.n), strings.Compare(a.name, b.name)) })
	return out
}

// entries is a heap with the least frequent name first.
type entries []*entry

func (h entries) Len() int           { return len(h) }
func (h entries) Less(i, j int) bool { return h[i].n < h[j].n }
func (h entries) Swap(i, j int)      { h[i], h[j] = h[j], h[i]; h[i].at, h[j].at = i, j }
func (h *entries) Push(x any)        { e := x.(*entry); e.at = len(*h); *h = append(*h, e) }
func (h *entries) Pop() any {
	e := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return e
}
