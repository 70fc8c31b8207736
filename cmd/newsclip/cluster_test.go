package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// startNATS starts n servers with JetStream on loopback, as one cluster.
func startNATS(t *testing.T, n int) (servers []*server.Server, urls string) {
	t.Helper()
	var routes []*url.URL
	var ports []int
	for range n {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
		routes = append(routes, &url.URL{Scheme: "nats", Host: l.Addr().String()})
		l.Close()
	}
	var clients []string
	for i := range n {
		s, err := server.NewServer(&server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: -1, JetStream: true, StoreDir: t.TempDir(),
			NoSigs: true, NoLog: true, Routes: routes,
			Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: ports[i]},
		})
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
		clients = append(clients, s.ClientURL())
	}
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if slices.ContainsFunc(servers, func(s *server.Server) bool { return s.JetStreamIsLeader() }) {
			return servers, strings.Join(clients, ",")
		}
		if time.Now().After(end) {
			t.Fatal("the servers elect no leader")
		}
	}
}

// timedSite serves articles and remembers when it was asked.
type timedSite struct {
	n  int
	mu sync.Mutex
	at []time.Time
}

func (s *timedSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.at = append(s.at, time.Now())
	s.mu.Unlock()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var k int
	switch {
	case r.URL.Path == "/":
		fmt.Fprint(w, `<!doctype html><title>All</title><ul>`)
		for i := range s.n {
			fmt.Fprintf(w, `<li><a href="/2026/01/02/story-%d">More</a>`, i)
		}
	case scan(r.URL.Path, "/2026/01/02/story-%d", &k):
		fmt.Fprint(w, storyHTML(k))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// Three workers share a crawl over three servers; one worker, one server and the
// collector are killed in the middle. Every article is collected once, and no host is
// asked faster than its delay.
func TestCrawlCluster(t *testing.T) {
	if testing.Short() {
		t.Skip("a cluster that loses two of its parts takes half a minute")
	}
	t.Parallel()
	const hosts, articles = 12, 40
	const delay = 200 * time.Millisecond
	nodes, nats := startNATS(t, 3)
	var sites []*timedSite
	var seeds []string
	for range hosts {
		s := &timedSite{n: articles}
		srv := httptest.NewServer(s)
		defer srv.Close()
		sites, seeds = append(sites, s), append(seeds, srv.URL)
	}
	out := filepath.Join(t.TempDir(), "out.jsonl")
	if err := os.WriteFile(out, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	type ended struct {
		name string
		out  []byte
		err  error
	}
	done := make(chan ended, 5)
	start := func(name string, args ...string) *os.Process {
		cmd := newsclipCommand(args...)
		var b strings.Builder
		cmd.Stderr = &b
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() {
			err := cmd.Wait()
			done <- ended{name, []byte(b.String()), err}
		}()
		return cmd.Process
	}
	crawl := append([]string{"crawl", "--nats", nats, "--job", "press", "--collect", "--delay", delay.String(), "--max-depth", "1"}, seeds...)
	var workers []*os.Process
	for i := range 3 {
		workers = append(workers, start(fmt.Sprint("worker ", i), crawl...))
	}
	collector := start("collector", "collect", "--nats", nats, "--job", "press", "-o", out)

	asked := func() (n int) {
		for _, s := range sites {
			s.mu.Lock()
			n += len(s.at)
			s.mu.Unlock()
		}
		return n
	}
	for end := time.Now().Add(3 * time.Minute); asked() < hosts*articles/4; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("only %d requests in three minutes", asked())
		}
	}
	if st := statusOfPress(t, nats); st.State != "running" || st.Done < hosts*articles/8 || st.Pending == 0 || st.Found != st.Done+st.Pending {
		t.Errorf("status of a job at work: %+v", st)
	}
	if b, err := newsclipCommand("status", "--nats", nats, "--job", "pres").CombinedOutput(); err == nil || !strings.Contains(string(b), `no job "pres"`) {
		t.Errorf("status of a job that is not there: %v, %s", err, b)
	}
	t.Logf("worker 1 is killed after %d requests", asked())
	if err := workers[1].Kill(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(2 * time.Second)
	t.Logf("a server is stopped after %d requests", asked())
	nodes[2].Shutdown()
	// And the collector, which goes on where it was.
	if err := collector.Kill(); err != nil {
		t.Fatal(err)
	}
	start("second collector", "collect", "--nats", nats, "--job", "press", "-o", out)

	timeout := time.After(4 * time.Minute)
	for range 5 {
		select {
		case e := <-done:
			if e.err != nil && e.name != "worker 1" && e.name != "collector" {
				t.Errorf("%s: %v\n%s", e.name, e.err, e.out)
			}
			t.Logf("%s ended: %s", e.name, e.out)
		case <-timeout:
			for _, w := range workers {
				w.Kill()
			}
			t.Fatalf("not ended after %d requests", asked())
		}
	}
	if st := statusOfPress(t, nats); st.State != "finished" || st.Pending != 0 || st.Done < hosts*articles {
		t.Errorf("status of a job that has ended: %+v", st)
	}
	wantCollected(t, out, sites, seeds, articles, delay)
}

// statusOfPress returns the status of the job press.
func statusOfPress(t *testing.T, nats string) (st crawlStatus) {
	t.Helper()
	b, err := newsclipCommand("status", "--nats", nats, "--job", "press", "--json").Output()
	if err == nil {
		err = json.Unmarshal(b, &st)
	}
	if err != nil {
		t.Errorf("status: %v: %s", err, b)
	}
	return st
}

// wantCollected checks that each article was written once, and that no site was asked
// faster than its delay.
func wantCollected(t *testing.T, out string, sites []*timedSite, seeds []string, articles int, delay time.Duration) {
	t.Helper()
	seen := readURLs(t, out, false)
	for i, s := range sites {
		for k := range articles {
			u := fmt.Sprintf("%s/2026/01/02/story-%d", seeds[i], k)
			if seen[u] != 1 {
				t.Errorf("%s: written %d times", u, seen[u])
			}
		}
		for k := 1; k < len(s.at); k++ {
			// A site notes a request some milliseconds after it came where the machine is busy.
			if gap := s.at[k].Sub(s.at[k-1]); gap < delay-delay/20 {
				t.Errorf("%s was asked %v after the time before", seeds[i], gap)
			}
		}
	}
}
