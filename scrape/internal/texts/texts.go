// Package texts keeps the texts of articles, so that a watch can tell what has changed
// in one: that of the last record and the one before, because a process may die
// between the writing of a text and that of its record. A text of usual length takes
// two kilobytes, compressed.
package texts

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"newsclip/clean/article"
)

// MaxLength bounds a text that is kept, in bytes.
const MaxLength = 1 << 20

// kept is the text of a record.
type kept struct {
	Hash string `json:"h"` // the record's content hash
	Text []byte `json:"t"` // zstd
}

// zstdPair compresses and expands whole texts, from any goroutine.
var zstdPair = sync.OnceValue(func() (p struct {
	*zstd.Encoder
	*zstd.Decoder
}) {
	p.Encoder, p.Decoder = must(zstd.NewWriter(nil)), must(zstd.NewReader(nil, zstd.WithDecoderMaxMemory(MaxLength)))
	return p
})

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the options are wrong
	}
	return v
}

// Add adds a text, with the hash of its record's content, to those that are stored for
// an article, nil for none. It returns what is to be stored now: the text and, where it
// is stored, the one with the hash before. The difference is that from the latter, nil
// where it is not stored or is no other.
func Add(stored []byte, before, hash, text string) ([]byte, *article.Diff, error) {
	var list []kept
	if stored != nil {
		if err := json.Unmarshal(stored, &list); err != nil {
			return nil, nil, err
		}
	}
	var diff *article.Diff
	next := []kept{{Hash: hash, Text: zstdPair().EncodeAll([]byte(text), nil)}}
	for _, k := range list {
		if before == "" || k.Hash != before || k.Hash == hash {
			continue
		}
		old, err := zstdPair().DecodeAll(k.Text, nil)
		if err != nil {
			return nil, nil, err
		}
		diff = diffOf(string(old), text)
		next = append(next, k)
	}
	b, err := json.Marshal(next)
	return b, diff, err
}

// diffOf returns the paragraphs that only one of two texts has, or has more often. A
// paragraph that has only moved is not in it. Without any it is nil.
func diffOf(before, after string) *article.Diff {
	only := func(a, b string) (list []string) {
		n := make(map[string]int)
		for p := range strings.SplitSeq(b, "\n\n") {
			n[p]++
		}
		for p := range strings.SplitSeq(a, "\n\n") {
			if n[p]--; n[p] < 0 && p != "" {
				list = append(list, p)
			}
		}
		return list
	}
	d := &article.Diff{Added: only(after, before), Removed: only(before, after)}
	if len(d.Added)+len(d.Removed) == 0 {
		return nil
	}
	return d
}
