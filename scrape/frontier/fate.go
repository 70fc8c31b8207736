package frontier

import (
	"context"
	"errors"
	"strconv"

	"github.com/nats-io/nats.go/jetstream"
)

// Fate is what has become of an item.
type Fate uint8

// The fates.
const (
	FatePending Fate = iota // not finished
	FateDone                // finished
	FateEmpty               // finished with Result.Failed or Result.Empty
)

// Fate tells what has become of an item that was added, of which Host, Key and
// URL are needed. It is known where the item's host is this worker's, as it is
// while one of the host's items is leased; elsewhere ErrLost is returned.
func (f *Frontier) Fate(ctx context.Context, it Item) (Fate, error) {
	n := partitionOf(it.Host, f.partitions())
	subject := "u." + strconv.Itoa(n) + "." + it.identity().token()
	p := f.parts[n]
	f.mu.Lock()
	held, gen := p.state == partLive || p.state == partLeaving, p.gen
	f.mu.Unlock()
	if !held {
		return FatePending, ErrLost
	}
	m, err := f.entered(ctx, subject)
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		// Whoever adds it has not finished doing so.
		return FatePending, nil
	}
	if err != nil {
		return FatePending, f.wrap("fate", err)
	}
	seq := m.Sequence
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case p.gen != gen:
		return FatePending, ErrLost
	case !f.finished.Exists(seq):
		return FatePending, nil
	case f.empty.Exists(seq):
		return FateEmpty, nil
	}
	return FateDone, nil
}

// reopen takes back that an item is finished. mu is held.
func (f *Frontier) reopen(seq uint64) {
	f.finished.Delete(seq)
	f.empty.Delete(seq)
}
