package sweep

import (
	"slices"
	"testing"
)

// TestLinkButtons: a line that is a link set as a button is none of the text, and a link
// that is a line of it is.
func TestLinkButtons(t *testing.T) {
	const para = `<p>Urząd portowy liczył łodzie przy każdym nabrzeżu pierwszego dnia każdego miesiąca i zapisywał dla nas wszystkie te liczby w dużej księdze.</p>`
	const line = "Zobacz, jak łatamy liny"
	for _, c := range []struct {
		name, page string
		out        bool
	}{
		{"a paragraph", para + `<p><a class="btn btn-primary" href="/liny">` + line + `</a></p>` + para, true},
		{"in a builder's box", para + `<div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link" href="/liny">` + line + `</a></div></div>`, true},
		{"a plain link", para + `<p><a href="/liny">` + line + `</a></p>` + para, false},
		{"a class of another kind", para + `<p><a class="button-free" href="/liny">` + line + `</a></p>` + para, false},
		{"amid a sentence", para + `<p>Kto chce: <a class="btn" href="/liny">` + line + `</a></p>` + para, false},
		{"a heading", para + `<h2><a class="btn" href="/liny">` + line + `</a></h2>` + para, false},
	} {
		bd := keepAll(t, `<article><h1>Łodzie</h1>`+c.page+`</article>`)
		linkButtons(bd)
		if got := slices.Contains(dropped(bd), line); got != c.out {
			t.Errorf("%s: out %v, want %v", c.name, got, c.out)
		}
	}
}
