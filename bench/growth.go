package main

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"newsclip/clean"
	"newsclip/testdata"
)

// grown are the kinds of page whose growth is shown: what news pages are large
// with, and what once took more than its share. The others are for a test.
var grown = []string{
	"paragraphs", "nodes", "links", "pictures", "bytes of JSON-LD", "nodes of a JSON-LD graph",
	"cells of one row", "captions of one picture", "quotations", "items of nested lists",
}

// growth prints what a page of twice the size takes, in processor time, the
// least of the rounds; then what more pages, more hosts and more workers take.
func growth(o options) error {
	var t table
	t.add("page of", "", "MB", "parse, ms", "clean, ms", "twice the page takes")
	rs := runners()[:2]
	for _, name := range grown {
		k := slices.IndexFunc(testdata.LargePages(), func(p testdata.LargePage) bool { return p.Name == name })
		if k < 0 {
			return fmt.Errorf("there is no page of %s", name)
		}
		p := testdata.LargePages()[k]
		half := clean.Input{URL: "https://news.example/a", HTML: []byte(p.HTML(p.N / 2))}
		whole := clean.Input{URL: "https://news.example/a", HTML: []byte(p.HTML(p.N))}
		var parse, small, large time.Duration
		for range max(3, o.rounds) {
			took := func(best *time.Duration, r runner, in clean.Input) {
				runtime.GC()
				from := busy()
				r.run(in)
				if t := busy() - from; *best == 0 || t < *best {
					*best = t
				}
			}
			took(&parse, rs[0], whole)
			took(&small, rs[1], half)
			took(&large, rs[1], whole)
		}
		t.add(num("%d", p.N), p.Name, num("%.1f", float64(len(whole.HTML))/1e6), num("%.1f", ms(parse)), num("%.1f", ms(large)), num("%.2f times", float64(large)/float64(small)))
	}
	if err := t.print(o.out); err != nil {
		return err
	}
	return workers(o)
}

// workers prints how many times one worker's pages several clean.
func workers(o options) error {
	pages, _, err := loadPages(o)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "\n%d processors\n\n", runtime.GOMAXPROCS(0))
	var t table
	t.add("workers", "pages a second", "of one worker")
	cleaner := clean.New(clean.Options{})
	batch := make([]clean.Input, 0, 400)
	for len(batch) < 400 {
		batch = append(batch, pages...)
	}
	all := func(n int) time.Duration {
		var next atomic.Int64
		var wg sync.WaitGroup
		from := time.Now()
		for range n {
			wg.Go(func() {
				for k := int(next.Add(1)) - 1; k < len(batch); k = int(next.Add(1)) - 1 {
					cleaner.Clean(batch[k])
				}
			})
		}
		wg.Wait()
		return time.Since(from)
	}
	counts := []int{1, 2, 4, 8}
	m := make([]measured, len(counts))
	for range o.rounds {
		for k, n := range counts {
			m[k].rounds = append(m[k].rounds, all(n))
		}
	}
	for k, n := range counts {
		r, _, _ := against(&m[0], &m[k])
		t.add(num("%d", n), num("%.0f", float64(len(batch))/m[k].median().Seconds()), num("%.2f", r))
	}
	return t.print(o.out)
}
