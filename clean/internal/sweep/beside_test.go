package sweep

import (
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
