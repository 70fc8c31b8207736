package scrape

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
)

// twins finds articles whose text is nearly that of an earlier one, by the
// distance of their simhashes (Charikar, 2002). The zero value is ready to use.
//
// Two 64-bit fingerprints that differ in at most maxDistance bits agree in at
// least one of maxDistance+1 parts (Manku, Jain and Das Sarma, 2007, who
// measured 3 bits to be right for web pages), so that only those that share a
// part are compared.
type twins struct {
	mu sync.Mutex
	// now is added to; was is full, and goes when now is.
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
	// minTwinWords keeps short texts out: a few words in common make them
	// alike by chance.
	minTwinWords = 40
	// shingle is how many words in a row are one feature.
	shingle = 3
	// maxTwins bounds the memory, at about 150 bytes an article. What was read
	// that many articles ago is forgotten: the copies of a story come soon
	// after it.
	maxTwins = 600_000
)

// nearest returns the URL of the earliest article that text is nearly the same
// as, or "" and keeps text as an article of its own.
func (t *twins) nearest(text, url string) string {
	print, ok := simhash(text)
	if !ok {
		return ""
	}
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
	if len(t.now.prints) >= maxTwins/2 {
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

func part(print uint64, k int) uint16 { return uint16(print >> (16 * k)) }

// simhash is a fingerprint that texts which share most of their shingles have
// nearly in common.
func simhash(text string) (uint64, bool) {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) < minTwinWords {
		return 0, false
	}
	var weight [64]int
	hashes := make([]uint64, len(words))
	for i, w := range words {
		hashes[i] = fnv64a(w)
	}
	for i := 0; i+shingle <= len(words); i++ {
		sum := uint64(0)
		for _, h := range hashes[i : i+shingle] {
			sum = mix(sum*31 + h)
		}
		for b := range weight {
			if sum&(1<<b) != 0 {
				weight[b]++
			} else {
				weight[b]--
			}
		}
	}
	var print uint64
	for b, w := range weight {
		if w > 0 {
			print |= 1 << b
		}
	}
	return print, true
}

// fnv64a is FNV-1a, which hash/fnv would need an allocation a word for.
func fnv64a(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
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
