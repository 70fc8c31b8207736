package frontier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"newsclip/output/leftover"
	"newsclip/output/natsconn"
)

// syncEvery is how often files are synced to the disk. A write has reached the
// operating system before it is acknowledged, so that a killed process loses
// nothing. A machine that loses power can lose the writes of this time.
const syncEvery = 10 * time.Second

// readyTimeout bounds the opening of a directory. One that was not closed is read
// through, a few hundred megabytes a second.
const readyTimeout = 10 * time.Minute

// storeLimit is how many bytes of messages the server in process may store: its files
// are bounded by the disk alone. By default it allows three quarters of what is free
// on the disk when it starts, which may be less than it has stored there before.
const storeLimit = int64(1) << 62

// lockPatience is how long Open waits for a directory that another process has
// open, and lockEvery how often it looks. "newsclip status" opens it for a moment.
const (
	lockPatience = 3 * time.Second
	lockEvery    = 50 * time.Millisecond
)

// The connection to a server of a cluster. A server that no longer answers is
// noticed, and another connected to, well within patience.
const (
	reconnectWait  = 250 * time.Millisecond
	connectTimeout = 5 * time.Second
	pingEvery      = 10 * time.Second
	pingsMissed    = 2
)

// engine is the JetStream that keeps a frontier.
type engine struct {
	nc     *nats.Conn
	js     jetstream.JetStream
	srv    *server.Server // nil for a cluster
	lock   *flock.Flock   // nil without a directory
	found  *inspection    // what the directory held when it was opened
	temp   string         // removed on close
	mark   *leftover.Mark // of temp
	shared bool           // it is a cluster, which other processes use too
	disk   disk           // of the server in process
	// full is closed when the disk of the server in process is full, and closing when
	// the engine is closed.
	full, closing chan struct{}
	try           time.Duration // how long a request waits for its answer
}

// startEngine starts or reaches the server that o names.
func startEngine(o *Options) (*engine, error) {
	e := &engine{shared: o.URL != "", try: tryInProcess, full: make(chan struct{}), closing: make(chan struct{})}
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
		// These notice a server that is gone without having closed its connections.
		nats.PingInterval(pingEvery),
		nats.MaxPingsOutstanding(pingsMissed),
	}
	if e.shared {
		e.try = tryShared
	} else {
		dir, err := e.openDir(o)
		if err != nil {
			return err
		}
		e.disk = disk{dir, o.writeFile}
		if err := e.startServer(dir); err != nil {
			return err
		}
		opts = append(opts, nats.InProcessServer(e.srv))
	}
	if e.nc, err = natsconn.Connect(o.URL, append(opts, o.Connect...)...); err != nil {
		return fmt.Errorf("frontier: %s: %w", o.URL, err)
	}
	e.js, err = jetstream.New(e.nc,
		jetstream.WithPublishAsyncMaxPending(addWindow),
		jetstream.WithPublishAsyncTimeout(ackTimeout),
		jetstream.WithDefaultTimeout(e.try))
	if err != nil {
		return fmt.Errorf("frontier: %w", err)
	}
	if !e.shared {
		go e.watchDisk()
	}
	return nil
}

// tempPrefix begins the names of the folders of frontiers without a directory.
const tempPrefix = "newsclip-frontier-"

// openDir makes and locks the directory of the server in process.
func (e *engine) openDir(o *Options) (dir string, err error) {
	if o.Dir == "" {
		// In memory a URL would take four times as much, all of which the collector
		// looks at again and again.
		leftover.Remove(os.TempDir(), func(name string) bool { return strings.HasPrefix(name, tempPrefix) })
		if e.temp, err = os.MkdirTemp("", tempPrefix); err != nil {
			return "", fmt.Errorf("frontier: %w", err)
		}
		e.mark = leftover.MarkDir(e.temp)
		return e.temp, nil
	}
	if dir, err = e.lockDir(o); err != nil {
		return "", err
	}
	e.found, err = inspect(o.Dir, o.Job, false)
	switch {
	case err != nil:
		return "", err
	case e.found.report.Damaged():
		r := &e.found.report
		return "", fmt.Errorf("%w: %s: %s; lost: %s", ErrDamaged, o.Dir, r.Found[0], r.Lost())
	}
	// From here on the files change.
	_ = os.Remove(filepath.Join(o.Dir, closedFile+".new")) // of a process that was killed
	if err := os.Remove(filepath.Join(o.Dir, closedFile)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", fmt.Errorf("frontier: state directory: %w", err)
	}
	if err := dropHalfSettings(o.Dir); err != nil {
		return "", fmt.Errorf("frontier: state directory: %w", err)
	}
	return dir, nil
}

// lockDir makes and locks a state directory.
func (e *engine) lockDir(o *Options) (dir string, err error) {
	if err := finishRepair(o.Dir); err != nil {
		return "", err
	}
	if _, err := os.Stat(filepath.Join(o.Dir, "jetstream")); o.Existing && errors.Is(err, os.ErrNotExist) {
		return "", ErrNoJob
	}
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return "", fmt.Errorf("frontier: state directory: %w", err)
	}
	if err := checkFiles(o.Dir); err != nil {
		return "", fmt.Errorf("frontier: state directory: %w", err)
	}
	lock := flock.New(filepath.Join(o.Dir, "lock"))
	ok, err := lock.TryLock()
	for end := time.Now().Add(lockPatience); !ok && err == nil && !o.Existing && time.Now().Before(end); {
		time.Sleep(lockEvery)
		ok, err = lock.TryLock()
	}
	if err != nil {
		return "", fmt.Errorf("frontier: state directory: %w", err)
	}
	if !ok {
		return "", fmt.Errorf("%w: %s", ErrInUse, o.Dir)
	}
	e.lock = lock
	return o.Dir, nil
}

// startServer starts the server in process and reads what is in dir.
func (e *engine) startServer(dir string) (err error) {
	e.srv, err = server.NewServer(&server.Options{
		ServerName:        "newsclip",
		DontListen:        true,
		JetStream:         true,
		StoreDir:          dir,
		JetStreamMaxStore: storeLimit,
		NoSigs:            true,
		NoLog:             true,
		MaxPayload:        maxPayload,
		SyncInterval:      syncEvery,
	})
	if err != nil {
		return fmt.Errorf("frontier: %w", err)
	}
	e.srv.Start()
	if !e.srv.ReadyForConnections(readyTimeout) {
		return fmt.Errorf("frontier: the files in %s could not be opened within %v", dir, readyTimeout)
	}
	return nil
}

func (e *engine) close() {
	close(e.closing)
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
		e.mark.Drop()
		os.RemoveAll(e.temp)
	}
}

// addWindow is how many items may be under way to the stream at once: enough
// for two calls of Add with a page of a sitemap each.
const addWindow = 8192

// retry calls op until it returns nil or an error that is not transient, patience
// is over, or ctx ends. Without a cluster it calls op once.
func (e *engine) retry(ctx context.Context, op func(ctx context.Context) error) error {
	end := time.Now().Add(patience)
	for wait := retryFirst; ; wait = min(2*wait, retryMost) {
		try, cancel := context.WithTimeout(ctx, e.try)
		err := op(try)
		cancel()
		if err == nil || !e.shared || !isTransient(err) || ctx.Err() != nil || time.Now().After(end) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(wait):
		}
	}
}

// watchDisk closes full, and the connection, when the disk of the server in process
// is full.
func (e *engine) watchDisk() {
	tick := time.NewTicker(diskEvery)
	defer tick.Stop()
	for {
		select {
		case <-e.closing:
			return
		case <-tick.C:
		}
		if e.disk.hasNoRoom() {
			close(e.full)
			e.nc.Close()
			return
		}
	}
}

// isDiskFull reports whether watchDisk has found the disk full.
func (e *engine) isDiskFull() bool {
	select {
	case <-e.full:
		return true
	default:
		return false
	}
}
