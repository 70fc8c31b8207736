package body

import (
	"encoding/binary"
	"errors"
	"maps"
	"slices"
)

// snapshotVersion is the first byte of a snapshot. One of another version is not
// restored.
const snapshotVersion = 1

// errSnapshot is returned for bytes that are no snapshot.
var errSnapshot = errors.New("what was learnt of a site cannot be read")

// Snapshot returns what l knows of a host, for Restore of another Learner, or nil where
// it knows nothing. It takes up to some 25 kB.
func (l *Learner) Snapshot(host string) []byte {
	e, ok := l.hosts[host]
	if !ok {
		return nil
	}
	h := e.Value.(*hostRepeats)
	b := []byte{snapshotVersion}
	b = binary.AppendUvarint(b, uint64(h.pages))
	for _, key := range slices.Sorted(maps.Keys(h.blocks)) {
		s := h.blocks[key]
		b = binary.LittleEndian.AppendUint64(b, key)
		for _, n := range []int32{s.first, s.last, s.count} {
			b = binary.AppendUvarint(b, uint64(n))
		}
	}
	return b
}

// Restore makes l know of a host what a snapshot has, unless it has observed as many
// pages of it itself. A snapshot of another version of newsclip is ignored.
func (l *Learner) Restore(host string, snapshot []byte) error {
	if len(snapshot) == 0 || snapshot[0] != snapshotVersion {
		return nil
	}
	b := snapshot[1:]
	number := func() (int32, bool) {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > 1<<31-1 {
			return 0, false
		}
		b = b[k:]
		return int32(n), true
	}
	h := &hostRepeats{host: host, blocks: make(map[uint64]blockRepeats)}
	var ok bool
	if h.pages, ok = number(); !ok {
		return errSnapshot
	}
	for len(b) > 0 {
		if len(b) < 8 || len(h.blocks) >= 2*maxLearnBlocks {
			return errSnapshot
		}
		key := binary.LittleEndian.Uint64(b)
		b = b[8:]
		var s blockRepeats
		for _, to := range []*int32{&s.first, &s.last, &s.count} {
			if *to, ok = number(); !ok {
				return errSnapshot
			}
		}
		h.blocks[key] = s
	}
	if int(h.pages) > l.Pages(host) {
		*l.of(host) = *h
	}
	return nil
}
