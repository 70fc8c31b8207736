package frontier

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server/avl"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Errors that a caller branches on.
var (
	// ErrDone is returned by Next when nothing is pending anywhere in the job:
	// nothing waiting, nothing leased by any worker, no retry to come.
	ErrDone = errors.New("frontier: nothing left to fetch")
	// ErrLost is returned by Lease.Done and Lease.Retry when this worker no
	// longer holds the item's partition: another worker gives the item out
	// again, and nothing of this attempt was kept.
	ErrLost = errors.New("frontier: another worker has taken this host over")
	// ErrInUse is returned by Open when another process has Dir open.
	ErrInUse = errors.New("frontier: the state directory is in use by another process")
	// ErrNotFound is returned by Get for a key that has no value.
	ErrNotFound = errors.New("frontier: no such key")
	// ErrNoJob is returned by Open with Options.Existing where there is none.
	ErrNoJob = errors.New("frontier: no such job")
	// ErrTooLarge is returned by Lease.Done for records that no message holds.
	// The lease goes on, to be ended without them.
	ErrTooLarge = errors.New("frontier: the record is too large")
	// ErrFull is returned by every method that stores something where the server
	// has no room for it. A frontier in memory may take a third of the machine's
	// memory for its messages: nearly two million URLs for each GB that the
	// machine has.
	ErrFull = errors.New("frontier: the store is full")
	// ErrClosed is returned by every method after Close.
	ErrClosed = errors.New("frontier: closed")
)

// Options say where the frontier lives. The zero value is a frontier in the
// process's memory that is gone after Close.
type Options struct {
	// Dir keeps the frontier in files under this directory, made if missing.
	// One process at a time may have it open.
	Dir string
	// URL is a NATS cluster with JetStream ("nats://a:4222,nats://b:4222").
	// Dir must then be empty and Job set.
	URL string
	// Job names the crawl among those that share a cluster: letters, digits,
	// '-' and '_'. Empty means "crawl" where there is no cluster.
	Job string
	// Describe is kept with the job when it is begun (JobInfo.Describe), so
	// that who opens it later can compare options. Ignored for a job that
	// exists.
	Describe []byte
	// Existing opens a job that is there, and makes none.
	Existing bool
	// Partitions is the number of parts that workers share hosts by; fixed
	// when the job is begun. 0 means 64. A worker more than there are
	// partitions has nothing to do.
	Partitions int
	// Replicas is how many servers of a cluster keep each message; fixed when the
	// job is begun. 0 means 3, or 1 where the cluster has had fewer servers than
	// 3 for 15 seconds. Ignored without URL.
	Replicas int
	// Lapse is how long a worker may be silent before others take its
	// partitions over. 0 means 5 seconds. Ignored without URL.
	Lapse time.Duration
	// Rest is how long a partition rests between two workers, so that no host
	// is asked by the second sooner after the first than its delay allows: the
	// longest such delay that is known when the job is opened; Slow tells of
	// longer ones. It includes Lapse where the first one died. 0 means Lapse.
	// Ignored without URL.
	Rest time.Duration
	// Connect adds to how the cluster is connected to (credentials, TLS).
	Connect []nats.Option
}

// JobInfo is the job's marker.
type JobInfo struct {
	Describe   []byte    // of the Options that began it
	Partitions int       // fixed when it was begun
	Begun      time.Time // when Open first made it
	Finished   time.Time // when nothing was pending any more, or Finish was called; zero while running
	Round      int       // 0 at first, one more for each Recrawl
}

// Frontier is a job's URLs: which were found, which are finished, which to
// fetch next. All methods may be called from many goroutines.
type Frontier struct {
	o       Options
	e       *engine
	prefix  string // of every subject
	urls    jetstream.Stream
	journal jetstream.Stream
	kv      jetstream.KeyValue
	id      string // of this worker
	known   *recent
	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	wg      sync.WaitGroup // what ends with ctx
	writes  sync.WaitGroup // journal writes, which Close waits for
	joinNow sync.Once
	endBell chan struct{} // something may have come to its end

	mu          sync.Mutex
	job         jobState
	jobRevision uint64
	broken      error // why nothing can go on
	closed      bool
	over        chan struct{} // closed when the job is finished, or on Close
	isOver      bool
	parts       []*part
	ring        fifo[*host]     // hosts to ask about, in turn
	sleepers    heap[sleeper]   // hosts to ask about later
	delayed     heap[delayed]   // retries to come
	bell        chan struct{}   // wakes one waiter in Next
	waiting     int             // callers in Next
	rawCount    int             // messages held in memory, over all hosts
	hosts       int             // over all partitions
	finished    avl.SequenceSet // URLs by sequence, of the partitions held
	empty       avl.SequenceSet // those of them that came to nothing
	beat        time.Time       // when this worker last showed that it lives
	budgets     map[string]*Budget

	collecting sync.Mutex
	collected  []collectedMsg           // delivered by Collect, not dropped yet
	marks      map[string]chan struct{} // of Drain, closed when Collect comes by
}

// jobState is the job's marker as stored.
type jobState struct {
	JobInfo
	// End names the message that ends the records of a finished job; empty
	// while one is still to come.
	End string
	// Additions grows with each addition of items that was made without a lease:
	// a worker that is about to find the job at its end looks again.
	Additions uint64 `json:",omitempty"`
}

// Open makes or reopens a job's frontier and is ready for Add and Next when it
// returns; reading a directory of a million URLs takes some seconds. The caller
// must Close it.
//
// In a cluster a process takes part in the work from its first call of Next or
// Recrawl: one that only collects, or asks how the job stands, holds nobody up.
func Open(ctx context.Context, o Options) (*Frontier, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	e, err := startEngine(&o)
	if err != nil {
		return nil, err
	}
	f := &Frontier{
		o: o, e: e, prefix: "newsclip." + o.Job + ".", id: nuid.Next(), known: newRecent(1 << 16),
		over: make(chan struct{}), bell: make(chan struct{}, 1), endBell: make(chan struct{}, 1),
		sleepers: heap[sleeper]{less: sleeper.before},
		delayed:  heap[delayed]{less: delayed.before},
		budgets:  map[string]*Budget{},
		marks:    map[string]chan struct{}{},
	}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	if err := f.openStreams(ctx); err != nil {
		f.cancel()
		e.close()
		return nil, err
	}
	for i := range f.job.Partitions {
		f.parts = append(f.parts, &part{id: i})
	}
	if !f.job.Finished.IsZero() {
		f.setOver()
	}
	if !e.shared {
		f.mu.Lock()
		for _, p := range f.parts {
			p.take(time.Time{})
		}
		f.mu.Unlock()
		if err := f.load(ctx, f.parts); err != nil {
			f.Close()
			return nil, err
		}
		f.joinNow.Do(func() {})
		f.wg.Go(f.watchEnd)
	}
	return f, nil
}

var jobName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func (o *Options) check() error {
	if o.URL != "" && o.Dir != "" {
		return errors.New("frontier: a state directory and a cluster exclude each other")
	}
	if o.URL != "" && o.Job == "" {
		return errors.New("frontier: a cluster needs the job's name")
	}
	if o.Job == "" {
		o.Job = "crawl"
	}
	if !jobName.MatchString(o.Job) {
		return fmt.Errorf("frontier: job name %q: letters, digits, '-' and '_' only, at most 64", o.Job)
	}
	if o.Partitions == 0 {
		o.Partitions = 64
	}
	if o.Partitions < 1 || o.Partitions > 4096 {
		return fmt.Errorf("frontier: %d partitions: from 1 to 4096", o.Partitions)
	}
	if o.Lapse == 0 {
		o.Lapse = 5 * time.Second
	}
	if o.Rest == 0 {
		o.Rest = o.Lapse
	}
	return nil
}

// Close gives back what this process leased and stops the server in process.
// Nothing that a method has reported as done is lost.
func (f *Frontier) Close() error {
	f.mu.Lock()
	if f.closed {
		f.mu.Unlock()
		return nil
	}
	f.closed = true
	if !f.isOver {
		f.isOver = true
		close(f.over)
	}
	f.mu.Unlock()
	f.writes.Wait()
	f.cancel()
	f.wg.Wait()
	if f.e.shared {
		f.leave()
	}
	f.e.close()
	return nil
}
