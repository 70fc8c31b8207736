package frontier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"sync"
	"sync/atomic"
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
	// ErrLost is returned by Lease.Done and Lease.Retry when this worker no longer
	// holds the item's partition: another worker gives the item out again, and
	// nothing of this attempt is stored.
	ErrLost = errors.New("frontier: another worker has taken this host over")
	// ErrInUse is returned by Open when another process has opened Dir.
	ErrInUse = errors.New("frontier: the state directory is in use by another process")
	// ErrNotFound is returned by Get for a key that has no value.
	ErrNotFound = errors.New("frontier: no such key")
	// ErrNoJob is returned by Open with Options.Existing where there is no such job.
	ErrNoJob = errors.New("frontier: no such job")
	// ErrTooLarge is returned by Lease.Done for records that do not fit in a
	// message. The lease goes on: end it without them.
	ErrTooLarge = errors.New("frontier: the record is too large")
	// ErrFull is returned by every method that stores something where the server
	// has no room for it. A frontier in memory may take a third of the machine's
	// memory for its messages: nearly two million URLs for each GB that the
	// machine has.
	ErrFull = errors.New("frontier: the store is full")
	// ErrClosed is returned by every method after Close.
	ErrClosed = errors.New("frontier: closed")
)

// Options choose where the frontier is kept. The zero value keeps it in the
// process's memory until Close.
type Options struct {
	// Dir is the directory in which the frontier's files are kept; it is made if
	// it is missing. One process at a time can open it.
	Dir string
	// URL is a NATS cluster with JetStream ("nats://a:4222,nats://b:4222").
	// Dir must then be empty and Job set.
	URL string
	// Job names the crawl among those that share a cluster: letters, digits,
	// '-' and '_'. Empty means "crawl" where there is no cluster.
	Job string
	// Describe is stored with the job when it is begun (JobInfo.Describe), so that
	// a process that opens it later can compare options. It is ignored for a job
	// that exists.
	Describe []byte
	// Existing makes Open return ErrNoJob where the job does not exist.
	Existing bool
	// Partitions is the number of parts into which hosts are divided between
	// workers; fixed when the job is begun. 0 means 64. At most 4096. Workers beyond
	// this number have nothing to do.
	Partitions int
	// Replicas is how many servers of a cluster keep each message; fixed when the
	// job is begun. 0 means 3, or 1 where the cluster has had fewer servers than
	// 3 for 15 seconds. Ignored without URL.
	Replicas int
	// Lapse is how long a worker may be silent before others take over its
	// partitions. 0 means 5 seconds. Ignored without URL.
	Lapse time.Duration
	// Rest is how long no item of a partition is given out when the partition
	// passes from one worker to another, so that the delay between two requests to
	// a host holds across workers. Set it to the longest delay of any host that is
	// known when the job is opened; Slow adds longer ones. Where the first worker
	// died, Lapse counts towards it. 0 means Lapse. Ignored without URL.
	Rest time.Duration
	// Connect are further options of the connection to the cluster, such as
	// credentials and TLS.
	Connect []nats.Option
	// Entered, if set, is called with the host of each item that a call of Add of
	// this process has entered, by the goroutine that calls Add.
	Entered func(host string)

	// writeFile writes in the place of os.WriteFile to find out whether the disk is
	// full, in tests.
	writeFile func(path string, data []byte, mode os.FileMode) error
}

// JobInfo is the job's marker.
type JobInfo struct {
	Describe   []byte    // of the Options with which it was begun
	Partitions int       // of the same Options
	Begun      time.Time // when Open made it
	Finished   time.Time // when nothing was pending any more, or Finish was called; zero while it runs
	Round      int       // 0 at first, one more after each Recrawl
}

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
	joinNow  sync.Once
	endBell  chan struct{} // makes watchEnd look for the end
	// urlsSeen is how many messages the URL stream of a directory has, at least.
	urlsSeen atomic.Uint64
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
	ring        fifo[*host]     // hosts with items, in the order in which ready is called for them
	sleepers    heap[sleeper]   // hosts that return to the ring later
	delayed     heap[delayed]   // items that wait for the time of a retry
	bell        chan struct{}   // wakes one caller of Next
	waiting     int             // callers in Next
	rawCount    int             // messages in memory, of all hosts
	hosts       int             // in the index, of all partitions
	finished    avl.SequenceSet // finished URLs by sequence, of the partitions held
	empty       avl.SequenceSet // of finished: with Result.Failed or Result.Empty
	beat        time.Time       // when the last heartbeat that was stored began
	budgets     map[string]*Budget

	collecting sync.Mutex               // guards what follows
	collected  []collectedMsg           // delivered by Collect, not dropped yet
	marks      map[string]chan struct{} // of Drain, closed when Collect reads them
}

// jobState is the job's marker as stored.
type jobState struct {
	JobInfo
	// End names the message that ends the records of a finished job; empty
	// while one is still to come.
	End string
	// Additions counts the calls of Add that were made without a lease. It only
	// changes the marker's revision, for keepRunning.
	Additions uint64 `json:",omitempty"`
}

// Open makes or reopens a job's frontier and is ready for Add and Next when it
// returns; reading a directory of a million URLs takes some seconds. The caller
// must Close it.
//
// In a cluster a process takes a share of the partitions from its first call of
// Next or Recrawl on. A process that only collects records, or reads how the job
// stands, takes none.
func Open(ctx context.Context, o Options) (*Frontier, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	e, err := startEngine(&o)
	if err != nil {
		return nil, err
	}
	f := &Frontier{
		o: o, e: e, prefix: "newsclip." + o.Job + ".", id: nuid.Next(), known: newRecent(recentItems),
		over: make(chan struct{}), bell: make(chan struct{}, 1), endBell: make(chan struct{}, 1),
		sleepers: heap[sleeper]{less: sleeper.before},
		delayed:  heap[delayed]{less: delayed.before},
		budgets:  map[string]*Budget{},
		marks:    map[string]chan struct{}{},
	}
	if e.found != nil {
		f.copies.Store(e.found.copies)
		f.sawURLs(e.found.urls.last)
		e.found = nil
	}
	f.ctx, f.cancel = context.WithCancel(context.Background())
	if err := f.openStreams(ctx); err != nil {
		f.cancel()
		if e.isDiskFull() || o.Dir != "" && o.hasNoRoom() {
			err = o.diskFull()
		}
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
		f.wg.Go(f.endWhenFull)
	}
	return f, nil
}

const (
	// defaultPartitions divide a job evenly enough between a dozen workers.
	defaultPartitions = 64
	// maxPartitions keeps the table of workers under a quarter of a megabyte: it
	// is written several times a second.
	maxPartitions = 4096
	// defaultLapse is longer than a pause of the collector or a moment's overload
	// of a worker, and short against the time that a crawl takes.
	defaultLapse = 5 * time.Second
)

var jobName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`) })

func (o *Options) check() error {
	if o.URL != "" && o.Dir != "" {
		return errors.New("frontier: both a state directory and a cluster are given: give one of them")
	}
	if o.URL != "" && o.Job == "" {
		return errors.New("frontier: a job in a cluster needs a name")
	}
	if o.Job == "" {
		o.Job = "crawl"
	}
	if !jobName().MatchString(o.Job) {
		return fmt.Errorf("frontier: job name %q: it must be 1 to 64 letters, digits, '-' or '_'", o.Job)
	}
	if o.Partitions == 0 {
		o.Partitions = defaultPartitions
	}
	if o.Partitions < 1 || o.Partitions > maxPartitions {
		return fmt.Errorf("frontier: %d partitions: it must be from 1 to %d", o.Partitions, maxPartitions)
	}
	if o.Lapse == 0 {
		o.Lapse = defaultLapse
	}
	if o.Rest == 0 {
		o.Rest = o.Lapse
	}
	return nil
}

// Close ends this process's leases as Release does, waits for outcomes that are
// being stored, and stops the server in process. Nothing is lost that a method
// returned without an error.
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
	note := f.closedNote()
	f.e.close()
	if note != nil {
		// Without the note less can be told of damage.
		_ = note.write(f.o.Dir, f.bucketName())
	}
	return nil
}
