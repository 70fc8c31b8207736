package frontier

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// The encoding of items and outcomes in the streams. Millions of both are read when
// a job is reopened. So the fields that the index needs come first, and are read
// without decoding the rest.

var errWire = fmt.Errorf("%w: a message is not as it was written", ErrDamaged)

// hashLen is the number of bytes of an identity's hash: with 96 bits the
// probability that any two of a billion URLs have the same hash is 10^-11.
const hashLen = 12

type hash [hashLen]byte

// hashOf hashes strings that have no NUL in them.
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

// identity is the hash by which an item enters once.
func (it *Item) identity() hash {
	key := it.Key
	if key == "" {
		key = it.URL
	}
	return hashOf(it.Host, key)
}

// partitionOf returns the partition of a host. A job's stored messages depend on
// it: it must never change.
func partitionOf(host string, n int) int {
	h := hashOf(host)
	return int(binary.BigEndian.Uint64(h[:8]) % uint64(n))
}

// itemVersion is the first byte of every item.
const itemVersion = 1

// itemBody is the part of an item that is decoded when Next returns it.
type itemBody struct {
	URL       string            `json:"u"`
	Key       string            `json:"k,omitempty"`
	Kind      string            `json:"t,omitempty"`
	Depth     int               `json:"d,omitempty"`
	Referrer  string            `json:"r,omitempty"`
	Redirects []string          `json:"h,omitempty"`
	Meta      map[string]string `json:"m,omitempty"`
}

// encodeItem returns the message of an item.
func encodeItem(it *Item) ([]byte, error) {
	b := make([]byte, 0, 64+len(it.Host)+len(it.URL)+len(it.Key)+len(it.Referrer))
	b = append(b, itemVersion, byte(it.Class))
	sec := int64(0)
	if !it.LastMod.IsZero() {
		sec = it.LastMod.Unix()
	}
	b = binary.AppendVarint(b, sec)
	b = binary.AppendUvarint(b, uint64(len(it.Host)))
	b = append(b, it.Host...)
	b = appendBody(b, it)
	if len(it.Redirects) == 0 && len(it.Meta) == 0 {
		return append(b, '}'), nil
	}
	// These few are left to the encoder, in an object of their own.
	rest, err := json.Marshal(itemBody{Redirects: it.Redirects, Meta: it.Meta})
	if err != nil {
		return nil, fmt.Errorf("frontier: %s: %w", it.URL, err)
	}
	return append(append(b, ','), rest[len(`{"u":"",`):]...), nil
}

// appendBody appends the beginning of an [itemBody] in JSON: the fields that most items
// have.
func appendBody(b []byte, it *Item) []byte {
	add := func(name, value string) {
		// An error is that of bytes that are no UTF-8, for which U+FFFD stands then.
		b, _ = jsontext.AppendQuote(append(b, name...), value)
	}
	add(`{"u":`, it.URL)
	if it.Key != "" {
		add(`,"k":`, it.Key)
	}
	if it.Kind != "" {
		add(`,"t":`, it.Kind)
	}
	if it.Depth != 0 {
		b = strconv.AppendInt(append(b, `,"d":`...), int64(it.Depth), 10)
	}
	if it.Referrer != "" {
		add(`,"r":`, it.Referrer)
	}
	return b
}

// itemHead is the part of an item that the index needs.
type itemHead struct {
	class Class
	sec   int64 // LastMod in Unix seconds; 0 means unknown
	host  []byte
	body  []byte
}

func decodeHead(b []byte) (itemHead, error) {
	var h itemHead
	if len(b) > 0 && b[0] > itemVersion {
		return h, ErrNewer
	}
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
		return Item{}, fmt.Errorf("%w: %w", errWire, err)
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

// priority orders a host's items, the first one lowest: by class, then the newest
// first, then those without a date. Equal ones are ordered by their sequence.
func priority(c Class, sec int64) uint64 {
	const (
		classShift = 56
		latest     = 1 << 40     // seconds, in the year 36812
		undated    = latest << 1 // greater than all dated ones
	)
	p := uint64(c) << classShift
	if sec == 0 {
		return p | undated
	}
	return p | uint64(latest-min(max(sec, 0), latest))
}

// classOf returns the class in a priority.
func classOf(prio uint64) Class { return Class(prio >> 56) }

// The kinds of outcomes.
const (
	outDone   = 1 // finished
	outFailed = 2 // finished with Result.Failed
	outRetry  = 3 // pending again, at a time
	outReopen = 4 // pending again, in a new round
	outEmpty  = 5 // finished with Result.Empty
)

// outcome is an entry of the journal: what has become of an item.
type outcome struct {
	kind    byte
	seq     uint64 // of the item's message
	round   uint64
	at      int64 // Unix milliseconds: when it finished, or when its retry is due
	attempt uint64
	memo    []byte
	records [][]byte
}

// The most bytes that an outcome takes beside its memo and records: its kind, four
// numbers and the lengths of the memo and of the list of records; and the length of
// a record of up to 32 MiB.
const (
	outcomeOverhead = 1 + 6*binary.MaxVarintLen64
	recordOverhead  = 4
)

// size is an upper bound of the bytes that append adds.
func (o *outcome) size() int {
	n := outcomeOverhead + len(o.memo)
	for _, r := range o.records {
		n += len(r) + recordOverhead
	}
	return n
}

// append appends the encoded outcome to b.
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

// decodeOutcomes calls f with each outcome of a journal message. The outcome's
// slices are parts of b.
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

// appendBytes appends the length of v and v.
func appendBytes(b, v []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(v))), v...)
}

// cutBytes splits what appendBytes has appended off b.
func cutBytes(b []byte) (v, rest []byte, ok bool) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, nil, false
	}
	return b[k : k+int(n) : k+int(n)], b[k+int(n):], true
}

// cutUvarint reads v from the start of *b and shortens *b.
func cutUvarint(b *[]byte, v *uint64) bool {
	x, k := binary.Uvarint(*b)
	if k <= 0 {
		return false
	}
	*v, *b = x, (*b)[k:]
	return true
}

// cutVarint is cutUvarint for signed numbers.
func cutVarint(b *[]byte, v *int64) bool {
	x, k := binary.Varint(*b)
	if k <= 0 {
		return false
	}
	*v, *b = x, (*b)[k:]
	return true
}

// maxPayload bounds a message of the server in process, and so the records of a
// page: more than the text of any page takes, and less than memory can bear.
const maxPayload = 32 << 20
