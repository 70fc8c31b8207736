package frontier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"github.com/nats-io/nats.go/jetstream"
)

// Budget returns the job's budget of this name: max units, over all workers
// and restarts. 0 or less means unlimited, which stores nothing. Every worker
// should give the same max; in a process the first call's max holds.
func (f *Frontier) Budget(name string, max int64) *Budget {
	f.mu.Lock()
	defer f.mu.Unlock()
	b := f.budgets[name]
	if b == nil {
		b = &Budget{f: f, key: "b." + userKey(name), max: max, changing: make(chan struct{}, 1), settled: map[string]bool{}}
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
	c := &budgetCall{id: id, done: make(chan struct{})}
	if err := b.serve(c); err != nil {
		return false, err
	}
	return c.ok, nil
}

// Return gives id's unit back, for a page that turned out to be no article. It
// does nothing for an id that holds no unit.
func (b *Budget) Return(ctx context.Context, id string) error {
	if b.max <= 0 {
		return nil
	}
	return b.serve(&budgetCall{id: id, returns: true, done: make(chan struct{})})
}

// Settle marks id's unit as used for good: there will be no further Take or
// Return of id. It is stored with the next Take or Return.
func (b *Budget) Settle(id string) {
	if b.max <= 0 {
		return
	}
	b.mu.Lock()
	b.settled[id] = true
	b.mu.Unlock()
}

// Used returns how many units are taken. What another worker takes or returns
// at the same time may not be counted.
func (b *Budget) Used(ctx context.Context) (int64, error) {
	e, err := b.f.value(ctx, b.key)
	if errors.Is(err, jetstream.ErrKeyNotFound) {
		return 0, nil
	}
	var s budgetState
	if err == nil {
		err = json.Unmarshal(e.Value(), &s)
	}
	if err != nil {
		return 0, b.f.wrap("budget", err)
	}
	return s.Used, nil
}

// serve includes a call in the next change of the stored value. All calls that
// come while a change is under way share the one after it.
func (b *Budget) serve(c *budgetCall) error {
	b.mu.Lock()
	b.calls = append(b.calls, c)
	b.mu.Unlock()
	select {
	case <-c.done:
		return c.err
	case b.changing <- struct{}{}:
	}
	defer func() { <-b.changing }()
	select {
	case <-c.done:
		return c.err
	default:
	}
	b.mu.Lock()
	group, settled := b.calls, b.settled
	b.calls, b.settled = nil, map[string]bool{}
	b.mu.Unlock()
	// The change serves other callers too, and so ends with the frontier's
	// context, not with this caller's.
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
	return c.err
}

// next returns the stored value after a group of calls, and sets their results.
func (b *Budget) next(old []byte, group []*budgetCall, settled map[string]bool) ([]byte, error) {
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
		case g.returns && s.Open[g.id]:
			delete(s.Open, g.id)
			s.Used--
			changed = true
		case g.returns:
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

// budgetState is the budget's stored value.
type budgetState struct {
	Used int64
	// Open are the IDs that have taken a unit and are not settled: as many as
	// there are pages at work.
	Open map[string]bool `json:",omitempty"`
}
