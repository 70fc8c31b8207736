package picture

import "testing"

// TestGraphics: what a template draws opens no article, and no sign of the interface is
// one of its pictures.
func TestGraphics(t *testing.T) {
	const words = `<main><p>Latarnik opuścił wyspę o świcie.</p><img src="/b/lodz-o-zmierzchu.jpg"></main>`
	const none = "*lodz-o-zmierzchu.jpg"
	for name, c := range map[string]struct{ html, want string }{
		"a GIF without a size":  {`<td><h1>Latarnia gaśnie</h1><div><img src="/g/szlaczek.gif"></div>` + words + `</td>`, none},
		"a strip":               {`<td><h1>Latarnia gaśnie</h1><img src="/g/pasek.png" width="600" height="70">` + words + `</td>`, none},
		"the site's name":       {`<td><h1>Latarnia gaśnie</h1><img src="/g/news.png">` + words + `</td>`, none},
		"a button":              {`<td><h1>Latarnia gaśnie</h1><img src="/images/M_images/pdf_button.png">` + words + `</td>`, none},
		"SPIP's logo":           {`<div><div class="cartouche"><img class="spip_logo" src="/IMG/arton77.jpg" width="200" height="150"><h1>Latarnia gaśnie</h1></div>` + words + `</div>`, "*arton77.jpg lodz-o-zmierzchu.jpg"},
		"SPIP's logo of a site": {`<div><div class="cartouche"><img class="spip_logo" src="/IMG/siteon0.jpg" width="200" height="150"><h1>Latarnia gaśnie</h1></div>` + words + `</div>`, none},
		"an advertisement":      {`<td><h1>Latarnia gaśnie</h1><img src="/adserver/www/delivery/avw.php?zoneid=4">` + words + `</td>`, none},
		"a GIF of a size":       {`<td><h1>Latarnia gaśnie</h1><img src="/g/latarnia.gif" width="320" height="240">` + words + `</td>`, "*latarnia.gif lodz-o-zmierzchu.jpg"},
		"a GIF that says much":  {`<td><h1>Latarnia gaśnie</h1><img src="/g/big_77.gif" alt="Wiadomości: latarnia na wyspie gaśnie">` + words + `</td>`, "*big_77.gif lodz-o-zmierzchu.jpg"},
		"a button in the text":  {`<td><h1>Latarnia gaśnie</h1><main><p>Latarnik opuścił wyspę o świcie.</p><p><a href="javascript:okno(7)"><img src="/g/glos.gif"></a></p><img src="/b/lodz-o-zmierzchu.jpg"></main></td>`, none},
		"a sign in a link":      {`<td><h1>Latarnia gaśnie</h1><main><p>Latarnik opuścił wyspę o świcie. <a href="/druk/7"><img src="/g/drk.gif"> Drukuj</a></p><img src="/b/lodz-o-zmierzchu.jpg"></main></td>`, none},
		"a GIF within the text": {`<td><h1>Latarnia gaśnie</h1><main><p>Latarnik opuścił wyspę.</p><p><img src="/g/taniec.gif"></p></main></td>`, "*taniec.gif"},
	} {
		t.Run(name, func(t *testing.T) {
			m := named()
			m.Title = "Latarnia gaśnie"
			if got := chosen(t, c.html, m); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSiteCards: the name of what a site shares of itself says nothing else.
func TestSiteCards(t *testing.T) {
	const page = "https://www.kurier.gazette.example/2024/05/latarnia"
	for u, want := range map[string]bool{
		"https://cdn.example/i/kurier_social.png":                                       true,
		"https://cdn.example/facebook-thumb-gazette.png":                                true,
		"https://cdn.example/assets/kurier-og-image-54fd7dc0713e.png":                   true,
		"https://cdn.example/KG_og-image_v2.png":                                        true,
		"https://cdn.example/og_generic.webp":                                           true,
		"https://cdn.example/img/gazette.jpg":                                           true,
		"https://cdn.example/Gazette%20Link%20Photo.png":                                true,
		"https://cdn.example/fb_landscape_share.png":                                    true,
		"https://cdn.example/blog-banner-2.png":                                         false,
		"https://cdn.example/thumbnail01.jpg":                                           false,
		"https://cdn.example/gazette%20harbour.jpg":                                     false,
		"https://cdn.example/lighthouse-social.jpg":                                     false,
		"https://cdn.example/h1n1-generic1.jpg":                                         false,
		"https://cdn.example/816b1950-d1da-4ea4-9987-86c7b63050cb.0db06b6b53a87fb0.png": false,
	} {
		if got := isOfSite(u, page); got != want {
			t.Errorf("%s: got %v, want %v", u, got, want)
		}
	}
	m := named("https://pub.example/twitter%2Fsubscribe-card.jpg%3Fv%3D7", "https://pub.example/data/avatars/l/8/81.jpg")
	if got := chosen(t, `<h1>Le phare s'éteint</h1><main><p>Le gardien a quitté l'île.</p></main>`, m); got != "" {
		t.Errorf("got %q", got)
	}
	m = named("https://gazette.example", "https://gazette.example/")
	if got := chosen(t, `<h1>Kuulapesä</h1><main><p>Talonmies avasi saunan oven varhain.</p></main>`, m); got != "" {
		t.Errorf("the site's address: got %q", got)
	}
}
