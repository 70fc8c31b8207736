package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// natsEnv holds the natsNode that a process of this test binary runs in place of
// the tests. A server in a process of its own can be killed without warning, where
// Server.Shutdown hands its leadership over first.
const natsEnv = "NEWSCLIP_TEST_NATS"

func init() {
	if s := os.Getenv(natsEnv); s != "" {
		var n natsNode
		err := json.Unmarshal([]byte(s), &n)
		if err == nil {
			err = n.serve()
		}
		fmt.Fprintln(os.Stderr, "nats server:", err)
		os.Exit(1)
	}
}

// natsNode is one server of a cluster on loopback.
type natsNode struct {
	Name                string
	Client, ClusterPort int
	Routes              []string
	Dir                 string
	process             *exec.Cmd
}

// serve runs the server until the process is killed.
func (n *natsNode) serve() error {
	o := &server.Options{
		ServerName: n.Name, Host: "127.0.0.1", Port: n.Client, JetStream: true, StoreDir: n.Dir,
		NoSigs: true, NoLog: true, Cluster: server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: n.ClusterPort},
	}
	for _, r := range n.Routes {
		u, err := url.Parse(r)
		if err != nil {
			return err
		}
		o.Routes = append(o.Routes, u)
	}
	s, err := server.NewServer(o)
	if err != nil {
		return err
	}
	s.Start()
	s.WaitForShutdown()
	return fmt.Errorf("%s has stopped by itself", n.Name)
}

func (n *natsNode) start(t *testing.T) {
	t.Helper()
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	newsclip, err := plainBinary()
	if err != nil {
		t.Fatal(err)
	}
	n.process = exec.Command(newsclip)
	n.process.Env = append(os.Environ(), natsEnv+"="+string(b))
	n.process.Stderr = os.Stderr
	if err := n.process.Start(); err != nil {
		t.Fatal(err)
	}
}

func (n *natsNode) kill() {
	_ = n.process.Process.Kill()
	_ = n.process.Wait()
}

// startNATSProcesses starts n servers, each in a process of its own, and waits
// until the cluster stores a message on all of them.
func startNATSProcesses(t *testing.T, n int) (nodes []*natsNode, urls string) {
	t.Helper()
	var clients, routes []string
	for i := range n {
		node := &natsNode{Name: fmt.Sprintf("n%d", i), Client: freePort(t), ClusterPort: freePort(t), Dir: t.TempDir()}
		nodes = append(nodes, node)
		clients = append(clients, fmt.Sprintf("nats://127.0.0.1:%d", node.Client))
		routes = append(routes, fmt.Sprintf("nats://127.0.0.1:%d", node.ClusterPort))
	}
	for _, node := range nodes {
		node.Routes = routes
		node.start(t)
		t.Cleanup(node.kill)
	}
	urls = strings.Join(clients, ",")
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	nc, err := nats.Connect(urls, nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	probe := jetstream.StreamConfig{Name: "probe", Subjects: []string{"probe"}, Replicas: n}
	for {
		try, cancel := context.WithTimeout(ctx, 5*time.Second)
		if _, err = js.CreateStream(try, probe); err == nil {
			if _, err = js.Publish(try, "probe", nil); err == nil {
				err = js.DeleteStream(try, "probe")
			}
		}
		cancel()
		if err == nil {
			return nodes, urls
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the servers form no cluster: %v", err)
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// freePort returns a port for a server that is started again on it. It is below
// those that systems choose for connections, one of which could take it meanwhile.
func freePort(t *testing.T) int {
	t.Helper()
	const first, ports, tries = 20000, 12000, 100
	for range tries {
		port := first + rand.IntN(ports)
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port)); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// sectionedSite serves a front page that links to sections, and sections that
// link to articles, so that links are found as long as the crawl goes on.
type sectionedSite struct {
	sections, each int
	asked          *atomic.Int64
}

func (s *sectionedSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked.Add(1)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	var k int
	switch {
	case r.URL.Path == "/":
		fmt.Fprint(w, `<!doctype html><title>All</title><ul>`)
		for i := range s.sections {
			fmt.Fprintf(w, `<li><a href="/section-%d">Section %[1]d</a>`, i)
		}
	case scan(r.URL.Path, "/section-%d", &k):
		fmt.Fprint(w, `<!doctype html><title>Section</title><ul>`)
		for i := range s.each {
			fmt.Fprintf(w, `<li><a href="/2026/01/02/story-%d">More</a>`, k*s.each+i)
		}
	case scan(r.URL.Path, "/2026/01/02/story-%d", &k):
		fmt.Fprint(w, storyHTML(k))
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

// failoverRuns is how often a kind of failure is tried: usual times, or as often as
// NEWSCLIP_FAILOVER says.
func failoverRuns(t *testing.T, usual int) int {
	s := os.Getenv("NEWSCLIP_FAILOVER")
	if s == "" {
		if testing.Short() {
			t.Skip("each run is a crawl by seven processes and takes half a minute")
		}
		return usual
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		t.Fatalf("NEWSCLIP_FAILOVER=%q: a number of runs", s)
	}
	return n
}

// Three servers keep a job of three workers, each with seeds of its own, and a
// collector. One server is killed at a random moment and is back after five
// seconds: every article is written once, and every process ends with 0.
func TestServerKilled(t *testing.T) {
	t.Parallel() // elections are waited for
	for i := range failoverRuns(t, 2) {
		t.Run(strconv.Itoa(i), func(t *testing.T) { failover(t, i, false) })
	}
}

// As TestServerKilled; a worker and the collector are killed with the server, and
// started again at once.
func TestServerAndWorkerKilled(t *testing.T) {
	t.Parallel()
	for i := range failoverRuns(t, 1) {
		t.Run(strconv.Itoa(i), func(t *testing.T) { failover(t, i, true) })
	}
}

// ended is a process that has ended.
type ended struct {
	name   string
	stderr string
	err    error
}

// failover is one run. both: a worker and the collector are killed, too.
func failover(t *testing.T, run int, both bool) {
	const hosts, sections, each = 12, 6, 15
	const workers = 3
	const away = 5 * time.Second // how long the killed server is away
	nodes, nats := startNATSProcesses(t, 3)
	var asked atomic.Int64
	var seeds []string
	for range hosts {
		srv := httptest.NewServer(&sectionedSite{sections: sections, each: each, asked: &asked})
		defer srv.Close()
		seeds = append(seeds, srv.URL)
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out.jsonl")
	done := make(chan ended, 16)
	running := 0
	start := func(name string, args ...string) *os.Process {
		cmd := newsclipCommand(args...)
		var b strings.Builder
		cmd.Stderr = &b
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill() })
		running++
		go func() {
			err := cmd.Wait()
			done <- ended{name, b.String(), err}
		}()
		return cmd.Process
	}
	crawl := func(w int) []string {
		args := []string{"crawl", "--nats", nats, "--job", "press", "--collect", "--delay", "100ms"}
		for i := w; i < hosts; i += workers {
			args = append(args, seeds[i])
		}
		return args
	}
	collect := []string{"collect", "--nats", nats, "--job", "press", "-o", out}
	var crawls []*os.Process
	for w := range workers {
		crawls = append(crawls, start(fmt.Sprint("worker ", w), crawl(w)...))
	}
	collector := start("collector", collect...)

	const requests = hosts * (1 + sections + sections*each)
	moment := rand.Int64N(requests * 3 / 4)
	for end := time.Now().Add(3 * time.Minute); asked.Load() < moment; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d requests in three minutes, before anything was killed", asked.Load())
		}
	}
	victim := nodes[run%len(nodes)] // each of them in turn, as one of them leads each stream
	t.Logf("%s is killed after %d requests of %d", victim.Name, asked.Load(), requests)
	victim.kill()
	killed := map[string]bool{}
	if both {
		w := rand.IntN(workers)
		killed[fmt.Sprint("worker ", w)], killed["collector"] = true, true
		_ = crawls[w].Kill()
		_ = collector.Kill()
		start(fmt.Sprintf("worker %d again", w), crawl(w)...)
		start("collector again", collect...)
	}
	time.Sleep(away)
	victim.start(t)
	t.Logf("%s is back after %d requests", victim.Name, asked.Load())

	timeout := time.After(6 * time.Minute)
	var all []ended
	for range running {
		select {
		case e := <-done:
			all = append(all, e)
			if e.err != nil && !killed[e.name] {
				t.Errorf("%s: %v", e.name, e.err)
			}
		case <-timeout:
			t.Fatalf("not ended after %d requests; ended: %v", asked.Load(), all)
		}
	}
	checkEachOnce(t, out, seeds, sections*each)
	if t.Failed() {
		for _, e := range all {
			t.Logf("%s ended with %v: %s", e.name, e.err, e.stderr)
		}
	}
}

// checkEachOnce wants every article of every site in the output once.
func checkEachOnce(t *testing.T, out string, seeds []string, articles int) {
	t.Helper()
	seen := readURLs(t, out, false)
	var lost, twice []string
	for _, seed := range seeds {
		for k := range articles {
			u := fmt.Sprintf("%s/2026/01/02/story-%d", seed, k)
			switch n := seen[u]; {
			case n == 0:
				lost = append(lost, u)
			case n > 1:
				twice = append(twice, u)
			}
		}
	}
	if len(lost) > 0 || len(twice) > 0 {
		t.Errorf("of %d articles %d are lost and %d written twice: lost %.300v twice %.300v",
			len(seeds)*articles, len(lost), len(twice), lost, twice)
	}
}
