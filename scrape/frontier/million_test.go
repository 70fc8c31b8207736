package frontier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// resident returns the process's present and highest resident memory in MB, 0
// where the system does not tell.
func resident() (now, peak int) {
	b, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		n, _ := strconv.Atoi(f[1])
		switch f[0] {
		case "VmRSS:":
			now = n >> 10
		case "VmHWM:":
			peak = n >> 10
		}
	}
	return now, peak
}

// processor returns the processor time that the process has used, in seconds,
// in clock ticks of 10 ms; 0 where the system does not tell. On a machine that
// is shared with others it says more than the clock.
func processor() float64 {
	b, _ := os.ReadFile("/proc/self/stat")
	f := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(f[11])
	system, _ := strconv.Atoi(f[12])
	return float64(user+system) / 100
}

// A million URLs in files, half of them found at once (a sitemap) and half as
// the crawl goes on, each page with five links that are known: memory stays
// under 1 GiB, and the last tenth is about as fast as the first.
func TestMillion(t *testing.T) {
	total, _ := strconv.Atoi(os.Getenv("NEWSCLIP_MILLION"))
	if total == 0 {
		t.Skip("NEWSCLIP_MILLION is not set (to 1000000): this takes minutes")
	}
	const hosts = 20
	o := Options{Dir: t.TempDir()}
	f := open(t, o)
	item := func(n int) Item {
		host := "h" + strconv.Itoa(n%hosts) + ".example"
		return Item{URL: fmt.Sprintf("https://%s/2024/05/%06d/a-headline-of-some-length-%d.html", host, n, n), Host: host, Class: ClassOther, Referrer: "https://" + host + "/sitemap.xml"}
	}
	start := time.Now()
	for n := 0; n < total/2; n += 1000 {
		var items []Item
		for i := n; i < n+1000; i++ {
			items = append(items, item(i))
		}
		add(t, f, items...)
	}
	t.Logf("%.0f new URLs a second", float64(total/2)/time.Since(start).Seconds())
	var found, finished atomic.Int64
	found.Store(int64(total / 2))
	go func() {
		seq, n := uint64(0), 0
		err := f.Collect(context.WithoutCancel(t.Context()), func(r Record) error {
			seq = r.Seq
			if n++; n%2000 == 0 {
				return f.Collected(t.Context(), Checkpoint{Seq: seq})
			}
			return nil
		})
		if err != nil && !errors.Is(err, ErrClosed) {
			t.Error(err)
		}
	}()
	tenths := make([]time.Time, 11)
	tenths[0] = time.Now()
	work := make([]float64, 11)
	work[0] = processor()
	rec := make([]byte, 1500)
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			for {
				l, err := f.Next(t.Context(), nil)
				if errors.Is(err, ErrDone) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				var links []Item
				if n := int(found.Add(1)) - 1; n < total {
					links = append(links, item(n))
				}
				k := int(finished.Load())
				for i := range 5 {
					links = append(links, item((k*7+i*99991)%(total/2)))
				}
				if _, err := f.Add(t.Context(), links...); err != nil {
					t.Error(err)
					return
				}
				if err := l.Done(t.Context(), Result{Records: [][]byte{rec}, Memo: []byte(`"etag-0123456789abcdef"`)}); err != nil {
					t.Error(err)
					return
				}
				if n := int(finished.Add(1)); n%(total/10) == 0 {
					k := n / (total / 10)
					tenths[k], work[k] = time.Now(), processor()
					now, peak := resident()
					t.Logf("%d finished, %.0f a second, %.0f in a second of one processor, %d MB resident, %d at most", n,
						float64(total/10)/tenths[k].Sub(tenths[k-1]).Seconds(), float64(total/10)/(work[k]-work[k-1]), now, peak)
				}
			}
		})
	}
	wg.Wait()
	if finished.Load() != int64(total) {
		t.Fatalf("%d finished", finished.Load())
	}
	first, last := tenths[1].Sub(tenths[0]), tenths[10].Sub(tenths[9])
	ratio := (work[1] - work[0]) / (work[10] - work[9])
	t.Logf("the last tenth's rate is %.2f of the first's by the clock, %.2f by processor time", first.Seconds()/last.Seconds(), ratio)
	if max(ratio, first.Seconds()/last.Seconds()) < 0.8 {
		t.Errorf("the first tenth took %v, the last %v", first, last)
	}
	f.Close()
	start = time.Now()
	f = open(t, o)
	t.Logf("opened again in %v: %+v", time.Since(start), f.Stats())
	if s := f.Stats(); s.Done != total || s.Pending != 0 {
		t.Errorf("stats %+v", s)
	}
	if _, peak := resident(); peak > 1024 {
		t.Errorf("%d MB resident", peak)
	}
}

func BenchmarkAdd(b *testing.B) {
	for _, kind := range []string{"temporary", "files"} {
		b.Run(kind, func(b *testing.B) {
			o := Options{}
			if kind == "files" {
				o.Dir = b.TempDir()
			}
			f := open(b, o)
			n := 0
			for b.Loop() {
				var items [100]Item
				for i := range items {
					items[i] = page("h"+strconv.Itoa(n%50)+".example", n)
					n++
				}
				add(b, f, items[:]...)
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "urls/s")
		})
	}
}

// BenchmarkCluster adds URLs to servers on this machine, and then finishes
// them: three keep three copies of each message. Per server and URL it tells
// what the disk holds.
func BenchmarkCluster(b *testing.B) {
	for _, n := range []int{1, 3} {
		b.Run(fmt.Sprint("servers=", n), func(b *testing.B) {
			servers, url := startCluster(b, n)
			f := open(b, Options{URL: url, Job: "press"})
			start := time.Now()
			for n := 0; n < b.N; n += 1000 {
				var items []Item
				for i := n; i < min(n+1000, b.N); i++ {
					items = append(items, page("h"+strconv.Itoa(i%50)+".example", i))
				}
				add(b, f, items...)
			}
			b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "adds/s")
			f.join()
			awaitPending(b, f, b.N)
			start = time.Now()
			finish(b, f, 16)
			b.ReportMetric(float64(b.N)/time.Since(start).Seconds(), "done/s")
			if v, err := servers[0].Jsz(nil); err == nil {
				b.ReportMetric(float64(v.Store)/float64(b.N), "disk-B/url")
			}
		})
	}
}

// finish takes b.N items and finishes each, by so many workers.
func finish(b *testing.B, f *Frontier, workers int) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for left.Add(-1) >= 0 {
				l, err := f.Next(b.Context(), nil)
				if err == nil {
					err = l.Done(b.Context(), Result{})
				}
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkAddLarge adds a sitemap's worth at a time.
func BenchmarkAddLarge(b *testing.B) {
	f := open(b, Options{Dir: b.TempDir()})
	n := 0
	for b.Loop() {
		items := make([]Item, 10000)
		for i := range items {
			items[i] = page("h"+strconv.Itoa(n%50)+".example", n)
			n++
		}
		add(b, f, items...)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "urls/s")
}

// BenchmarkAddKnown adds what is there already, too much to be remembered.
func BenchmarkAddKnown(b *testing.B) {
	f := open(b, Options{Dir: b.TempDir()})
	items := make([]Item, 10000)
	for i := range items {
		items[i] = page("a.example", i)
	}
	add(b, f, items...)
	n := 0
	for b.Loop() {
		f.known = newRecent(1)
		add(b, f, items...)
		n += len(items)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "urls/s")
}

func BenchmarkNextDone(b *testing.B) {
	for _, workers := range []int{1, 16} {
		for _, kind := range []string{"temporary", "files"} {
			b.Run(fmt.Sprintf("%s/workers=%d", kind, workers), func(b *testing.B) {
				o := Options{}
				if kind == "files" {
					o.Dir = b.TempDir()
				}
				f := open(b, o)
				for n := 0; n < b.N; n += 1000 {
					var items []Item
					for i := n; i < min(n+1000, b.N); i++ {
						items = append(items, page("h"+strconv.Itoa(i%50)+".example", i))
					}
					add(b, f, items...)
				}
				awaitPending(b, f, b.N)
				b.ResetTimer()
				finish(b, f, workers)
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "urls/s")
			})
		}
	}
}
