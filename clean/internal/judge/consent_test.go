package judge

import (
	"strings"
	"testing"
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
			bs, probs := withoutConsent(t, c.page)
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

// TestConsentBesideNotices: a notice of a sentence is what the page is about, not the longer
// box beside it.
func TestConsentBesideNotices(t *testing.T) {
	for name, c := range map[string]struct{ notice, box string }{
		"Romanian": {`<p>Ecluza se închide de mâine pentru o lună, anunță portul, din cauza reparațiilor.</p>`,
			`<h3>Politica de cookie-uri</h3><p>Cookie-urile ne arată, cu acordul dumneavoastră, cine vizitează pagina și ce citește mai des la noi.</p><p>Reclame puse de partenerii noștri pot fi oprite din setările browserului.</p><button>Doar necesare</button>`},
		"Hungarian": {`<p>A zsilip holnaptól egy hónapra bezár a javítás miatt, közölte a kikötő vezetője.</p>`,
			`<p>A honlap sütiket használ, hogy tudjuk, hányan olvassák az oldalt és honnan jönnek.</p><p>A hirdetések beállítását a böngésző menüjében bármikor meg lehet változtatni.</p><button>Csak a szükségesek</button>`},
	} {
		bs, probs := withoutConsent(t, `<div><h1>Ecluza</h1>`+c.notice+`</div><div class="x1">`+c.box+`</div>`)
		for k := range bs {
			if out, want := probs[k] == 0, k > 1; out != want {
				t.Errorf("%s: %q is ruled out is %v, want %v", name, bs[k].Text, out, want)
			}
		}
	}
}
