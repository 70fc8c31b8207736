package scrape

import (
	"strings"
	"sync"
)

// knownRefs holds references that are in the frontier already: the links that all pages
// of a site have. What addresses they are of, and whether these may be fetched, is not
// worked out again for each page. The zero value is ready to use.
type knownRefs struct {
	mu       sync.Mutex
	now, was map[string]struct{} // was is the former now
}

// maxKnownRefs is how many are remembered, twice at most: the links that all pages of a
// hundred sites have. They take some 5 MB.
const maxKnownRefs = 1 << 14

// longestRef is the longest reference that is remembered, in bytes, with its base.
const longestRef = 200

// keyOf appends to b what tells the address of a reference from others; nil where it is
// not to be remembered: sitemaps and feeds name each page once.
func keyOf(b []byte, f *found) []byte {
	if f.on == nil || f.ref == "" || f.ref[0] == '#' || f.base == nil || len(f.base.Host)+len(f.base.Path)+len(f.ref) > longestRef {
		return nil
	}
	b = append(append(append(b, f.base.Scheme...), ' '), f.base.Host...)
	if f.ref[0] != '/' && !strings.HasPrefix(f.ref, "http://") && !strings.HasPrefix(f.ref, "https://") {
		b = append(b, f.base.EscapedPath()...)
	}
	return append(append(b, ' '), f.ref...)
}

// has reports whether a reference is known.
func (k *knownRefs) has(f *found) bool {
	var room [longestRef + 16]byte
	key := keyOf(room[:0], f)
	if key == nil {
		return false
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, ok := k.now[string(key)]; ok {
		return true
	}
	_, ok := k.was[string(key)]
	if ok {
		k.put(string(key))
	}
	return ok
}

// add adds references whose items are in the frontier.
func (k *knownRefs) add(refs []*found) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, f := range refs {
		if key := keyOf(nil, f); key != nil {
			k.put(string(key))
		}
	}
}

func (k *knownRefs) put(key string) {
	if len(k.now) >= maxKnownRefs || k.now == nil {
		k.was, k.now = k.now, make(map[string]struct{})
	}
	k.now[key] = struct{}{}
}
