package learn

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// snapshotVersion is the first byte of a snapshot. One of another version is not
// restored.
const snapshotVersion = 2

// errSnapshot is returned for bytes that are no snapshot.
var errSnapshot = errors.New("what was learnt of a site cannot be read")

// Snapshot returns what l knows of a host, for Restore of another Learner, or nil where
// it knows nothing. It takes up to some 60 kB.
func (l *Learner) Snapshot(host string) []byte {
	e, ok := l.hosts[host]
	if !ok {
		return nil
	}
	h := e.Value.(*hostRepeats)
	b := []byte{snapshotVersion}
	number := func(n int) { b = binary.AppendUvarint(b, uint64(n)) }
	number(int(h.pages))
	number(len(h.blocks))
	for _, key := range slices.Sorted(maps.Keys(h.blocks)) {
		s := h.blocks[key]
		b = binary.LittleEndian.AppendUint64(b, key)
		b = binary.LittleEndian.AppendUint32(b, s.place)
		number(int(s.first))
		number(int(s.last))
		number(int(s.count))
	}
	number(len(h.places))
	for _, place := range slices.Sorted(maps.Keys(h.places)) {
		p := h.places[place]
		b = binary.LittleEndian.AppendUint32(b, place)
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p.Kept))
		number(p.Pages)
		number(p.Blocks)
		number(p.Again)
		number(int(p.last))
	}
	return b
}

// Restore makes l know of a host what a snapshot has, unless it has observed as many
// pages of it itself. A snapshot of another version of newsclip is ignored.
func (l *Learner) Restore(host string, snapshot []byte) error {
	if len(snapshot) == 0 || snapshot[0] != snapshotVersion {
		return nil
	}
	r := snapshotReader{b: snapshot[1:]}
	h := &hostRepeats{host: host, blocks: make(map[uint64]blockRepeats), places: make(map[uint32]PlaceUse)}
	h.pages = int32(r.number())
	for n := r.count(2 * maxLearnBlocks); n > 0; n-- {
		key := binary.LittleEndian.Uint64(r.bytes(8))
		h.blocks[key] = blockRepeats{
			place: binary.LittleEndian.Uint32(r.bytes(4)), first: int32(r.number()), last: int32(r.number()), count: int32(r.number()),
		}
	}
	for n := r.count(2 * maxLearnPlaces); n > 0; n-- {
		place := binary.LittleEndian.Uint32(r.bytes(4))
		h.places[place] = PlaceUse{
			Kept: math.Float64frombits(binary.LittleEndian.Uint64(r.bytes(8))), Pages: r.number(), Blocks: r.number(), Again: r.number(), last: int32(r.number()),
		}
	}
	if r.broken || len(r.b) > 0 {
		return errSnapshot
	}
	if int(h.pages) > l.Pages(host) {
		*l.of(host) = *h
	}
	return nil
}

// snapshotReader reads the numbers of a snapshot. When they end too early it is broken,
// and reads zeros.
type snapshotReader struct {
	b      []byte
	broken bool
}

func (r *snapshotReader) number() int {
	n, k := binary.Uvarint(r.b)
	if k <= 0 || n > math.MaxInt32 {
		r.broken = true
		return 0
	}
	r.b = r.b[k:]
	return int(n)
}

// count is a number of things to come, 0 where there are more than most.
func (r *snapshotReader) count(most int) int {
	n := r.number()
	if n > most {
		r.broken = true
		return 0
	}
	return n
}

func (r *snapshotReader) bytes(n int) []byte {
	if len(r.b) < n {
		r.broken = true
		return make([]byte, n)
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}
