package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"newsclip/clean"
)

// A shape is a kind of page that grows with n.
type shape struct {
	name string
	n    int // of the smaller page
	page func(n int) string
}

const sentence = "The council met on Tuesday, and after a long evening it agreed to mend the bridge before the winter comes. "

func paragraph(k int) string {
	return fmt.Sprintf("<p class=\"story-body__text\">%d. %s%s</p>\n", k, sentence, sentence)
}

func wrapped(head, body string) string {
	return "<!doctype html><html lang=en><head><title>The bridge</title>" + head + "</head><body><main><article><h1>The bridge</h1>" +
		strings.Repeat(paragraph(0), 5) + body + "</article></main></body></html>"
}

var shapes = []shape{
	{"text, 10 MB", 5 << 20 / len(paragraph(0)), func(n int) string {
		var b strings.Builder
		for k := range n {
			b.WriteString(paragraph(k))
		}
		return wrapped("", b.String())
	}},
	{"200,000 nodes", 50_000, func(n int) string {
		return wrapped("", strings.Repeat("<div class=\"c-card teaser\"><span>word</span></div>", n/2))
	}},
	{"5,000 links", 2500, func(n int) string {
		var b strings.Builder
		for k := range n {
			fmt.Fprintf(&b, "<li class=\"nav-item\"><a href=\"/news/%d/story\">Story number %d</a></li>", k, k)
		}
		return wrapped("", "<ul>"+b.String()+"</ul>")
	}},
	{"JSON-LD, 2 MB", 1 << 20, func(n int) string {
		return wrapped(`<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge","articleBody":"`+
			strings.Repeat(sentence, n/len(sentence))+`"}</script>`, "")
	}},
	{"4,000 pictures", 2000, func(n int) string {
		var b strings.Builder
		for k := range n {
			fmt.Fprintf(&b, "<figure><img src=\"/i/%d.jpg\" width=800 height=600><figcaption>Picture %d shows the river. Photo: A. Nyman</figcaption></figure>", k, k)
		}
		return wrapped("", b.String())
	}},
}

// growth prints what a page of twice the size takes, and what several workers
// gain.
func growth(o options) error {
	var t table
	t.add("page", "MB", "parse, ms", "clean, ms", "twice the page takes")
	rs := runners()[:2]
	for _, s := range shapes {
		half := clean.Input{URL: "https://news.example/a", HTML: []byte(s.page(s.n))}
		whole := clean.Input{URL: "https://news.example/a", HTML: []byte(s.page(2 * s.n))}
		// The smaller page runs twice as often, in the same rounds.
		var parse, small, large time.Duration
		for range max(3, o.rounds) {
			took := func(best *time.Duration, r runner, in clean.Input) {
				runtime.GC()
				from := time.Now()
				r.run(in)
				if t := time.Since(from); *best == 0 || t < *best {
					*best = t
				}
			}
			took(&parse, rs[0], whole)
			took(&small, rs[1], half)
			took(&large, rs[1], whole)
		}
		t.add(s.name, num("%.1f", float64(len(whole.HTML))/1e6), num("%.1f", ms(parse)), num("%.1f", ms(large)), num("%.2f times", float64(large)/float64(small)))
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
