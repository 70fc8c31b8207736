package clean

import "bytes"

// What a page takes in bytes while it is cleaned, for each of its tags and for each byte
// of its HTML, as measured on pages of nothing but tags and nothing but words.
const (
	bytesPerTag  = 400
	bytesPerByte = 10
)

// Cost returns about how many bytes of memory a page takes while it is cleaned, so that
// programs which clean many pages at once can bound the sum.
func Cost(html []byte) int64 {
	return int64(bytes.Count(html, []byte{'<'}))*bytesPerTag + int64(len(html))*bytesPerByte
}
