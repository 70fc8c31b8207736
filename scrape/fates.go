package scrape

import (
	"hash/maphash"
	"sync"
)

// fates remember what became of the pages that this process finished, by
// identity, so that a page which names another as its canonical URL knows
// whether that one was written. A claim in the frontier for every article would
// be kept for ever, at close to a kilobyte each; this is some 40 bytes a page,
// and what it forgets (at a restart, or beyond maxFates) only matters where the
// canonical page failed before and its twin is found after.
type fates struct {
	mu   sync.Mutex
	seed maphash.Seed
	of   map[uint64]fate
	// waiting are the twins that stood aside, by the page that they wait for.
	waiting map[uint64][]string
}

type fate uint8

const (
	fateUnknown fate = iota // not finished yet, or not by this process
	fateWritten             // its article was handed on
	fateOther               // finished without: failed, passed on, no article
)

// maxFates bounds the memory, at about 160 MB.
const maxFates = 4_000_000

func newFates() *fates {
	return &fates{seed: maphash.MakeSeed(), of: make(map[uint64]fate), waiting: make(map[uint64][]string)}
}

// await returns id's fate, and where it is unknown has twin wait for it.
func (f *fates) await(id, twin string) fate {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := maphash.String(f.seed, id)
	known := f.of[h]
	if known == fateUnknown {
		f.waiting[h] = append(f.waiting[h], twin)
	}
	return known
}

// settle sets id's fate, and returns the twins that waited for it in vain.
func (f *fates) settle(id string, became fate) (released []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.of) >= maxFates {
		clear(f.of)
	}
	h := maphash.String(f.seed, id)
	if f.of[h] != fateWritten {
		f.of[h] = became
	}
	if became == fateOther {
		released = f.waiting[h]
	}
	delete(f.waiting, h)
	return released
}
