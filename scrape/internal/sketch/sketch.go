package sketch

import (
	"fmt"
	"hash/fnv"
	"sync"
	"unicode"

	"newsclip/scrape/internal/neardup"
)

// A Sketch is what two articles are compared by, short enough to be kept for each
// of them: whether one is a copy of the other. What is zero is not known.
type Sketch struct {
	print       uint64 // of the text
	lead, title uint32 // hashes
	date        string // the day of publication, as in 2026-01-31
}

// leadLength is how many letters and digits of the text make the lead.
const leadLength = 200

// Of returns the sketch of an article, of whose text print is the fingerprint, or 0.
// published is a time in RFC 3339, or its day.
func Of(title, text, published string, print uint64) Sketch {
	return Sketch{print: print, lead: hashLetters(text, leadLength), title: hashLetters(title, 0), date: Day(published)}
}

// Day returns the day of a time in RFC 3339, or "".
func Day(published string) string {
	if len(published) < len("2026-01-31") {
		return ""
	}
	return published[:len("2026-01-31")]
}

// hashLetters hashes the letters and digits of s without regard to case: the first
// n of them, or nothing where there are less, or all where n is 0. Nothing is 0.
func hashLetters(s string, n int) uint32 {
	h := fnv.New32a()
	seen := 0
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		h.Write([]byte(string(unicode.ToLower(r))))
		if seen++; seen == n {
			break
		}
	}
	if seen == 0 || seen < n {
		return 0
	}
	return max(1, h.Sum32())
}

const (
	nearPrint = 3  // bits in which fingerprints of nearly the same text differ
	akinPrint = 12 // and those of a text and its shortened form
)

// Opposes reports whether something speaks against two pages being one article: a
// site may name one address as the canonical URL of all its pages. Nearly the same
// text, or the same lead, and they are one. Otherwise another date or another
// title makes them two.
func (k Sketch) Opposes(other Sketch) bool {
	distance := 64
	if k.print != 0 && other.print != 0 {
		distance = neardup.Distance(k.print, other.print)
	}
	otherDate := k.date != "" && other.date != "" && k.date != other.date
	switch {
	case distance <= nearPrint, k.lead != 0 && k.lead == other.lead:
		return false
	case otherDate:
		return true
	case distance <= akinPrint:
		return false
	}
	return k.title != 0 && other.title != 0 && k.title != other.title
}

// String returns the sketch in the form that Parse reads.
func (k Sketch) String() string { return fmt.Sprintf("%x %x %x %s", k.print, k.lead, k.title, k.date) }

// Parse reads what String has written. Anything else is a sketch of which
// nothing is known.
func Parse(s string) Sketch {
	var k Sketch
	if n, err := fmt.Sscanf(s, "%x %x %x %s", &k.print, &k.lead, &k.title, &k.date); n < 3 && err != nil {
		return Sketch{}
	}
	return k
}

// Recent holds the sketches of the articles that this process has read last, by the
// identity of their page. The zero value is ready to use. It may be used by any number
// of goroutines.
type Recent struct {
	mu       sync.Mutex
	now, was map[uint64]Sketch
}

// maxRecent bounds the sketches that are kept, at about 50 bytes each. Older
// ones are forgotten: the twins of an article are linked soon after it.
const maxRecent = 200_000

func keyOf(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

// Put keeps the sketch of the article at the page with this identity.
func (s *Recent) Put(id string, k Sketch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil || len(s.now) >= maxRecent/2 {
		s.now, s.was = make(map[uint64]Sketch), s.now
	}
	s.now[keyOf(id)] = k
}

// Get returns the sketch of the article at the page with this identity, and reports
// false where none is kept.
func (s *Recent) Get(id string) (Sketch, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := keyOf(id)
	k, ok := s.now[key]
	if !ok {
		k, ok = s.was[key]
	}
	return k, ok
}
