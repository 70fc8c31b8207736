package picture

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

// TestBackground: the picture behind a headline, or in an empty box beside it, opens the
// article where the page has none for it in an img or in its metadata.
func TestBackground(t *testing.T) {
	text := `<p>` + strings.Repeat("Im Hafen wird ein neuer Kran gebaut. ", 9) + `</p>`
	const head = `<h1>Der Kran</h1>`
	const style = ` style="color:#fff;background: #123 url(&quot;/p/kran.jpg&quot;) center / cover"`
	for _, c := range []struct{ name, html, want string }{
		{"behind the headline", `<article><header` + style + `>` + head + `</header><main>` + text + `</main></article>`, "*kran.jpg"},
		{"over it", `<div` + style + `></div><article>` + head + `<main>` + text + `</main></article>`, "*kran.jpg"},
		{"under it", `<article>` + head + `<div` + style + `></div><main>` + text + `</main></article>`, "*kran.jpg"},
		{"set by a script", `<article>` + head + `<div class="cover" data-background-image="url('/p/kran.jpg')"></div><main>` + text + `</main></article>`, "*kran.jpg"},
		{"before the text's pictures", `<article>` + head + `<div data-bg="/p/kran.jpg"></div><main>` + text + `<img src="/p/kai.jpg" width="800" height="600">` + text + `</main></article>`, "*kran.jpg kai.jpg"},
		{"set by a program for parallax", `<article>` + head + `<div class="parallax" data-image-src="/p/kran.jpg"></div><main>` + text + `</main></article>`, "*kran.jpg"},
		{"of a style sheet", `<style>.hero{height:400px} @media screen{main .hero-12{background:url("/p/kran.jpg") center/cover}}</style><article>` + head + `<div class="hero hero-12"></div><main>` + text + `</main></article>`, "*kran.jpg"},
		{"an ornament of a style sheet", `<style>.bar{background:url("/p/muster.jpg") repeat-x}</style><article>` + head + `<div class="bar"></div><main>` + text + `</main></article>`, ""},
		{"of a variable", `<article>` + head + `<div class="hero" style="--hero:url(/p/kran.jpg)"></div><main>` + text + `</main></article>`, "*kran.jpg"},
		{"of a video before it plays", `<article>` + head + `<video poster="/p/kran.jpg" controls></video><main>` + text + `</main></article>`, "*kran.jpg"},
		{"of the whole page", `<article` + style + `>` + head + `<main>` + text + `</main></article>`, ""},
		{"a logo", `<article>` + head + `<div style="background:url(/p/logo.png)"></div><main>` + text + `</main></article>`, ""},
		{"a drawing", `<article>` + head + `<div style="background:url(/p/welle.svg)"></div><main>` + text + `</main></article>`, ""},
		{"in the navigation", `<nav><div` + style + `>Hafen</div></nav><article>` + head + `<main>` + text + `</main></article>`, ""},
		{"after the text", `<article>` + head + `<main>` + text + `</main><div` + style + `></div></article>`, ""},
		{"beside a picture", `<article>` + head + `<div` + style + `></div><figure><img src="/p/kai.jpg"><figcaption>Der Kai.</figcaption></figure><main>` + text + `</main></article>`, "*kai.jpg(Der Kai.)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := chosen(t, c.html, &meta.Metadata{}); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestCaptionOfABackground reads what stands in or under the box of a background for its
// caption and credit.
func TestCaptionOfABackground(t *testing.T) {
	const style = ` style="background: #123 url(/p/kran.jpg) center / cover"`
	for _, c := range []struct{ name, html, want string }{
		{"a caption under it", `<h1>Der Kran</h1><div` + style + `></div><div class="bildunterschrift">Der Kran am Morgen. <span class="fotograf">Ina Boll</span></div>`, "Der Kran am Morgen.; Ina Boll"},
		{"a credit in it", `<header` + style + `><h1>Der Kran</h1><small class="photo-credit">Foto: Ina Boll</small></header>`, "; Ina Boll"},
		{"a line of credit under it", `<header` + style + `><h1>Der Kran</h1></header><p>Foto: Ina Boll / dpa</p>`, "; Ina Boll / dpa"},
		{"a standfirst under it", `<header` + style + `><h1>Der Kran</h1></header><p>Bild der Woche: Der Kran von 1890 steht wieder am alten Platz im Hafen.</p>`, "; "},
	} {
		tr := pagetest.MustParse(t, `<!doctype html><body><article>`+c.html+`<main><p>`+strings.Repeat("Im Hafen wird ein neuer Kran gebaut. ", 9)+`</p></main></article>`)
		main := slices.IndexFunc(tr.Nodes, func(n page.Node) bool { return n.Data == "main" })
		got := ChooseImages(tr, Read(tr), func(i int32) bool { return int(i) > main }, &meta.Metadata{})
		if len(got) != 1 || got[0].Caption+"; "+got[0].Credit != c.want {
			t.Errorf("%s: got %+v", c.name, got)
		}
	}
}

// TestSlides: the slides of a gallery may be elements with a background, each with its
// caption; a background behind words is none, nor is one of a few or one that comes again.
func TestSlides(t *testing.T) {
	text := `<p>` + strings.Repeat("Un jour au port avec notre photographe. ", 9) + `</p>`
	slide := func(n, caption string) string {
		return `<div class="slide"><div class="slide-image" style="background-image:url(/p/` + n + `.jpg)"> </div><div class="caption">` + caption + `</div></div>`
	}
	for _, c := range []struct{ name, html, want string }{
		{"a gallery", slide("quai", "Le quai.") + slide("grue", "La grue.") + slide("bac", "Le bac."), "*quai.jpg(Le quai.) grue.jpg(La grue.) bac.jpg(Le bac.)"},
		{"two", slide("quai", "Le quai.") + slide("grue", "La grue."), ""},
		{"one that comes again", slide("fond", "Le quai.") + slide("fond", "La grue.") + slide("fond", "Le bac."), ""},
		{"images with one for the time before", strings.Repeat(`<img class="i" style="background:url(/p/vorher.jpg)" src="/p/quai.jpg" width="800" height="600">`, 3), "*quai.jpg"},
		{"behind words", `<div class="box" style="background:url(/p/a.jpg)">Le quai</div><div class="box" style="background:url(/p/b.jpg)">La grue</div><div class="box" style="background:url(/p/c.jpg)">Le bac</div>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := chosen(t, `<article><h1>Le port</h1><main>`+text+c.html+text+`</main></article>`, &meta.Metadata{}); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
