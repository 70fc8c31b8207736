package sweep

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

// doubted is a page of which the models keep the long paragraphs, and think of the other
// lines what prob says.
func doubted(t testing.TB, html string, prob float32) *body.Body {
	t.Helper()
	tr := pagetest.MustParseAt(t, "https://quay.example/a/b", html)
	blocks := tr.Blocks()
	probs := make([]float32, len(blocks))
	for k := range blocks {
		if probs[k] = prob; page.IsLong(&blocks[k]) {
			probs[k] = 0.98
		}
	}
	return body.New(tr, blocks, probs, 0.5)
}

// TestRest is about the lines after the last paragraph that the models leave out.
func TestRest(t *testing.T) {
	const faq = `<div class="fragen">` +
		`<div class="frage"><strong>Wer zahlt die Fähre?</strong><p>Der Hafen, bis zum Sommer.</p></div>` +
		`<div class="frage"><strong>Wann fährt sie?</strong><p>Jede Viertelstunde, auch sonntags.</p></div></div>`
	for _, c := range []struct {
		name, html string
		prob       float32
		kept       bool
	}{
		{"questions and answers", faq, 0.25, true},
		{"as unlikely as furniture", faq, 0.1, false},
		{"a programme", `<p>2 апреля – Таможня<br>4 апреля – Канатный двор<br>5 апреля – Литейный зал<br>9 апреля – Школа на острове</p>`, 0.3, true},
		{"sources in two columns", `<h2>参考文献</h2><div><div><ul><li>海野 橋の歴史 港書房</li><li>浜田 軸受と車輪 塩見社</li></ul></div><div><ul><li>島村 鉄と樫 北岸堂</li></ul></div></div>`, 0.3, true},
		{"two credits", `<p>With the Aldmouth Press</p><p>Translated for us</p>`, 0.3, false},
		{"a letter's name", `<p>Yours faithfully,</p><p>Anna Bell<br>Port Meridian</p>`, 0.4, true},
		{"a letter's name in French", `<p>Bien à vous,</p><p>Anne Le Goff</p>`, 0.4, true},
		{"a letter's name before a poll", `<p>Bis Donnerstag,<br>Anne</p><div class="x"><p>Wie war der Brief?</p><a href="/1">Gut</a></div>`, 0.3, true},
		{"a sentence that breaks before a poll", `<p>Bis Donnerstag,<br>wenn die Fähre am Kai wieder fährt</p><div class="x"><p>Wie war der Brief?</p><a href="/1">Gut</a></div>`, 0.3, false},
		{"links after it", faq + `<p><a href="/more">Mehr vom Hafen</a></p>`, 0.25, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := doubted(t, `<article><div class="text">`+threeParagraphs+c.html+`</div></article><section><p>About the paper</p></section>`, c.prob)
			Sweep(bd, &judge.Signals{})
			last := slices.IndexFunc(bd.Blocks, func(b page.Block) bool { return strings.HasPrefix(b.Text, "Nobody knows") })
			if got := bd.Verdicts[last+1].Keep; got != c.kept {
				t.Errorf("%q is kept: %v", bd.Blocks[last+1].Text, got)
			}
			if k := len(bd.Blocks) - 1; bd.Verdicts[k].Keep {
				t.Errorf("%q is kept", bd.Blocks[k].Text)
			}
		})
	}
}

// TestRestAlike: the last of the lines that are set alike is kept as the others are.
func TestRestAlike(t *testing.T) {
	for _, c := range []struct {
		name, lines, last string
		kept              bool
	}{
		{"names under letters", `<p class="sig">Edith Lamming<br>Mill Street</p>|<p class="sig">Joe Averill</p>|`, `<p class="sig">R. Oduya</p><div><p>Write to us</p></div>`, true},
		{"names under letters, Spanish", `<div class="x9f">Rosa Vidal</div>|<div class="x9f">Tomás Rey, Cabo Morado</div>|`, `<div class="x9f">Luz Ferrán</div><div>Escríbanos</div>`, true},
		{"of another class", `<p class="sig">Edith Lamming</p>|<p class="sig">Joe Averill</p>|`, `<p class="by">R. Oduya</p><div><p>Write to us</p></div>`, false},
		{"after one that is left out", `<p class="sig">Edith Lamming</p><p class="sig">Joe Averill</p>|<p class="sig">Quoted</p>|`, `<p class="sig">R. Oduya</p><div><p>Write to us</p></div>`, false},
		{"of the class of paragraphs", `<p>Edith Lamming</p>|<p>Joe Averill</p>|`, `<p>R. Oduya</p><div><p>Write to us</p></div>`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			html := `<article><div class="text">`
			lines := strings.Split(c.lines, "|")
			for k, p := range strings.SplitAfter(threeParagraphs, "</p>") {
				if html += p; k < len(lines) {
					html += lines[k]
				}
			}
			bd := keepAll(t, html+c.last+`</div></article>`, "Oduya", "Ferrán", "Quoted", "Write", "Escríbanos")
			for k := range bd.Probs {
				bd.Probs[k] = 0.1
			}
			Sweep(bd, &judge.Signals{})
			last := slices.IndexFunc(bd.Blocks, func(b page.Block) bool { return b.Text == "R. Oduya" || b.Text == "Luz Ferrán" })
			if got := bd.Verdicts[last].Keep; got != c.kept {
				t.Errorf("%q is kept: %v", bd.Blocks[last].Text, got)
			}
		})
	}
}
