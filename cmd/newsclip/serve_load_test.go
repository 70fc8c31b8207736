package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/clean"
)

// A load is how hard TestServeLoad presses.
type load struct {
	clients int
	time    time.Duration
	pages   [][]byte
	large   int64         // bytes of a body that is too large
	timeout time.Duration // of the server, which a slow body exceeds
}

// answerStatuses are those that each kind of request may be answered with, beside 429
// with Retry-After.
var answerStatuses = map[string][]int{
	"good":   {http.StatusOK, http.StatusUnprocessableEntity}, // not every real page has an article
	"broken": {http.StatusOK, http.StatusBadRequest, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity},
	"large":  {http.StatusRequestEntityTooLarge},
	"slow":   {http.StatusRequestTimeout},
}

// A serverProcess is "newsclip serve" in a process of its own, whose memory is its
// own too.
type serverProcess struct {
	base string
	cmd  *exec.Cmd
}

func startServerProcess(t *testing.T, args ...string) *serverProcess {
	t.Helper()
	cmd := newsclipCommand(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)...)
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	r := bufio.NewReader(stderr)
	line, err := r.ReadString('\n')
	base := regexp.MustCompile(`http://\S+`).FindString(line)
	if base == "" {
		t.Fatalf("%q, %v", line, err)
	}
	go func() { _, _ = io.Copy(os.Stderr, r) }()
	return &serverProcess{base, cmd}
}

// slowBody is a body that comes a few bytes at a time, for as long as somebody reads.
type slowBody struct {
	ctx context.Context
	n   int
}

func (s *slowBody) Read(b []byte) (int, error) {
	select {
	case <-s.ctx.Done():
		return 0, s.ctx.Err()
	case <-time.After(50 * time.Millisecond):
	}
	s.n++
	return copy(b, "<p>on"), nil
}

// endless is a body of the same words again and again.
type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for k := range b {
		b[k] = "words "[k%6]
	}
	return len(b), nil
}

// request makes a request of a kind.
func (l *load) request(ctx context.Context, base, kind string, rng *rand.Rand) (*http.Request, error) {
	page := l.pages[rng.IntN(len(l.pages))]
	var body io.Reader = bytes.NewReader(page)
	length := int64(len(page))
	switch kind {
	case "broken":
		b := slices.Clone(page[:rng.IntN(len(page))])
		for range len(b) / 50 {
			b[rng.IntN(len(b))] = byte(rng.IntN(256))
		}
		body, length = bytes.NewReader(b), int64(len(b))
	case "large":
		body, length = io.LimitReader(endless{}, l.large), l.large
		if rng.IntN(2) == 0 {
			length = -1 // chunked
		}
	case "slow":
		body, length = &slowBody{ctx: ctx}, -1
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/v1/clean?url=https://news.example/a", body)
	if err != nil {
		return nil, err
	}
	req.ContentLength = length
	if kind == "broken" && length == 0 {
		req.Body = http.NoBody
	}
	req.Header.Set("Content-Type", "text/html")
	return req, nil
}

// press has all clients make requests until the time is over, and returns how often
// each kind got each status.
func (l *load) press(t *testing.T, base string) map[string]int {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: l.clients}, Timeout: 2*time.Minute + l.timeout}
	var mu sync.Mutex
	counts := make(map[string]int)
	var wg sync.WaitGroup
	end := time.Now().Add(l.time)
	for k := range l.clients {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(k), 1))
			for n := k; time.Now().Before(end); n++ {
				kind := "good"
				if n%10 == 0 {
					kind = []string{"broken", "large", "slow"}[(n/10+k)%3]
				}
				what, pause, err := l.once(client, base, kind, rng)
				mu.Lock()
				counts[kind+" "+what]++
				mu.Unlock()
				if err != nil {
					t.Errorf("%s: %v", kind, err)
					return
				}
				time.Sleep(pause)
			}
		})
	}
	wg.Wait()
	return counts
}

// once makes a request and checks its answer. It returns the status, and how long the
// client is asked to wait.
func (l *load) once(client *http.Client, base, kind string, rng *rand.Rand) (string, time.Duration, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	req, err := l.request(ctx, base, kind, rng)
	if err != nil {
		return "", 0, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "no answer", 0, err
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return "no answer", 0, err
	}
	if !json.Valid(b) {
		return resp.Status, 0, fmt.Errorf("%s: not JSON: %.200q", resp.Status, b)
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		seconds, err := strconv.Atoi(resp.Header.Get("Retry-After"))
		if err != nil {
			err = fmt.Errorf("429 without Retry-After")
		}
		return "429", time.Duration(seconds) * time.Second, err
	}
	if !slices.Contains(answerStatuses[kind], resp.StatusCode) {
		return resp.Status, 0, fmt.Errorf("%s: %.200s", resp.Status, b)
	}
	return strconv.Itoa(resp.StatusCode), 0, nil
}

// TestServeLoad presses the server with good, broken, too large and slow requests, all
// of which must be answered as the docs promise. With NEWSCLIP_LOAD it does so with 200
// clients for a minute, and real pages where there are any, and measures memory, and
// the time of a page with two clients.
func TestServeLoad(t *testing.T) {
	var pages [][]byte
	for k := range 20 {
		pages = append(pages, []byte(ferryPage(fmt.Sprint("Gannet", k))+strings.Repeat("<p>words</p>", k*40)))
	}
	l := &load{clients: 8, time: 3 * time.Second, pages: pages, large: 6 << 20, timeout: time.Second}
	full := os.Getenv("NEWSCLIP_LOAD") != ""
	if full {
		l.clients, l.time, l.large, l.timeout = 200, time.Minute, 60<<20, 20*time.Second
		if real := corporaPages(t, 400); len(real) > 0 {
			l.pages = real
		}
	}
	args := []string{"--timeout", l.timeout.String()}
	if !full {
		args = append(args, "--max-body", "1MiB")
	}
	p := startServerProcess(t, args...)
	stop := watchMemory(t, p.cmd.Process.Pid, full)
	counts := l.press(t, p.base)
	stop()
	t.Logf("%d clients, %v: %v", l.clients, l.time, counts)
	if counts["good 200"] == 0 {
		t.Error("no page was cleaned")
	}
	if resp, err := http.Get(p.base + "/healthz"); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("after it: %v, %v", resp, err)
	}
	if full {
		l.compareTimes(t, p.base)
	}
}

// corporaPages reads up to most pages of the corpora, of each about as many.
func corporaPages(t *testing.T, most int) (pages [][]byte) {
	t.Helper()
	folders, _ := filepath.Glob(filepath.Join(os.Getenv("NEWSCLIP_CORPORA"), "*", "pages"))
	for _, dir := range folders {
		files, _ := filepath.Glob(filepath.Join(dir, "*.gz"))
		step := max(1, len(files)*len(folders)/most)
		for k := 0; k < len(files); k += step {
			f, err := os.Open(files[k])
			if err != nil {
				t.Fatal(err)
			}
			z, err := gzip.NewReader(f)
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(z)
			if err != nil {
				t.Fatal(err)
			}
			f.Close()
			if len(b) > 0 && len(b) < 10<<20 {
				pages = append(pages, b)
			}
		}
	}
	return pages
}

// mostMemory bounds the server's resident memory, in MiB.
const mostMemory = 400

// watchMemory samples the memory of a process until the function that it returns is
// called, which checks that it was bounded and did not grow.
func watchMemory(t *testing.T, pid int, check bool) (stop func()) {
	t.Helper()
	if _, err := os.Stat("/proc/self/status"); err != nil || !check {
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan []int, 1)
	go func() {
		var samples []int
		for {
			select {
			case <-done:
				ended <- samples
				return
			case <-time.After(500 * time.Millisecond):
				samples = append(samples, usageOf(pid).resident)
			}
		}
	}()
	return func() {
		close(done)
		samples := <-ended
		mean := func(s []int) int {
			sum := 0
			for _, n := range s {
				sum += n
			}
			return sum / max(1, len(s))
		}
		quarter := len(samples) / 4
		second, last, peak := mean(samples[quarter:2*quarter]), mean(samples[3*quarter:]), usageOf(pid).peak
		t.Logf("memory: %d MiB in the second quarter, %d in the last, %d at most", second, last, peak)
		if peak > mostMemory {
			t.Errorf("%d MiB of memory, more than %d", peak, mostMemory)
		}
		if last > second*5/4+20 {
			t.Errorf("memory grows from %d MiB to %d", second, last)
		}
	}
}

// compareTimes compares the time of an answer at two clients with that of cleaning
// alone.
func (l *load) compareTimes(t *testing.T, base string) {
	cleaner := clean.New(clean.Options{})
	var alone, served []time.Duration
	for _, b := range l.pages {
		begun := time.Now()
		_, _ = cleaner.Clean(clean.Input{URL: "https://news.example/a", HTML: b})
		alone = append(alone, time.Since(begun))
	}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for k := range 2 {
		wg.Go(func() {
			for n := k; n < len(l.pages); n += 2 {
				begun := time.Now()
				resp, err := http.Post(base+"/v1/clean?url=https://news.example/a", "text/html", bytes.NewReader(l.pages[n]))
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
				mu.Lock()
				served = append(served, time.Since(begun))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	slices.Sort(alone)
	slices.Sort(served)
	a, s := alone[len(alone)/2], served[len(served)/2]
	t.Logf("median of a page: %v by clean, %v by serve with two clients", a, s)
	if s > 3*a {
		t.Errorf("serve takes %v, more than three times %v", s, a)
	}
}
