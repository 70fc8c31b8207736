package frontier

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Next waits for an item whose host is ready and leases it to the caller, who
// must end the lease with Done, Retry or Release. Hosts take turns; the items of a
// host come in the order of their priority.
//
// ready is called with hosts that have items, for one host at a time. It returns
// 0 to lease an item of the host now. After a positive duration it is called for
// the host again; after a negative one when a lease of the host ends or Wake is
// called, and after a second at the latest. It should be quick and must not call
// the frontier. With a nil ready, every host is ready.
//
// Next returns ErrDone when nothing is left in the job, and ctx's error when ctx
// ends. In a cluster it waits while nothing was ever added to the job.
func (f *Frontier) Next(ctx context.Context, ready func(host string) time.Duration) (*Lease, error) {
	f.join()
	f.mu.Lock()
	f.waiting++
	f.nudgeEnd()
	defer func() {
		f.waiting--
		f.wakeOne() // another waiter takes over the timers
		f.mu.Unlock()
	}()
	for {
		switch {
		case f.closed:
			return nil, ErrClosed
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case f.broken != nil:
			return nil, f.broken
		case f.e.isDiskFull(): // endWhenFull has not come to it yet
			return nil, f.e.disk.full()
		case f.isOver:
			return nil, ErrDone
		}
		now := time.Now()
		f.promote(now)
		if l, raw := f.lease(ready, now); l != nil {
			it, err := decodeItem(raw)
			if err != nil {
				err = fmt.Errorf("frontier: message %d of the URLs: %w", l.entry.seq, err)
			} else {
				err = f.restoreHistory(ctx, l, &it)
			}
			if err != nil {
				f.giveBack(l, raw)
				return nil, err
			}
			l.Item = it
			return l, nil
		}
		timer := f.nextTime(now)
		over := f.over
		f.mu.Unlock()
		select {
		case <-ctx.Done():
		case <-over:
		case <-f.bell:
		case <-timer.C:
		}
		timer.Stop()
		f.mu.Lock()
	}
}

// parkAtMost bounds the wait after a negative result of ready: it may be a time
// that has passed meanwhile, and no lease may be left that ends.
const parkAtMost = time.Second

// idleWait is the wait of Next while nothing is due: something will wake it.
const idleWait = time.Hour

// nextTime returns a timer for what becomes due first. mu is held.
func (f *Frontier) nextTime(now time.Time) *time.Timer {
	wait := idleWait
	if f.sleepers.len() > 0 {
		wait = min(wait, f.sleepers.top().at.Sub(now))
	}
	if f.delayed.len() > 0 {
		wait = min(wait, f.delayed.top().at.Sub(now))
	}
	if f.ring.len() > 0 { // its heartbeats fail, or lease would have returned an item
		wait = min(wait, f.o.Lapse/10)
	}
	return time.NewTimer(max(wait, 0))
}

// lease takes an item of the first host in the ring that is ready. mu is held.
func (f *Frontier) lease(ready func(string) time.Duration, now time.Time) (*Lease, []byte) {
	if !f.alive(now) {
		return nil, nil
	}
	for n := f.ring.len(); n > 0; n-- {
		h := f.ring.pop()
		if h.gone || h.p.state != partLive || h.items.len() == 0 {
			h.state = hostIdle
			continue
		}
		e := h.items.top()
		raw, ok := h.raw[e.seq]
		if !ok {
			h.state = hostLoading
			f.wg.Go(func() { f.fetch(h) })
			continue
		}
		if ready != nil {
			if w := ready(h.name); w > 0 {
				f.sleep(h, f.wakeTime(now, w))
				continue
			} else if w < 0 {
				f.sleep(h, now.Add(parkAtMost))
				h.state = hostParked
				continue
			}
		}
		h.items.pop()
		delete(h.raw, e.seq)
		f.rawCount--
		h.inflight++
		h.p.inflight++
		f.queue(h)
		return &Lease{f: f, h: h, p: h.p, gen: h.p.gen, entry: e}, raw
	}
	return nil, nil
}

// Hosts that wait for half a second or more wake together every wakeEvery: a process
// that sleeps takes some 50 µs of processor time each time that it is woken. A host waits
// 2% longer at most.
const (
	wakeEvery = 10 * time.Millisecond
	longWait  = 50 * wakeEvery
)

// wakeTime returns when a host that must wait for so long returns to the ring.
func (f *Frontier) wakeTime(now time.Time, wait time.Duration) time.Time {
	at := now.Add(wait)
	if wait < longWait {
		return at
	}
	late := at.Sub(f.opened) % wakeEvery
	return at.Add((wakeEvery - late) % wakeEvery)
}

const (
	// fetchAtOnce is how many messages of a host are requested at the same time.
	fetchAtOnce = 4
	// fetchPause is the wait before messages are fetched again after an error.
	fetchPause = 100 * time.Millisecond
)

// fetch reads a host's next messages into memory.
func (f *Frontier) fetch(h *hostQueue) {
	f.mu.Lock()
	var seqs []uint64
	// The first elements of the heap's slice are not exactly the next items, but
	// the next one is the first, and the others are among the best.
	for _, e := range h.items.s[:min(h.items.len(), f.rawShare())] {
		if _, ok := h.raw[e.seq]; !ok {
			seqs = append(seqs, e.seq)
		}
	}
	f.mu.Unlock()
	raws := make([][]byte, len(seqs))
	errs := make([]error, len(seqs))
	var wg sync.WaitGroup
	for k := range min(fetchAtOnce, len(seqs)) {
		wg.Go(func() {
			for i := k; i < len(seqs); i += fetchAtOnce {
				m, err := f.acknowledged(f.ctx, f.urls, seqs[i])
				if err == nil {
					raws[i] = m.Data
				}
				errs[i] = err
			}
		})
	}
	wg.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	if h.gone {
		return
	}
	failed := false
	for i, seq := range seqs {
		if errors.Is(errs[i], jetstream.ErrMsgNotFound) {
			f.failLocked(fmt.Errorf("frontier: the state is damaged: the message %d, a URL of %s, is missing", seq, h.name))
			return
		} else if errs[i] != nil {
			failed = true
		} else if _, ok := h.raw[seq]; !ok {
			h.raw[seq] = raws[i]
			f.rawCount++
		}
	}
	if failed {
		// The cluster does not answer.
		f.sleep(h, time.Now().Add(fetchPause))
		f.wakeOne()
		return
	}
	f.queue(h)
}

// Wake makes Next call ready for the host named at once.
func (f *Frontier) Wake(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.parts[partitionOf(name, len(f.parts))]
	if h := p.hosts[name]; h != nil && (h.state == hostAsleep || h.state == hostParked) {
		f.queue(h)
	}
}

// restoreHistory sets an item's Attempt and Memo. mu is held, and released while
// a memo is read.
func (f *Frontier) restoreHistory(ctx context.Context, l *Lease, it *Item) error {
	x := l.p.revisits[l.entry.seq]
	it.Attempt = max(1, int(x.attempt))
	if x.memo == 0 {
		return nil
	}
	f.mu.Unlock()
	defer f.mu.Lock()
	m, err := f.acknowledged(ctx, f.journal, x.memo)
	if err == nil {
		err = decodeOutcomes(m.Data, func(o *outcome) error {
			if o.seq == l.entry.seq {
				it.Memo = append([]byte(nil), o.memo...)
			}
			return nil
		})
	}
	if err != nil {
		return fmt.Errorf("frontier: %s: reading its memo of the last round: %w", it.URL, err)
	}
	return nil
}

// giveBack undoes a lease whose item could not be given out. mu is held.
func (f *Frontier) giveBack(l *Lease, raw []byte) {
	if l.p.gen == l.gen {
		l.back(raw)
	}
}
