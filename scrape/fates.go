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
	// now is added to; was is full, and goes when now is.
	now, was map[uint64]fate
	// waiting are the twins that stood aside, by the page that they wait for.
	waiting map[uint64][]string
}

type fate uint8

const (
	fateUnknown fate = iota // not finished yet, or not by this process
	fateWritten             // its article was handed on
	fateOther               // finished without: failed, passed on, no article
)

const (
	// maxFates bounds the memory, at about 40 MB.
	maxFates = 1_000_000
	// maxWaiting is the same for the twins that wait; some do for ever, as
	// for a page that an earlier run finished.
	maxWaiting = 50_000
)

func newFates() *fates {
	return &fates{seed: maphash.MakeSeed(), now: make(map[uint64]fate), waiting: make(map[uint64][]string)}
}

// known returns the fate of the page with this hash; f.mu is held.
func (f *fates) known(h uint64) fate {
	if known, ok := f.now[h]; ok {
		return known
	}
	return f.was[h]
}

// await returns id's fate, and where it is unknown has twin wait for it.
func (f *fates) await(id, twin string) fate {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := maphash.String(f.seed, id)
	known := f.known(h)
	if known == fateUnknown {
		if len(f.waiting) >= maxWaiting {
			clear(f.waiting)
		}
		f.waiting[h] = append(f.waiting[h], twin)
	}
	return known
}

// settle sets id's fate, and returns the twins that waited for it in vain.
func (f *fates) settle(id string, became fate) (released []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	h := maphash.String(f.seed, id)
	if f.known(h) != fateWritten {
		if len(f.now) >= maxFates/2 {
			f.was, f.now = f.now, make(map[uint64]fate)
		}
		f.now[h] = became
	}
	if became == fateOther {
		released = f.waiting[h]
	}
	delete(f.waiting, h)
	return released
}
