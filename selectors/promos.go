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
type promoTable struct{ asks, channels, leads, sure [][]byte }

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
	if err := readLists(t, map[string]func(string){"ask": add(&p.asks), "channel": add(&p.channels), "lead": add(&p.leads), "sure": add(&p.sure)}); err != nil {
		return nil, err
	}
	return p, fault
}

// Promotes reports whether a sentence or a short paragraph asks the reader on the
// publisher's behalf: it begins with what such a sentence begins with, after a
// lead to it or none, and names a channel of the publisher's; or it has words that
// only such a sentence has.
func Promotes(sentence string) bool {
	b, _ := appendFolded(make([]byte, 0, maxPromo), sentence, maxPromo)
	t := promos()
	if t.asksFor(b) {
		return true
	}
	for _, c := range t.sure {
		if k := bytes.Index(b, c); k >= 0 && endsWord(b, k+len(c)) && beginsWord(b, k) {
			return true
		}
	}
	for _, lead := range t.leads {
		if bytes.HasPrefix(b, lead) && endsWord(b, len(lead)) && t.asksFor(bytes.TrimLeft(b[len(lead):], " ,:")) {
			return true
		}
	}
	return false
}

// asksFor reports whether b begins with an ask and names a channel.
func (t *promoTable) asksFor(b []byte) bool {
	for _, ask := range t.asks {
		if !bytes.HasPrefix(b, ask) || !endsWord(b, len(ask)) {
			continue
		}
		for _, c := range t.channels {
			for rest := b[len(ask):]; ; {
				k := bytes.Index(rest, c)
				if k < 0 {
					break
				}
				if endsWord(rest, k+len(c)) && beginsWord(rest, k) {
					return true
				}
				rest = rest[k+len(c):]
			}
		}
	}
	return false
}

// beginsWord reports whether a word of b begins at byte k.
func beginsWord(b []byte, k int) bool {
	before, n := utf8.DecodeLastRune(b[:k])
	return n == 0 || !unicode.IsLetter(before) && !unicode.IsMark(before) || unspaced(before)
}

// endsWord reports whether a word of b ends at byte k; in scripts without
// spaces one may end anywhere.
func endsWord(b []byte, k int) bool {
	next, n := utf8.DecodeRune(b[k:])
	return n == 0 || !unicode.IsLetter(next) && !unicode.IsMark(next) || unspaced(next)
}
