package body

import (
	"slices"
	"strings"
	"testing"
)

// TestExcerpts: cards that show the beginnings of other articles are out, and the parts of
// a guide that link to reviews are not.
func TestExcerpts(t *testing.T) {
	const text = threeParagraphs + moreParagraphs
	begins := []string{
		"Muurarit löysivät sillan alta kirjeen, jonka oli kirjoittanut lautturi ennen kuin hän lähti joelta viimeisen kerran kotiin tuona syksynä, eikä kukaan ole...",
		"Satamassa on talvella vain yksi valo, ja sen alla seisoo mies, joka laskee veneitä kuten hänen isänsä ja isoisänsä ovat tehneet ennen häntä...",
	}
	card := func(open, link, n, close string) string {
		return open + `<h3>` + link + `</h3><p>` + n + `</p><span>3.4.2024</span>` + close
	}
	cards := card(`<article>`, `<a href="/kirje">Kirje sillan alta</a>`, begins[0], `</article>`) +
		card(`<article>`, `<a href="/valo">Yksi valo</a>`, begins[1], `</article>`)
	all := []string{"Kirje sillan alta", begins[0], "3.4.2024", "Yksi valo", begins[1], "3.4.2024"}
	for _, c := range []struct {
		name, page string
		want       []string
	}{
		{"articles", text + `<section>` + cards + `</section>`, all},
		{"slides, in a wrapper each", text + `<div><div class="s">` + card(`<div>`, `<a href="/kirje">Kirje sillan alta</a>`, begins[0], `</div>`) + `</div><div class="s">` + card(`<div>`, `<a href="/valo">Yksi valo</a>`, begins[1], `</div>`) + `</div></div>`, all},
		{"under a section that is no link", text + `<section>` + strings.Replace(cards, `<h3>`, `<h5>Mainos</h5><h3>`, 1) + `</section>`, append([]string{"Mainos"}, all...)},
		{"titles that are no headings", text + `<section>` + strings.NewReplacer("<h3>", "<strong>", "</h3>", "</strong>", "Kirje sillan alta", "Kirje löytyi vanhan sillan alta", "Yksi valo", "Yksi valo palaa koko talven").Replace(cards) + `</section>`, []string{"Kirje löytyi vanhan sillan alta", begins[0], "3.4.2024", "Yksi valo palaa koko talven", begins[1], "3.4.2024"}},
		{"one alone", text + `<section>` + card(`<div>`, `<a href="/kirje">Kirje sillan alta</a>`, begins[0], `</div>`) + `</section>`, nil},
		{"headings without links", text + `<section>` + card(`<div>`, `Kirje sillan alta`, begins[0], `</div>`) + card(`<div>`, `Yksi valo`, begins[1], `</div>`) + `</section>`, nil},
		{"other sites", text + `<section>` + strings.ReplaceAll(cards, `href="/`, `href="https://joki.example/`) + `</section>`, nil},
		{"a row that the text stands in", text + cards, nil},
		{"a list after few words", moreParagraphs + `<section>` + cards + `</section>`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sweptOut(t, c.page, nil); !slices.Equal(got, c.want) {
				t.Errorf("out are %q, want %q", got, c.want)
			}
		})
	}
}
