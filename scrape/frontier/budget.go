package frontier

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"sync"
)

// Budget hands out a fixed number of units exactly.
type Budget struct {
	f    *Frontier
	key  string
	max  int64
	turn chan struct{} // one change of the stored value at a time

	mu      sync.Mutex
	asking  []*asking       // for the next change
	settled map[string]bool // to be told with the next change
}

// asking is one call of Take or Return.
type asking struct {
	id     string
	giving bool
	ok     bool
	err    error
	done   chan struct{}
}

// stored is the budget's value.
type budgetState struct {
	Used int64
	// Open are those who took a unit and may ask again: as many as there are
	// pages at work.
	Open map[string]bool `json:",omitempty"`
}

// Budget returns the job's budget of this name: max units, over all workers
// and restarts. 0 or less is unlimited, and then costs nothing. Every worker
// should give the same max; the first call in a process decides for it.
func (f *Frontier) Budget(name string, max int64) *Budget {
	f.mu.Lock()
	defer f.mu.Unlock()
	b := f.budgets[name]
	if b == nil {
		b = &Budget{f: f, key: "b." + userKey(name), max: max, turn: make(chan struct{}, 1), settled: map[string]bool{}}
		f.budgets[name] = b
	}
	return b
}

// Take takes one unit for id (an item's URL) and reports false where none is
// left. For an id that has taken one already and is not settled it returns true
// and takes none, so that a page that is retried, or fetched again after a
// crash, counts once.
func (b *Budget) Take(ctx context.Context, id string) (bool, error) {
	if b.max <= 0 {
		return true, nil
	}
	a := &asking{id: id, done: make(chan struct{})}
	if err := b.ask(ctx, a); err != nil {
		return false, err
	}
	return a.ok, nil
}

// Return gives id's unit back (a page that turned out to be no article). It
// does nothing for an id that holds none.
func (b *Budget) Return(ctx context.Context, id string) error {
	if b.max <= 0 {
		return nil
	}
	return b.ask(ctx, &asking{id: id, giving: true, done: make(chan struct{})})
}

// Settle says that id's unit is used up: id will not ask again. It is stored
// with the next change.
func (b *Budget) Settle(id string) {
	if b.max <= 0 {
		return
	}
	b.mu.Lock()
	b.settled[id] = true
	b.mu.Unlock()
}

// Used returns how many units are taken.
func (b *Budget) Used(ctx context.Context) (int64, error) {
	var s budgetState
	err := b.f.change(ctx, b.key, func(old []byte) ([]byte, error) {
		if old != nil {
			if err := json.Unmarshal(old, &s); err != nil {
				return nil, err
			}
		}
		return nil, errSame
	})
	if err != nil {
		return 0, b.f.wrap("budget", err)
	}
	return s.Used, nil
}

// ask joins the next change of the stored value: who asks while one is on its
// way is served by the next, all in one.
func (b *Budget) ask(ctx context.Context, a *asking) error {
	b.mu.Lock()
	b.asking = append(b.asking, a)
	b.mu.Unlock()
	select {
	case <-a.done:
		return a.err
	case b.turn <- struct{}{}:
	}
	defer func() { <-b.turn }()
	select {
	case <-a.done:
		return a.err
	default:
	}
	b.mu.Lock()
	group, settled := b.asking, b.settled
	b.asking, b.settled = nil, map[string]bool{}
	b.mu.Unlock()
	// Others wait for this one: it ends with the frontier, not with one caller.
	err := b.f.change(b.f.ctx, b.key, func(old []byte) ([]byte, error) { return b.next(old, group, settled) })
	if err != nil {
		err = b.f.wrap("budget", err)
		b.mu.Lock()
		maps.Copy(b.settled, settled)
		b.mu.Unlock()
	}
	for _, g := range group {
		g.err = err
		close(g.done)
	}
	return a.err
}

func (b *Budget) next(old []byte, group []*asking, settled map[string]bool) ([]byte, error) {
	var s budgetState
	if old != nil {
		if err := json.Unmarshal(old, &s); err != nil {
			return nil, fmt.Errorf("%s: %w", b.key, err)
		}
	}
	if s.Open == nil {
		s.Open = map[string]bool{}
	}
	changed := len(settled) > 0
	for id := range settled {
		delete(s.Open, id)
	}
	for _, g := range group {
		switch {
		case g.giving && s.Open[g.id]:
			delete(s.Open, g.id)
			s.Used--
			changed = true
		case g.giving:
		case s.Open[g.id]:
			g.ok = true
		case s.Used < b.max:
			s.Used++
			s.Open[g.id] = true
			g.ok, changed = true, true
		default:
			g.ok = false
		}
	}
	if !changed {
		return nil, errSame
	}
	return json.Marshal(s)
}
