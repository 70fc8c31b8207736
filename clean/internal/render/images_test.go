package render

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/picture"
)

// TestShownImages: a picture amid the text is another page's where the words beside it,
// which are left out, are links to one.
func TestShownImages(t *testing.T) {
	const before = `<p>The harbour office counted the boats of each quay on the first day of every month, and wrote these numbers down for us.</p>`
	const after = `<p>In spring the board bought two lamps for the pier, of which one was stolen within a week and the other has not been lit since.</p>`
	const img = `<img src="/p/other-%.jpg" width="320" height="200">`
	for _, c := range []struct {
		name, box string
		out       []string
		want      int // images of the box that stay
	}{
		{"a link around picture and title", `<a href="/2024/fares.html"><h3>Fares rise again in spring</h3>` + img + `</a>`, []string{"Fares"}, 0},
		{"two links in one box", `<div class="c"><figure><a href="/2024/gebuehren.html">` + img + `</a></figure><div><a href="/2024/gebuehren.html">Gebühren steigen im Frühjahr</a></div></div>`, []string{"Gebühren"}, 0},
		{"a label and a title", `<section><div><a href="/2024/tarif.html">` + img + `</a></div><h4><a href="/thema">Thème</a></h4><p><a href="/2024/tarif.html">Les tarifs du port augmentent</a></p></section>`, []string{"Thème", "tarifs"}, 0},
		{"a row of titles", strings.Repeat(`<li><a href="/2024/fares.html">`+img+`<span>運賃は春にまた上がる</span></a></li>`, 3), []string{"運賃"}, 0},
		{"a title over more words", `<article>` + img + `<h3><a href="/2024/fares.html">Fares rise again in spring</a></h3><p>Most of those who cross by boat will not see the change before the summer, the board says.</p></article>`, []string{"Fares", "Most"}, 0},
		{"a title over more words, Polish", `<div class="z"><div>` + img + `</div><div><h4><a href="/2024/oplaty.html">Opłaty za port znów rosną</a></h4><div>Kto pływa promem, zobaczy różnicę dopiero latem, a na razie zarząd liczy wszystkie łodzie.</div></div></div>`, []string{"Opłaty", "Kto"}, 0},
		{"a title of which no link is", `<div>` + img + `<h4>The gate in 1911</h4><p>Most of those who cross by boat <a href="/2024/fares.html">have read of the fares</a> and will not see the change.</p></div>`, []string{"gate in", "Most"}, 1},
		{"a caption with a link", `<figure>` + img + `<figcaption>The gate in 1911, from <a href="/archive/gates.html">our archive</a> of old plates</figcaption></figure>`, []string{"gate in"}, 1},
		{"a link to another site", `<div>` + img + `<p><a href="https://museum.example/plates/9">The museum's own page on the plate</a></p></div>`, []string{"museum"}, 1},
		{"a title that the text keeps", `<div>` + img + `<h2><a href="/2024/fares.html">Fares rise again in spring</a></h2></div>`, nil, 1},
		{"a picture alone that leads on", `<p><a href="/2024/fares.html">` + img + `</a></p>`, nil, 1},
		{"a box of many lines", `<div>` + img + strings.Repeat(`<p><a href="/2024/fares.html">Fares rise again in spring</a></p>`, besideBlocks+1) + `</div>`, []string{"Fares"}, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			bd := bodyAt(t, "https://news.example/2024/gate.html", `<article>`+before+c.box+after+`</article>`)
			for k := range bd.Blocks {
				if slices.ContainsFunc(c.out, func(w string) bool { return strings.Contains(bd.Blocks[k].Text, w) }) {
					bd.Drop(k, "pick", "")
				}
			}
			if got := len(ShownImages(bd, picture.Read(bd.Tree), nil)); got != c.want {
				t.Errorf("%d images, want %d", got, c.want)
			}
		})
	}
}
