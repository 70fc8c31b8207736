package frontier

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// Lease is one item at work. Exactly one of Done, Retry and Release ends it;
// later calls return nil and do nothing. A lease does not run out while its
// worker lives.
type Lease struct {
	Item Item

	f     *Frontier
	h     *host
	p     *part
	gen   uint64
	entry entry
	ended atomic.Bool
}

// Result is what finishing an item leaves behind.
type Result struct {
	// Records are handed to Collect, in this order, in the same atomic write
	// that marks the item finished: either all are there and the item is
	// finished, or none is and it is not. Together at most 32 MiB in process,
	// and a cluster's max_payload there.
	Records [][]byte
	// Memo is kept for a recrawl (validators, a content hash, when the page is
	// due again) and comes back in Item.Memo. A few hundred bytes at most.
	Memo []byte
	// Failed counts the item among Stats.Failed. It is finished all the same.
	Failed bool
	// Empty says that the item came to nothing, as Failed does too, for who
	// asks for its Fate.
	Empty bool
}

// Done finishes the item: it is never given out again in this round. Call it
// when the item's links have been added. It returns when the mark and the
// records are stored. ErrLost says that they are not, as another worker has the
// host now; after any other error the item is pending again, and will be given
// out again.
func (l *Lease) Done(ctx context.Context, r Result) error {
	o := outcome{kind: outDone, at: time.Now().UnixMilli(), memo: r.Memo, records: r.Records}
	switch {
	case r.Failed:
		o.kind = outFailed
	case r.Empty:
		o.kind = outEmpty
	}
	if max := l.f.e.nc.MaxPayload() - journalRoom; int64(o.size()) > max {
		return fmt.Errorf("%w: %.100s: %d bytes, over the limit of %d", ErrTooLarge, l.Item.URL, o.size(), max)
	}
	return l.end(ctx, o, nil)
}

// Retry gives the item out again after delay, with Attempt one higher. Delay
// and attempt outlive the process. Its errors are those of Done.
func (l *Lease) Retry(ctx context.Context, delay time.Duration) error {
	due := time.Now().Add(delay)
	return l.end(ctx, outcome{kind: outRetry, at: due.UnixMilli(), attempt: uint64(l.Item.Attempt) + 1}, &due)
}

// end writes the outcome to the journal and then to the index.
func (l *Lease) end(ctx context.Context, o outcome, due *time.Time) error {
	if l.ended.Swap(true) {
		return nil
	}
	if o.attempt == 0 {
		o.attempt = uint64(l.Item.Attempt)
	}
	o.seq = l.entry.seq
	stored := make(chan error, 1)
	l.f.write(l.p, l.gen, &o, func(err error) {
		l.settle(&o, due, err)
		stored <- err
	})
	select {
	case err := <-stored:
		return err
	case <-ctx.Done():
		// It is on its way all the same, and settles when it arrives.
		return ctx.Err()
	}
}

// settle brings the index up to date with the journal.
func (l *Lease) settle(o *outcome, due *time.Time, err error) {
	f := l.f
	f.mu.Lock()
	defer f.mu.Unlock()
	if l.p.gen != l.gen {
		return
	}
	if err != nil {
		l.back(nil)
		return
	}
	l.leave()
	if due != nil {
		l.p.retried++
		x := l.p.extra[o.seq]
		x.attempt = o.attempt
		l.p.extra[o.seq] = x
		l.h.late++
		l.p.late++
		f.delayed.push(delayed{at: *due, entry: l.entry, h: l.h})
		f.ring1()
		return
	}
	l.p.done++
	if o.kind == outFailed {
		l.p.failed++
	}
	f.finished.Insert(o.seq)
	if o.kind != outDone {
		f.empty.Insert(o.seq)
	}
	l.p.byClass[classOf(l.entry.prio)]--
	delete(l.p.extra, o.seq)
	f.tidy(l.h)
	if l.p.pending() == 0 {
		f.nudgeEnd()
	}
}

// leave takes the lease out of the counts. mu is held.
func (l *Lease) leave() {
	l.h.inflight--
	l.p.inflight--
	if l.h.state == hostParked {
		l.f.queue(l.h)
	}
}

// back makes the item available again. mu is held.
func (l *Lease) back(raw []byte) {
	l.leave()
	l.f.push(l.h, l.entry, raw)
}

// Release gives the item back as if it had not been leased, for a worker that
// stops.
func (l *Lease) Release() {
	if l.ended.Swap(true) {
		return
	}
	l.f.mu.Lock()
	defer l.f.mu.Unlock()
	if l.p.gen == l.gen {
		l.back(nil)
	}
}

// Held reports whether the item's host is still this worker's. Ask before
// doing what must not be done twice; Done asks for itself.
func (l *Lease) Held() bool {
	l.f.mu.Lock()
	defer l.f.mu.Unlock()
	return l.p.gen == l.gen && l.f.alive(time.Now())
}
