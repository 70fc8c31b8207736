package picture

import (
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/pagetest"
)

// chosen lists the names of the files of a page's images, a star before the
// lead, where the page's main element is the article.
func chosen(t *testing.T, html string, m *meta.Metadata) string {
	t.Helper()
	tr := pagetest.MustParse(t, "<!doctype html><body>"+html+"</body>")
	main := int32(0)
	for i := range tr.Nodes {
		if tr.Nodes[i].Data == "main" {
			main = int32(i)
		}
	}
	var got []string
	for _, im := range ChooseImages(tr, Read(tr), func(i int32) bool { return i > main && i < tr.Nodes[main].End }, m) {
		name := im.URL[strings.LastIndexByte(im.URL, '/')+1:]
		if im.Lead {
			name = "*" + name
		}
		if im.Caption != "" {
			name += "(" + im.Caption + ")"
		}
		got = append(got, name)
	}
	return strings.Join(got, " ")
}

func named(urls ...string) *meta.Metadata {
	m := &meta.Metadata{Title: "Le phare s'éteint"}
	for _, u := range urls {
		m.OGImages = append(m.OGImages, article.Image{URL: u})
	}
	return m
}

// TestOpener: the picture that opens the article before its words, wherever
// the headline is and whatever element it is in.
func TestOpener(t *testing.T) {
	const words = `<main><p>Le gardien a quitté l'île au matin.</p><img src="/b/barque-du-soir.jpg"></main>`
	const pic = `<img src="/a/phare-de-nuit.jpg" width="800" height="500">`
	const want = "*phare-de-nuit.jpg barque-du-soir.jpg"
	const none = "*barque-du-soir.jpg"
	for name, c := range map[string]struct{ html, want string }{
		"under an h1":                        {`<article><h1>Le phare s'éteint</h1><div>` + pic + `</div>` + words + `</article>`, want},
		"under an h2":                        {`<article><h2>Le phare s'éteint</h2>` + pic + words + `</article>`, want},
		"under an h3":                        {`<div class="post"><h3>Le phare s'éteint</h3><a href="/a/full/phare.jpg">` + pic + `</a>` + words + `</div>`, want},
		"under a div":                        {`<div><div class="hl">Le phare s'éteint</div>` + pic + words + `</div>`, want},
		"above the headline":                 {`<article><div class="thumb"><a href="https://news.example/2024/story.html#top">` + pic + `</a></div><h1>Le phare s'éteint</h1>` + words + `</article>`, want},
		"in a figure above":                  {`<figure>` + pic + `</figure><h1>Le phare s'éteint</h1>` + words, want},
		"in the page's head":                 {`<header>` + pic + `</header><h1>Le phare s'éteint</h1>` + words, none},
		"wide by its srcset, over the box":   {`<div><div class="p1"><img class="lazy" src="data:image/gif;base64,R0lGOD" data-srcset="/a/phare-400.jpg 400w, /a/phare-de-nuit.jpg 1600w"></div><div class="story"><h1>Le phare s'éteint</h1>` + words + `</div></div>`, want},
		"narrow by its srcset, over the box": {`<div><div class="p1"><img class="lazy" src="data:image/gif;base64,R0lGOD" data-srcset="/a/phare-de-nuit.jpg 400w"></div><div class="story"><h1>Le phare s'éteint</h1>` + words + `</div></div>`, none},
		"named, over the page's boxes":       {`<div class="featured-image-wrap">` + pic + `</div><div class="wrap"><div><article><h1>Le phare s'éteint</h1>` + words + `</article></div></div>`, want},
		"named itself":                       {`<div><img class="wp-post-image" src="/a/phare-de-nuit.jpg" width="1600" height="700"></div><div class="page"><div class="c"><article><h1>Le phare s'éteint</h1>` + words + `</article></div></div>`, want},
		"not named, over the page's boxes":   {`<div class="wrap-1">` + pic + `</div><div class="wrap"><div><article><h1>Le phare s'éteint</h1>` + words + `</article></div></div>`, none},
		"named, with a link to another page": {`<div class="featured-image-wrap"><a href="/autre.html">` + pic + `</a></div><div class="wrap"><div><article><h1>Le phare s'éteint</h1>` + words + `</article></div></div>`, none},
		"a link to another page":             {`<article><h1>Le phare s'éteint</h1><a href="/autre.html">` + pic + `</a>` + words + `</article>`, none},
		"a link to its own page":             {`<article><h1>Le phare s'éteint</h1><p><a href="/moi/image-129-77.html">` + pic + `</a></p>` + words + `</article>`, want},
		"a link to its attachment":           {`<article><h1>Le phare s'éteint</h1><p><a rel="attachment wp-att-7" href="/2024/phare/nuit/">` + pic + `</a></p>` + words + `</article>`, want},
		"a link to a story's number":         {`<article><h1>Le phare s'éteint</h1><p><a href="/story-129-77.html">` + pic + `</a></p>` + words + `</article>`, none},
		"in a menu":                          {`<article><h1>Le phare s'éteint</h1><nav>` + pic + `</nav>` + words + `</article>`, none},
		"related stories":                    {`<article><h1>Le phare s'éteint</h1><div class="related">` + pic + `</div>` + words + `</article>`, none},
		"a small one":                        {`<article><h1>Le phare s'éteint</h1><img src="/a/phare-de-nuit.jpg" width="90" height="90">` + words + `</article>`, none},
		"a small one that opens its file":    {`<article><h1>Le phare s'éteint</h1><div class="vignette"><a href="/a/grand/phare.jpg"><img src="/a/phare-de-nuit.jpg" width="150" height="100"></a></div>` + words + `</article>`, want},
		"before it one without a caption":    {`<article><h1>Le phare s'éteint</h1><div class="calque"><img src="/a/abonnez-vous.png"></div><figure>` + pic + `<figcaption>Photo : Léa Dune</figcaption></figure>` + words + `</article>`, want},
		"small by its address":               {`<article><h1>Le phare s'éteint</h1><img src="/a/phare-de-nuit.jpg?w=96&h=96">` + words + `</article>`, none},
		"a drawing":                          {`<article><h1>Le phare s'éteint</h1><img src="/a/phare-de-nuit.svg">` + words + `</article>`, none},
		"an author":                          {`<article><h1>Le phare s'éteint</h1><img src="/a/phare-de-nuit.jpg" alt="Léa Dune, reporter">` + words + `</article>`, none},
	} {
		t.Run(name, func(t *testing.T) {
			m := named()
			m.Authors = []article.Author{{Name: "Léa Dune"}}
			if got := chosen(t, c.html, m); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestLeadOfMetadata: what the metadata names is the lead, unless it is the
// site's card; the page's copy of it has the caption.
func TestLeadOfMetadata(t *testing.T) {
	late := `<article><h1>Le phare s'éteint</h1><main><p>` + strings.Repeat("Le gardien a quitté l'île au matin. ", 30) + `</p>
		<figure><img src="/b/1234567_W400.jpg"><figcaption>La barque.</figcaption></figure></main></article>`
	early := `<article><h1>Le phare s'éteint</h1><figure><img src="/b/barque-du-soir.jpg"><figcaption>La barque.</figcaption></figure><main><p>Le gardien.</p></main></article>`
	for _, c := range []struct {
		name, html, want string
		named            []string
	}{
		{"shown nowhere, the page's picture comes late", late, "*phare.jpg 1234567_W400.jpg(La barque.)", []string{"https://cdn.example/x/phare.jpg"}},
		{"another cut, by its number", late, "*1234567_W400.jpg(La barque.)", []string{"https://cdn.example/social/1234567_C16x9o0.jpg"}},
		{"shown nowhere, a picture opens the article", early, "*barque-du-soir.jpg(La barque.)", []string{"https://cdn.example/x/phare.jpg"}},
		{"another cut, by its name", early, "*barque-du-soir.jpg(La barque.)", []string{"https://cdn.example/x/barque-du-soir-carree-big.jpg"}},
		{"a card by name", late, "*1234567_W400.jpg(La barque.)", []string{"https://cdn.example/x/social-card.png"}},
		{"a card by its folder", late, "*1234567_W400.jpg(La barque.)", []string{"https://cdn.example/static/img/gazette.png"}},
		{"a drawing", late, "*1234567_W400.jpg(La barque.)", []string{"https://cdn.example/x/gazette.svg"}},
		{"an icon by its name", late, "*1234567_W400.jpg(La barque.)", []string{"https://cdn.example/i/icon512x512_GZ.jpg"}},
		{"an icon by its name and size", late, "*1234567_W400.jpg(La barque.)", []string{"https://cdn.example/i/ms-icon-310x310.png"}},
		{"in a store of files of sites", late, "*phare.jpg 1234567_W400.jpg(La barque.)", []string{"https://files.example/static/57fa60ce2e69cf8e27a0eebf/t/1560/phare.jpg"}},
		{"an earlier one in another cut", late + `<p><a href="/cours"><img src="/cours/tendance-du-jour.jpg"></a></p>`, "*1234567_W400.jpg(La barque.) tendance-du-jour.jpg", []string{"https://cdn.example/social/1234567_C16x9o0.jpg", "https://cdn.example/cours/tendance-du-jour.jpg?taille=2"}},
		{"an empty picture", late, "*1234567_W400.jpg(La barque.)", []string{"https://cdn.example/i/plugin_blank.jpg"}},
		{"the portrait of an account", late, "*1234567_W400.jpg(La barque.)", []string{"https://secure.gravatar.example/avatar/12ab?s=200"}},
		{"a picture of icons", late, "*byzantine-icons-of-the-old-harbour.jpg 1234567_W400.jpg(La barque.)", []string{"https://cdn.example/x/byzantine-icons-of-the-old-harbour.jpg"}},
		{"a card, then a picture", late, "*phare.jpg 1234567_W400.jpg(La barque.)", []string{"https://cdn.example/x/site-logo.png", "https://cdn.example/x/phare.jpg"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := chosen(t, c.html, named(c.named...)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	m := &meta.Metadata{OGImages: []article.Image{{URL: "https://cdn.example/x/g.png", Width: 144, Height: 144}}}
	if got := chosen(t, late, m); got != "*1234567_W400.jpg(La barque.)" {
		t.Errorf("an icon by its size: %q", got)
	}
	m = named("https://cdn.example/x/1234567_C16x9o0.jpg", "https://news.example/x/mina.jpg")
	m.Authors = []article.Author{{Name: "Mina Castell"}}
	if got := chosen(t, `<div><img src="/x/mina.jpg" width="80" alt="Mina Castell"></div>`+late, m); got != "*1234567_W400.jpg(La barque.)" {
		t.Errorf("a portrait that the head names second: %q", got)
	}
}

// TestOrnaments leaves the signs of a page's interface out of its pictures, by the names of
// their files, and no photograph.
func TestOrnaments(t *testing.T) {
	for file, want := range map[string]string{
		"icon_print.gif": "", "4stars.gif": "", "btndiscuss1.gif": "", "rating_star_blank.png": "", "ajax-loader.gif": "", "ico_mail.png": "",
		"lightbox_lupe.png": "", "smilies/bonus/grin.gif": "",
		"barque.gif": "*barque.gif", "five-stars-hotel-at-the-old-harbour-of-meridian.png": "*five-stars-hotel-at-the-old-harbour-of-meridian.png",
		"weixin.png": "", "wx.png": "",
		"film-stars.jpg": "*film-stars.jpg", "iconoclast.jpg": "*iconoclast.jpg",
	} {
		if got := chosen(t, `<h1>Le phare s'éteint</h1><main><p>Le gardien a quitté l'île au matin.</p><img src="/i/`+file+`"></main>`, nil); got != want {
			t.Errorf("%s: got %q", file, got)
		}
	}
	printed := `<main><div class="print-header"><img src="/i/%s"></div><h1>Le phare s'éteint</h1><p>Le gardien a quitté l'île.</p></main>`
	for file, want := range map[string]string{"print-header-logo.png": "", "phare-rouge.png": "*phare-rouge.png"} {
		if got := chosen(t, strings.Replace(printed, "%s", file, 1), nil); got != want {
			t.Errorf("%s for print: got %q", file, got)
		}
	}
	if got := chosen(t, `<h1>Le phare s'éteint</h1><main><p>Le gardien a quitté l'île.</p><img src="/i/arrow.gif" width="640" height="400"></main>`, nil); got != "*arrow.gif" {
		t.Errorf("one with the size of a picture: got %q", got)
	}
}

// TestLeadByItsName weighs what the metadata names, by its file's name, against an
// opener with and without a caption.
func TestLeadByItsName(t *testing.T) {
	page := func(pic string) string {
		return `<article><h1>Le phare s'éteint</h1>` + pic + `<main><p>` + strings.Repeat("Le gardien a quitté l'île au matin. ", 9) + `</p></main></article>`
	}
	const plain = `<img src="/a/ornement-du-site.jpg" width="800" height="500">`
	const captioned = `<figure>` + plain + `<figcaption>Le port.</figcaption></figure>`
	for _, c := range []struct{ name, html, og, want string }{
		{"not shown", page(plain), "https://a.example/2024/phare.jpg", "*phare.jpg ornement-du-site.jpg"},
		{"an opener with a caption", page(captioned), "https://a.example/2024/phare.jpg", "*ornement-du-site.jpg(Le port.)"},
		{"another cut of the opener", page(captioned), "https://a.example/2024/ornement-du-site-16x9.jpg", "*ornement-du-site.jpg(Le port.)"},
		{"the same behind a proxy", page(`<figure><img src="https://i0.example/a.example/f/2024/12/2.png?fit=9"><figcaption>Le port.</figcaption></figure>`), "https://a.example/f/2024/12/2.png", "*2.png?fit=9(Le port.)"},
		{"a logo", page(plain), "https://a.example/img/sitelogo.png", "*ornement-du-site.jpg"},
		{"a catalogue is no logo", page(plain), "https://a.example/2024/catalogo-del-mar.jpg", "*catalogo-del-mar.jpg ornement-du-site.jpg"},
		{"a picture that says that it has no logo", page(plain), "https://a.example/2024/feature_no-logo_v2.png", "*feature_no-logo_v2.png ornement-du-site.jpg"},
		{"a card by its whole name", page(plain), "https://a.example/opengraph.webp", "*ornement-du-site.jpg"},
		{"a card by a part of its name", page(plain), "https://a.example/i/social-icon-1200-630.png", "*ornement-du-site.jpg"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := chosen(t, c.html, named(c.og)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestSameShot: files of one picture in two cuts, and of two pictures of a
// series.
func TestSameShot(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"https://a.example/9/13862217_M2040.jpg", "https://a.example/13862217_C16.jpg", true},
		{"https://a.example/skovbrand-ved-aarhus-82adf0.png", "https://a.example/skovbrand-ved-aarhus-a31d85.png", true},
		{"https://a.example/skovbrand-ved-aarhus-1.png", "https://a.example/skovbrand-ved-aarhus-2.png", false},
		{"https://a.example/20240513-regn.jpg", "https://a.example/20240513-sol.jpg", false},
		{"https://a.example/storm.jpg", "https://a.example/stille.jpg", false},
		{"https://a.example/havn/25132394/3-format2020.jpg", "https://a.example/havn/25132394/3-format2003.jpg", true},
		{"https://a.example/havn/25132394/3-formatOriginal.jpg", "https://a.example/havn/25132399/3-formatOriginal.png", false},
		{"https://a.example/up/2024/01/image-10.png", "https://a.example/up/2024/01/39619_original.png", false},
	} {
		if got := sameShot(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

// TestSourcesOfFigures: figures whose picture only script shows, and boxes
// that hold pictures though their names say otherwise.
func TestSourcesOfFigures(t *testing.T) {
	const caption = `<figcaption>Der Kran am Kai.</figcaption>`
	for name, html := range map[string]string{
		"microdata":            `<figure itemscope itemid="https://news.example/p/kran.jpg"><div></div>` + caption + `</figure>`,
		"microdata in meta":    `<figure><meta itemprop="contentUrl" content="/p/kran.jpg"><div></div>` + caption + `</figure>`,
		"a data attribute":     `<figure><div data-image-src="/p/kran.jpg"></div>` + caption + `</figure>`,
		"a background":         `<figure><div style="height:9em; background-image: url('/p/kran.jpg')"></div>` + caption + `</figure>`,
		"a link":               `<figure><a href="/p/kran.jpg"><span></span></a>` + caption + `</figure>`,
		"a noscript":           `<figure><div><div><noscript><img src="/p/kran.jpg"></noscript></div></div>` + caption + `</figure>`,
		"a custom element":     `<figure><x-img src="/p/kran.jpg" width="16" height="9"></x-img>` + caption + `</figure>`,
		"an object":            `<figure><object type="image/jpeg" data="/p/kran.jpg" width="600"></object>` + caption + `</figure>`,
		"a ratio":              `<figure><img src="/p/kran.jpg" width="4" height="3">` + caption + `</figure>`,
		"a button":             `<figure><button aria-label="Zoom"><img src="/p/kran.jpg"><span>Vergrößern</span></button>` + caption + `</figure>`,
		"a button, by sources": `<div><button><picture><source srcset="/p/kran.jpg 900w"><img src="/p/kran-1.jpg" alt=""></picture></button><p class="caption">Der Kran am Kai.</p></div>`,
		"a button, by size":    `<div><button><img src="/p/kran.jpg" width="900" height="600"></button><p class="caption">Der Kran am Kai.</p></div>`,
		"a box called social":  `<div class="social-media-image"><figure><img src="/p/kran.jpg">` + caption + `</figure></div>`,
		"a script's own image": `<figure><img src="/i/lazy-placeholder-0.gif" data-src="/p/kran.jpg">` + caption + `</figure>`,
		"hidden from readers":  `<figure><img src="/p/kran.jpg"><span><figcaption aria-hidden="true"><p aria-hidden="true">Der Kran am Kai.</p></figcaption></span></figure>`,
	} {
		t.Run(name, func(t *testing.T) {
			got := chosen(t, `<h1>Der Kran</h1><main><p>`+strings.Repeat("Im Hafen wird ein neuer Kran gebaut. ", 9)+`</p>`+html+`<p>Er ist hoch.</p></main>`, nil)
			if want := "*kran.jpg(Der Kran am Kai.)"; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	for name, html := range map[string]string{
		"an icon of sources":    `<button><picture><source srcset="/p/kran-40.jpg 40w"><img src="/p/kran.jpg"></picture></button>`,
		"an icon in a button":   `<button><img src="/p/kran.jpg"></button>`,
		"an icon to share with": `<div class="social-share"><img src="/p/kran.jpg"></div>`,
		"a video":               `<figure data-src="/p/kran.mp4"><video></video>` + caption + `</figure>`,
	} {
		t.Run(name, func(t *testing.T) {
			if got := chosen(t, `<h1>Der Kran</h1><main><p>`+strings.Repeat("Im Hafen wird ein Kran gebaut. ", 9)+`</p>`+html+`<p>Er ist hoch.</p></main>`, nil); got != "" {
				t.Errorf("got %q", got)
			}
		})
	}
}

// TestCreditsInOneBracket: a bracket that begins with a label is a credit as a
// whole, and an agency over the caption is one too.
func TestCreditsInOneBracket(t *testing.T) {
	for _, c := range []struct{ html, caption, credit string }{
		{"Zwei Minister (Montage: Jo Ek / BLATT, Fotos: Bildring)", "Zwei Minister", "Jo Ek / BLATT, Fotos: Bildring"},
		{"Le quai [Dessin : Ana Po / JOURNAL ; photo : Remi Sol]", "Le quai", ""},
		{"<span>Getty Images</span><p>The quay after the storm of last week.</p>", "The quay after the storm of last week.", "Getty Images"},
	} {
		tr := pagetest.MustParse(t, "<body><h1>T</h1><figure><img src=/a-picture.jpg><figcaption>"+c.html+"</figcaption></figure></body>")
		p := Read(tr)[0]
		if p.Caption != c.caption || c.credit != "" && p.Credit != c.credit || p.Credit == "" {
			t.Errorf("%s: caption %q, credit %q", c.html, p.Caption, p.Credit)
		}
	}
}

// TestStandIns tells the pictures that stand in for one from those in folders of that
// name, as Drupal and resizers have them.
func TestStandIns(t *testing.T) {
	for u, want := range map[string]bool{
		"https://news.example/sites/default/files/2024-05/boats.jpg":                    false,
		"https://news.example/sites/default/files/styles/social_share/public/boats.jpg": false,
		"https://cdn.example/dims4/default/a1b2/resize/1200x800/boats.jpg":              false,
		"https://i.ytimg.com/vi/abcdEFGH123/maxresdefault.jpg":                          false,
		"https://news.example/sites/default/files/default.jpg":                          true,
		"https://news.example/img/default-2.png":                                        true,
		"https://news.example/img/ogimagedefault.gif":                                   true,
		"https://news.example/media/Default-Social-Media-Images/health.png":             true,
		"https://news.example/sites/default/files/social-share.png":                     true,
		"https://blog.example/api/og?title=The%20boats":                                 true,
		"https://blog.example/img/site-card.png":                                        true,
		"https://amt.example/Bilder/DE/twitter-standard.jpg?__blob=poster":              true,
	} {
		if got := isCard(&article.Image{URL: u}); got != want {
			t.Errorf("%s: got %v", u, got)
		}
	}
}

// TestFaces leaves out the portrait of the writer that a page names where it has no picture,
// and keeps one that stands in the text too.
func TestFaces(t *testing.T) {
	text := "<p>" + strings.Repeat("Le phare du cap reste allumé. ", 12) + "</p>"
	card := `<div class="author-box"><img src="https://phare.example/photos/camille-renard.jpg" width="96" height="96"><p>Camille Renard écrit sur la mer.</p></div>`
	m := named("https://phare.example/photos/camille-renard.jpg")
	for _, c := range []struct{ html, want string }{
		{"<main><h1>Le phare s'éteint</h1>" + text + text + "</main>" + card, ""},
		{"<main><h1>Le phare s'éteint</h1>" + text + `<p><img src="https://phare.example/photos/camille-renard.jpg"></p>` + text + "</main>" + card, "*camille-renard.jpg"},
		{"<main><h1>Le phare s'éteint</h1>" + text + text + "</main>", "*camille-renard.jpg"},
	} {
		if got := chosen(t, c.html, m); got != c.want {
			t.Errorf("%.80s: %q, want %q", c.html, got, c.want)
		}
	}
}

// TestFigureAroundTheText: what a figure says is no caption where it is an article's text.
func TestFigureAroundTheText(t *testing.T) {
	const p = `<p>Älven steg i natt och kajen låg under vatten, så att båtarna måste bindas fast vid träden på andra sidan vägen.</p>`
	const pic = `<img src="/a/bron-i-natten.jpg">`
	for _, c := range []struct{ name, html, want string }{
		{"Swedish", `<main><figure class="content">` + p + p + pic + p + `</figure></main>`, "*bron-i-natten.jpg"},
		{"with a caption", `<main><figure>` + p + p + p + pic + `<figcaption>Bron vid midnatt.</figcaption></figure></main>`, "*bron-i-natten.jpg(Bron vid midnatt.)"},
		{"a long caption", `<main>` + p + `<figure>` + pic + `<div><p>Bron vid midnatt.</p></div></figure></main>`, "*bron-i-natten.jpg(Bron vid midnatt.)"},
	} {
		if got := chosen(t, c.html, nil); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestPictureAfterTheText: a picture without a caption right after the text is the
// article's where one amid it is set in the same elements.
func TestPictureAfterTheText(t *testing.T) {
	const pic = `<p class="bilde"><img src="/a/%s.jpg" alt="bilde"></p>`
	first, last := strings.Replace(pic, "%s", "brua-om-natta", 1), strings.Replace(pic, "%s", "ferja-om-morgonen", 1)
	text := `<div class="text" id="in"><p>Ferja kom attende til kaia.</p>` + first + `<p>Ingen hadde venta ho før i mai.</p>`
	for _, c := range []struct{ name, html, want string }{
		{"Norwegian", text + last + `</div>`, "*brua-om-natta.jpg ferja-om-morgonen.jpg"},
		{"two of them", text + last + strings.Replace(last, "morgonen", "kvelden", 1) + `</div>`, "*brua-om-natta.jpg ferja-om-morgonen.jpg ferja-om-kvelden.jpg"},
		{"set in another way", text + strings.Replace(last, "bilde", "logo", 1) + `</div>`, "*brua-om-natta.jpg"},
		{"in another box", text + `</div><div>` + last + `</div>`, "*brua-om-natta.jpg"},
		{"words between", text + `<p>Les også</p>` + last + `</div>`, "*brua-om-natta.jpg"},
	} {
		tr := pagetest.MustParse(t, "<!doctype html><body><article>"+c.html+"</article></body>")
		from, to := int32(0), int32(0) // the words of the article
		for i := range tr.Nodes {
			switch {
			case strings.HasPrefix(tr.Nodes[i].Data, "Ferja kom"):
				from = int32(i)
			case strings.HasPrefix(tr.Nodes[i].Data, "Ingen"):
				to = int32(i)
			}
		}
		var got []string
		for _, im := range ChooseImages(tr, Read(tr), func(i int32) bool { return i >= from && i <= to }, nil) {
			name := im.URL[strings.LastIndexByte(im.URL, '/')+1:]
			if im.Lead {
				name = "*" + name
			}
			got = append(got, name)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}
