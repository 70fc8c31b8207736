package picture

import (
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/pagetest"
)

// TestCountersOfASeries takes the numbers off the captions of several pictures, and leaves a
// fraction.
func TestCountersOfASeries(t *testing.T) {
	const list = `<body><ul><li><img src="/a/kaj.jpg"><p class="caption">2/5 Kajen i gryningen.</p></li><li><img src="/a/bro.jpg"><p class="caption">3/5 Bron i dimman.</p></li></ul>
		<figure><img src="/a/tank.jpg"><figcaption>1/2 av tanken är full.</figcaption></figure></body>`
	want := []string{"Kajen i gryningen.", "Bron i dimman.", "1/2 av tanken är full."}
	pics := Read(pagetest.MustParse(t, list))
	if len(pics) != len(want) {
		t.Fatalf("%d pictures", len(pics))
	}
	for k := range pics {
		if pics[k].Caption != want[k] {
			t.Errorf("got %q, want %q", pics[k].Caption, want[k])
		}
	}
}

// TestIdleCaptions leaves out captions that say nothing of their pictures: the name of the
// file, a day beside a sign, the section, and a word of the metadata.
func TestIdleCaptions(t *testing.T) {
	const text = `<main><p>Färjan går igen från måndag.</p>`
	for name, c := range map[string]struct{ html, want string }{
		"the name of the file":     {text + `<figure><img src="/a/bro_hamn_07-800x600.jpg"><figcaption>bro_hamn_07</figcaption></figure></main>`, "*bro_hamn_07-800x600.jpg"},
		"a name as the file's":     {text + `<figure><img src="/a/uppsala.jpg"><figcaption>Uppsala</figcaption></figure></main>`, "*uppsala.jpg(Uppsala)"},
		"a day and who wrote":      {text + `<div class="image"><img src="/a/sol.jpg"><div class="caption">22. Mai 2020 @ 18:13 // Autor: hx4</div></div></main>`, "*sol.jpg"},
		"the section":              {text + `<figure><img src="/a/kaj.jpg"><figcaption>Hamnen</figcaption></figure></main>`, "*kaj.jpg"},
		"a word of the metadata":   {text + `<img src="/a/farja.jpg"></main>`, "*farja.jpg"},
		"a menu's class on a text": {`<div class="nav">` + text + `<figure><img src="/a/bro.jpg"><figcaption>Bron i dimman.</figcaption></figure>` + strings.Repeat(`<p>Färjan går igen från måndag, efter nitton månader av arbete på stranden, och barnen kommer igen med båten.</p>`, 3) + `</main></div>` + strings.Repeat(`<p>Alla avgångar från alla hamnar i länet, med tider för vardag och helg, står i tidtabellen som ligger ute i vänthallen.</p>`, 30), "*bro.jpg(Bron i dimman.)"},
	} {
		t.Run(name, func(t *testing.T) {
			m := &meta.Metadata{Section: "Hamnen", LdImages: []article.Image{{URL: "https://news.example/a/farja.jpg", Caption: "Sjöfart"}}}
			if name == "a menu's class on a text" {
				m = &meta.Metadata{}
			} else if name != "a word of the metadata" {
				m.LdImages = nil
			}
			if got := chosen(t, c.html, m); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
