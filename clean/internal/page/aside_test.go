package page_test

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

// TestMainAside: an aside with the headline and most of the page's text is its main column.
func TestMainAside(t *testing.T) {
	german := strings.Repeat(`<p>Die Brücke war seit neunzehn Monaten gesperrt, und nun geht die erste Klasse über sie.</p>`, 4)
	spanish := strings.Repeat(`<p>El puente estuvo cerrado diecinueve meses, y ahora lo cruza la primera clase del colegio.</p>`, 4)
	for _, c := range []struct {
		name, html string
		aside      bool
	}{
		{"German", `<main><p>Wir nutzen Cookies.</p></main><aside><h1>Die Brücke</h1>` + german + `</aside>`, false},
		{"by its role, Spanish", `<div>Menú</div><div role="complementary"><header><h1>El puente</h1></header>` + spanish + `</div>`, false},
		{"an aside in it", `<aside><h1>Die Brücke</h1>` + german + german + `<aside>` + german + `</aside></aside>`, true},
		{"beside the text", `<main><h1>Die Brücke</h1>` + german + german + `</main><aside>` + german + `</aside>`, true},
		{"the name of a blog", `<aside><h1>Der Kai</h1><p>Ein Blog.</p></aside><main>` + german + `</main>`, true},
	} {
		bs := pagetest.MustParse(t, "<body>"+c.html).Blocks()
		aside := false
		for k := range bs {
			aside = aside || bs[k].Where&page.InAside != 0
		}
		if aside != c.aside {
			t.Errorf("%s: in an aside is %v, want %v", c.name, aside, c.aside)
		}
	}
}
