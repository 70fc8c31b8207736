package saved

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// Members with the same data are an error of the archive, before anything is
// decompressed.
func TestOverlappingMembers(t *testing.T) {
	data := makeZip(t, member{"a.html", page("A")})
	start, end := bytes.Index(data, []byte("PK\x01\x02")), bytes.LastIndex(data, []byte("PK\x05\x06"))
	for _, n := range []int{1, 2, 5000} {
		list := bytes.Repeat(data[start:end], n)
		tail := bytes.Clone(data[end:])
		binary.LittleEndian.PutUint16(tail[8:], uint16(n))
		binary.LittleEndian.PutUint16(tail[10:], uint16(n))
		binary.LittleEndian.PutUint32(tail[12:], uint32(len(list)))
		forged := append(append(bytes.Clone(data[:start]), list...), tail...)
		z, err := openZip(bytes.NewReader(forged), int64(len(forged)))
		if n == 1 {
			if err != nil || len(z.File) != 1 {
				t.Errorf("one member: %v", err)
			}
		} else if err == nil || !strings.Contains(err.Error(), "the same data") {
			t.Errorf("%d members: %v", n, err)
		}
	}
}
