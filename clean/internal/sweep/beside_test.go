package sweep

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
)

// TestBesideText: code and sentences of a quotation are kept between two paragraphs that stand
// in one element with them.
func TestBesideText(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const code = `<figure><pre><code>barco.salir()</code></pre></figure>`
	const quote = `<blockquote><p>Die Glocke bleibt hier.</p></blockquote>`
	for _, c := range []struct {
		name, html string
		keep       bool
	}{
		{"code, Spanish", paras[0] + code + paras[1], true},
		{"a quotation, German", paras[0] + quote + paras[1], true},
		{"a quotation with a link", paras[0] + strings.Replace(quote, "Glocke", `<a href="/g">Glocke</a>`, 1) + paras[1], false},
		{"a quotation that is no sentence", paras[0] + strings.Replace(quote, "hier.", "hier", 1) + paras[1], false},
		{"a whole listing", paras[0] + strings.Replace(code, "barco.salir()", strings.Repeat("barco.salir() ", 60), 1) + paras[1], false},
		{"in a box of links", paras[0] + `<div class="related">` + code + "</div>" + paras[1], false},
		{"after the text", paras[0] + paras[1] + code + `<div><p>Share it</p></div>`, false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1><div>`+c.html+`</div></article>`, "barco", "Glocke", "Share")
		for k := range bd.Probs {
			bd.Probs[k] = 0.1
		}
		besideText(bd, &judge.Signals{})
		kept := true
		for _, s := range dropped(bd) {
			kept = kept && !strings.Contains(s, "barco") && !strings.Contains(s, "Glocke")
		}
		if kept != c.keep {
			t.Errorf("%s: kept %t, want %t", c.name, kept, c.keep)
		}
	}
}

// TestLinkedAmid: a sentence of links between two paragraphs is the text's.
func TestLinkedAmid(t *testing.T) {
	paras := strings.SplitAfter(threeParagraphs, "</p>")
	const links = `<div class="x"><p><a href="/a">Glockan har hängt i tornet</a>, <a href="/b">ringt varje kväll</a> och <a href="/c">spruckit två gånger</a>, säger smeden.</p></div>`
	for _, c := range []struct {
		name, html string
		prob       float32
		keep       bool
	}{
		{"Swedish", paras[0] + links + paras[1], 0.2, true},
		{"the models are sure", paras[0] + links + paras[1], 0.1, false},
		{"no sentence", paras[0] + strings.Replace(links, "smeden.", "smeden", 1) + paras[1], 0.2, false},
		{"a line that leads on", paras[0] + strings.Replace(links, "<p>", "<p>Läs också: ", 1) + paras[1], 0.2, false},
		{"links alone", paras[0] + strings.Replace(links, ", säger smeden.", ".", 1) + paras[1], 0.2, false},
		{"after the text", paras[0] + paras[1] + links, 0.2, false},
	} {
		bd := keepAll(t, `<article><h1>Boats</h1><div>`+c.html+`</div></article>`, "Glockan")
		for k := range bd.Probs {
			bd.Probs[k] = c.prob
		}
		linkedAmid(bd, &judge.Signals{})
		kept := !slices.ContainsFunc(dropped(bd), func(s string) bool { return strings.Contains(s, "Glockan") })
		if kept != c.keep {
			t.Errorf("%s: kept %t, want %t", c.name, kept, c.keep)
		}
	}
}
