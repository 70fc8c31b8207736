package learn

import (
	"fmt"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/meta"
)

// A footprint tells what becomes of a page as the page itself does, whatever was learnt.
func TestFootprintStands(t *testing.T) {
	const promo = `<div class="legal"><p>Whoever prints the stories of this site elsewhere has to name it at the head of each of them.</p></div>`
	pages := map[string]func(n int) *body.Body{
		"whole":   func(n int) *body.Body { return keepAll(t, madePage(n, "")) },
		"a label": func(n int) *body.Body { return judged(t, n, fmt.Sprintf(`<div class="a">Mark %d?</div>`, n)) },
		"a line": func(n int) *body.Body {
			return judged(t, n, fmt.Sprintf(`<div class="a">Line %d!</div><div class="b">x</div>`, n))
		},
		"a notice":  func(n int) *body.Body { return judged(t, n, promo) },
		"only this": func(n int) *body.Body { return judged(t, n, fmt.Sprintf("<p>Nothing but this of number %d.</p>", n)) },
		"misled": func(n int) *body.Body {
			d := judged(t, n, promo)
			d.Verdicts[0] = body.Verdict{Stage: "pick"}
			return d
		},
		"standfirst": func(n int) *body.Body {
			d := judged(t, n, "<div class=\"a\">Line</div>")
			d.Standfirst = []int{1}
			return d
		},
	}
	metadata := func(n int, card bool) *meta.Metadata {
		m := &meta.Metadata{Title: fmt.Sprintf("Story %d", n)}
		if card {
			m.OGImages = []article.Image{{URL: "https://quay.example/card.jpg"}}
		}
		return m
	}
	outcomes := map[bool]int{}
	for learnt, of := range pages {
		for name, make := range pages {
			for _, seen := range []int{0, 1, 3, 6} {
				for _, card := range []bool{false, true} {
					l := NewLearner()
					for n := range seen {
						Teach(of(n), metadata(n, card), l, "a.example")
					}
					bd, m := make(90), metadata(90, card)
					Teach(bd, m, l, "a.example")
					stands := FootprintOf(bd, m).Stands(l, "a.example")
					changed := Misled(bd, l, "a.example") != nil
					changed = DropCards(m, l, "a.example") || changed
					changed = DropRepeated(bd, l, "a.example") || changed
					if stands == changed {
						t.Errorf("%s after %d pages of %s (card %v): stands is %v, and it changes: %v", name, seen, learnt, card, stands, changed)
					}
					outcomes[stands]++
				}
			}
		}
	}
	if outcomes[true] < 50 || outcomes[false] < 50 {
		t.Errorf("the pages tell nothing: %v", outcomes)
	}
}
