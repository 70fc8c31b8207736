package htmlparse

import (
	"strings"

	"golang.org/x/net/html"
)

// A slab is what the nodes, attributes and strings of one tree are allocated from,
// many at a time.
type slab struct {
	nodes []html.Node
	attrs []html.Attribute
	text  strings.Builder
	size  int // of the next chunk, in nodes
}

const (
	// bytesPerNode is about what a page has of them.
	bytesPerNode = 48
	minChunk     = 32
	maxChunk     = 256 // 26 kB of nodes: larger chunks are rounded up to pages
	textChunk    = 2 << 10
)

// newSlab returns a slab for a page of n bytes.
func newSlab(n int) slab {
	return slab{size: min(max(n/bytesPerNode, minChunk), maxChunk)}
}

func (s *slab) node() *html.Node {
	if len(s.nodes) == 0 {
		s.nodes = make([]html.Node, s.size)
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	return n
}

// attrRoom returns the place of the next tag's attributes: an empty slice.
func (s *slab) attrRoom() []html.Attribute {
	return s.attrs[:0]
}

// appendAttr appends to attributes in the slab.
func (s *slab) appendAttr(attr []html.Attribute, a html.Attribute) []html.Attribute {
	if len(attr) == cap(attr) {
		grown := make([]html.Attribute, len(attr), max(s.size, 2*len(attr)))
		copy(grown, attr)
		s.attrs, attr = grown, grown
	}
	return append(attr, a)
}

// take keeps attributes that were read last: the next are read after them.
func (s *slab) take(attr []html.Attribute) []html.Attribute {
	n := len(attr)
	if n == 0 {
		return nil
	}
	s.attrs = s.attrs[:cap(s.attrs)][n:]
	return attr[:n:n]
}

// copyAttr returns a copy of attributes.
func (s *slab) copyAttr(attr []html.Attribute) []html.Attribute {
	if len(attr) == 0 {
		return nil
	}
	if cap(s.attrs) < len(attr) {
		s.attrs = make([]html.Attribute, 0, max(s.size, len(attr)))
	}
	to := s.attrs[:len(attr)]
	copy(to, attr)
	return s.take(to)
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
