package picture

import (
	"strings"
	"testing"
	"time"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

// The failure that a plain scrape shows: a caption with its credit, twice.
func TestCaptionTwice(t *testing.T) {
	const caption = "Ann Doe, head of the harbour authority. (Photo | Open Archive)"
	body := "<p>" + strings.Repeat("The harbour was closed for a day. ", 10) + "</p>"
	tests := map[string]string{
		"mobile and desktop variants": `<div class="m-only"><figure><img src="/a/doe-400x300.jpg"><figcaption>` + caption + `</figcaption></figure></div>
			<div class="d-only"><figure><img src="/a/doe-1200x900.jpg"><figcaption>` + caption + `</figcaption></figure></div>`,
		"variants under different names": `<figure><img src="/a/one.jpg"><figcaption>` + caption + `</figcaption></figure>
			<figure><img src="/b/two.jpg"><figcaption>` + caption + `</figcaption></figure>`,
		"again as a paragraph":   `<figure><img src="/a/doe.jpg"><figcaption>` + caption + `</figcaption></figure><p>` + caption + `</p>`,
		"again without a credit": `<figure><img src="/a/doe.jpg"><figcaption>` + caption + `</figcaption></figure><div><span>Ann Doe, head of the harbour authority.</span></div>`,
		"again before it":        `<div>` + caption + `</div><figure><img src="/a/doe.jpg"><figcaption>` + caption + `</figcaption></figure>`,
		"in a slide show too":    `<figure><img src="/a/doe.jpg"><figcaption>` + caption + `</figcaption></figure><ul class="gallery"><li><img src="/a/doe.jpg"><div class="caption">` + caption + `</div></li></ul>`,
	}
	for name, box := range tests {
		t.Run(name, func(t *testing.T) {
			tr := pagetest.MustParse(t, "<body><h1>Harbour closed</h1>"+box+body+"</body>")
			pics := Read(tr)
			if len(pics) != 1 {
				t.Fatalf("%d pictures", len(pics))
			}
			if p := pics[0]; p.Caption != "Ann Doe, head of the harbour authority." || p.Credit != "Open Archive" {
				t.Errorf("got %q by %q", p.Caption, p.Credit)
			}
			if left := textWithout(tr, pics); strings.Contains(left, "authority") || strings.Contains(left, "Archive") {
				t.Errorf("a copy stays: %.200s", left)
			}
		})
	}
}

// A title or standfirst that says what a caption says stays.
func TestCaptionThatIsTheTitle(t *testing.T) {
	tr := pagetest.MustParse(t, `<body><h1>The new bridge is open at last</h1><p class="standfirst">The new bridge is open at last</p>
		<figure><img src="/bridge.jpg"><figcaption>The new bridge is open at last</figcaption></figure><p>Words.</p></body>`)
	if left := textWithout(tr, Read(tr)); strings.Count(left, "at last") != 2 {
		t.Errorf("left: %s", left)
	}
}

// TestCaptionOfAShortPage: on pages without spaces between words, too, an article is no caption
// with a credit in it, and a headline is none of its words.
func TestCaptionOfAShortPage(t *testing.T) {
	const head, image = "<h1>渡轮卖出</h1>", `<p><img src="/ferry.jpg" width="800" height="500"></p>`
	const caption = "<p><em>星期一停靠在老码头的渡轮。 图：王小明</em></p>"
	for _, article := range []string{
		head + "<p>在海湾上航行了四十年的老渡轮星期一卖给了北方的一家公司，该公司打算把它改建成一座海洋博物馆。</p>" + image + caption +
			"<p>市长说，市里曾设法留住这艘船，但没有及时筹到修理的费用，她很高兴这艘船能够保存下来。</p><p>参观者从五月起可以登船，新船主在给市里的信中写道，博物馆的第一批展厅届时将会开放。</p>",
		head + image + caption,
	} {
		pics := Read(pagetest.MustParseAt(t, "https://quay.example/a", "<article>"+article+"</article>"))
		if len(pics) != 1 || pics[0].Caption != "星期一停靠在老码头的渡轮。" || pics[0].Credit != "王小明" {
			t.Errorf("pictures of %s are %+v", article, pics)
		}
	}
}

// TestCaptionOnABarePage: the pages of hand-made sites have no box around picture and text.
func TestCaptionOnABarePage(t *testing.T) {
	const image = `<img src="/kran.jpg" width="800" height="500">`
	for _, c := range []struct{ page, caption, credit string }{
		{`<h1>Kranen står igen</h1>` + image + `<div class="it">Kranen i hamnen. Foto: Eva Lind</div><p>Färjan till ön var åter försenad eftersom kranen måste lagas.</p>`, "Kranen i hamnen.", "Eva Lind"},
		{`<h1>クレーンが直った</h1>` + image + `<br>港のクレーン。撮影：山田太郎<br><p>島へ渡る船は火曜日もまた遅れた。港のクレーンを修理しなければならなかった。</p>`, "港のクレーン。", "山田太郎"},
		{`<h1>The crane stands again</h1>` + image + `<p>The ferry to the island was late again, since the crane had to be mended.</p>`, "", ""},
	} {
		pics := Read(pagetest.MustParseAt(t, "https://quay.example/a", "<body>"+c.page+"</body>"))
		if len(pics) != 1 || pics[0].Caption != c.caption || pics[0].Credit != c.credit {
			t.Errorf("pictures of %s are %+v", c.page, pics)
		}
	}
}

func TestGallery(t *testing.T) {
	tr := pagetest.MustParse(t, `<body><h1>Bridges</h1><div class="gallery">
		<div class="slide"><img src="/one.jpg"><div class="caption">The first bridge. Photo: Ann Doe</div></div>
		<div class="slide"><img src="/two.jpg"><div class="caption">The second bridge. Photo: Ben Roe</div></div></div>
		<figure><img src="/three.jpg"><img src="/four.jpg"><figcaption>Two more bridges.</figcaption></figure></body>`)
	var got []string
	for _, p := range Read(tr) {
		got = append(got, strings.TrimPrefix(p.URL, "https://news.example/")+" "+p.Caption+" "+p.Credit)
	}
	want := "one.jpg The first bridge. Ann Doe|two.jpg The second bridge. Ben Roe|three.jpg  |four.jpg Two more bridges. "
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

func TestImageSource(t *testing.T) {
	const gif = "data:image/gif;base64,R0lGODlhAQABAAAAACw="
	tests := []struct{ name, html, want string }{
		{"src", `<img src="a.jpg">`, "https://news.example/2024/a.jpg"},
		{"protocol of the page", `<img src="//cdn.example/a.jpg">`, "https://cdn.example/a.jpg"},
		{"data-src", `<img src="` + gif + `" data-src="/a.jpg">`, "https://news.example/a.jpg"},
		{"data-original", `<img src="/blank-but-real.png" data-original="https://cdn.example/a.jpg">`, "https://cdn.example/a.jpg"},
		{"original", `<img src="/images/loading.gif" original="/a.jpg">`, "https://news.example/a.jpg"},
		{"file", `<img src="static/image/common/none.gif" zoomfile="https://cdn.example/a.jpg" file="https://cdn.example/a.jpg">`, "https://cdn.example/a.jpg"},
		{"a file's kind", `<img src="/a.jpg" file="image/jpeg">`, "https://news.example/a.jpg"},
		{"data-srcset", `<img src="` + gif + `" data-srcset="/a-400.jpg 400w, /a-800.jpg 800w">`, "https://news.example/a-800.jpg"},
		{"largest of srcset", `<img src="/a.jpg" srcset="/a-800.jpg 800w, /a-1600.jpg 1600w, /a-400.jpg 400w">`, "https://news.example/a-1600.jpg"},
		{"density", `<img src="/a.jpg" srcset="/a.jpg, /a@2x.jpg 2x">`, "https://news.example/a@2x.jpg"},
		{"commas in addresses", `<img srcset="/w_400,c_fit/a.jpg 400w, /w_900,c_fit/a.jpg 900w">`, "https://news.example/w_900,c_fit/a.jpg"},
		{"picture", `<picture><source srcset="/a-500.webp 500w, /a-900.webp 900w"><img src="` + gif + `"></picture>`, "https://news.example/a-900.webp"},
		{"noscript beside", `<div><img src="` + gif + `"><noscript><img src="/a.jpg"></noscript></div>`, "https://news.example/a.jpg"},
		{"noscript before", `<div><noscript><img src="/a.jpg"></noscript><img src="/a.jpg" class="lazy"></div>`, "https://news.example/a.jpg"},
		{"noscript alone", `<div><span><noscript><img src="/a.jpg" srcset="/a-9.jpg 900w"></noscript></span></div>`, "https://news.example/a-9.jpg"},
		{"amp", `<amp-img src="/a.jpg" width="800" height="600"></amp-img>`, "https://news.example/a.jpg"},
		{"custom element", `<lazy-image data-src="/a.jpg"></lazy-image>`, "https://news.example/a.jpg"},
		{"a placeholder in a file", `<div><img src="https://s.example/g/images/spaceball.gif"><noscript><img src="/a.jpg"></noscript></div>`, "https://news.example/a.jpg"},
		{"a site's address", `<img src="https://news.example">`, ""},
		{"a resizer's address", `<img src="https://r.example/?url=https://news.example/a.jpg&w=900">`, "https://r.example/?url=https://news.example/a.jpg&w=900"},
		{"a counter's address", `<img src="https://stat.example/?id=5&c">`, ""},
		{"an image with the class of a counter", `<img class="tracker" src="/a.jpg">`, ""},
		{"nothing but a placeholder", `<img src="` + gif + `">`, ""},
		{"template", `<img src="/a-{width}.jpg">`, ""},
		{"tracking pixel", `<img src="https://t.example/p?x=1" width="1" height="1">`, ""},
		{"icon", `<img src="/i.png" width="24" height="24">`, ""},
		{"a drawing over the picture", `<figure><img src="/news/a.jpg"><img src="/static/zoom-in.f7.svg?v=2"></figure>`, "https://news.example/news/a.jpg"},
		{"a drawing that is the picture", `<figure><img src="/news/chart.svg"></figure>`, "https://news.example/news/chart.svg"},
		{"logo by class", `<img class="site-logo" src="/l.png">`, ""},
		{"avatar by address", `<img src="https://secure.gravatar.com/avatar/0a?s=300">`, ""},
		{"spacer", `<img src="/img/spacer.gif">`, ""},
		{"emoji", `<img class="wp-smiley" src="https://s.w.org/images/core/emoji/2/72x72/1f600.png">`, ""},
		{"advertisement", `<div class="ad-slot"><img src="/buy.jpg"></div>`, ""},
		{"author's portrait", `<div class="author"><img src="/doe.jpg"><span>By Ann Doe</span></div>`, ""},
		{"a name that has a furniture word in it", `<img src="/news/pixel-phone-review.jpg">`, "https://news.example/news/pixel-phone-review.jpg"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := pagetest.MustParse(t, "<body><h1>Title</h1><main><p>"+strings.Repeat("Words of the article. ", 30)+"</p>"+tt.html+"</main></body>")
			got := ""
			for _, p := range Read(tr) {
				got += p.URL
			}
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestImageKey(t *testing.T) {
	same := [][]string{
		{"https://a.example/up/harbour-view-1200x675.jpg", "https://a.example/up/harbour-view.jpg?w=300", "https://cdn.example/x/harbour-view-scaled.webp"},
		{"https://a.example/resize?url=https%3A%2F%2Fcdn.example%2Fharbour-view.jpg&w=1", "https://cdn.example/harbour-view.jpg"},
		{"https://r.example/300x200/https%3A%2F%2Fcdn.example%2Fharbour-view.jpg", "https://cdn.example/harbour-view.jpg"},
		{"https://a.example/i/1600x900/quay.jpg", "https://a.example/i/800x600/quay.jpg", "https://a.example/i/quay.jpg"},
		{"https://a.example/2024/05/800x600/кран.jpg", "https://a.example/2024/05/кран.jpg"},
		{"https://a.example/up/puente-le%C3%B3n%20viejo.jpg", "https://a.example/up/puente-león viejo-300x200.jpg"},
		{"https://r.example/fit/https%3A//a.example/i/harbour-view.jpg%3Fw%3D300", "https://a.example/i/harbour-view.jpg?w=800"},
		{"https://r.example/fit/https%3A//a.example/i/7/image.jpg%3Fid%3D3", "https://a.example/i/7/image.jpg?id=3"},
		{"https://lh.example/AbCdEfGh1234=s750", "https://lh.example/AbCdEfGh1234=w300"},
	}
	for _, urls := range same {
		for _, u := range urls {
			if imageKey(u) != imageKey(urls[0]) {
				t.Errorf("%s: %q, but %s: %q", u, imageKey(u), urls[0], imageKey(urls[0]))
			}
		}
	}
	different := []string{"/1.jpg", "/image.jpg", "https://a.example/1/image.jpg", "https://a.example/2/image.jpg", "https://a.example/box/quay.jpg", "https://a.example/quay.jpg", "https://a.example/image.php?id=1", "https://a.example/image.php?id=2", "https://a.example/harbour-view.jpg", "https://a.example/harbour-views.jpg"}
	seen := map[string]string{}
	for _, u := range different {
		if v, has := seen[imageKey(u)]; has {
			t.Errorf("%s and %s have one key", u, v)
		}
		seen[imageKey(u)] = u
	}
}

func TestChooseImages(t *testing.T) {
	const page = `<body><header><img src="/banner-of-the-town.jpg"></header><h1>Bridge</h1>
		<figure><img src="/bridge-at-dawn-1.jpg"><figcaption>The bridge at dawn. Photo: Ann Doe</figcaption></figure>
		<main><p>Words.</p><figure><img src="/bridge-at-noon.jpg"></figure><p>More words.</p></main>
		<aside><figure><img src="/other-story-of-town.jpg"><figcaption><a href="/other">Another story</a></figcaption></figure></aside></body>`
	tests := []struct {
		name, page, want string
		meta             meta.Metadata
	}{
		{"without metadata", page, "*bridge-at-dawn-1.jpg bridge-at-noon.jpg", meta.Metadata{}},
		{"the lead is shown", page, "bridge-at-dawn-1.jpg *bridge-at-noon.jpg", meta.Metadata{OGImages: []article.Image{{URL: "https://cdn.example/bridge-at-noon-1200x630.jpg"}}}},
		{"the lead is shown outside", page, "*banner-of-the-town.jpg bridge-at-dawn-1.jpg bridge-at-noon.jpg", meta.Metadata{OGImages: []article.Image{{URL: "https://news.example/banner-of-the-town.jpg"}}}},
		{"the lead is shown nowhere", page, "*bridge-at-dawn-1.jpg bridge-at-noon.jpg", meta.Metadata{OGImages: []article.Image{{URL: "https://cdn.example/bridge-share.jpg"}}}},
		{"no picture on the page", "<body><h1>Bridge</h1><main><p>Words.</p></main></body>", "*bridge-share.jpg", meta.Metadata{OGImages: []article.Image{{URL: "https://news.example/site-logo.png"}, {URL: "https://news.example/bridge-share.jpg"}}}},
		{"links to its files", "<body><h1>Brücke</h1><main><p>Worte.</p><figure><img src='/bridge-at-noon.jpg'><ul><li><a href='/bridge-at-noon.png'>Bild in voller Größe herunterladen</a></li></ul><figcaption>Die Brücke.</figcaption></figure><p>Mehr.</p></main></body>", "*bridge-at-noon.jpg", meta.Metadata{}},
		{"the way to the page", "<body><h1>Brücke</h1><main><div class='breadcrumb'><a href='/'><img src='/town-hall-at-night.gif'></a> &gt; <a href='/n'>News</a></div><p>" + strings.Repeat("Worte vom Fluss. ", 20) + "</p><img src='/bridge-at-noon.jpg'></main></body>", "*bridge-at-noon.jpg", meta.Metadata{}},
		{"a related story's, in its link", "<body><h1>Bridge</h1><main><p>" + strings.Repeat("Words of the river. ", 20) + "</p><div class='related_inline'><a href='/news/ferry'><div><img src='/ferry-of-the-town.jpg'></div><h4>The ferry sails again</h4></a></div><img src='/bridge-at-noon.jpg'><p>More.</p></main></body>", "*bridge-at-noon.jpg", meta.Metadata{}},
		{"who wrote, by the folder", "<body><h1>Bridge</h1><main><p>Words.</p><img src='/gen/headshots/ann_doe.jpg'><img src='/bridge-at-noon.jpg'><p>More.</p></main></body>", "*bridge-at-noon.jpg", meta.Metadata{}},
		{"a logo alone", "<body><h1>Bridge</h1><main><p>Words.</p></main></body>", "", meta.Metadata{OGImages: []article.Image{{URL: "https://news.example/site-logo.png"}}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tr := pagetest.MustParse(t, tt.page)
			main := int32(0)
			for i := range tr.Nodes {
				if tr.Nodes[i].Data == "main" {
					main = int32(i)
				}
			}
			var got []string
			for _, im := range ChooseImages(tr, Read(tr), func(i int32) bool { return i >= main && i < tr.Nodes[main].End }, &tt.meta) {
				name := strings.TrimPrefix(im.URL, "https://news.example/")
				if im.Lead {
					name = "*" + name
				}
				got = append(got, name)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %q, want %q", s, tt.want)
			}
		})
	}
}

// What the metadata says of a picture fills what the page does not say.
func TestChooseImagesFills(t *testing.T) {
	tr := pagetest.MustParse(t, `<body><h1>Bridge</h1><img src="/bridge-at-dawn.jpg" alt="A bridge"><p>Words.</p></body>`)
	m := &meta.Metadata{LdImages: []article.Image{{URL: "https://news.example/bridge-at-dawn.jpg", Caption: "The bridge at dawn.", Credit: "Ann Doe", Width: 1200, Height: 800}}}
	got := ChooseImages(tr, Read(tr), func(int32) bool { return true }, m)
	want := article.Image{URL: "https://news.example/bridge-at-dawn.jpg", Alt: "A bridge", Caption: "The bridge at dawn.", Credit: "Ann Doe", Width: 1200, Height: 800, Lead: true}
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v", got)
	}
}

// A caption in the metadata may have the credit in it, or be nothing else.
func TestCaptionOfTheMetadata(t *testing.T) {
	const u = "https://news.example/ponte-vella.jpg"
	shown, bare := `<img src="/ponte-vella.jpg" alt="A ponte">`, ""
	for _, tt := range [...]struct{ html, said, caption, credit string }{
		{shown, "© Uxía Lago en Unsplash", "", "Uxía Lago en Unsplash"},
		{shown, "A ponte vella ao mencer. Foto: Uxía Lago", "A ponte vella ao mencer.", "Uxía Lago"},
		{bare, "Foto: Uxía Lago / Praza", "", "Uxía Lago / Praza"},
		{shown, "A ponte", "", ""},
		{`<figure><img src="/ponte-vella.jpg"><figcaption>Instagram (captura)</figcaption></figure>`, "Instagram (captura)", "", "Instagram (captura)"},
	} {
		tr := pagetest.MustParse(t, `<body><h1>A ponte</h1>`+tt.html+`<p>As palabras da noticia.</p></body>`)
		got := ChooseImages(tr, Read(tr), func(int32) bool { return true }, &meta.Metadata{LdImages: []article.Image{{URL: u, Caption: tt.said}}})
		if len(got) != 1 || got[0].Caption != tt.caption || got[0].Credit != tt.credit {
			t.Errorf("%s: got %+v", tt.said, got)
		}
	}
}

// Who wrote took the pictures whose captions end with the name in brackets.
func TestCreditOfTheAuthor(t *testing.T) {
	tr := pagetest.MustParse(t, `<body><h1>Bridge</h1><p>Words.</p><figure><img src="/bridge-at-dawn.jpg"><figcaption>Das Brückenhaus (Jörg Ahlers)</figcaption></figure><figure><img src="/bridge-at-noon.jpg"><figcaption>The old bridge (after the flood)</figcaption></figure></body>`)
	got := ChooseImages(tr, Read(tr), func(int32) bool { return true }, &meta.Metadata{Authors: []article.Author{{Name: "Jörg Ahlers"}}})
	if len(got) != 2 || got[0].Caption != "Das Brückenhaus" || got[0].Credit != "Jörg Ahlers" || got[1].Caption != "The old bridge (after the flood)" || got[1].Credit != "" {
		t.Errorf("got %+v", got)
	}
}

// Ten times the pictures take about ten times the time, and not a hundred.
func TestReadPicturesIsLinear(t *testing.T) {
	took := func(n int) time.Duration {
		tr := pagetest.MustParse(t, "<body>"+strings.Repeat("<figure><img src=/harbour.jpg><figcaption>The harbour at dawn today. Photo: Ann Doe</figcaption></figure>", n)+
			strings.Repeat(`<img src=/x.jpg><div class="caption">A short caption</div><p>Some words</p>`, n)+
			"<div><img src=/y.jpg>"+strings.Repeat(`<div class="caption">Another caption</div><b></b>`, n))
		best := time.Hour
		for range 3 {
			start := time.Now()
			pics := Read(tr)
			ChooseImages(tr, pics, func(i int32) bool { return i < 50 }, nil)
			best = min(best, time.Since(start))
		}
		return best
	}
	small, large := took(500), took(5_000)
	if large > 40*small {
		t.Errorf("ten times the pictures take %.0f times the time", float64(large)/float64(small))
	}
}

func FuzzPictures(f *testing.F) {
	f.Add(`<figure><img src=a srcset="b 1w,"><figcaption>(c) x. Foto: [ y</figcaption></figure>`)
	f.Add(`<picture><noscript><img alt="©" src=x></noscript></picture><p>（写真：</p>`)
	f.Fuzz(func(t *testing.T, src string) {
		p, err := page.Parse(page.Input{URL: "https://news.example/", HTML: []byte("<body>" + src)})
		if err != nil {
			return
		}
		tr := page.NewTree(p)
		for _, pic := range Read(tr) {
			for k, n := range pic.CaptionNodes {
				if n <= 0 || int(n) >= len(tr.Nodes) || k > 0 && n <= pic.CaptionNodes[k-1] {
					t.Errorf("caption nodes %v", pic.CaptionNodes)
				}
			}
		}
	})
}

// TestImageKeyOfRelative: an address without a folder, on a page whose own is not known,
// has a key too.
func TestImageKeyOfRelative(t *testing.T) {
	for u, want := range map[string]string{"1.jpg": "/1", "/1.jpg": "/1", "a/1.jpg": "a/1", "/w/x/y/z/1.jpg": "x/y/z/1"} {
		if got := imageKey(u); got != want {
			t.Errorf("imageKey(%q) = %q, want %q", u, got, want)
		}
	}
}
