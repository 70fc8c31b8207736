package frontier

import (
	"context"
	"errors"
	"time"

	"github.com/nats-io/nats.go"
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
	// Partitions is the number of parts that workers share hosts by; fixed
	// when the job is begun. 0 means 64. A worker more than there are
	// partitions has nothing to do.
	Partitions int
	// Replicas is how many servers of a cluster keep each message. 0 means 3,
	// or 1 where the cluster has fewer servers than 3. Ignored without URL.
	Replicas int
	// Lapse is how long a worker may be silent before others take its
	// partitions over. 0 means 5 seconds. Ignored without URL.
	Lapse time.Duration
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

// Stats tells how the job stands. In a cluster Found, Done, Failed, Retried
// and Pending are of the partitions that this worker holds; Workers'
// partitions are disjoint, so that sums over all workers are the job's.
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

// HostStats is one host's part of the work.
type HostStats struct {
	Host     string
	Pending  int
	InFlight int
}

// Open makes or reopens a job's frontier and is ready for Add and Next when it
// returns. The caller must Close it.
func Open(ctx context.Context, o Options) (*Frontier, error) { return nil, errors.New("not yet") }

// Frontier is a job's URLs: which were found, which are finished, which to
// fetch next. All methods may be called from many goroutines.
type Frontier struct{}

// Close gives back what this process leased and stops the server in process.
// Nothing that a method has reported as done is lost.
func (f *Frontier) Close() error { return nil }

// Job returns the job's marker.
func (f *Frontier) Job(ctx context.Context) (JobInfo, error) { return JobInfo{}, nil }

// Finish marks the job finished although items are pending (a budget is spent,
// a time limit reached): Next then returns ErrDone in every worker.
func (f *Frontier) Finish(ctx context.Context) error { return nil }

// Reopen undoes the finished mark, so that pending items are given out again.
func (f *Frontier) Reopen(ctx context.Context) error { return nil }

// Add enters items and reports for each whether it was new. An item that was
// ever entered before, pending or finished, is refused (false). When Add
// returns nil all of them are stored; after an error any of them may be, and
// calling Add again is safe. Call it with as many items as are at hand: a
// page's links at once cost little more than one.
func (f *Frontier) Add(ctx context.Context, items ...Item) ([]bool, error) { return nil, nil }

// Next waits for an item whose host is ready and leases it to the caller, who
// must end the lease with Done, Retry or Release. Hosts take turns; within a
// host the classes hold.
//
// ready is asked with a host that has something to fetch, never for two hosts
// at once, and must not call the frontier. 0 takes an item of that host now; a
// positive wait asks again after it; a negative one asks again when a lease of
// that host ends, or at Wake. A nil ready takes any.
//
// Next returns ErrDone when the job has nothing left, ctx's error when it ends.
func (f *Frontier) Next(ctx context.Context, ready func(host string) time.Duration) (*Lease, error) {
	return nil, nil
}

// Wake asks ready about host again at once.
func (f *Frontier) Wake(host string) {}

// Stats returns the counts.
func (f *Frontier) Stats() Stats { return Stats{} }

// HostStats returns up to n hosts that have leases or pending items, those
// with most leases first, then most pending, then by name.
func (f *Frontier) HostStats(n int) []HostStats { return nil }

// Lease is one item at work. Exactly one of Done, Retry and Release ends it;
// later calls return nil and do nothing.
type Lease struct {
	Item Item
}

// Done finishes the item: it is never given out again in this round. Call it
// when the item's links have been added. It returns when the mark and the
// records are stored.
func (l *Lease) Done(ctx context.Context, r Result) error { return nil }

// Retry gives the item out again after delay, with Attempt one higher. Delay
// and attempt outlive the process.
func (l *Lease) Retry(ctx context.Context, delay time.Duration) error { return nil }

// Release gives the item back as if it had not been leased, for a worker that
// stops.
func (l *Lease) Release() {}

// Held reports whether the item's partition is still this worker's. Ask before
// doing what must not be done twice.
func (l *Lease) Held() bool { return true }

// Recrawl begins the next round of a finished job: due is asked about every
// finished item, with its Memo and when it was finished, and those for which it
// is true become pending again with their Memo. It returns how many. The job
// is marked running again even where none is due, until Next finds that.
func (f *Frontier) Recrawl(ctx context.Context, due func(it Item, done time.Time) bool) (int, error) {
	return 0, nil
}

// Claim makes by the owner of key, for good, where key has no owner yet, and
// returns key's owner. An article's canonical URL is claimed by the page that
// writes it: who is not the owner does not write. As the owner stays the owner,
// a page that is fetched again after a crash still gets its own claim.
func (f *Frontier) Claim(ctx context.Context, key, by string) (owner string, err error) {
	return "", nil
}

// Budget returns the job's budget of this name: max units, over all workers
// and restarts. Every worker must give the same max; 0 or less is unlimited.
func (f *Frontier) Budget(name string, max int64) *Budget { return nil }

// Budget hands out a fixed number of units exactly.
type Budget struct{}

// Take takes one unit for id (an item's URL) and reports false where none is
// left. For an id that has taken one already and is not settled it returns true
// and takes none, so that a page that is retried, or fetched again after a
// crash, counts once.
func (b *Budget) Take(ctx context.Context, id string) (bool, error) { return false, nil }

// Settle says that id's unit is used up: id will not ask again.
func (b *Budget) Settle(id string) {}

// Return gives id's unit back (a page that turned out to be no article).
func (b *Budget) Return(ctx context.Context, id string) error { return nil }

// Used returns how many units are taken.
func (b *Budget) Used(ctx context.Context) (int64, error) { return 0, nil }

// Put stores a small value under any key, for all workers, as durable as the
// frontier: a host's robots.txt, a crawl delay.
func (f *Frontier) Put(ctx context.Context, key string, value []byte) error { return nil }

// Get returns the value stored under key, or ErrNotFound.
func (f *Frontier) Get(ctx context.Context, key string) ([]byte, error) { return nil, nil }

// Record is one of Result.Records on its way out.
type Record struct {
	// Seq orders the records: it grows, with gaps. Records of one Result share
	// it; Last marks the last of them.
	Seq  uint64
	Last bool
	Data []byte
}

// Checkpoint says how far the output got.
type Checkpoint struct {
	Seq  uint64 // records up to here are in the output for good
	Note []byte // the caller's, such as the output file's length
}

// Checkpoint returns what the last call of Collected said; zero at first.
func (f *Frontier) Checkpoint(ctx context.Context) (Checkpoint, error) { return Checkpoint{}, nil }

// Collected says that all records up to c.Seq are in the output for good; the
// frontier drops them. Call it every second or so, not for each record.
func (f *Frontier) Collected(ctx context.Context, c Checkpoint) error { return nil }

// Collect calls write with every record after the checkpoint, in order, each
// once, from one goroutine, while the crawl goes on. It returns nil when the job is
// finished and all records were written, ctx's error when it ends, and write's
// error. One process at a time collects a job's records.
func (f *Frontier) Collect(ctx context.Context, write func(Record) error) error { return nil }
