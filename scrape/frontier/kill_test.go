package frontier

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"
)

// The tests that kill run the test's own binary as a worker: a crawl of a
// made-up site in which page n links to 2n+1 and 2n+2 and to pages that are
// known, every page has a record, and every seventh answers at the third try
// only.

const workerEnv = "FRONTIER_TEST_WORKER"

type workerConfig struct {
	Dir, URL, Job string
	Out           string // the output file; empty for none
	Visits        string // one line for each page handed out and finished
	Pages, Hosts  int
	Delay         time.Duration // between two pages of one host
	Collect       bool
	Lapse         time.Duration
	Goroutines    int
	Seeded        bool // by the test: the worker adds no first page
}

func TestMain(m *testing.M) {
	if s := os.Getenv(workerEnv); s != "" {
		var c workerConfig
		err := json.Unmarshal([]byte(s), &c)
		if err == nil {
			err = c.run()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "worker:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func startWorker(t *testing.T, c workerConfig) *exec.Cmd {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), workerEnv+"="+string(b))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd
}

func (c *workerConfig) host(n int) string { return "h" + strconv.Itoa(n%c.Hosts) + ".example" }

func (c *workerConfig) item(n int) Item {
	return Item{URL: "https://" + c.host(n) + "/" + strconv.Itoa(n), Host: c.host(n), Class: ClassOther, Meta: map[string]string{"n": strconv.Itoa(n)}}
}

// run crawls until the job is done.
func (c *workerConfig) run() error {
	ctx := context.Background()
	f, err := Open(ctx, Options{Dir: c.Dir, URL: c.URL, Job: c.Job, Lapse: c.Lapse, Partitions: 12})
	if err != nil {
		return err
	}
	defer f.Close()
	if c.Collect {
		return collectFile(ctx, f, c.Out)
	}
	if !c.Seeded {
		if _, err := f.Add(ctx, c.item(0)); err != nil {
			return err
		}
	}
	visits, err := os.OpenFile(c.Visits, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer visits.Close()
	var wg sync.WaitGroup
	errs := make(chan error, c.Goroutines+1)
	var mu sync.Mutex
	last := map[string]time.Time{}
	given := map[string][]time.Time{} // when items were given out, until they are at work
	ready := func(host string) time.Duration {
		mu.Lock()
		defer mu.Unlock()
		now := time.Now()
		if w := c.Delay - now.Sub(last[host]); w > 0 {
			return w
		}
		last[host] = now
		given[host] = append(given[host], now)
		return 0
	}
	at := func(host string) time.Time {
		mu.Lock()
		defer mu.Unlock()
		first := given[host][0]
		given[host] = given[host][1:]
		return first
	}
	for range c.Goroutines {
		wg.Go(func() {
			for {
				l, err := f.Next(ctx, ready)
				if errors.Is(err, ErrDone) {
					return
				}
				if err == nil {
					err = c.work(ctx, f, l, at(l.Item.Host), visits)
				}
				if err != nil && !errors.Is(err, ErrLost) {
					errs <- err
					return
				}
			}
		})
	}
	if c.Out != "" {
		wg.Go(func() {
			if err := collectFile(ctx, f, c.Out); err != nil {
				errs <- err
			}
		})
	}
	wg.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

func (c *workerConfig) work(ctx context.Context, f *Frontier, l *Lease, at time.Time, visits io.Writer) error {
	n, err := strconv.Atoi(l.Item.Meta["n"])
	if err != nil {
		return err
	}
	fmt.Fprintf(visits, "%d get %s %d\n", at.UnixNano(), l.Item.Host, n)
	if n%7 == 3 && l.Item.Attempt < 3 {
		return l.Retry(ctx, 20*time.Millisecond)
	}
	var links []Item
	for _, to := range []int{2*n + 1, 2*n + 2, n / 2, 0, n} {
		if to < c.Pages {
			links = append(links, c.item(to))
		}
	}
	if _, err := f.Add(ctx, links...); err != nil {
		return err
	}
	rec := fmt.Appendf(nil, `{"n":%d,"text":%q}`+"\n", n, bytes.Repeat([]byte("word "), n%97))
	if err := l.Done(ctx, Result{Records: [][]byte{rec}, Memo: []byte(strconv.Itoa(n))}); err != nil {
		return err
	}
	fmt.Fprintf(visits, "%d done %s %d\n", time.Now().UnixNano(), l.Item.Host, n)
	return nil
}

// collectFile is what the package's doc says: cut the file to the checkpoint,
// append what follows, say how far it got.
func collectFile(ctx context.Context, f *Frontier, name string) error {
	c, err := f.Checkpoint(ctx)
	if err != nil {
		return err
	}
	size := int64(0)
	if c.Note != nil {
		if size, err = strconv.ParseInt(string(c.Note), 10, 64); err != nil {
			return err
		}
	}
	out, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	defer out.Close()
	if err := out.Truncate(size); err != nil {
		return err
	}
	if _, err := out.Seek(size, io.SeekStart); err != nil {
		return err
	}
	since := 0
	seq := c.Seq
	save := func() error {
		since = 0
		return f.Collected(ctx, Checkpoint{Seq: seq, Note: []byte(strconv.FormatInt(size, 10))})
	}
	err = f.Collect(ctx, func(r Record) error {
		n, err := out.Write(r.Data)
		size += int64(n)
		if since++; err == nil && r.Last {
			seq = r.Seq
			if since >= 50 {
				err = save()
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	return save()
}

// checkOutput wants each page once, and no line that is none.
func checkOutput(t *testing.T, name string, pages int) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	seen := make([]int, pages)
	lines := bufio.NewScanner(bytes.NewReader(b))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r struct{ N int }
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Errorf("torn line %.60q", lines.Bytes())
			continue
		}
		seen[r.N]++
	}
	for n, k := range seen {
		if k != 1 {
			t.Errorf("page %d stands %d times in the output", n, k)
		}
	}
}

type visit struct {
	at   int64
	what string
	host string
	n    int
}

func readVisits(t *testing.T, names ...string) (all []visit) {
	t.Helper()
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range bytes.Lines(b) {
			var v visit
			if k, _ := fmt.Sscan(string(line), &v.at, &v.what, &v.host, &v.n); k == 4 {
				all = append(all, v)
			}
		}
	}
	slices.SortFunc(all, func(a, b visit) int { return int(a.at - b.at) })
	return all
}

// checkVisits wants no page handed out after it was finished.
func checkVisits(t *testing.T, all []visit, pages int) {
	t.Helper()
	done := make([]bool, pages)
	for _, v := range all {
		if v.what == "done" {
			done[v.n] = true
		} else if done[v.n] {
			t.Errorf("page %d was handed out after it was finished", v.n)
		}
	}
}

// A process with a state directory is killed at random moments and started
// again, until it ends by itself.
func TestKilledAndReopened(t *testing.T) {
	dir := t.TempDir()
	c := workerConfig{
		Dir: filepath.Join(dir, "state"), Out: filepath.Join(dir, "out"), Visits: filepath.Join(dir, "visits"),
		Pages: 20000, Hosts: 5, Goroutines: 8,
	}
	kills := 0
	for {
		w := startWorker(t, c)
		ended := make(chan error, 1)
		go func() { ended <- w.Wait() }()
		stop := (<-chan time.Time)(nil)
		if kills < 20 {
			stop = time.After(time.Duration(40+rand.IntN(200)) * time.Millisecond)
		}
		select {
		case err := <-ended:
			if err != nil {
				t.Fatal(err)
			}
		case <-stop:
			if err := w.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			<-ended
			kills++
			continue
		case <-time.After(2 * time.Minute):
			t.Fatal("does not end")
		}
		break
	}
	if kills < 10 {
		t.Errorf("killed %d times only", kills)
	}
	checkOutput(t, c.Out, c.Pages)
	checkVisits(t, readVisits(t, c.Visits), c.Pages)
	// A finished job stays finished.
	f := open(t, Options{Dir: c.Dir})
	wantDone(t, f)
	if s := f.Stats(); s.Found != c.Pages || s.Done != c.Pages || s.Retried < 2*c.Pages/7-1 {
		t.Errorf("stats %+v", s)
	}
}
