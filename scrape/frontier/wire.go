package frontier

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// How items and outcomes look in the streams. Both are read a million at a
// time when a job is reopened, so that what the index needs stands first and
// is read without decoding the rest.

var errWire = errors.New("frontier: damaged message")

// hashLen is the number of bytes of an identity that are kept: 96 bits give a
// billion URLs a chance of one in 10^11 that any two meet.
const hashLen = 12

type hash [hashLen]byte

func hashOf(parts ...string) hash {
	d := sha256.New()
	for _, p := range parts {
		d.Write([]byte(p))
		d.Write([]byte{0})
	}
	var h hash
	copy(h[:], d.Sum(nil))
	return h
}

// token is the hash as a subject's token.
func (h hash) token() string { return base64.RawURLEncoding.EncodeToString(h[:]) }

func (it *Item) identity() hash {
	key := it.Key
	if key == "" {
		key = it.URL
	}
	return hashOf(it.Host, key)
}

// partitionOf spreads hosts; it must never change for a job's life.
func partitionOf(host string, n int) int {
	h := hashOf(host)
	return int(binary.BigEndian.Uint64(h[:8]) % uint64(n))
}

const itemVersion = 1

// itemBody is the part of an item that only Next reads.
type itemBody struct {
	URL       string            `json:"u"`
	Key       string            `json:"k,omitempty"`
	Kind      string            `json:"t,omitempty"`
	Depth     int               `json:"d,omitempty"`
	Referrer  string            `json:"r,omitempty"`
	Redirects []string          `json:"h,omitempty"`
	Meta      map[string]string `json:"m,omitempty"`
}

func encodeItem(it *Item) ([]byte, error) {
	body, err := json.Marshal(itemBody{it.URL, it.Key, it.Kind, it.Depth, it.Referrer, it.Redirects, it.Meta})
	if err != nil {
		return nil, fmt.Errorf("frontier: %s: %w", it.URL, err)
	}
	b := make([]byte, 0, 16+len(it.Host)+len(body))
	b = append(b, itemVersion, byte(it.Class))
	sec := int64(0)
	if !it.LastMod.IsZero() {
		sec = it.LastMod.Unix()
	}
	b = binary.AppendVarint(b, sec)
	b = appendBytes(b, []byte(it.Host))
	return append(b, body...), nil
}

// itemHead is what the index needs of an item.
type itemHead struct {
	class Class
	sec   int64 // LastMod in Unix seconds, 0 unknown
	host  []byte
	body  []byte
}

func decodeHead(b []byte) (itemHead, error) {
	var h itemHead
	if len(b) < 3 || b[0] != itemVersion || b[1] >= byte(classes) {
		return h, errWire
	}
	h.class = Class(b[1])
	sec, n := binary.Varint(b[2:])
	if n <= 0 {
		return h, errWire
	}
	h.sec = sec
	var ok bool
	if h.host, h.body, ok = cutBytes(b[2+n:]); !ok {
		return h, errWire
	}
	return h, nil
}

func decodeItem(b []byte) (Item, error) {
	h, err := decodeHead(b)
	if err != nil {
		return Item{}, err
	}
	var body itemBody
	if err := json.Unmarshal(h.body, &body); err != nil {
		return Item{}, fmt.Errorf("frontier: damaged message: %w", err)
	}
	it := Item{
		URL: body.URL, Host: string(h.host), Key: body.Key, Kind: body.Kind, Class: h.class,
		Depth: body.Depth, Referrer: body.Referrer, Redirects: body.Redirects, Meta: body.Meta,
	}
	if h.sec != 0 {
		it.LastMod = time.Unix(h.sec, 0).UTC()
	}
	return it, nil
}

// priority orders a host's items: class, then newest first, then those without
// a date. Ties are broken by the sequence in which they were stored.
func priority(c Class, sec int64) uint64 {
	const undated = 1 << 41
	p := uint64(c) << 56
	if sec == 0 {
		return p | undated
	}
	return p | uint64(1<<40-min(max(sec, 0), 1<<40))
}

func classOf(prio uint64) Class { return Class(prio >> 56) }

// The outcomes that a journal holds.
const (
	outDone   = 1 // finished
	outFailed = 2 // finished, as a failure
	outRetry  = 3 // pending again, later
	outReopen = 4 // pending again, in a new round
	outEmpty  = 5 // finished, and came to nothing
)

// outcome is one entry of the journal: what became of the URL stored at seq.
type outcome struct {
	kind    byte
	seq     uint64
	round   uint64
	at      int64 // Unix milliseconds: when it finished, or when a retry is due
	attempt uint64
	memo    []byte
	records [][]byte
}

func (o *outcome) size() int {
	n := 40 + len(o.memo)
	for _, r := range o.records {
		n += len(r) + 5
	}
	return n
}

func (o *outcome) append(b []byte) []byte {
	b = append(b, o.kind)
	b = binary.AppendUvarint(b, o.seq)
	b = binary.AppendUvarint(b, o.round)
	b = binary.AppendVarint(b, o.at)
	b = binary.AppendUvarint(b, o.attempt)
	b = appendBytes(b, o.memo)
	b = binary.AppendUvarint(b, uint64(len(o.records)))
	for _, r := range o.records {
		b = appendBytes(b, r)
	}
	return b
}

// decodeOutcomes calls f with each entry of a journal message; slices are of b.
func decodeOutcomes(b []byte, f func(o *outcome) error) error {
	for len(b) > 0 {
		var o outcome
		o.kind = b[0]
		b = b[1:]
		var n uint64
		ok := o.kind >= outDone && o.kind <= outEmpty &&
			cutUvarint(&b, &o.seq) && cutUvarint(&b, &o.round) && cutVarint(&b, &o.at) && cutUvarint(&b, &o.attempt)
		if ok {
			o.memo, b, ok = cutBytes(b)
		}
		if !ok || !cutUvarint(&b, &n) || n > uint64(len(b)) {
			return errWire
		}
		for range n {
			var r []byte
			if r, b, ok = cutBytes(b); !ok {
				return errWire
			}
			o.records = append(o.records, r)
		}
		if err := f(&o); err != nil {
			return err
		}
	}
	return nil
}

func appendBytes(b, v []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(v))), v...)
}

func cutBytes(b []byte) (v, rest []byte, ok bool) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, nil, false
	}
	return b[k : k+int(n) : k+int(n)], b[k+int(n):], true
}

func cutUvarint(b *[]byte, v *uint64) bool {
	x, k := binary.Uvarint(*b)
	if k <= 0 {
		return false
	}
	*v, *b = x, (*b)[k:]
	return true
}

func cutVarint(b *[]byte, v *int64) bool {
	x, k := binary.Varint(*b)
	if k <= 0 {
		return false
	}
	*v, *b = x, (*b)[k:]
	return true
}
