package clean

import (
	"slices"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
)

const explainedPage = `<html><head><title>Tide tables for the year are out | The Quay Post</title><meta property="og:type" content="article">
<meta property="og:site_name" content="The Quay Post"><meta name="description" content="The harbour office has printed them on yellow paper this time.">
<link rel="canonical" href="https://quay.example/tides"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Tide tables for the year are out</h1>
<p class="standfirst">The harbour office has printed them on yellow paper this time.</p>
<div class="byline">By <a rel="author" href="/staff/mara">Mara Lindqvist</a></div>
<figure><img src="/pics/yellow-tables.jpg" alt="A stack of tables" width="900" height="600"><figcaption>The tables, on Monday. Photo: Ann Example</figcaption></figure>
<p>The tide tables for the coming year are on sale at the harbour office from Monday, and they are yellow.</p>
<p>For forty years they had been green, a colour that nobody could tell from grey in the light of a lamp on deck.</p>
<div class="newsletter-box">Get the harbour's news every Friday. <a href="/join">Join</a></div>
<p>The office has printed six hundred of them, a third more than last year, when the last one was sold in February.</p>
<p>“People wrote their shopping lists on the green ones,” said the harbour master, who is said to be glad of the change.</p>
</article>
<div class="more"><a href="/a">Ferry fares go up again in the spring</a><br><a href="/b">Gull takes a whole loaf from the bakery</a></div>
<footer>© The Quay Post</footer></body></html>`

func TestExplain(t *testing.T) {
	in := page.Input{HTML: []byte(explainedPage), URL: "https://quay.example/tides?x=1"}
	a, err := New(Options{Explain: true}).Clean(in)
	if err != nil {
		t.Fatal(err)
	}
	want := []article.Removed{
		{Stage: "prune", Rule: "nav", Text: "Home Sport"},
		{Stage: "pick", Rule: "headline", Text: "Tide tables for the year are out"},
		{Stage: "sweep", Rule: "standfirst", Text: "The harbour office has printed them on yellow paper this time."},
		{Stage: "pick", Rule: "byline", Text: "By Mara Lindqvist"},
		{Stage: "pick", Rule: "caption", Text: "The tables, on Monday. Photo: Ann Example"},
		{Stage: "pick", Rule: "class newsletter", Text: "Get the harbour's news every Friday. Join"},
		{Stage: "pick", Rule: "links", Text: "Ferry fares go up again in the spring"},
		{Stage: "pick", Rule: "links", Text: "Gull takes a whole loaf from the bakery"},
		{Stage: "prune", Rule: "footer", Text: "© The Quay Post"},
	}
	for k := range max(len(want), len(a.Removed)) {
		switch {
		case k >= len(want):
			t.Errorf("removed is also %q", a.Removed[k])
		case k >= len(a.Removed):
			t.Errorf("removed lacks %q", want[k])
		case a.Removed[k] != want[k] && !(want[k].Text == a.Removed[k].Text && want[k].Rule == a.Removed[k].Rule):
			t.Errorf("removed is %q, want %q", a.Removed[k], want[k])
		}
	}
	b, err := New(Options{}).Clean(in)
	if err != nil {
		t.Fatal(err)
	}
	if b.Removed != nil {
		t.Error("removed is filled without being asked for")
	}
}

// TestExplainTellsAll looks that every word of a page is in the text, in the
// subtitle or removed with a stage and a rule.
func TestExplainTellsAll(t *testing.T) {
	stages := []string{"prune", "pick", "sweep"}
	c := New(Options{Explain: true})
	for _, p := range corpustest.Pages(t, "dev-fundus") {
		x, err := c.Draft(page.Input{URL: p.URL, HTML: corpustest.HTML(t, p)})
		if err != nil {
			t.Fatal(err)
		}
		a, err := x.Article()
		if err != nil {
			continue
		}
		d := x.d.body
		n := 0
		for _, r := range a.Removed {
			n += len(picture.Squeeze(r.Text))
			if !slices.Contains(stages, r.Stage) || r.Rule == "" || r.Text == "" {
				t.Errorf("%s: removed %q", p.ID, r)
			}
		}
		for k := range d.Blocks {
			if d.Verdicts[k].Keep {
				n += len(picture.Squeeze(d.Blocks[k].Text))
			}
		}
		if all := len(picture.Squeeze(d.Tree.Text(d.Tree.Body))); n != all {
			t.Errorf("%s: %d letters are kept or removed, and the page has %d", p.ID, n, all)
		}
	}
}
