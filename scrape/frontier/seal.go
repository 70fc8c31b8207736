package frontier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"
	"github.com/nats-io/nats.go/jetstream"

	"newsclip/output/natsconn"
)

// Every message and every value is stored in an envelope: the byte sealMark, the
// version of the format, a CRC-32C, the number of URL messages that were stored
// before it, and the content. The checksum is that of the subject's length, the
// subject and everything behind the checksum, so that a message under a wrong
// subject is noticed too. Messages of versions that had no envelope begin with
// another byte: an item with 1, an outcome with 1 to 5, a value with "{".
//
// In an envelope of version 2 the content is compressed: a message on its way to the
// output is in memory some seven times.
const (
	sealMark       = 0xFE
	sealPlain      = 1
	sealCompressed = 2
	sealHead       = 2 + crc32.Size
)

// compressFrom is the size of the least content that is compressed, in bytes: that of no
// news page.
const compressFrom = 1 << 20

// zstdPair compresses and expands whole contents, from any goroutine. What belongs
// together stands near each other in text, so that a small window will do.
var zstdPair = sync.OnceValue(func() (p struct {
	*zstd.Encoder
	*zstd.Decoder
}) {
	var err1, err2 error
	p.Encoder, err1 = zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithWindowSize(compressFrom), zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true))
	p.Decoder, err2 = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(natsconn.MaxMessage))
	if err := errors.Join(err1, err2); err != nil {
		panic(err) // the options are wrong
	}
	return p
})

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal returns the envelope of a message. urls is how many messages the URL stream
// had, at least, when the message was written; 0 where that is not known.
func seal(subject string, urls uint64, content []byte) []byte {
	b := make([]byte, sealHead, sealHead+binary.MaxVarintLen64+len(content))
	b[0], b[1] = sealMark, sealPlain
	b = binary.AppendUvarint(b, urls)
	if len(content) < compressFrom {
		b = append(b, content...)
	} else {
		b[1] = sealCompressed
		b = zstdPair().EncodeAll(content, b)
	}
	binary.LittleEndian.PutUint32(b[2:], sealSum(subject, b[sealHead:]))
	return b
}

func sealSum(subject string, rest []byte) uint32 {
	var n [2]byte
	binary.LittleEndian.PutUint16(n[:], uint16(len(subject)))
	sum := crc32.Update(0, castagnoli, n[:])
	sum = crc32.Update(sum, castagnoli, []byte(subject))
	return crc32.Update(sum, castagnoli, rest)
}

// isSealed reports whether a message is in an envelope, whole or not.
func isSealed(b []byte) bool { return len(b) > 0 && b[0] == sealMark }

// unseal returns the content of a message, which may be a part of b, and the number of
// URL messages in the envelope. A message without an envelope is its content.
func unseal(subject string, b []byte) (content []byte, urls uint64, err error) {
	switch {
	case !isSealed(b):
		return b, 0, nil
	case len(b) > 1 && b[1] > sealCompressed:
		return nil, 0, ErrNewer
	case len(b) <= sealHead || b[1] < sealPlain, binary.LittleEndian.Uint32(b[2:]) != sealSum(subject, b[sealHead:]):
		return nil, 0, errWire
	}
	rest := b[sealHead:]
	if !cutUvarint(&rest, &urls) {
		return nil, 0, errWire
	}
	if b[1] == sealCompressed {
		if rest, err = zstdPair().DecodeAll(rest, nil); err != nil {
			return nil, 0, errWire
		}
	}
	return rest, urls, nil
}

// unsealedEntry is a value's entry with its content.
type unsealedEntry struct {
	jetstream.KeyValueEntry
	content []byte
}

func (e unsealedEntry) Value() []byte { return e.content }

func unsealEntry(key string, e jetstream.KeyValueEntry) (jetstream.KeyValueEntry, error) {
	content, _, err := unseal(key, e.Value())
	if err != nil {
		return nil, fmt.Errorf("frontier: value %s: %w", key, err)
	}
	return unsealedEntry{e, content}, nil
}

// sealRoom is how many bytes of a message the envelope may take.
const sealRoom = sealHead + binary.MaxVarintLen64

// isOfURLs reports whether a subject is of the URL stream.
func isOfURLs(subject string) bool {
	return strings.HasPrefix(subject, "u.") || strings.HasPrefix(subject, "b.") || strings.HasPrefix(subject, "c.")
}
