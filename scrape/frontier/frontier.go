package frontier

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server/avl"
	"github.com/nats-io/nats.go/jetstream"
)

// Frontier holds a job's URLs: which were found, which are finished, which to
// fetch next. Its methods may be called from many goroutines at once.
type Frontier struct {
	o        Options
	e        *engine
	prefix   string // of every subject of the job's streams
	urls     jetstream.Stream
	journal  jetstream.Stream
	kv       jetstream.KeyValue
	id       string // of this worker
	known    *recent
	ctx      context.Context // ends with Close
	cancel   context.CancelFunc
	wg       sync.WaitGroup // goroutines that end with ctx
	writes   sync.WaitGroup // journal writes, which Close waits for
	together partJournal    // of all partitions, in process
	opened   time.Time      // for wakeTime
	joinNow  sync.Once
	endBell  chan struct{} // makes watchEnd look for the end
	// urlsSeen is how many messages the URL stream of a directory has, at least.
	urlsSeen atomic.Uint64
	// adding is how many calls of Add are storing items, which may not be in the index yet.
	adding atomic.Int64
	// copies is how many copies of outcomes the journal holds. It is used by
	// Collected and Recrawl.
	copies atomic.Int64

	mu          sync.Mutex // guards what follows, up to collecting
	job         jobState   // this process's copy of the job's marker
	jobRevision uint64     // of job
	broken      error      // the error that ended the work of this process
	closed      bool
	over        chan struct{} // closed where isOver is set
	isOver      bool          // the job is finished, or nothing can go on
	parts       []*part
	ring        fifo[*hostQueue] // hosts with items, in the order in which ready is called for them
	sleepers    heap[sleeper]    // hosts that return to the ring later
	delayed     heap[delayed]    // items that wait for the time of a retry
	bell        chan struct{}    // wakes one caller of Next
	waiting     int              // callers in Next
	rawCount    int              // messages in memory, of all hosts
	hosts       int              // in the index, of all partitions
	finished    avl.SequenceSet  // finished URLs by sequence, of the partitions held
	empty       avl.SequenceSet  // of finished: with Result.Failed or Result.Empty
	beat        time.Time        // when the last heartbeat that was stored began
	budgets     map[string]*Budget

	collecting sync.Mutex               // guards what follows
	collected  []collectedMsg           // delivered by Collect, not dropped yet
	marks      map[string]chan struct{} // of Drain, closed when Collect reads them
}

// Budget is a number of units that is handed out exactly.
type Budget struct {
	f        *Frontier
	key      string
	max      int64
	changing chan struct{} // holds a token while the stored value is changed

	mu      sync.Mutex
	calls   []*budgetCall   // to be served by the next change
	settled map[string]bool // to be stored with the next change
}

// budgetCall is one call of Take or Return.
type budgetCall struct {
	id      string
	returns bool // it is a call of Return
	ok      bool // Take's result
	err     error
	done    chan struct{} // closed when ok and err are set
}

// alive reports whether this worker may give items out. mu is held.
func (f *Frontier) alive(now time.Time) bool {
	return !f.e.shared || now.Sub(f.beat) < time.Duration(stopAfter*float64(f.o.Lapse))
}

const (
	// beatsOfLapse is how many heartbeats a worker has in a Lapse: one or two may
	// be late.
	beatsOfLapse = 5
	// stopAfter is the part of a Lapse without a heartbeat after which a worker
	// gives no more items out. The rest is for requests that are under way.
	stopAfter = 0.6
)
