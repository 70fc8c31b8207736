package frontier

import (
	"bytes"
	"testing"

	"github.com/minio/highwayhash"
)

// FuzzWire: whatever the bytes of a message, it is read or refused, and what was read
// of outcomes is written as it was.
func FuzzWire(f *testing.F) {
	it := page("a.example", 1)
	b, err := encodeItem(&it)
	if err != nil {
		f.Fatal(err)
	}
	o := outcome{kind: outDone, seq: 7, round: 1, at: 5, attempt: 2, memo: []byte("m"), records: [][]byte{[]byte("r")}}
	f.Add(b)
	f.Add(o.append(nil))
	f.Add(seal("u.1.x", 3, b))
	f.Add(seal("j.1", 3, o.append(nil)))
	f.Fuzz(func(t *testing.T, b []byte) {
		if content, _, err := unseal("j.1", b); err == nil {
			b = content
		}
		if it, err := decodeItem(b); err == nil {
			again, err := encodeItem(&it)
			if err != nil {
				t.Fatal(err)
			}
			if head, err := decodeHead(again); err != nil || string(head.host) != it.Host {
				t.Errorf("%q, %v", head.host, err)
			}
		}
		var again []byte
		if err := decodeOutcomes(b, func(o *outcome) error {
			again = o.append(again)
			return nil
		}); err != nil {
			return
		}
		var third []byte
		if err := decodeOutcomes(again, func(o *outcome) error {
			third = o.append(third)
			return nil
		}); err != nil || !bytes.Equal(again, third) {
			t.Errorf("%v: %x and %x", err, again, third)
		}
	})
}

// FuzzBlock: whatever the bytes of a file of messages, reading it ends, and what is a
// record and what is not add up to the file.
func FuzzBlock(f *testing.F) {
	f.Add([]byte{})
	f.Add(make([]byte, 100))
	f.Add([]byte("\x40\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x10\x00newsclip.crawl.x0123456789"))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, last := range []bool{true, false} {
			s := &blockScan{sizes: map[string]int64{}}
			if err := s.scanBlock(b, "s", 1, last, func(*record) { t.Error("a record without its hash") }); err != nil {
				t.Fatal(err)
			}
			bad := s.torn
			for _, p := range s.bad {
				bad += p.size
			}
			if bad != len(b) {
				t.Errorf("%d of %d bytes", bad, len(b))
			}
		}
		hasher, err := highwayhash.New64(make([]byte, highwayhash.Size))
		if err != nil {
			t.Fatal(err)
		}
		if _, size := readRecord(b, hasher); size > len(b) {
			t.Errorf("a record of %d bytes in %d", size, len(b))
		}
	})
}
