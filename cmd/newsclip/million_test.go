package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// A vastSite is n small pages on one host: half of them in its sitemap, and
// each linked from one a thousand places before it. Every second one is an
// article.
type vastSite struct {
	n     int
	asked func() // is called for each page
}

const (
	vastStep    = 1000 // pages are linked from one so far before
	vastSitemap = 20000
)

func (s *vastSite) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var k int
	origin := "http://" + r.Host
	switch {
	case r.URL.Path == "/robots.txt":
		fmt.Fprintf(w, "Sitemap: %s/sitemap.xml\n", origin)
	case r.URL.Path == "/sitemap.xml":
		io.WriteString(w, `<sitemapindex>`)
		for i := range (s.n/2 + vastSitemap - 1) / vastSitemap {
			fmt.Fprintf(w, "<sitemap><loc>%s/sitemap-%d.xml</loc></sitemap>", origin, i)
		}
		io.WriteString(w, `</sitemapindex>`)
	case scan(r.URL.Path, "/sitemap-%d.xml", &k):
		io.WriteString(w, `<urlset>`)
		for i := k * vastSitemap; i < min(s.n/2, (k+1)*vastSitemap); i++ {
			fmt.Fprintf(w, "<url><loc>%s%s</loc></url>", origin, vastPath(i))
		}
		io.WriteString(w, `</urlset>`)
	case r.URL.Path == "/":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		for i := range min(vastStep, s.n) {
			fmt.Fprintf(w, `<a href="%s">x</a>`, vastPath(i))
		}
	case scan(r.URL.Path, "/2026/01/02/story-%d", &k):
		s.asked()
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		var b bytes.Buffer
		if k%2 == 0 {
			b.WriteString(strings.TrimSuffix(storyHTML(k), "</body></html>"))
		}
		for _, i := range []int{k - 1, k + 1, k / 2, k + vastStep} {
			if i >= 0 && i < s.n {
				fmt.Fprintf(&b, `<a href="%s">More</a>`, vastPath(i))
			}
		}
		w.Write(b.Bytes())
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func vastPath(k int) string { return fmt.Sprintf("/2026/01/02/story-%d", k) }

// usage is what a process has used up to now, as Linux tells it.
type usage struct {
	at        time.Time
	processor float64 // seconds, of clock ticks of 10 ms
	resident  int     // MiB
	peak      int     // MiB
}

func usageOf(pid int) usage {
	u := usage{at: time.Now()}
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	f := strings.Fields(string(b[bytes.LastIndexByte(b, ')')+1:]))
	if len(f) > 12 {
		user, _ := strconv.Atoi(f[11])
		system, _ := strconv.Atoi(f[12])
		u.processor = float64(user+system) / 100
	}
	b, _ = os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		n, _ := strconv.Atoi(f[1])
		switch f[0] {
		case "VmRSS:":
			u.resident = n >> 10
		case "VmHWM:":
			u.peak = n >> 10
		}
	}
	return u
}

// A crawl of a million small pages, kept in files, ends, stays under 1 GiB of
// resident memory, and is in its last tenth about as fast as in its first. What
// counts is its own processor time: the clock also tells what else the machine
// did.
func TestCrawlMillion(t *testing.T) {
	total, _ := strconv.Atoi(os.Getenv("NEWSCLIP_MILLION"))
	if total == 0 {
		t.Skip("NEWSCLIP_MILLION is not set (to 1000000): this takes minutes")
	}
	if _, err := os.Stat("/proc/self/status"); err != nil {
		t.Skip("the system does not tell what a process uses")
	}
	const hosts = 8
	dir := t.TempDir()
	args := []string{
		"crawl", "--state", filepath.Join(dir, "state"), "-o", filepath.Join(dir, "out.jsonl"),
		"--summary", filepath.Join(dir, "summary.json"), "--delay", "0", "--per-host", "8",
	}
	var mu sync.Mutex
	var tenths []usage
	asked, pid := 0, 0
	site := &vastSite{n: total / hosts, asked: func() {
		mu.Lock()
		defer mu.Unlock()
		if asked%(total/10) == 0 || asked == total-1 {
			tenths = append(tenths, usageOf(pid))
		}
		asked++
	}}
	for range hosts {
		srv := httptest.NewServer(site)
		defer srv.Close()
		args = append(args, srv.URL)
	}
	cmd := newsclipCommand(args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	mu.Lock()
	err := cmd.Start()
	if err == nil {
		pid = cmd.Process.Pid
	}
	mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	b, err := os.ReadFile(filepath.Join(dir, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s struct{ Pages, Articles int }
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	if s.Pages != total/hosts*hosts+hosts || s.Articles != total/hosts/2*hosts {
		t.Errorf("%d pages, %d articles\n%s", s.Pages, s.Articles, b)
	}
	if n := len(readURLs(t, filepath.Join(dir, "out.jsonl"), false)); n != s.Articles {
		t.Errorf("%d articles are in the output", n)
	}
	var rates []float64
	for i := 1; i < len(tenths); i++ {
		a, b := tenths[i-1], tenths[i]
		per := float64(total / 10)
		rates = append(rates, per/(b.processor-a.processor))
		t.Logf("tenth %2d: %6.0f pages a second by the clock, %6.0f by its processor time; %4d MiB resident", i,
			per/b.at.Sub(a.at).Seconds(), per/(b.processor-a.processor), b.resident)
	}
	last := tenths[len(tenths)-1]
	t.Logf("peak %d MiB; %s on disk", last.peak, diskUse(t, filepath.Join(dir, "state")))
	if last.peak >= 1024 {
		t.Errorf("%d MiB were resident", last.peak)
	}
	if r := rates[len(rates)-1] / rates[0]; r < 0.8 {
		t.Errorf("the last tenth has %.2f of the first's rate", r)
	}
}

// diskUse is how large the files below dir are.
func diskUse(t *testing.T, dir string) string {
	t.Helper()
	var n int64
	err := filepath.Walk(dir, func(_ string, fi os.FileInfo, err error) error {
		if err == nil && fi.Mode().IsRegular() {
			n += fi.Size()
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}
