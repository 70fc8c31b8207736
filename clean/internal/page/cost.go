package page

import "bytes"

// What a page takes in bytes while it is cleaned, for each of its tags and for each byte
// of its HTML, as measured on pages of nothing but tags and nothing but words.
const (
	bytesPerTag  = 400
	bytesPerByte = 10
)

// Cost returns about how many bytes of memory a page takes while it is cleaned.
func Cost(html []byte) int64 { return cost(len(html), countTags(html)) }

// Cost returns about how many bytes of memory the page takes while it is cleaned, and 0
// for one that was not parsed here.
func (p *Page) Cost() int64 { return p.cost }

func cost(size, tags int) int64 { return int64(tags)*bytesPerTag + int64(size)*bytesPerByte }

// countTags returns about how many tags a page has.
func countTags(html []byte) int { return bytes.Count(html, []byte{'<'}) }
