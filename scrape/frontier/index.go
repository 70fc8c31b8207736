package frontier

import "time"

// The index in memory: for each partition that this worker holds, the hosts
// that have pending items, and for each host the order of its items. An item
// takes 16 bytes here. Its message stays in the stream; only the messages of the
// next few items of each host are held in memory.

const (
	// rawTotal bounds the messages held in memory over all hosts: some 10 MB of
	// items of 300 bytes. rawHost bounds those of one host: enough that fetching
	// the next ones is not noticed. With many hosts each has its share of
	// rawTotal, but rawLeast at least: one to give out and one to follow it.
	rawTotal = 1 << 15
	rawHost  = 64
	rawLeast = 2
)

type partState uint8

const (
	partNone    partState = iota // held by another worker, or by none
	partLoading                  // held; its journal is being read
	partLive                     // held
	partLeaving                  // held until its leases end
)

// part is one partition. Frontier.mu guards it, except for its journal.
type part struct {
	id    int
	state partState
	gen   uint64    // grows each time the partition is taken or lost
	rest  time.Time // no item is leased before
	// slowest is the longest delay of its hosts that Slow has set.
	slowest time.Duration
	// fence is, in a cluster, the sequence of the journal message by which this
	// worker holds the partition.
	fence uint64

	found    int          // items that entered
	done     int          // of found: finished
	failed   int          // of done: as a failure
	retried  int          // retries, due or not
	inflight int          // leased items
	retrying int          // items that wait for the time of a retry
	byClass  [classes]int // pending items
	hosts    map[string]*host
	revisits map[uint64]revisit // by sequence

	journal partJournal
}

// revisit is the history of a pending item that was tried or finished before.
// Few items have one.
type revisit struct {
	attempt uint64 // the next attempt; 0 means 1
	memo    uint64 // sequence of the journal message that reopened it; 0 means none
	round   uint64 // the round that it was reopened for
}

func (p *part) pending() int { return p.found - p.done }

// take makes this worker hold the partition, which is empty until it is loaded.
func (p *part) take(rest time.Time) {
	p.reset()
	p.state, p.rest = partLoading, rest
	p.hosts, p.revisits = map[string]*host{}, map[uint64]revisit{}
}

// reset drops the partition's index.
func (p *part) reset() {
	for _, h := range p.hosts {
		h.gone = true
	}
	p.state, p.gen = partNone, p.gen+1
	p.found, p.done, p.failed, p.retried, p.inflight, p.retrying = 0, 0, 0, 0, 0, 0
	p.byClass = [classes]int{}
	p.hosts, p.revisits = nil, nil
}

type hostState uint8

const (
	hostIdle    hostState = iota // it has no item to give out
	hostQueued                   // it is in the ring
	hostAsleep                   // it is among the sleepers
	hostParked                   // as hostAsleep, but the end of a lease wakes it
	hostLoading                  // its next messages are being fetched
)

// host is one host's pending items.
type host struct {
	name     string
	p        *part
	state    hostState
	gone     bool // it left the index: it has no items, or its partition was lost
	items    heap[entry]
	raw      map[uint64][]byte // messages in memory, by sequence
	inflight int               // leased items
	retrying int               // items that wait for the time of a retry
	wake     time.Time         // of its latest sleeper; earlier ones are void
}

func (h *host) pending() int { return h.items.len() + h.inflight + h.retrying }

// entry is a pending item: its priority and the sequence of its message.
type entry struct{ prio, seq uint64 }

func (a entry) before(b entry) bool {
	return a.prio < b.prio || a.prio == b.prio && a.seq < b.seq
}

// sleeper is a host that returns to the ring at a time.
type sleeper struct {
	at time.Time
	h  *host
}

func (a sleeper) before(b sleeper) bool { return a.at.Before(b.at) }

// delayed is an item whose retry is due at a time.
type delayed struct {
	at time.Time
	entry
	h *host
}

func (a delayed) before(b delayed) bool {
	return a.at.Before(b.at) || a.at.Equal(b.at) && a.entry.before(b.entry)
}

// hostOf returns the partition's host of that name, and makes it if it is new.
// mu is held.
func (f *Frontier) hostOf(p *part, name string) *host {
	h := p.hosts[name]
	if h == nil {
		h = &host{name: name, p: p, items: heap[entry]{less: entry.before}, raw: map[uint64][]byte{}}
		p.hosts[name] = h
		f.hosts++
	}
	return h
}

// dropIdle removes a host that has no pending items from the index. mu is held.
func (f *Frontier) dropIdle(h *host) {
	if !h.gone && h.pending() == 0 {
		h.gone = true
		f.rawCount -= len(h.raw)
		delete(h.p.hosts, h.name)
		f.hosts--
	}
}

// rawShare is how many messages of each host may be in memory. mu is held.
func (f *Frontier) rawShare() int {
	return min(rawHost, max(rawLeast, rawTotal/max(1, f.hosts)))
}

// push makes an item available. raw is its message, or nil where it is not in
// memory. mu is held.
func (f *Frontier) push(h *host, e entry, raw []byte) {
	h.items.push(e)
	if raw != nil && len(h.raw) < f.rawShare() {
		h.raw[e.seq] = raw
		f.rawCount++
	}
	if h.state == hostIdle {
		f.queue(h)
	}
}

// queue puts a host into the ring, or among the sleepers while its partition
// rests. mu is held.
func (f *Frontier) queue(h *host) {
	if h.gone || h.items.len() == 0 {
		h.state = hostIdle
		return
	}
	if time.Now().Before(h.p.rest) {
		f.sleep(h, h.p.rest)
		return
	}
	h.state = hostQueued
	f.ring.push(h)
	f.wakeOne()
}

// sleep lets a host return to the ring at a time. mu is held.
func (f *Frontier) sleep(h *host, at time.Time) {
	h.state, h.wake = hostAsleep, at
	f.sleepers.push(sleeper{at, h})
}

// wakeOne wakes one caller that waits in Next.
func (f *Frontier) wakeOne() {
	select {
	case f.bell <- struct{}{}:
	default:
	}
}

// promote makes available what has become due. mu is held.
func (f *Frontier) promote(now time.Time) {
	for f.delayed.len() > 0 && !f.delayed.top().at.After(now) {
		d := f.delayed.pop()
		if d.h.gone {
			continue
		}
		d.h.retrying--
		d.h.p.retrying--
		f.push(d.h, d.entry, nil)
	}
	for f.sleepers.len() > 0 && !f.sleepers.top().at.After(now) {
		s := f.sleepers.pop()
		if (s.h.state == hostAsleep || s.h.state == hostParked) && s.h.wake.Equal(s.at) {
			f.queue(s.h)
		}
	}
}

// heap is a binary heap in a slice. container/heap would allocate for every
// entry.
type heap[T any] struct {
	less func(a, b T) bool
	s    []T
}

func (h *heap[T]) len() int { return len(h.s) }
func (h *heap[T]) top() T   { return h.s[0] }

func (h *heap[T]) push(v T) {
	h.s = append(h.s, v)
	for i := len(h.s) - 1; i > 0; {
		up := (i - 1) / 2
		if !h.less(h.s[i], h.s[up]) {
			break
		}
		h.s[i], h.s[up] = h.s[up], h.s[i]
		i = up
	}
}

func (h *heap[T]) pop() T {
	v := h.s[0]
	n := len(h.s) - 1
	h.s[0] = h.s[n]
	var zero T
	h.s[n] = zero
	h.s = h.s[:n]
	for i := 0; ; {
		c := 2*i + 1
		if c >= n {
			break
		}
		if c+1 < n && h.less(h.s[c+1], h.s[c]) {
			c++
		}
		if !h.less(h.s[c], h.s[i]) {
			break
		}
		h.s[i], h.s[c] = h.s[c], h.s[i]
		i = c
	}
	if n == 0 {
		h.s = nil // frees the memory of a host that had many items
	}
	return v
}

// fifo is a queue in a slice.
type fifo[T any] struct {
	s    []T
	head int // index of the first element
}

// fifoSlack is how many elements that were taken may stay in a fifo's slice.
const fifoSlack = 1024

func (q *fifo[T]) len() int { return len(q.s) - q.head }

func (q *fifo[T]) push(v T) { q.s = append(q.s, v) }

func (q *fifo[T]) pop() T {
	var zero T
	v := q.s[q.head]
	q.s[q.head] = zero
	q.head++
	if q.head > fifoSlack && q.head > len(q.s)/2 {
		q.s = append(q.s[:0], q.s[q.head:]...)
		q.head = 0
	}
	return v
}
