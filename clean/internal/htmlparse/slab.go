package htmlparse

import (
	"strings"
	"sync"

	"golang.org/x/net/html"
)

// A slab is what the nodes, attributes and strings of one tree are allocated from,
// many at a time. Its nodes and attributes can be used for another tree.
type slab struct {
	nodes chunks[html.Node]
	attrs chunks[html.Attribute]
	text  strings.Builder
	size  int // of the next new chunk, in nodes
}

// chunks are zero values of which a tree takes one after the other.
type chunks[T any] struct {
	left []T   // of the chunk at hand
	all  [][]T // those of the tree first
	used int
}

// next makes the next chunk that which is at hand: one with room for least values, or a
// new one of size.
func (c *chunks[T]) next(least, size int) {
	if c.used == len(c.all) || len(c.all[c.used]) < least {
		c.all = append(c.all, make([]T, max(least, size)))
		last := len(c.all) - 1
		c.all[c.used], c.all[last] = c.all[last], c.all[c.used]
	}
	c.left = c.all[c.used]
	c.used++
}

// clear makes all chunks ready for another tree, and returns how many values they hold.
func (c *chunks[T]) clear() (n int) {
	for k, chunk := range c.all {
		if k < c.used {
			clear(chunk)
		}
		n += len(chunk)
	}
	c.left, c.used = nil, 0
	return n
}

const (
	// bytesPerNode is about what a page has of them.
	bytesPerNode = 48
	minChunk     = 32
	maxChunk     = 256 // 26 kB of nodes: larger chunks are rounded up to pages
	textChunk    = 2 << 10
	// maxPooled is how many nodes and attributes a slab may hold that is used again, some
	// 2.5 MB: a larger one would stay for the sake of one page.
	maxPooled = 1 << 15
)

// slabs are empty.
var slabs = sync.Pool{New: func() any { return new(slab) }}

// newSlab returns a slab for a page of n bytes.
func newSlab(n int) *slab {
	s := slabs.Get().(*slab)
	s.size = min(max(n/bytesPerNode, minChunk), maxChunk)
	return s
}

// release gives the slab to trees that are parsed later. Nothing of this one can be used
// after.
func (s *slab) release() {
	s.text = strings.Builder{}
	if s.nodes.clear()+s.attrs.clear() <= maxPooled {
		slabs.Put(s)
	}
}

func (s *slab) node() *html.Node {
	if len(s.nodes.left) == 0 {
		s.nodes.next(1, s.size)
	}
	n := &s.nodes.left[0]
	s.nodes.left = s.nodes.left[1:]
	return n
}

// attrRoom returns the place of the next tag's attributes: an empty slice.
func (s *slab) attrRoom() []html.Attribute {
	return s.attrs.left[:0]
}

// appendAttr appends to attributes in the slab.
func (s *slab) appendAttr(attr []html.Attribute, a html.Attribute) []html.Attribute {
	if len(attr) == cap(attr) {
		s.attrs.next(max(1, 2*len(attr)), s.size)
		attr = append(s.attrs.left[:0], attr...)
	}
	return append(attr, a)
}

// take keeps attributes that were read last: the next are read after them.
func (s *slab) take(attr []html.Attribute) []html.Attribute {
	n := len(attr)
	if n == 0 {
		return nil
	}
	s.attrs.left = s.attrs.left[n:]
	return attr[:n:n]
}

// copyAttr returns a copy of attributes.
func (s *slab) copyAttr(attr []html.Attribute) []html.Attribute {
	if len(attr) == 0 {
		return nil
	}
	if len(s.attrs.left) < len(attr) {
		s.attrs.next(len(attr), s.size)
	}
	return s.take(append(s.attrs.left[:0], attr...))
}

// room returns the builder for a string of about n bytes.
func (s *slab) room(n int) *strings.Builder {
	if s.text.Cap()-s.text.Len() < n {
		s.text = strings.Builder{}
		s.text.Grow(max(n, textChunk))
	}
	return &s.text
}

// lower returns s with its ASCII letters in lower case.
func (s *slab) lower(name string) string {
	b := s.room(len(name))
	from := b.Len()
	for k := range len(name) {
		c := name[k]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		b.WriteByte(c)
	}
	return b.String()[from:]
}

// replaceNUL returns s with U+FFFD for NUL.
func (s *slab) replaceNUL(text string) string {
	return strings.ReplaceAll(text, "\x00", "\ufffd")
}
