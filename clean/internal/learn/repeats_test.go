package learn

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

// madePage is a made-up article as a site's template would frame it.
func madePage(n int, extra string) string {
	own := func(k int) string {
		return fmt.Sprintf("In the town of number %d the council heard of matter %d and put it off until spring.", n, k)
	}
	return fmt.Sprintf(`<html><body><div class="story">
<p>Reported from the coast</p>
<h2>At a glance</h2><ul><li>Point %d</li></ul>
<p>%s</p>
<div class="box"><h3>Letters from us</h3><p>We write to those who ask for it on every morning of the week.</p><p>Ask for it</p></div>
<p>%s</p>
<p><a href="/tide">All about the tide</a></p>
<h2>What comes next</h2>
<p>%s</p>
<p>Verdict:</p><p>%s</p><p>Verdict:</p><p>%s</p>%s
<h2>From our desk</h2>
<p>The writer lives by the sea and has written about harbours since they were built.</p>
</div></body></html>`, n, own(1), own(2), own(3), own(4), own(5), extra)
}

// keepAll is a page with every block kept, as if nothing were known of it.
func keepAll(t testing.TB, html string) *body.Body {
	t.Helper()
	tr := pagetest.MustParseAt(t, "https://quay.example/a/b", html)
	blocks := tr.Blocks()
	return body.New(tr, blocks, make([]float32, len(blocks)), 0)
}

// dropped are the texts of the blocks that are not kept.
func dropped(bd *body.Body) (out []string) {
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			out = append(out, bd.Blocks[k].Text)
		}
	}
	return out
}

func TestDropRepeated(t *testing.T) {
	site := []string{
		"Reported from the coast", "Letters from us", "We write to those who ask for it on every morning of the week.",
		"Ask for it", "All about the tide", "From our desk",
		"The writer lives by the sea and has written about harbours since they were built.",
	}
	for _, c := range []struct {
		name  string
		pages int
		want  []string
	}{
		{"one page tells nothing", 1, nil},
		{"two pages tell of links and labels", 2, []string{"Reported from the coast", "All about the tide"}},
		{"five pages tell the site from the article", 5, site},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := NewLearner()
			var ds []*body.Body
			for n := range c.pages {
				d := keepAll(t, madePage(n, ""))
				Teach(d, &meta.Metadata{}, l, "a.example")
				ds = append(ds, d)
			}
			for _, d := range ds {
				DropRepeated(d, l, "a.example")
				if got := dropped(d); !slices.Equal(got, c.want) {
					t.Errorf("dropped %q\nwant    %q", got, c.want)
				}
			}
		})
	}
}

func TestDropRepeatedKeepsWhatIsTheArticles(t *testing.T) {
	l := NewLearner()
	for n := range 5 {
		Teach(keepAll(t, madePage(n, "")), &meta.Metadata{}, l, "a.example")
	}
	// The first words of an article that other pages show in a box of another
	// kind.
	first := "The harbour will be dug out anew and nobody yet knows who is to pay for all of it."
	for n := 5; n < 10; n++ {
		Teach(keepAll(t, madePage(n, `<aside class="other"><p class="teaser">`+first+`</p></aside>`)), &meta.Metadata{}, l, "a.example")
	}
	d := keepAll(t, madePage(50, "<p>"+first+"</p>"))
	Teach(d, &meta.Metadata{}, l, "a.example")
	DropRepeated(d, l, "a.example")
	if slices.Contains(dropped(d), first) {
		t.Error("an article's first words went because other pages show them")
	}
	// A page that says nothing of its own is no article to take things from.
	d = keepAll(t, `<div class="story"><p>The writer lives by the sea and has written about harbours since they were built.</p><p>Ask for it</p></div>`)
	DropRepeated(d, l, "a.example")
	if got := dropped(d); got != nil {
		t.Errorf("a page without prose of its own lost %q", got)
	}
	before := d.Verdicts
	DropRepeated(d, NewLearner(), "a.example")
	if !reflect.DeepEqual(before, d.Verdicts) {
		t.Error("a Learner that knows nothing changes something")
	}
}

func TestBlockRepeats(t *testing.T) {
	for _, c := range []struct {
		name        string
		words, link int32
		seen, of    int
		want        bool
	}{
		{"a label on one page", 2, 0, 1, 1, false},
		{"a label on two of two", 2, 0, 2, 2, true},
		{"a link on two of ten", 12, 12, 2, 10, true},
		{"a link on two of eleven", 12, 12, 2, 11, false},
		{"a link of one template of many", 12, 12, 5, 1000, true},
		{"a paragraph on two of two", 20, 0, 2, 2, false},
		{"a paragraph on three of five", 20, 0, 3, 5, true},
		{"a paragraph that is used again in a long time", 20, 3, 50, 1000, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := page.Block{Words: c.words, LinkWords: c.link}
			if got := repeats(&b, c.seen, c.of); got != c.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
