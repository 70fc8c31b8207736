package items

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/pagetest"
	"newsclip/clean/internal/text"
)

// TestKeepLeavesTheHeadline: of a list all items are kept, and neither the page's title
// in a box of their kind nor promotion.
func TestKeepLeavesTheHeadline(t *testing.T) {
	const box = `<div class="card">`
	tr := pagetest.MustParse(t, `<main>`+box+`<h1>Boote zu verkaufen</h1><p>Follow us on Instagram for more of our boats every single day.</p></div>`+
		box+`<h2>Albatros</h2><p>Ein Boot aus Eiche, das dreißig Jahre lang Lotsen gefahren hat.</p></div>`+
		box+`<h2>Kormoran</h2><p>Une barque de pêche qui n'a plus quitté le port depuis dix ans.</p></div>`+
		box+`<h2>Möwe</h2><p>A dinghy for two, with a sail that has been mended more than once.</p></div></main>`)
	blocks := tr.Blocks()
	bd := body.New(tr, blocks, make([]float32, len(blocks)), 0)
	for k := range bd.Blocks {
		if !strings.HasPrefix(bd.Blocks[k].Text, "Ein Boot") && !strings.HasPrefix(bd.Blocks[k].Text, "Une barque") {
			bd.Drop(k, "pick", "")
		}
	}
	title, _, _ := text.Scan("Boote zu verkaufen")
	if !Keep(bd, &judge.Signals{Titles: map[uint64]bool{title: true}}) {
		t.Fatal("no items")
	}
	var out []string
	for k, v := range bd.Verdicts {
		if !v.Keep {
			out = append(out, bd.Blocks[k].Text)
		}
	}
	if want := []string{"Boote zu verkaufen", "Follow us on Instagram for more of our boats every single day."}; !slices.Equal(out, want) {
		t.Errorf("out are %q, want %q", out, want)
	}
}
