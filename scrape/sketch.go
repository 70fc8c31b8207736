package scrape

import (
	"context"
	"fmt"
	"hash/fnv"
	"net/url"
	"sync"
	"unicode"

	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/neardup"
)

// A sketch is what two articles are compared by, short enough to be kept for each
// of them: whether one is a copy of the other. What is zero is not known.
type sketch struct {
	print       uint64 // of the text
	lead, title uint32 // hashes
	date        string // the day of publication, as in 2026-01-31
}

// leadLength is how many letters and digits of the text make the lead.
const leadLength = 200

func sketchOf(out *Outcome) sketch {
	k := sketch{title: hashLetters(out.Title, 0), lead: hashLetters(out.Text, leadLength)}
	k.print, _ = neardup.Print(out.Text)
	k.date = dayOf(out.Published)
	return k
}

// dayOf returns the day of a time in RFC 3339, or "".
func dayOf(published string) string {
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

// opposes reports whether something speaks against two pages being one article: a
// site may name one address as the canonical URL of all its pages. Nearly the same
// text, or the same lead, and they are one. Otherwise another date or another
// title makes them two.
func (k sketch) opposes(other sketch) bool {
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

func (k sketch) String() string { return fmt.Sprintf("%x %x %x %s", k.print, k.lead, k.title, k.date) }

// parseSketch reads what String has written. Anything else is a sketch of which
// nothing is known.
func parseSketch(s string) sketch {
	var k sketch
	if n, err := fmt.Sscanf(s, "%x %x %x %s", &k.print, &k.lead, &k.title, &k.date); n < 3 && err != nil {
		return sketch{}
	}
	return k
}

// sketches are those of the articles that this process has read last, by the
// identity of their page. The zero value is ready to use.
type sketches struct {
	mu       sync.Mutex
	now, was map[uint64]sketch
}

// maxSketches bounds the sketches that are kept, at about 50 bytes each. Older
// ones are forgotten: the twins of an article are linked soon after it.
const maxSketches = 200_000

func sketchKey(id string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(id))
	return h.Sum64()
}

func (s *sketches) put(id string, k sketch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil || len(s.now) >= maxSketches/2 {
		s.now, s.was = make(map[uint64]sketch), s.now
	}
	s.now[sketchKey(id)] = k
}

func (s *sketches) get(id string) (sketch, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := sketchKey(id)
	k, ok := s.now[key]
	if !ok {
		k, ok = s.was[key]
	}
	return k, ok
}

// knownSketch returns the sketch of the article at the page with this identity.
// The frontier keeps it from the first time that it is asked for, so that it holds
// over workers and restarts. Where no worker knows it, or did when it was asked
// for, the sketch of the page that asks takes its place: nothing speaks against
// that page, and others are compared with it.
func (c *crawler) knownSketch(ctx context.Context, id string, asking sketch) (sketch, error) {
	k, ok := c.sketches.get(id)
	if !ok {
		k = asking
	}
	kept, err := c.f.Claim(ctx, "sketch "+id, k.String())
	if err != nil {
		return sketch{}, err
	}
	return parseSketch(kept), nil
}

// differs reports whether something speaks against a twin and the page at u being
// one article.
func (c *crawler) differs(ctx context.Context, tw twin, u *url.URL) (bool, error) {
	return c.differsFrom(ctx, tw, address.Identity(u))
}

func (c *crawler) differsFrom(ctx context.Context, tw twin, id string) (bool, error) {
	k, err := c.knownSketch(ctx, id, tw.sketch)
	return err == nil && tw.sketch.opposes(k), err
}
