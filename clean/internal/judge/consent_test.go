package judge

import (
	"strings"
	"testing"

	"newsclip/clean/internal/pagetest"
	"newsclip/selectors"
)

func TestConsentIsRuledOut(t *testing.T) {
	const (
		text    = `<p>Die Schleuse am Osthafen öffnet am Montag wieder, nachdem Taucher drei Wochen lang an ihren Toren gearbeitet und die Ketten getauscht haben.</p>`
		article = `<h1>Die Schleuse öffnet</h1>` + text
		talk    = `<p>Wir speichern auf deinem Gerät, was du gewählt hast, und messen, wie viele Menschen diese Seite lesen und woher sie kommen.</p>`
	)
	for _, c := range []struct {
		name, page string
		out        bool
	}{
		{"by its name", `<div class="cookie-banner"><h2>Alle Cookies akzeptieren</h2>` + talk + `</div><div>` + article + `</div>`, true},
		{"by its lines", `<div><h2>Notwendige Cookies</h2>` + talk + `<b>Alle Cookies akzeptieren</b></div><div>` + article + `</div>`, true},
		{"a name around the article", `<div class="cookie-wrapper"><p>Notwendige Cookies</p>` + talk + article + `</div>`, false},
		{"all of the page", `<div class="cookie-banner"><h2>Alle Cookies akzeptieren</h2>` + talk + `</div>`, false},
		{"a player in the article", `<h1>Die Schleuse</h1><div>` + strings.Repeat(text, 4) + `<div><h4>Notwendige Cookies</h4><p>Wir zeigen hier ein Video.</p><b>Alle Cookies akzeptieren</b></div>` + text + `</div>` + talk, false},
		{"a name and no word of it", `<div class="cookies">` + talk + `</div><div>` + article + `</div>`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			tree := pagetest.MustParse(t, c.page)
			bs := tree.Blocks()
			probs := make([]float32, len(bs))
			for k := range probs {
				probs[k] = 0.9
			}
			phrases := make([]selectors.PhraseMatch, len(bs))
			for k := range bs {
				phrases[k] = bs[k].Phrases()
			}
			ruleOutConsent(tree, bs, &Signals{}, aboutConsent(tree, bs, phrases), probs)
			for k := range bs {
				if strings.HasPrefix(bs[k].Text, "Wir speichern") && (probs[k] == 0) != c.out {
					t.Errorf("ruled out is %v, want %v", probs[k] == 0, c.out)
				}
				if strings.HasPrefix(bs[k].Text, "Die Schleuse") && probs[k] == 0 {
					t.Errorf("%q is ruled out", bs[k].Text)
				}
			}
		})
	}
}
