package clean

import (
	"fmt"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// TestPictureStories: a page that tells its story in captions is a gallery, with
// a line of text before the pictures or none; a listing of wares is not.
func TestPictureStories(t *testing.T) {
	captions := []string{
		"Le vendredi, les pêcheurs attendent la marée sur le quai du vieux port.",
		"Une vendeuse pèse les maquereaux que son frère a pris dans la nuit.",
		"À midi il ne reste que la glace, et les mouettes qui la surveillent.",
		"Le soir, les caisses vides reviennent par le dernier camion de la criée.",
	}
	story := func(box string) string {
		var b strings.Builder
		for k, c := range captions {
			fmt.Fprintf(&b, box, k, c)
		}
		return b.String()
	}
	figures := story(`<figure><img src="/p/quai-%d.jpg" width="1200" height="800"><figcaption>%s</figcaption></figure>`)
	slides := story(`<div class="slide"><img src="/p/quai-%d.jpg"><div class="slide-caption">%s</div></div>`)
	for _, c := range []struct{ name, body, text string }{
		{"a line, then figures", "<p>Une semaine sur le port, en quatre images.</p>" + figures, "Une semaine"},
		{"figures alone", figures, ""},
		{"slides alone", slides, ""},
		{"a list", `<ul class="wp-block-gallery">` + story(`<li class="blocks-gallery-item"><figure><img src="/p/quai-%d.jpg"><figcaption>%s</figcaption></figure></li>`) + `</ul>`, ""},
		{"a list of definitions", `<div class="gallery">` + story(`<dl class="gallery-item"><dt><a href="/p/quai.jpg"><img src="/p/quai-%d.jpg" width="600" height="400"></a></dt><dd class="gallery-caption">%s</dd></dl>`) + `</div>`, ""},
		{"backgrounds", `<div class="swiper">` + story(`<div class="swiper-slide"><div class="swiper-slide__image" style="background-image:url('/p/quai-%d.jpg')"></div><div class="swiper-slide__caption">%s</div></div>`) + `</div>`, ""},
		{"images that a script shows later", story(`<div class="bloc"><img data-lazy-src="/p/quai-%d.jpg" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="1200" height="800"><p class="legende photo-caption">%s</p></div>`), ""},
		{"links to the full size", "<p>Une semaine sur le port, en quatre images, avec notre photographe.</p>" + story(`<a href="/p/quai-%[1]d-grand.jpg" data-caption="%[2]s"><img src="/p/quai-%[1]d.jpg" width="300" height="200"></a>`), "Une semaine"},
		{"AMP", `<ol>` + story(`<li><amp-img src="/p/quai-%d.jpg" width="1200" height="800"></amp-img><div class="caption">%s</div></li>`) + `</ol>`, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			html := `<!doctype html><html lang="fr"><head><title>Le port en images</title></head><body><nav><a href="/">Accueil</a></nav>
				<main><article><h1>Le port en images</h1>` + c.body + `</article></main><footer>© Le Quai</footer></body></html>`
			a, err := New(Options{Markdown: true, HTML: true}).Clean(page.Input{URL: "https://quai.example/images/le-port-en-images", HTML: []byte(html)})
			if err != nil {
				t.Fatal(err)
			}
			if a.Kind != article.KindGallery || len(a.Images) != 4 || !a.Images[0].Lead {
				t.Errorf("kind %s, %d images", a.Kind, len(a.Images))
			}
			if !strings.Contains(a.Text, c.text) || strings.Contains(a.Text, "mouettes") {
				t.Errorf("text %q", a.Text)
			}
			for k, im := range a.Images {
				if im.Caption != captions[k] || !strings.Contains(a.Markdown, im.Caption) || !strings.Contains(a.HTML, im.URL) {
					t.Errorf("image %d: %q", k, im.Caption)
				}
			}
		})
	}
	t.Run("wares", func(t *testing.T) {
		html := `<!doctype html><html lang="en"><head><title>Knives</title></head><body><main><h1>Knives</h1>` +
			strings.Repeat(`<figure><a href="/k/1"><img src="/p/knife.jpg"></a><figcaption><a href="/k/1">Knife with a handle of ash and a blade of steel</a></figcaption></figure>`, 5) + `</main></body></html>`
		if a, err := New(Options{}).Clean(page.Input{URL: "https://quai.example/knives", HTML: []byte(html)}); err == nil && a.Kind == article.KindGallery {
			t.Errorf("kind %s", a.Kind)
		}
	})
}
