package frontier

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// Next waits for an item whose host is ready and leases it to the caller, who
// must end the lease with Done, Retry or Release. Hosts take turns; within a
// host the classes hold.
//
// ready is asked with a host that has something to fetch, never for two hosts
// at once; it should be quick and must not call the frontier. 0 takes an item
// of that host now; a positive wait asks again after it; a negative one asks
// again when a lease of that host ends, at Wake, and after a second at the
// latest. A nil ready takes any.
//
// Next returns ErrDone when the job has nothing left, and ctx's error when ctx
// ends. In a cluster it waits while nothing was ever added to the job.
func (f *Frontier) Next(ctx context.Context, ready func(host string) time.Duration) (*Lease, error) {
	f.join()
	f.mu.Lock()
	f.waiting++
	f.nudgeEnd()
	defer func() {
		f.waiting--
		f.ring1() // whoever waits next takes over the timers
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
		case f.isOver:
			return nil, ErrDone
		}
		now := time.Now()
		f.promote(now)
		if l, raw := f.lease(ready, now); l != nil {
			it, err := decodeItem(raw)
			if err == nil {
				err = f.fillExtra(ctx, l, &it)
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

// parkAtMost keeps a ready function that returns a time already past, and so a
// negative wait, from stopping a host for good.
const parkAtMost = time.Second

// nextTime returns a timer for what becomes due first. mu is held.
func (f *Frontier) nextTime(now time.Time) *time.Timer {
	wait := time.Hour
	if f.sleepers.len() > 0 {
		wait = min(wait, f.sleepers.top().at.Sub(now))
	}
	if f.delayed.len() > 0 {
		wait = min(wait, f.delayed.top().at.Sub(now))
	}
	if f.ring.len() > 0 { // this worker cannot say that it lives
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
				f.sleep(h, now.Add(w))
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

// fetch brings a host's next messages into memory.
func (f *Frontier) fetch(h *host) {
	f.mu.Lock()
	var seqs []uint64
	// The front of the heap's slice are not exactly the next, but of the next.
	for _, e := range h.items.s[:min(h.items.len(), f.rawShare())] {
		if _, ok := h.raw[e.seq]; !ok {
			seqs = append(seqs, e.seq)
		}
	}
	f.mu.Unlock()
	raws := make([][]byte, len(seqs))
	errs := make([]error, len(seqs))
	var wg sync.WaitGroup
	const at1 = 4 // requests at once
	for k := range min(at1, len(seqs)) {
		wg.Go(func() {
			for i := k; i < len(seqs); i += at1 {
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
		// A cluster that is away.
		f.sleep(h, time.Now().Add(100*time.Millisecond))
		f.ring1()
		return
	}
	f.queue(h)
}

// Wake asks ready about host again at once.
func (f *Frontier) Wake(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	p := f.parts[partitionOf(name, len(f.parts))]
	if h := p.hosts[name]; h != nil && (h.state == hostAsleep || h.state == hostParked) {
		f.queue(h)
	}
}

// Stats tells how the job stands. In a cluster it is of the partitions that
// this worker holds; Survey counts them all.
type Stats struct {
	Found    int          // URLs that entered
	Done     int          // finished, failed ones included
	Failed   int          // finished with Result.Failed
	Retried  int          // calls of Retry
	Pending  int          // Found - Done: waiting, delayed and leased
	Delayed  int          // of Pending: waiting for a retry's time
	InFlight int          // of Pending: leased by this process
	Hosts    int          // hosts with something pending
	ByClass  [classes]int // of Pending, by Class
}

func (s *Stats) count(p *part) {
	s.Found += p.found
	s.Done += p.done
	s.Failed += p.failed
	s.Retried += p.retried
	s.Pending += p.pending()
	s.Delayed += p.late
	s.InFlight += p.inflight
	s.Hosts += len(p.hosts)
	for i, n := range p.byClass {
		s.ByClass[i] += n
	}
}

// Stats returns the counts.
func (f *Frontier) Stats() Stats {
	f.mu.Lock()
	defer f.mu.Unlock()
	var s Stats
	for _, p := range f.parts {
		s.count(p)
	}
	return s
}

// HostStats is one host's part of the work.
type HostStats struct {
	Host     string
	Pending  int // leased ones included
	InFlight int
}

// HostStats returns up to n hosts, those with most leases first, then those
// with most pending, then by name.
func (f *Frontier) HostStats(n int) []HostStats {
	f.mu.Lock()
	var all []HostStats
	for _, p := range f.parts {
		for _, h := range p.hosts {
			all = append(all, HostStats{h.name, h.pending(), h.inflight})
		}
	}
	f.mu.Unlock()
	slices.SortFunc(all, func(a, b HostStats) int {
		return cmp.Or(cmp.Compare(b.InFlight, a.InFlight), cmp.Compare(b.Pending, a.Pending), cmp.Compare(a.Host, b.Host))
	})
	return all[:min(n, len(all))]
}
