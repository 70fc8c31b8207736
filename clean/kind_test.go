package clean

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/testdata"
)

// TestKindNewsroom: on the made-up site, every page that has a record is of
// that record's kind, and what the site shows around its articles is not one.
func TestKindNewsroom(t *testing.T) {
	site, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(site)
	defer srv.Close()
	want, err := testdata.Expected(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	c := New(Options{})
	kd := func(addr string) string {
		resp, err := srv.Client().Get(addr)
		for range 2 { // one page fails twice
			if err == nil && resp.StatusCode == http.StatusServiceUnavailable {
				resp.Body.Close()
				resp, err = srv.Client().Get(addr)
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		b, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		a, err := c.Clean(page.Input{URL: addr, ContentType: resp.Header.Get("Content-Type"), HTML: b})
		if err != nil {
			return "error"
		}
		return a.Kind
	}
	for _, r := range want {
		var rec article.Article
		if err := json.Unmarshal(r.JSON, &rec); err != nil {
			t.Fatal(err)
		}
		if got := kd(srv.URL + r.Path); got != rec.Kind {
			t.Errorf("%s is called %s, want %s", r.Path, got, rec.Kind)
		}
	}
	for _, path := range []string{
		"/", "/about", "/authors/jory-vantongel", "/authors/tobin-hask", "/contact", "/events/2025-05", "/gazette/",
		"/gazette/impressum.html", "/gazette/index.php?seite=2", "/gazette/kleinanzeigen.php", "/gazette/rubrik.php?r=1",
		"/gazette/rubrik.php?r=4", "/journal/", "/journal/about/", "/journal/author/hester-molloy/", "/journal/category/table/",
		"/journal/page/2/", "/journal/tag/marsh/", "/members/join", "/news/business", "/news/culture?page=2", "/news/science",
		"/newsletters", "/privacy", "/search", "/search?q=ferry", "/tags/ferries", "/tags/nature",
		"/news/region/fog-signal-restored-a0971",
	} {
		if got := kd(srv.URL + path); article.IsArticle(got) {
			t.Errorf("%s is called %s, and is no article", path, got)
		}
	}
}

// TestRootWithQuery: an address without a path is of the front page, but for one with a
// query whose page says that it is an article of a day.
func TestRootWithQuery(t *testing.T) {
	const post = `<title>The ferry is back</title><body class="single single-post postid-959"><article><h1>The ferry is back</h1><p class="date">4 March 2025</p><p>The ferry between the two banks of the river runs again since Monday, after a winter in the yard.</p><p>It takes forty cars, and costs as much as it did before the repair.</p></article>`
	for _, c := range []struct{ addr, class, want string }{
		{"https://blog.example/?p=959", "single single-post postid-959", article.KindArticle},
		{"https://blog.example/?p=959", "singular-post single-959", article.KindArticle},
		{"https://blog.example/", "single single-post postid-959", article.KindIndex},
	} {
		html := strings.Replace(post, "single single-post postid-959", c.class, 1)
		a, err := New(Options{}).Clean(page.Input{URL: c.addr, HTML: []byte(html)})
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != c.want {
			t.Errorf("%s, class %s, is called %s, want %s", c.addr, c.class, a.Kind, c.want)
		}
	}
}

// TestKindOfVideo: a page that says that it is about a video is one, however many others
// are listed under it; the page of a channel has no day.
func TestKindOfVideo(t *testing.T) {
	const others = `<section><h2>Weitere Videos</h2><ul><li><a href="/video/1">Der Kai am Morgen</a> 1:20</li><li><a href="/video/2">Die Schleuse am Abend</a> 2:10</li><li><a href="/video/3">Ein Boot im Nebel</a> 0:50</li><li><a href="/video/4">Der alte Kran</a> 3:05</li></ul></section>`
	for _, c := range []struct{ name, head, date, want string }{
		{"of a day", `<meta property="og:type" content="video.other">`, `<time datetime="2026-03-02">2. März 2026</time>`, article.KindVideo},
		{"by its data", `<script type="application/ld+json">{"@context":"https://schema.org","@type":"VideoObject","name":"Die Fähre kehrt heim","uploadDate":"2026-03-02"}</script>`, "", article.KindVideo},
		{"of no day", `<meta property="og:type" content="video.other">`, "", article.KindIndex},
	} {
		a, err := New(Options{}).Clean(page.Input{URL: "https://hafen.example/video/die-faehre-kehrt-heim", HTML: []byte(`<html lang="de"><head><title>Die Fähre kehrt heim</title>` + c.head +
			`</head><body><nav><a href="/">Start</a> <a href="/video">Videos</a></nav><h1>Die Fähre kehrt heim</h1><div class="player"><video src="/v.mp4"></video></div><p>Am Montag kam die Fähre aus dem Dock. Unser Reporter stand am Kai und filmte, wie vierzig Leute und ein Klavier an Bord gingen.</p>` + c.date + others + `</body></html>`)})
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind != c.want {
			t.Errorf("a video %s is called %s, want %s", c.name, a.Kind, c.want)
		}
	}
}
