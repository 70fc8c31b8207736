package sweep

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestFeeds: the teasers in a row after the text go with what they say, the headline or
// not kept.
func TestFeeds(t *testing.T) {
	teaser := func(box, says, stamp string) string {
		return `<` + box + `><div><h3><a href="/n/1">The crane is sold</a></h3></div>` + stamp + `<div><p>` + says + `</p></div></` + box[:strings.IndexByte(box+" ", ' ')] + `>`
	}
	const (
		crane = "The crane that stood at the quay for a hundred years goes to a museum in the next town."
		kran  = "Der Kran, der hundert Jahre am Kai stand, kommt in ein Museum der nächsten Stadt."
		hours = `<div class="ago">8 hours ago</div>`
	)
	three := func(s string) string { return strings.Repeat(s, 3) }
	for _, c := range []struct {
		name, feed string
		guide      bool
		keep       bool
	}{
		{"with hours", "<div>" + three(teaser(`div class="picker"`, crane, hours)) + "</div>", false, false},
		{"list with days, German", "<ul>" + three(teaser("li", kran, "<div>12. Mai 2024</div>")) + "</ul>", false, false},
		{"with authors", "<section>" + three(teaser("article", crane, `<div class="author-name">Nora Lind</div>`)) + "</section>", false, false},
		{"with an advertisement between", "<div>" + strings.Repeat(teaser(`div class="picker"`, crane, hours)+"<div><img src=/ad.png></div>", 3) + "</div>", false, false},
		{"without day or author", "<div>" + three(teaser(`div class="picker"`, crane, "")) + "</div>", false, true},
		{"two", "<div>" + strings.Repeat(teaser(`div class="picker"`, crane, hours), 2) + "</div>", false, true},
		{"to another site", "<div>" + three(strings.Replace(teaser(`div class="picker"`, crane, hours), "/n/1", "https://other.example/n/1", 1)) + "</div>", false, true},
		{"long parts of the text", "<div>" + three(teaser(`div class="part"`, strings.Repeat(crane+" ", 6), hours)) + "</div>", false, true},
		{"of a guide", "<div>" + three(teaser(`div class="picker"`, crane, hours)) + "</div>", true, true},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1>`+threeParagraphs+`</article>`+c.feed, "The crane is sold")
		feeds(bd, &judge.Signals{News: !c.guide})
		kept := 0
		for k := range bd.Blocks {
			if bd.Verdicts[k].Keep && (strings.HasPrefix(bd.Blocks[k].Text, crane) || bd.Blocks[k].Text == kran) {
				kept++
			}
		}
		if kept > 0 != c.keep {
			t.Errorf("%s: %d teasers are kept", c.name, kept)
		}
	}
}
