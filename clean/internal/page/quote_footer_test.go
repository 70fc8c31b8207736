package page_test

import (
	"testing"

	"newsclip/clean/internal/pagetest"
)

// TestFooterOfAQuotation: the footer of a quotation names whom it is of, and is none of the
// page.
func TestFooterOfAQuotation(t *testing.T) {
	const said = "The gate stays shut until the tide has turned, whatever they say."
	for html, last := range map[string]string{
		`<blockquote><p>` + said + `</p><footer><cite>Ana Ferrer, harbour pilot</cite></footer></blockquote>`: "Ana Ferrer, harbour pilot",
		`<blockquote class="zitat">Das Tor bleibt zu.<footer>— Jo Ek, Wärter</footer></blockquote>`:           "— Jo Ek, Wärter",
		`<article><p>` + said + `</p><footer>Filed on Monday</footer></article>`:                              said,
	} {
		bs := pagetest.MustParse(t, `<body><main><h1>Tor</h1><p>`+said+` `+said+`</p>`+html+`</main></body>`).Blocks()
		if got := bs[len(bs)-1].Text; got != last {
			t.Errorf("%s: the last block is %q, want %q", html, got, last)
		}
	}
}
