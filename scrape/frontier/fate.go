package frontier

import (
	"context"
	"errors"
	"strconv"

	"github.com/nats-io/nats.go"
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
	var seq uint64
	err := f.e.again(ctx, func(ctx context.Context) error {
		m, err := f.urls.GetLastMsgForSubject(ctx, f.prefix+subject)
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			return nats.ErrTimeout // a replica that lags behind: ask again
		}
		if err == nil {
			seq = m.Sequence
		}
		return err
	})
	if err != nil {
		return FatePending, f.wrap("fate", err)
	}
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
