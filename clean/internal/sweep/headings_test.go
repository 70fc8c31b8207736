package sweep

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestSweepKeepsHeadings: a heading over kept paragraphs stays where others that are set as
// it is do.
func TestSweepKeepsHeadings(t *testing.T) {
	for _, c := range []struct {
		name, page, doubted string
		prob                float32
		want                []string
	}{
		{"a heading", `<h2>Boats</h2>` + threeParagraphs + `<h2>Must the ferry stop?</h2>` + moreParagraphs, "Must", 0.35, nil},
		{"a line in bold letters by its class, German", `<div class="h6">1. Boote</div>` + threeParagraphs + `<div class="h6">2. Bagger</div><div>` + moreParagraphs + `</div>`, "Bagger", 0.35, nil},
		{"Japanese", `<div class="midashi">船の数について</div>` + threeParagraphs + `<div class="midashi">浚渫船の来た日曜日</div>` + moreParagraphs, "浚渫", 0.4, nil},
		{"a link, as the others are, Dutch", `<h2><a href="#k">Kraan en kade</a></h2>` + threeParagraphs + `<h2><a href="#b">Boot en brug</a></h2>` + moreParagraphs, "Kraan", 0.35, nil},
		{"a link where the others are none", `<h2><a href="/kranen">Kraan en kade</a></h2>` + threeParagraphs + `<h2>Boot en brug</h2>` + moreParagraphs, "Kraan", 0.35, []string{"Kraan en kade"}},
		{"one that the models are sure of", `<h2>Boats</h2>` + threeParagraphs + `<h2>Must the ferry stop?</h2>` + moreParagraphs, "Must", 0.1, []string{"Must the ferry stop?"}},
		{"set in another way", `<h3>Boats</h3>` + threeParagraphs + `<h2>Must the ferry stop?</h2>` + moreParagraphs, "Must", 0.35, []string{"Must the ferry stop?"}},
		{"set as the paragraphs are", `<p>Boats</p>` + threeParagraphs + `<p>Quay and dredger</p>` + moreParagraphs, "Quay", 0.35, []string{"Quay and dredger"}},
		{"a sentence", `<h2>Boats</h2>` + threeParagraphs + `<h2>Tell your friends of the quay.</h2>` + moreParagraphs, "Tell", 0.35, []string{"Tell your friends of the quay."}},
		{"credits of pictures by their class", `<div class="copyright">Harbour office</div>` + threeParagraphs + `<div class="copyright">Sand and steam</div>` + moreParagraphs, "Sand and", 0.35, []string{"Sand and steam"}},
		{"over a list of links", `<h2>Boats</h2>` + threeParagraphs + `<h2>Sand and steam</h2><ul><li><a href="/1">Sand and steam at sea</a></li><li><a href="/2">Sand and steam on land</a></li></ul>` + moreParagraphs, "Sand and", 0.35, []string{"Sand and steam", "Sand and steam at sea", "Sand and steam on land"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := keepAll(t, `<article>`+c.page+`</article>`, c.doubted)
			for k := range bd.Probs {
				bd.Probs[k] = c.prob
			}
			Sweep(bd, &judge.Signals{})
			got := slices.DeleteFunc(dropped(bd), func(s string) bool { return strings.Contains(threeParagraphs+moreParagraphs, s) })
			if !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}

// TestHeadingsOfContents: a heading that the page's list of contents names stays, whatever
// its words are.
func TestHeadingsOfContents(t *testing.T) {
	const contents = `<ul><li><a href="#kai">Zusammenfassung</a></li><li><a href="#b">Bagger</a></li></ul>`
	const heading = `<h2 id="kai">Zusammenfassung</h2>`
	for _, c := range []struct {
		name, page string
		prob       float32
		keep       bool
	}{
		{"German", contents + heading + threeParagraphs, 0.1, true},
		{"the models are sure", contents + heading + threeParagraphs, 0.04, false},
		{"links to other pages", strings.ReplaceAll(contents, "#", "/") + heading + threeParagraphs, 0.1, false},
		{"no contents", heading + threeParagraphs, 0.1, false},
		{"over nothing", contents + heading + `<p>Teilen</p>` + threeParagraphs, 0.1, false},
	} {
		bd := keepAll(t, `<article>`+c.page+`</article>`, "Zusammenfassung", "Teilen")
		for k := range bd.Probs {
			bd.Probs[k] = c.prob
		}
		headings(bd, &judge.Signals{})
		kept := false
		for k := range bd.Blocks {
			kept = kept || bd.Verdicts[k].Keep && bd.Blocks[k].Text == "Zusammenfassung"
		}
		if kept != c.keep {
			t.Errorf("%s: kept %t, want %t", c.name, kept, c.keep)
		}
	}
}
