package sweep

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestComponents: a paragraph or a heading in a box of its own stays where most of those that
// are set so are kept.
func TestComponents(t *testing.T) {
	parts := func(s string) string {
		return strings.NewReplacer("<p>", `<div class="part"><p class="t">`, "</p>", "</p></div>").Replace(s)
	}
	const (
		late   = `<p>The dredger is to come back in the autumn, when <a href="/town">the town</a> has at last found the money to pay for it, and a crew.</p>`
		spaet  = `<p>Der Bagger soll im Herbst wiederkommen, wenn die Stadt endlich das Geld für ihn und auch noch für eine Mannschaft gefunden hat.</p>`
		teaser = `<aside><a href="/1">The crane is sold</a></aside>`
	)
	for _, c := range []struct {
		name, tail, doubted string
		prob                float32
		keep                bool
	}{
		{"after teasers", teaser + parts(late), "dredger is to", 0.2, true},
		{"after teasers, German", teaser + parts(spaet), "Bagger soll", 0.2, true},
		{"a heading over one", teaser + `<div class="part"><h3 class="t">Who pays?</h3></div>` + parts(late), "Who pays", 0.2, true},
		{"one that the models are sure of", teaser + parts(late), "dredger is to", 0.05, false},
		{"beside another in one box", teaser + strings.Replace(parts(late), "</div>", "<p>Nora Lind</p></div>", 1), "dredger is to", 0.2, false},
		{"in a box of another kind", teaser + strings.Replace(parts(late), `class="part"`, `class="card"`, 1), "dredger is to", 0.2, false},
		{"no sentence", teaser + parts(`<p>The dredger is to come back in the autumn, with one more crane, and a ladder, and all of the men who went away with it</p>`), "dredger is to", 0.2, false},
		{"what an author is", teaser + parts(`<p>... has written of the harbour since the dredger came, and of the ladder and the crane since both of them went away.</p>`), "has written", 0.2, false},
		{"promotion", teaser + parts(`<p>Subscribe to our newsletter and read more of the dredger, the ladder and the crane, and of all else that is new.</p>`), "Subscribe to", 0.2, false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+strings.Repeat(`<div class="part"><h3 class="t">Boats and ladders</h3></div>`, 3)+parts(threeParagraphs)+c.tail+`</article>`, c.doubted, "The crane is sold")
		for k := range bd.Probs {
			bd.Probs[k] = c.prob
		}
		components(bd, &judge.Signals{})
		for k := range bd.Blocks {
			if strings.Contains(bd.Blocks[k].Text, c.doubted) && bd.Verdicts[k].Keep != c.keep {
				t.Errorf("%s: %q is kept: %v", c.name, bd.Blocks[k].Text, !c.keep)
			}
		}
	}
}
