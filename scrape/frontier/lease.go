package frontier

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"
)

// Lease is an item that Next has given out. Done, Retry or Release ends it; later
// calls of these return nil and do nothing. A lease does not expire while its
// process is alive.
type Lease struct {
	Item Item

	f     *Frontier
	h     *hostQueue
	p     *part
	gen   uint64
	entry entry
	ended atomic.Bool
}

// Result is what Done stores with a finished item.
type Result struct {
	// Records are what Collect delivers, in this order. They are stored in the
	// message that marks the item finished: either all of them are stored and the
	// item is finished, or none is and it is not. Together they may take 32 MiB in
	// process, and the max_payload of a cluster.
	Records [][]byte
	// Memo is kept for a recrawl (validators, a content hash, when the page is due
	// again) and returned in Item.Memo. It should take a few hundred bytes at most.
	Memo []byte
	// Failed counts the item in Stats.Failed. It is finished nevertheless. Its Fate
	// is FateEmpty.
	Failed bool
	// Empty makes the item's Fate FateEmpty.
	Empty bool
}

// Done finishes the item: it is not given out again in this round. Call it after
// the item's links were added. It returns when the mark and the records are
// stored. After ErrLost they are not, as another worker holds the host. After any
// other error the item is given out again, unless they turn out to be stored.
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

// Retry makes the item due again after delay, with Attempt one higher. Both are
// stored, and hold after a restart. Its errors are those of Done.
func (l *Lease) Retry(ctx context.Context, delay time.Duration) error {
	due := time.Now().Add(delay)
	return l.end(ctx, outcome{kind: outRetry, at: due.UnixMilli(), attempt: uint64(l.Item.Attempt) + 1}, &due)
}

// end ends the lease with an outcome; due is the time of a retry.
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
	case <-l.f.e.full:
		return l.f.e.disk.full()
	case <-ctx.Done():
		// The outcome is being stored nevertheless; settle is called after it.
		return ctx.Err()
	}
}

// settle changes the index by an outcome that was stored, or was not (err).
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
		x := l.p.revisits[o.seq]
		x.attempt = o.attempt
		l.p.revisits[o.seq] = x
		l.h.retrying++
		l.p.retrying++
		f.delayed.push(delayed{at: *due, entry: l.entry, h: l.h})
		f.wakeOne()
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
	delete(l.p.revisits, o.seq)
	f.dropIdle(l.h)
	if l.p.pending() == 0 {
		f.nudgeEnd()
	}
}

// leave removes the lease from the counts. mu is held.
func (l *Lease) leave() {
	l.h.inflight--
	l.p.inflight--
	if l.h.state == hostParked {
		l.f.queue(l.h)
	}
}

// back makes the lease's item available again. mu is held.
func (l *Lease) back(raw []byte) {
	l.leave()
	l.f.push(l.h, l.entry, raw)
}

// Release makes the item available again, as if it had not been leased.
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

// Held reports whether this worker still holds the item's host. Call it before
// anything that must not be done twice; Done checks by itself.
func (l *Lease) Held() bool {
	l.f.mu.Lock()
	defer l.f.mu.Unlock()
	return l.p.gen == l.gen && l.f.alive(time.Now())
}
