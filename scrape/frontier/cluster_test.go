package frontier

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// startCluster starts n JetStream servers on loopback and returns them with the
// URL that names them all.
func startCluster(t testing.TB, n int) ([]*server.Server, string) {
	t.Helper()
	var routes []*url.URL
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		port := l.Addr().(*net.TCPAddr).Port
		ports = append(ports, port)
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", port)})
		l.Close()
	}
	var servers []*server.Server
	var urls []string
	for i := range n {
		o := &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(),
			NoSigs: true, NoLog: true,
		}
		if n > 1 {
			o.Cluster = server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: ports[i]}
			o.Routes = routes
		}
		s, err := server.NewServer(o)
		if err != nil {
			t.Fatal(err)
		}
		s.Start()
		t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
		servers = append(servers, s)
	}
	for _, s := range servers {
		if !s.ReadyForConnections(time.Minute) {
			t.Fatal("a server does not start")
		}
		urls = append(urls, s.ClientURL())
	}
	for end := time.Now().Add(2 * time.Minute); n > 1; time.Sleep(50 * time.Millisecond) {
		led, current := false, true
		for _, s := range servers {
			led = led || s.JetStreamIsLeader()
			current = current && s.JetStreamIsCurrent()
		}
		if led && current {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the cluster has no leader")
		}
	}
	return servers, strings.Join(urls, ",")
}

// Workers in one process share a job: each host is one worker's at a time, one
// that stops gives its hosts back at once, and the job ends for all.
func TestWorkersShareHosts(t *testing.T) {
	_, url := startCluster(t, 1)
	o := Options{URL: url, Job: "press", Partitions: 16, Lapse: 2 * time.Second, Rest: 100 * time.Millisecond}
	seeder := open(t, o)
	var items []Item
	const hosts, each = 30, 40
	for i := range hosts * each {
		items = append(items, page(fmt.Sprintf("h%d.example", i%hosts), i))
	}
	var mu sync.Mutex
	holder := map[string]int{} // host to the worker that has leases of it
	leases := map[string]int{}
	got := map[string]int{}
	by := make([]int, 3)
	var leave func() // ends the work of worker 2
	ready := []chan struct{}{make(chan struct{}), make(chan struct{}), make(chan struct{})}
	work := func(ctx context.Context, f *Frontier, w int) error {
		for {
			l, err := f.Next(ctx, nil)
			if err != nil {
				return err
			}
			mu.Lock()
			if leases[l.Item.Host] > 0 && holder[l.Item.Host] != w {
				t.Errorf("host %s at workers %d and %d", l.Item.Host, holder[l.Item.Host], w)
			}
			holder[l.Item.Host] = w
			leases[l.Item.Host]++
			got[l.Item.URL]++
			by[w]++
			if w == 2 && by[w] == len(items)/10 {
				leave()
			}
			mu.Unlock()
			time.Sleep(3 * time.Millisecond)
			err = l.Done(t.Context(), Result{})
			mu.Lock()
			leases[l.Item.Host]--
			mu.Unlock()
			if err != nil {
				return err
			}
		}
	}
	var wg sync.WaitGroup
	for w := range 3 {
		f := open(t, o)
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if w == 2 {
				leave = cancel
			}
			close(ready[w])
			var workers sync.WaitGroup
			for range 2 {
				workers.Go(func() {
					if err := work(ctx, f, w); !errors.Is(err, ErrDone) && (w != 2 || !errors.Is(err, context.Canceled)) {
						t.Errorf("worker %d: %v", w, err)
					}
				})
			}
			workers.Wait()
			f.Close()
		})
	}
	// They have joined an empty job, which has not ended.
	for _, r := range ready {
		<-r
	}
	awaitWorkers(t, seeder, 3)
	add(t, seeder, items...)
	wg.Wait()
	if len(got) != len(items) {
		t.Errorf("%d of %d pages", len(got), len(items))
	}
	for u, n := range got {
		if n != 1 {
			t.Errorf("%s: %d times", u, n)
		}
	}
	for w, n := range by {
		if n < len(items)/20 {
			t.Errorf("worker %d had %d of %d pages", w, n, len(items))
		}
	}
	if s, err := seeder.Survey(t.Context()); err != nil || s.Done != len(items) {
		t.Errorf("survey %+v %v", s, err)
	}
}

// A worker that was thought dead cannot finish what another has taken over.
func TestStaleWorkerIsRefused(t *testing.T) {
	_, url := startCluster(t, 1)
	o := Options{URL: url, Job: "press", Partitions: 2, Lapse: time.Second}
	a := open(t, o)
	add(t, a, page("a.example", 1))
	l := next(t, a)
	// It stops showing that it lives, as a process that is stopped does.
	a.cancel()
	a.wg.Wait()
	b := open(t, o)
	start := time.Now()
	l2 := next(t, b)
	if d := time.Since(start); d > 10*time.Second {
		t.Errorf("taken over after %v", d)
	}
	if l2.Item.Attempt != 1 {
		t.Errorf("attempt %d", l2.Item.Attempt)
	}
	if l.Held() {
		t.Error("the stale worker thinks that it holds the host")
	}
	// It wakes up, and has not noticed anything yet.
	a.ctx, a.cancel = context.WithCancel(context.Background())
	if err := l.Done(t.Context(), Result{Records: [][]byte{[]byte("stale")}}); !errors.Is(err, ErrLost) {
		t.Errorf("stale Done: %v", err)
	}
	done(t, l2, "good")
	wantDone(t, b)
	var got []string
	if err := b.Collect(t.Context(), func(r Record) error { got = append(got, string(r.Data)); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || got[0] != "good" {
		t.Errorf("records %q", got)
	}
}

// A partition with a slow host rests as long as that host's delay when it
// passes to another worker.
func TestSlowHostRests(t *testing.T) {
	_, url := startCluster(t, 1)
	o := Options{URL: url, Job: "press", Partitions: 1, Lapse: time.Second, Rest: 100 * time.Millisecond}
	a := open(t, o)
	add(t, a, page("a.example", 1), page("a.example", 2))
	done(t, next(t, a))
	const delay = 3 * time.Second
	asked := time.Now()
	a.Slow("a.example", delay)
	time.Sleep(2 * o.Lapse / beatsOfLapse)
	a.Close()
	b := open(t, o)
	next(t, b)
	if d := time.Since(asked); d < delay {
		t.Errorf("asked again after %v", d)
	}
}

func TestBudgetOverWorkers(t *testing.T) {
	_, url := startCluster(t, 1)
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	for w := range 3 {
		f := open(t, Options{URL: url, Job: "press"})
		wg.Go(func() {
			for i := range 40 {
				ok, err := f.Budget("pages", 57).Take(t.Context(), fmt.Sprint(w, i))
				if err != nil {
					t.Error(err)
				}
				if ok {
					mu.Lock()
					n++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	if n != 57 {
		t.Errorf("%d units of 57", n)
	}
}

// awaitWorkers waits until n workers have a good part each of the job's
// partitions.
func awaitWorkers(t *testing.T, f *Frontier, n int) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(100 * time.Millisecond) {
		var shares table
		count := map[string]int{}
		e, err := f.value(t.Context(), "workers")
		if err == nil {
			err = json.Unmarshal(e.Value(), &shares)
		}
		for _, id := range shares.Parts {
			count[id]++
		}
		even := err == nil && len(count) == n && count[""] == 0
		for _, parts := range count {
			even = even && parts >= len(f.parts)/(2*n)
		}
		if even {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%d workers do not share the job: %v %v", n, count, err)
		}
	}
}

// Three servers, three worker processes and a collector; a worker and a server
// are killed in the middle. Every record is collected once, no page is handed
// out after it was finished, and no host is asked faster than its delay.
func TestClusterLosesWorkerAndServer(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a cluster and four processes")
	}
	servers, url := startCluster(t, 3)
	dir := t.TempDir()
	c := workerConfig{
		URL: url, Job: "press", Pages: 1200, Hosts: 24, Goroutines: 12, Delay: 150 * time.Millisecond, Lapse: 3 * time.Second,
		Seeded: true,
	}
	collect := c
	collect.Collect, collect.Out = true, filepath.Join(dir, "out")
	collector := startWorker(t, collect)
	var workers []*exec.Cmd
	var visits []string
	for i := range 3 {
		w := c
		w.Visits = filepath.Join(dir, fmt.Sprint("visits", i))
		visits = append(visits, w.Visits)
		workers = append(workers, startWorker(t, w))
	}
	// However slow the machine is, all three have their share before there is
	// anything to do.
	seeder := open(t, Options{URL: url, Job: c.Job, Lapse: c.Lapse, Partitions: 12})
	awaitWorkers(t, seeder, 3)
	add(t, seeder, c.item(0))
	awaitVisits := func(n int, visits ...string) {
		for end := time.Now().Add(4 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
			all := []visit(nil)
			for _, v := range visits {
				if matches, _ := filepath.Glob(v); matches != nil {
					all = append(all, readVisits(t, v)...)
				}
			}
			if len(all) >= n {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("%d visits, want %d", len(all), n)
			}
		}
	}
	awaitVisits(50, visits[1])
	awaitVisits(300, visits...)
	if err := workers[1].Process.Kill(); err != nil {
		t.Fatal(err)
	}
	awaitVisits(700, visits...)
	servers[1].Shutdown()
	ended := make(chan error, 3)
	for _, w := range []*exec.Cmd{workers[0], workers[2], collector} {
		go func() { ended <- w.Wait() }()
	}
	for range 3 {
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("a process ended with %v", err)
			}
		case <-time.After(4 * time.Minute):
			t.Fatal("does not end")
		}
	}
	checkOutput(t, collect.Out, c.Pages)
	all := readVisits(t, visits...)
	checkVisits(t, all, c.Pages)
	last := map[string]int64{}
	for _, v := range all {
		if v.what != "get" {
			continue
		}
		if gap := time.Duration(v.at - last[v.host]); last[v.host] != 0 && gap < c.Delay-5*time.Millisecond {
			t.Errorf("host %s asked again after %v", v.host, gap)
		}
		last[v.host] = v.at
	}
}
