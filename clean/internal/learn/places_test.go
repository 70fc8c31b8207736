package learn

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/meta"
)

// judged is the made-up page n of a site, with the answers of models that are in
// doubt of the lines with a mark: "?" for yes, "!" for no.
func judged(t *testing.T, n int, lines string) *body.Body {
	t.Helper()
	d := keepAll(t, fmt.Sprintf(`<div class="story"><p>In the town of number %d the council heard of the matter and put it off until spring.</p>%s</div>`, n, lines))
	for k := range d.Blocks {
		s := d.Blocks[k].Text
		d.Probs[k] = 0.99
		switch {
		case strings.Contains(s, "?"):
			d.Probs[k] = 0.55
		case strings.Contains(s, "!"):
			d.Probs[k] = 0.3
			d.Verdicts[k] = body.Verdict{Stage: "pick"}
		}
	}
	return d
}

// TestPlaceDecidesDoubt lets six pages have a line at a place, and a seventh
// another one of which the models are in doubt.
func TestPlaceDecidesDoubt(t *testing.T) {
	for _, c := range []struct {
		name        string
		others, own string // the line of page %d
		dropped     bool
	}{
		{"a label where labels go", `<div class="a">Label %d!</div>`, `<div class="a">Mark %d?</div>`, true},
		{"a label where labels stay", `<div class="a">Label %d</div>`, `<div class="a">Mark %d?</div>`, false},
		{"a label at a place of its own", `<div class="a">Label %d!</div>`, `<div class="b">Mark %d?</div>`, false},
		{"a label of which the models are sure", `<div class="a">Label %d!</div>`, `<div class="a">Mark %d</div>`, false},
		{"a paragraph where labels go", `<div class="a">Label %d!</div>`, `<div class="a">Mark %d? It was found by the pier after the storm of last winter.</div>`, false},
		{"a line where lines stay", `<div class="a">Line %d</div>`, `<div class="a">Mark %d!</div>`, false},
		{"a credit where lines stay", `<div class="a">Line %d</div>`, `<div class="a">Mark %d! by Ann</div>`, true},
		{"a line where lines go", `<div class="a">Line %d!</div>`, `<div class="a">Mark %d!</div>`, true},
		{"a line of links where lines stay", `<div class="a">Line %d</div>`, `<div class="a"><a href="/x">Mark %d!</a></div>`, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := NewLearner()
			for n := range 6 {
				Teach(judged(t, n, fmt.Sprintf(c.others, n)), &meta.Metadata{}, l, "a.example")
			}
			d := judged(t, 6, fmt.Sprintf(c.own, 6))
			Teach(d, &meta.Metadata{}, l, "a.example")
			settlePlaces(d, l, "a.example")
			got := slices.ContainsFunc(dropped(d), func(s string) bool { return strings.HasPrefix(s, "Mark") })
			if got != c.dropped {
				t.Errorf("dropped is %v, want %v", got, c.dropped)
			}
		})
	}
}

func TestMisled(t *testing.T) {
	const notice = `<div class="legal"><p>The publisher does not answer for what advertisers say in their own words on these pages.</p>
<p>Whoever prints the stories of this site elsewhere has to name it at the head of each of them.</p></div>`
	page := func(n int) *body.Body {
		d := judged(t, n, notice)
		d.Probs[0] = 0.1
		d.Verdicts[0] = body.Verdict{Stage: "pick"}
		return d
	}
	l := NewLearner()
	for n := range EnoughPages {
		if site := Misled(page(n), l, "a.example"); site != nil {
			t.Fatalf("after %d pages: %v", n, site)
		}
		Teach(judged(t, n, notice), &meta.Metadata{}, l, "a.example")
	}
	d := page(9)
	if site := Misled(d, l, "a.example"); !slices.Equal(site, []bool{false, true, true}) {
		t.Errorf("of a page of which the notice is kept alone: %v", site)
	}
	if site := Misled(judged(t, 9, "<p>Nothing but this.</p>"), l, "a.example"); site != nil {
		t.Errorf("of a page without the notice: %v", site)
	}
}
