package frontier

import (
	"sync"
	"time"
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
	hosts    map[string]*hostQueue
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
	p.hosts, p.revisits = map[string]*hostQueue{}, map[uint64]revisit{}
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

// hostQueue is one host's pending items.
type hostQueue struct {
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

func (h *hostQueue) pending() int { return h.items.len() + h.inflight + h.retrying }

// entry is a pending item: its priority and the sequence of its message.
type entry struct{ prio, seq uint64 }

func (a entry) before(b entry) bool {
	return a.prio < b.prio || a.prio == b.prio && a.seq < b.seq
}

// sleeper is a host that returns to the ring at a time.
type sleeper struct {
	at time.Time
	h  *hostQueue
}

func (a sleeper) before(b sleeper) bool { return a.at.Before(b.at) }

// delayed is an item whose retry is due at a time.
type delayed struct {
	at time.Time
	entry
	h *hostQueue
}

func (a delayed) before(b delayed) bool {
	return a.at.Before(b.at) || a.at.Equal(b.at) && a.entry.before(b.entry)
}

// partJournal are outcomes that are not stored yet: in a cluster those of a partition,
// whose messages name its fence, and in process those of all partitions. One message is
// under way at a time; outcomes that come meanwhile share the next.
type partJournal struct {
	mu     sync.Mutex
	queue  []waitingOutcome
	flying bool          // a goroutine is writing
	sent   int           // messages so far, for their IDs
	ripe   chan struct{} // ends the wait for others; nil where none waits
}

// waitingOutcome is an outcome that is not stored yet.
type waitingOutcome struct {
	p      *part
	gen    uint64 // the partition's, when its item was leased
	o      *outcome
	report func(error)
}

// idle reports whether no outcome is being written.
func (j *partJournal) idle() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return !j.flying
}
