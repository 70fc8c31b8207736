package clean

import (
	"bytes"
	"os"
	"testing"
	"time"

	"golang.org/x/net/html"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/encodings"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/learn"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/clean/internal/render"
	"newsclip/clean/internal/sweep"
	"newsclip/testdata"
)

// benchPages are every eighth page of the article corpora, or without
// NEWSCLIP_CORPORA the made-up site's articles.
func benchPages(b *testing.B) []page.Input {
	var in []page.Input
	if os.Getenv("NEWSCLIP_CORPORA") == "" {
		b.Log("NEWSCLIP_CORPORA is not set: the pages are small ones made up")
		site, err := testdata.Newsroom()
		if err != nil {
			b.Fatal(err)
		}
		expected, err := testdata.Expected(newsroomOrigin)
		if err != nil {
			b.Fatal(err)
		}
		for _, r := range expected {
			in = append(in, newsroomPage(b, site, r.Path))
		}
		return in
	}
	for k, p := range corpustest.Pages(b, "dev-fundus", "dev-wcxb") {
		if k%8 == 0 {
			in = append(in, page.Input{ID: p.ID, URL: p.URL, HTML: corpustest.HTML(b, p)})
		}
	}
	return in
}

func each(b *testing.B, f func(in page.Input)) { over(b, benchPages(b), f) }

func BenchmarkDecode(b *testing.B) {
	each(b, func(in page.Input) { encodings.Decode(in.HTML, in.ContentType, in.MaxBytes) })
}

func BenchmarkParse(b *testing.B) {
	each(b, func(in page.Input) { html.Parse(bytes.NewReader(in.HTML)) })
}

func BenchmarkClean(b *testing.B) {
	c := New(Options{})
	each(b, func(in page.Input) { c.Clean(in) })
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

// BenchmarkExtras reports what learning from other pages, saying what was
// removed, and confidence take, each in percent of what cleaning takes without
// the three: each is called by itself on every page, and of the rounds the
// fastest counts. All pages count as one host's, so that there is always much
// to learn and to forget.
func BenchmarkExtras(b *testing.B) {
	pages := benchPages(b)
	c := New(Options{})
	parts := []string{"clean", "%-confidence", "%-explaining", "%-learning"}
	bests := make([][4]time.Duration, len(pages))
	for b.Loop() {
		l := learn.NewLearner()
		for k, in := range pages {
			part := 0
			from := time.Now()
			took := func() {
				if t := time.Since(from); bests[k][part] == 0 || t < bests[k][part] {
					bests[k][part] = t
				}
				part++
				from = time.Now()
			}
			d, err := c.Draft(in)
			if err != nil {
				b.Fatal(err)
			}
			d.Article()
			took()
			k := d.d.kindPage()
			k.Confidence(k.Read().Article)
			took()
			d.d.explainer().removed()
			took()
			learn.Teach(d.d.body, d.d.meta, l, "host")
			learn.DropRepeated(d.d.body, l, "host")
			took()
			d.Close()
		}
	}
	var sums [4]float64
	for _, page := range bests {
		for part, t := range page {
			sums[part] += float64(t)
		}
	}
	sums[0] -= sums[1] // Article has told the confidence as well
	var all float64
	for part, name := range parts[1:] {
		b.ReportMetric(100*sums[part+1]/sums[0], name)
		all += sums[part+1]
	}
	b.ReportMetric(100*all/sums[0], "%-together")
}

func BenchmarkTree(b *testing.B) {
	stage(b, func(p *page.Page) { page.NewTree(p).Release() })
}

func BenchmarkBlocks(b *testing.B) {
	stageTree(b, func(t *page.Tree) { t.Blocks() })
}

func BenchmarkMetadata(b *testing.B) {
	stageTree(b, func(t *page.Tree) { meta.Read(t, meta.Options{}) })
}

func BenchmarkPictures(b *testing.B) {
	stageTree(b, func(t *page.Tree) { picture.Read(t) })
}

func BenchmarkPick(b *testing.B) {
	stageDraft(b, func(d *draft) { judge.Pick(d.body.Tree, d.body.Blocks, d.signals) })
}

func BenchmarkSweep(b *testing.B) {
	picked := map[*draft][]body.Verdict{}
	stageDraft(b, func(d *draft) {
		if picked[d] == nil {
			picked[d] = body.New(d.body.Tree, d.body.Blocks, d.probs, judge.BestCut(d.probs, d.body.Blocks)).Verdicts
		}
		copy(d.body.Verdicts, picked[d])
		sweep.Sweep(d.body, d.signals)
	})
}

func BenchmarkRender(b *testing.B) {
	b.Run("text", func(b *testing.B) { stageDraft(b, func(d *draft) { render.PlainBody(d.body) }) })
	b.Run("markdown", func(b *testing.B) {
		stageDraft(b, func(d *draft) { render.Markdown(d.body, d.pics, render.ShownImages(d.body, d.pics, d.meta)) })
	})
	b.Run("html", func(b *testing.B) {
		stageDraft(b, func(d *draft) { render.HTMLBody(d.body, d.pics, render.ShownImages(d.body, d.pics, d.meta)) })
	})
}

// over measures f on one item after the other.
func over[T any](b *testing.B, items []T, f func(T)) {
	b.ReportAllocs()
	k := 0
	for b.Loop() {
		f(items[k%len(items)])
		k++
	}
}

func parsedPages(b *testing.B) (pages []*page.Page) {
	for _, in := range benchPages(b) {
		p, err := page.Parse(in)
		if err != nil {
			b.Fatal(err)
		}
		pages = append(pages, p)
	}
	return pages
}

func stage(b *testing.B, f func(p *page.Page)) { over(b, parsedPages(b), f) }

func stageTree(b *testing.B, f func(t *page.Tree)) {
	var trees []*page.Tree
	for _, p := range parsedPages(b) {
		trees = append(trees, page.NewTree(p))
	}
	over(b, trees, f)
}

// stageDraft measures what comes after the blocks are judged.
func stageDraft(b *testing.B, f func(d *draft)) {
	c := New(Options{})
	var drafts []*draft
	for _, p := range parsedPages(b) {
		drafts = append(drafts, c.DraftOf(p).d)
	}
	over(b, drafts, f)
}
