package clean

import (
	"bytes"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// benchPages are every eighth page of the article corpora.
func benchPages(b *testing.B) []Input {
	var in []Input
	for k, p := range corpusPages(b, "dev-fundus", "dev-wcxb") {
		if k%8 == 0 {
			in = append(in, Input{ID: p.ID, URL: p.URL, HTML: p.html(b)})
		}
	}
	return in
}

func each(b *testing.B, f func(in Input)) {
	pages := benchPages(b)
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		f(pages[k%len(pages)])
		k++
	}
}

func BenchmarkParse(b *testing.B) {
	each(b, func(in Input) { html.Parse(bytes.NewReader(in.HTML)) })
}

func BenchmarkClean(b *testing.B) {
	c := New(Options{})
	each(b, func(in Input) { c.Clean(in) })
}

// BenchmarkCleanToParse reports how many times the parse's time cleaning takes:
// each page is parsed and cleaned in turn, and of its rounds the fastest counts,
// so that what else the machine does is left out.
func BenchmarkCleanToParse(b *testing.B) {
	pages := benchPages(b)
	c := New(Options{})
	type best struct{ parse, clean time.Duration }
	bests := make([]best, len(pages))
	faster := func(d *time.Duration, from time.Time) {
		if t := time.Since(from); *d == 0 || t < *d {
			*d = t
		}
	}
	for b.Loop() {
		for k, in := range pages {
			from := time.Now()
			html.Parse(bytes.NewReader(in.HTML))
			faster(&bests[k].parse, from)
			from = time.Now()
			c.Clean(in)
			faster(&bests[k].clean, from)
		}
	}
	var parse, clean time.Duration
	for _, t := range bests {
		parse += t.parse
		clean += t.clean
	}
	b.ReportMetric(float64(clean)/float64(parse), "x-parse")
}

func BenchmarkTree(b *testing.B) {
	stage(b, func(p *Page) { newTree(p).release() })
}

func BenchmarkBlocks(b *testing.B) {
	stageTree(b, func(t *tree) { t.blocks() })
}

func BenchmarkMetadata(b *testing.B) {
	stageTree(b, func(t *tree) { readMetadata(t) })
}

func BenchmarkPictures(b *testing.B) {
	stageTree(b, func(t *tree) { readPictures(t) })
}

func stage(b *testing.B, f func(p *Page)) {
	var pages []*Page
	for _, in := range benchPages(b) {
		p, err := Parse(in)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, p)
	}
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		f(pages[k%len(pages)])
		k++
	}
}

func stageTree(b *testing.B, f func(t *tree)) {
	trees := map[*Page]*tree{}
	stage(b, func(p *Page) {
		t := trees[p]
		if t == nil {
			t = newTree(p)
			trees[p] = t
		}
		f(t)
	})
}
