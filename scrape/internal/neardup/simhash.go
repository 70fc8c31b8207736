package neardup

import (
	"hash/fnv"
	"math/bits"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Index finds articles whose text is nearly that of an earlier one, by the distance
// of their simhashes (Charikar, 2002). The zero value is ready to use. It may be
// used by any number of goroutines.
//
// Two 64-bit fingerprints that differ in at most maxDistance bits agree in at least
// one of maxDistance+1 parts (Manku, Jain and Das Sarma, 2007, who measured 3 bits
// to be right for web pages), so that only those that share a part are compared.
type Index struct {
	mu sync.Mutex
	// Articles are added to now. When it is full it becomes was, and the articles
	// of was are forgotten.
	now, was fingerprints
}

// fingerprints are articles in the order in which they came.
type fingerprints struct {
	parts  [maxDistance + 1]map[uint16][]int32
	prints []uint64
	urls   []string
}

const (
	maxDistance = 3
	// minWords is the length of text below which nothing is compared: short texts
	// are alike by chance.
	minWords = 40
	// shingle is the number of words in a row that make one feature.
	shingle = 3
	// maxTexts is the number of articles that are remembered, at about 150 bytes
	// each. Older ones are forgotten: the copies of a story appear soon after it.
	maxTexts = 600_000
)

// Nearest returns the URL of the earliest article with nearly the same text, or ""
// if there is none, and adds the article then.
func (t *Index) Nearest(text, url string) string {
	print, ok := simhash(text)
	if !ok {
		return ""
	}
	return t.NearestTo(print, url)
}

// NearestTo is Nearest for a text of which the fingerprint is known.
func (t *Index) NearestTo(print uint64, url string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, f := range []*fingerprints{&t.was, &t.now} {
		if i := f.find(print); i >= 0 {
			if f.urls[i] == url {
				return ""
			}
			return f.urls[i]
		}
	}
	if len(t.now.prints) >= maxTexts/2 {
		t.was, t.now = t.now, fingerprints{}
	}
	t.now.add(print, url)
	return ""
}

// find returns the first article that print is near to, or -1.
func (f *fingerprints) find(print uint64) int32 {
	best := int32(-1)
	for k := range f.parts {
		for _, i := range f.parts[k][part(print, k)] {
			if (best < 0 || i < best) && bits.OnesCount64(f.prints[i]^print) <= maxDistance {
				best = i
			}
		}
	}
	return best
}

func (f *fingerprints) add(print uint64, url string) {
	i := int32(len(f.prints))
	f.prints, f.urls = append(f.prints, print), append(f.urls, url)
	for k := range f.parts {
		if f.parts[k] == nil {
			f.parts[k] = make(map[uint16][]int32)
		}
		p := part(print, k)
		f.parts[k][p] = append(f.parts[k][p], i)
	}
}

// Parts is the number of parts of a fingerprint. Of two that are near to each other, at
// least one part is equal.
const Parts = maxDistance + 1

// Part returns the kth part of a fingerprint.
func Part(print uint64, k int) uint16 { return part(print, k) }

// Near reports whether two fingerprints are of nearly the same text.
func Near(a, b uint64) bool { return Distance(a, b) <= maxDistance }

func part(print uint64, k int) uint16 { return uint16(print >> (16 * k)) }

// simhash returns the fingerprint of a text, which differs in few bits for texts that
// share most of their shingles. It reports false for a text of less than minWords. It
// reads words by itself, and not as cleaning does: fingerprints are kept with a crawl's
// state and compared with those of later runs, which changes of cleaning must not alter.
func simhash(text string) (uint64, bool) {
	var (
		ones  bitCounts
		last  [shingle - 1]uint64 // hashes of the words before, the latest last
		words int
	)
	hash := fnv.New64a()
	word := make([]byte, 0, 64)
	end := func() {
		hash.Reset()
		hash.Write(word)
		wordHash := hash.Sum64()
		if words++; words >= shingle {
			sum := uint64(0)
			for _, h := range last {
				sum = mix(sum*31 + h)
			}
			ones.add(mix(sum*31 + wordHash))
		}
		copy(last[:], last[1:])
		last[len(last)-1] = wordHash
		word = word[:0]
	}
	for _, r := range text {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			word = append(word, byte(r))
		case r >= 'A' && r <= 'Z':
			word = append(word, byte(r)+'a'-'A')
		case r >= utf8.RuneSelf && isWordRune(unicode.ToLower(r)):
			word = utf8.AppendRune(word, unicode.ToLower(r))
		case len(word) > 0:
			end()
		}
	}
	if len(word) > 0 {
		end()
	}
	if words < minWords {
		return 0, false
	}
	return ones.majority(), true
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// bitCounts counts for each bit of a word how often it was set. The zero value
// has counted nothing.
type bitCounts struct {
	n      int
	counts [64]int32
	// packed has the counts of the last words, a byte each: those of the bits 0
	// to 7 in the first, and so on.
	packed [8]uint64
}

// spread has the bits of a byte in a byte each.
var spread = func() (t [256]uint64) {
	for v := range t {
		for bit := range 8 {
			t[v] |= uint64(v) >> bit & 1 << (8 * bit)
		}
	}
	return t
}()

func (c *bitCounts) add(word uint64) {
	for k := range c.packed {
		c.packed[k] += spread[byte(word>>(8*k))]
	}
	if c.n++; c.n%255 == 0 {
		c.unpack()
	}
}

// unpack empties packed before a byte overflows.
func (c *bitCounts) unpack() {
	for bit := range c.counts {
		c.counts[bit] += int32(byte(c.packed[bit/8] >> (8 * (bit % 8))))
	}
	c.packed = [8]uint64{}
}

// majority has the bits that were set in more than half of the words.
func (c *bitCounts) majority() (word uint64) {
	c.unpack()
	for bit, n := range c.counts {
		if 2*int(n) > c.n {
			word |= 1 << bit
		}
	}
	return word
}

// mix spreads a hash over all its bits (the finalizer of MurmurHash3): FNV's
// upper bits alone are not even enough.
func mix(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
