package frontier

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats-server/v2/server/sysmem"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// maxPayload bounds a message of the server in process, and so one record.
const maxPayload = 32 << 20

// syncEvery is how often files are synced to the disk. A write has reached the
// operating system before it is acknowledged, so that a killed process loses
// nothing; only a machine that loses power can lose what is younger than this.
const syncEvery = 10 * time.Second

// What the server in process may store. Left to itself it takes three quarters
// of Go's memory limit, which says when to collect and not what there is, or of
// the disk's room when it starts, without what it has stored there already.
//
// The messages of a frontier in memory may take a third of the machine's memory:
// a URL's message is some 190 bytes, and the server's index of it another 250
// that the server does not count, so that the whole stays under four fifths.
// Files are bounded by the disk alone.
const (
	memoryShare = 3
	noLimit     = int64(1) << 62
)

// storeLimits returns how many bytes of messages may be in memory and in files.
func storeLimits() (memory, files int64) {
	if total := sysmem.Memory(); total > 0 {
		return total / memoryShare, noLimit
	}
	return noLimit, noLimit // where the system does not tell
}

// lockPatience is how long a directory is waited for that another process has
// open.
const lockPatience = 3 * time.Second

// How a server of a cluster is reached, and how soon it is noticed that one no
// longer answers: well within patience.
const (
	reconnectWait  = 250 * time.Millisecond
	connectTimeout = 5 * time.Second
	pingEvery      = 10 * time.Second
	pingsMissed    = 2
)

// engine is the JetStream that a frontier lives in.
type engine struct {
	nc     *nats.Conn
	js     jetstream.JetStream
	srv    *server.Server // nil for a cluster
	lock   *flock.Flock   // nil without a directory
	temp   string         // removed on close
	store  jetstream.StorageType
	shared bool          // other processes may work on the same job
	try    time.Duration // how long one request waits before it is repeated
}

// startEngine starts or reaches the server that o names.
func startEngine(o *Options) (*engine, error) {
	e := &engine{store: jetstream.MemoryStorage, shared: o.URL != "", try: tryInProcess}
	if err := e.start(o); err != nil {
		e.close()
		return nil, err
	}
	return e, nil
}

func (e *engine) start(o *Options) (err error) {
	opts := []nats.Option{
		nats.Name("newsclip"),
		nats.MaxReconnects(-1),
		nats.ReconnectWait(reconnectWait),
		nats.Timeout(connectTimeout),
		// A server that vanishes without closing its connections.
		nats.PingInterval(pingEvery),
		nats.MaxPingsOutstanding(pingsMissed),
	}
	url := o.URL
	if e.shared {
		e.store, e.try = jetstream.FileStorage, tryShared
	} else {
		dir := o.Dir
		if dir == "" {
			// The server keeps its own housekeeping in files even when the streams
			// are in memory.
			if e.temp, err = os.MkdirTemp("", "newsclip-frontier-"); err != nil {
				return fmt.Errorf("frontier: %w", err)
			}
			dir = e.temp
		} else {
			e.store = jetstream.FileStorage
			if _, err := os.Stat(filepath.Join(dir, "jetstream")); o.Existing && errors.Is(err, os.ErrNotExist) {
				return ErrNoJob
			}
			if err = os.MkdirAll(dir, 0o755); err != nil {
				return fmt.Errorf("frontier: state directory: %w", err)
			}
			lock := flock.New(filepath.Join(dir, "lock"))
			ok, err := lock.TryLock()
			// Who only looks at a job has it open for a moment.
			for end := time.Now().Add(lockPatience); !ok && err == nil && !o.Existing && time.Now().Before(end); {
				time.Sleep(50 * time.Millisecond)
				ok, err = lock.TryLock()
			}
			if err != nil {
				return fmt.Errorf("frontier: state directory: %w", err)
			}
			if !ok {
				return fmt.Errorf("%w: %s", ErrInUse, dir)
			}
			e.lock = lock
		}
		memory, files := storeLimits()
		e.srv, err = server.NewServer(&server.Options{
			ServerName:         "newsclip",
			DontListen:         true,
			JetStream:          true,
			StoreDir:           dir,
			JetStreamMaxMemory: memory,
			JetStreamMaxStore:  files,
			NoSigs:             true,
			NoLog:              true,
			MaxPayload:         maxPayload,
			SyncInterval:       syncEvery,
		})
		if err != nil {
			return fmt.Errorf("frontier: %w", err)
		}
		e.srv.Start()
		// A large directory that was not closed is read through first.
		if !e.srv.ReadyForConnections(10 * time.Minute) {
			return fmt.Errorf("frontier: the store in %s does not open", dir)
		}
		opts = append(opts, nats.InProcessServer(e.srv))
		url = ""
	}
	if e.nc, err = nats.Connect(url, append(opts, o.Connect...)...); err != nil {
		return fmt.Errorf("frontier: %s: %w", o.URL, err)
	}
	e.js, err = jetstream.New(e.nc,
		jetstream.WithPublishAsyncMaxPending(addWindow),
		jetstream.WithPublishAsyncTimeout(ackTimeout),
		jetstream.WithDefaultTimeout(e.try))
	if err != nil {
		return fmt.Errorf("frontier: %w", err)
	}
	return nil
}

func (e *engine) close() {
	if e.nc != nil {
		e.nc.Close()
	}
	if e.srv != nil {
		e.srv.Shutdown()
		e.srv.WaitForShutdown()
	}
	if e.lock != nil {
		e.lock.Unlock()
	}
	if e.temp != "" {
		os.RemoveAll(e.temp)
	}
}
