package selectors

import (
	"bytes"
	_ "embed"
	"fmt"
	"unicode"
	"unicode/utf8"
)

// maxPromo is how many bytes of a folded paragraph are looked at.
const maxPromo = 512

//go:embed promos.txt
var promosText string

var promosTable = &table{"promos.txt", promosText, []string{"kind", "language"}}

var promos = lazily(promosTable, readPromos)

// promoTable is promos.txt, folded.
type promoTable struct{ asks, channels [][]byte }

func readPromos(t table) (*promoTable, error) {
	p := &promoTable{}
	var fault error
	add := func(list *[][]byte) func(string) {
		return func(e string) {
			b, whole := appendFolded(nil, e, maxFolded)
			if len(b) == 0 || !whole {
				fault = fmt.Errorf("%q has no words or is too long", e)
			}
			*list = append(*list, b)
		}
	}
	if err := readLists(t, map[string]func(string){"ask": add(&p.asks), "channel": add(&p.channels)}); err != nil {
		return nil, err
	}
	return p, fault
}

// Promotes reports whether a paragraph asks the reader on the publisher's
// behalf: it begins with what such a sentence begins with, and names a channel
// of the publisher's.
func Promotes(paragraph string) bool {
	b, _ := appendFolded(make([]byte, 0, maxPromo), paragraph, maxPromo)
	t := promos()
	for _, ask := range t.asks {
		if bytes.HasPrefix(b, ask) && endsWord(b, len(ask)) {
			for _, c := range t.channels {
				if k := bytes.Index(b[len(ask):], c); k >= 0 && endsWord(b[len(ask):], k+len(c)) {
					return true
				}
			}
		}
	}
	return false
}

// endsWord reports whether a word of b ends at byte k; in scripts without
// spaces one may end anywhere.
func endsWord(b []byte, k int) bool {
	next, n := utf8.DecodeRune(b[k:])
	return n == 0 || !unicode.IsLetter(next) && !unicode.IsMark(next) || unspaced(next)
}
