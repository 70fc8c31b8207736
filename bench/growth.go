package main

import (
	"fmt"
	"net/url"
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
	large := testdata.LargePages()
	for _, name := range grown {
		k := slices.IndexFunc(large, func(p testdata.LargePage) bool { return p.Name == name })
		if k < 0 {
			return fmt.Errorf("there is no page of %s", name)
		}
		p := large[k]
		half := clean.Input{URL: "https://news.example/a", HTML: []byte(p.HTML(p.N / 2))}
		whole := clean.Input{URL: "https://news.example/a", HTML: []byte(p.HTML(p.N))}
		var parse, small, double time.Duration
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
			took(&double, rs[1], whole)
		}
		t.add(num("%d", p.N), p.Name, num("%.1f", float64(len(whole.HTML))/1e6), num("%.1f", ms(parse)), num("%.1f", ms(double)), num("%.2f times", float64(double)/float64(small)))
	}
	if err := t.print(o.out); err != nil {
		return err
	}
	for _, f := range []func(options) error{manyPages, manyHosts, workers} {
		fmt.Fprintln(o.out)
		if err := f(o); err != nil {
			return err
		}
	}
	return nil
}

// manyPages prints what a page takes among more and more, learning from the
// others included: each time that the pages come round they are another host's.
func manyPages(o options) error {
	pages, _, err := loadPages(o)
	if err != nil {
		return err
	}
	rounds := []int{1, 2, 4, 8}
	took := make([]time.Duration, len(rounds))
	for range max(3, o.rounds/2) {
		for k, n := range rounds {
			runtime.GC()
			from := busy()
			cleanSeries(pages, n)
			if t := busy() - from; took[k] == 0 || t < took[k] {
				took[k] = t
			}
		}
	}
	var t table
	t.add("pages", "ms a page", "of the first")
	for k, n := range rounds {
		t.add(num("%d", n*len(pages)), num("%.2f", ms(took[k])/float64(n*len(pages))), num("%.2f", float64(took[k])/float64(n)/float64(took[0])))
	}
	return t.print(o.out)
}

// cleanSeries cleans all pages so many times, as newsclip clean does.
func cleanSeries(pages []clean.Input, times int) {
	cleaner := clean.New(clean.Options{})
	series := clean.NewSeries(func(d *clean.Draft) {
		d.Article()
		d.Close()
	})
	for host := range times {
		for _, in := range pages {
			in.URL = fmt.Sprintf("https://host%d.example/%s", host, url.PathEscape(in.URL))
			if d, err := cleaner.Draft(in); err == nil {
				series.Add(d, d)
			}
		}
	}
	series.Flush()
}

// manyHosts prints what a crawl takes whose pages are spread over more and more
// hosts.
func manyHosts(o options) error {
	const sitePages = 1000
	counts := []int{1, 2, 4, 8, 16}
	m := make([]measured, len(counts))
	busy := make([]measured, len(counts))
	records := make([]int, len(counts))
	for range max(1, o.rounds/3) {
		for k, n := range counts {
			o := o
			o.hosts = n
			err := withSite(o, sitePages, func(bin, dir string, s *localSite) error {
				r, err := crawlOnce(newsclipCrawl, bin, dir, s, o.conns)
				m[k].rounds, busy[k].rounds, records[k] = append(m[k].rounds, r.took), append(busy[k].rounds, r.busy), r.pages
				return err
			})
			if err != nil {
				return err
			}
		}
	}
	fmt.Fprintf(o.out, "a crawl of %d pages, %d connections to each host\n\n", sitePages, o.conns)
	var t table
	t.add("hosts", "records", "pages a second", "processor time a page, ms", "of one host's")
	for k, n := range counts {
		r, _, _ := against(&busy[k], &busy[0])
		t.add(num("%d", n), num("%d", records[k]), num("%.0f", sitePages/m[k].median().Seconds()), num("%.2f", ms(busy[k].median())/sitePages), num("%.2f", r))
	}
	return t.print(o.out)
}

// workers prints how many times one worker's pages several clean.
func workers(o options) error {
	pages, _, err := loadPages(o)
	if err != nil {
		return err
	}
	fmt.Fprintf(o.out, "%d processors\n\n", runtime.GOMAXPROCS(0))
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
