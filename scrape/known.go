package scrape

import (
	"hash/maphash"
	"strings"
	"sync"
)

// knownRefs holds references that are in the frontier already, or lead out of the scope:
// the links that all pages of a site have. What addresses they are of, and whether these
// may be fetched, is not worked out again for each page. They are held by hashes of 64
// bits, of which one in 10^14 is taken for another. The zero value is ready to use.
type knownRefs struct {
	mu       sync.Mutex
	now, was map[uint64]bool // whether it leads out of the scope; was is the former now
	scopes   int             // how often the scope was widened
}

// maxKnownRefs is how many are remembered, twice at most: the links that all pages of
// some hundred sites have. They take a megabyte.
const maxKnownRefs = 1 << 15

// refSeed is that of the hashes.
var refSeed = maphash.MakeSeed()

// keyOf returns a hash of what tells the address of a reference from others. It reports
// false where it is not to be remembered: sitemaps and feeds name each page once.
func keyOf(f *found) (uint64, bool) {
	if f.on == nil || f.ref == "" || f.ref[0] == '#' || f.base == nil {
		return 0, false
	}
	var h maphash.Hash
	h.SetSeed(refSeed)
	h.WriteString(f.base.Scheme)
	h.WriteByte(' ')
	h.WriteString(f.base.Host)
	if f.ref[0] != '/' && !strings.HasPrefix(f.ref, "http://") && !strings.HasPrefix(f.ref, "https://") {
		h.WriteString(f.base.EscapedPath())
	}
	h.WriteByte(' ')
	h.WriteString(f.ref)
	return h.Sum64(), true
}

// has reports whether a reference is known, and whether it leads out of the scope.
func (k *knownRefs) has(f *found) (ok, outside bool) {
	key, ok := keyOf(f)
	if !ok {
		return false, false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if outside, ok = k.now[key]; ok {
		return true, outside
	}
	if outside, ok = k.was[key]; ok {
		k.put(key, outside)
	}
	return ok, outside
}

// add adds references whose items are in the frontier.
func (k *knownRefs) add(refs []*found) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, f := range refs {
		if key, ok := keyOf(f); ok {
			k.put(key, false)
		}
	}
}

// scope returns which scope addOutside is told of.
func (k *knownRefs) scope() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.scopes
}

// addOutside adds references that led out of the scope, unless it was widened meanwhile.
func (k *knownRefs) addOutside(scope int, refs []*found) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, f := range refs {
		if key, ok := keyOf(f); ok && scope == k.scopes {
			k.put(key, true)
		}
	}
}

// widened forgets all: the scope is another one.
func (k *knownRefs) widened() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.now, k.was = nil, nil
	k.scopes++
}

func (k *knownRefs) put(key uint64, outside bool) {
	if len(k.now) >= maxKnownRefs || k.now == nil {
		k.was, k.now = k.now, make(map[uint64]bool)
	}
	k.now[key] = outside
}
