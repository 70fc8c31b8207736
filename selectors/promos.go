package selectors

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPromo is how many bytes of a folded paragraph are looked at.
const maxPromo = 512

//go:embed promos.txt
var promosText string

var promosTable = &table{"promos.txt", promosText, []string{"kind", "language"}}

var promos = lazily(promosTable, readPromos)

// promoTable is promos.txt, folded. Disclosures are among those that are sure too.
type promoTable struct {
	asks, channels, sure, desk, consent, disclosures, entries, origins phraseStarts
	leads                                                              [256][][]byte // by their first byte
}

// phraseStarts are phrases by their first three bytes. At most places of a text none
// begins, which one bit tells.
type phraseStarts struct {
	bits [1 << 16 / 64]uint64
	of   [256][][]byte
}

// minStart is how many bytes a phrase of [phraseStarts] has at least.
const minStart = 3

// startHash returns a number for the first three bytes of b, which few others share.
func startHash(b []byte) uint16 {
	return uint16((uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16) * 0x9e3779b1 >> 16)
}

// add adds a phrase.
func (p *phraseStarts) add(phrase []byte) {
	h := startHash(phrase)
	p.bits[h/64] |= 1 << (h % 64)
	p.of[h/256] = append(p.of[h/256], phrase)
}

// startOf returns the phrases that may stand at the beginning of b.
func (p *phraseStarts) startOf(b []byte) [][]byte {
	if len(b) < minStart {
		return nil
	}
	h := startHash(b)
	if p.bits[h/64]>>(h%64)&1 == 0 {
		return nil
	}
	return p.of[h/256]
}

// isIn reports whether a phrase stands anywhere in b, as whole words.
func (p *phraseStarts) isIn(b []byte) bool {
	for k := 0; k+minStart <= len(b); k++ {
		for _, phrase := range p.startOf(b[k:]) {
			if bytes.HasPrefix(b[k:], phrase) && endsWord(b, k+len(phrase)) && beginsWord(b, k) {
				return true
			}
		}
		if b[k]-'a' < 26 { // no word begins in these letters, nor at a sign of ASCII behind them
			for k++; k < len(b) && b[k]-'a' < 26; k++ {
			}
			if k < len(b) && b[k] >= utf8.RuneSelf {
				k--
			}
		}
	}
	return false
}

// isInside reports whether no word begins between two bytes of a folded text, as far as
// these tell it.
func isInside(before, first byte) bool { return before-'a' < 26 && first < utf8.RuneSelf }

// leadsTo reports whether b begins with one of these phrases and goes on with one of the
// others.
func (p *phraseStarts) leadsTo(others *phraseStarts, b []byte) bool {
	for _, phrase := range p.startOf(b) {
		if bytes.HasPrefix(b, phrase) && endsWord(b, len(phrase)) && others.isIn(b[len(phrase):]) {
			return true
		}
	}
	return false
}

func readPromos(t table) (*promoTable, error) {
	p := &promoTable{}
	var fault error
	var buf []byte
	add := func(least int, list func([]byte)) func(string) {
		return func(e string) {
			var whole bool
			if buf, whole = appendFolded(buf[:0], e, maxFolded); len(buf) < least || !whole {
				fault = fmt.Errorf("%q is too short or too long", e)
				return
			}
			list(bytes.Clone(buf))
		}
	}
	lead := func(b []byte) { p.leads[b[0]] = append(p.leads[b[0]], b) }
	disclosure := func(b []byte) {
		p.disclosures.add(b)
		p.sure.add(b)
	}
	if err := readLists(t, map[string]func(string){"ask": add(minStart, p.asks.add), "channel": add(minStart, p.channels.add), "lead": add(1, lead), "sure": add(minStart, p.sure.add), "desk": add(minStart, p.desk.add), "consent": add(minStart, p.consent.add), "disclosure": add(minStart, disclosure), "entry": add(minStart, p.entries.add), "origin": add(minStart, p.origins.add)}); err != nil {
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
	b = bytes.TrimLeftFunc(b, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) // an arrow, a picture sign
	t := promos()
	if t.asksFor(b) || t.sure.isIn(b) {
		return true
	}
	if len(b) == 0 {
		return false
	}
	for _, lead := range t.leads[b[0]] {
		if bytes.HasPrefix(b, lead) && endsWord(b, len(lead)) && t.asksFor(bytes.TrimLeft(b[len(lead):], " ,:")) {
			return true
		}
	}
	return t.asksLater(b)
}

// asksLater reports whether the clause after the first comma, colon or dash asks: "If you liked
// this, sign up for our newsletter".
func (t *promoTable) asksLater(b []byte) bool {
	at, to := len(b), 0
	for _, stop := range clauseStops {
		if k := bytes.Index(b[:at], stop); k >= 0 {
			at, to = k, k+len(stop)
		}
	}
	return to > 0 && t.asksFor(bytes.TrimLeft(b[to:], " "))
}

// clauseStops are the commas, colons and dashes.
var clauseStops = [][]byte{[]byte(","), []byte(":"), []byte("，"), []byte("："), []byte("、"), []byte(" - ")}

// Discloses reports whether a paragraph is the one in which a publisher says that it is
// paid for what readers buy.
func Discloses(paragraph string) bool {
	b, _ := appendFolded(make([]byte, 0, maxPromo), paragraph, maxPromo)
	return promos().disclosures.isIn(b)
}

// NamesOrigin reports whether a paragraph is the line that programs for blogs put under
// each entry of a feed, for those who copy it: "The post … appeared first on …".
func NamesOrigin(paragraph string) bool {
	t := promos()
	b, _ := appendFolded(make([]byte, 0, maxPromo), paragraph, firstFolded)
	if t.entries.startOf(b) == nil {
		return false // as nearly all
	}
	b, _ = appendFolded(b[:0], paragraph, maxPromo)
	return t.entries.leadsTo(&t.origins, b)
}

// TellsEditors reports whether a paragraph is an agency's note in brackets on what is new
// in its report: "(Updates with comment from the mayor in the third paragraph.)".
func TellsEditors(paragraph string) bool {
	inside, open := strings.CutPrefix(paragraph, "(")
	if !open || !strings.HasSuffix(strings.TrimRight(inside, "."), ")") {
		return false
	}
	b, _ := appendFolded(make([]byte, 0, maxPromo), inside, maxPromo)
	for _, phrase := range promos().desk.startOf(b) {
		if bytes.HasPrefix(b, phrase) && endsWord(b, len(phrase)) {
			return true
		}
	}
	return false
}

// CountConsent counts the different words about consent, cookies and those who want
// them in the head of a text, up to most.
func CountConsent(text string, most int) int {
	b, _ := appendFolded(make([]byte, 0, maxPromo), text, maxPromo)
	p := &promos().consent
	var seen [][]byte
	for k := 0; k < len(b) && len(seen) < most; k++ {
		if k > 0 && isInside(b[k-1], b[k]) {
			continue
		}
		for _, phrase := range p.startOf(b[k:]) {
			if bytes.HasPrefix(b[k:], phrase) && endsWord(b, k+len(phrase)) && beginsWord(b, k) {
				if !slices.ContainsFunc(seen, func(s []byte) bool { return bytes.Equal(s, phrase) }) {
					seen = append(seen, phrase)
				}
				k += len(phrase) - 1
				break
			}
		}
	}
	return len(seen)
}

// asksFor reports whether b begins with an ask and names a channel.
func (t *promoTable) asksFor(b []byte) bool { return t.asks.leadsTo(&t.channels, b) }

// beginsWord reports whether a word of b begins at byte k.
func beginsWord(b []byte, k int) bool {
	before, n := utf8.DecodeLastRune(b[:k])
	if n == 0 || !unicode.IsLetter(before) && !unicode.IsMark(before) || unspaced(before) {
		return true
	}
	first, _ := utf8.DecodeRune(b[k:])
	return unspaced(first)
}

// endsWord reports whether a word of b ends at byte k; in scripts without
// spaces one may end anywhere, and beside another script.
func endsWord(b []byte, k int) bool {
	next, n := utf8.DecodeRune(b[k:])
	if n == 0 || !unicode.IsLetter(next) && !unicode.IsMark(next) || unspaced(next) {
		return true
	}
	last, _ := utf8.DecodeLastRune(b[:k])
	return unspaced(last)
}
