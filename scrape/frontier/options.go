package frontier

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
)

// Options choose where the frontier is kept. The zero value keeps it in
// files that Close removes.
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
