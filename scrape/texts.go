package scrape

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"newsclip/clean/article"
	"newsclip/scrape/frontier"
	"newsclip/scrape/internal/address"
)

// A watch keeps the text of each article, some two kilobytes compressed, so that it can
// tell what has changed: that of the last record and the one before, because a process
// may die between the writing of a text and that of its record.

// maxKeptText bounds a text that is kept, in bytes; longer ones have no Diff.
const maxKeptText = 1 << 20

// keptText is the text of a record.
type keptText struct {
	Hash string `json:"h"` // the record's content hash
	Text []byte `json:"t"` // zstd
}

// zstdPair compresses and expands whole texts, from any goroutine.
var zstdPair = sync.OnceValue(func() (p struct {
	*zstd.Encoder
	*zstd.Decoder
}) {
	p.Encoder, p.Decoder = must(zstd.NewWriter(nil)), must(zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxKeptText)))
	return p
})

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // the options are wrong
	}
	return v
}

// textKey is the key of the texts of an item's article.
func (t *task) textKey() string {
	h := sha256.Sum256([]byte(t.item.Host + "\x00" + address.Identity(t.u)))
	return "text." + hex.EncodeToString(h[:12])
}

// keepText keeps an article's text, and returns how it differs from the one with the
// hash before, if that is kept.
func (t *task) keepText(ctx context.Context, before string, out *Outcome) (*article.Diff, error) {
	if len(out.Text) > maxKeptText || out.ContentHash == "" {
		return nil, nil
	}
	key := t.textKey()
	var kept []keptText
	b, err := t.c.f.Get(ctx, key)
	if err == nil {
		err = json.Unmarshal(b, &kept)
	}
	if err != nil && !errors.Is(err, frontier.ErrNotFound) {
		return nil, err
	}
	var diff *article.Diff
	next := []keptText{{Hash: out.ContentHash, Text: zstdPair().EncodeAll([]byte(out.Text), nil)}}
	for _, k := range kept {
		if before == "" || k.Hash != before || k.Hash == out.ContentHash {
			continue
		}
		text, err := zstdPair().DecodeAll(k.Text, nil)
		if err != nil {
			return nil, err
		}
		diff = diffOf(string(text), out.Text)
		next = append(next, k)
	}
	if b, err = json.Marshal(next); err != nil {
		return nil, err
	}
	return diff, t.c.f.Change(ctx, key, func(old []byte) ([]byte, error) {
		if string(old) == string(b) {
			return nil, nil
		}
		return b, nil
	})
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
