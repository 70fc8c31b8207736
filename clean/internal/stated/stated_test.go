package stated

import (
	"strings"
	"testing"

	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/metatags"
	"newsclip/clean/internal/page"
)

func pageOf(t *testing.T, src string) *Page {
	t.Helper()
	p, err := page.Parse(page.Input{URL: "https://www.example.org/news/a-storm-at-sea", HTML: []byte(src)})
	if err != nil {
		t.Fatal(err)
	}
	tree := page.NewTree(p)
	headline := int32(-1)
	if len(tree.Headings) > 0 {
		headline = tree.Headings[0]
	}
	return &Page{Tree: tree, Metas: metatags.Read(tree), LD: jsonld.ReadPage(tree, nil), Title: "A storm at sea", Headline: headline,
		IsOther: func(i int32) bool { return strings.Contains(tree.Attr(tree.Nodes[i].Parent, "class"), "teaser") }}
}

// TestTopics reads section and tags from the head and, where it has none, from what the
// page shows.
func TestTopics(t *testing.T) {
	const h1 = `<h1>A storm at sea</h1><p>The wind rose all night.</p>`
	for _, c := range []struct{ src, section, tags string }{
		{`<nav class="breadcrumb"><a href="/">Home</a> <a href="/harbour">Harbour</a> <span>A storm at sea</span></nav>` + h1 + `<ul class="tags"><li><a rel="tag" href="/t/b">Bridges</a></li><li><a rel="tag" href="/t/f">Fishing</a></li></ul>`, "Harbour", "Bridges|Fishing"},
		{`<ol aria-label="Breadcrumb"><li><a href="/">Inicio</a></li><li><a href="/p">Puertos</a></li></ol>` + h1 + `<div class="mots-cles">Mots-clés : <a href="/m/ponts">ponts</a>, <a href="/m/peche">pêche</a></div>`, "Puertos", "ponts|pêche"},
		{`<nav class="breadcrumb"><a href="/">Start</a> <a href="/h">‹ Zurück</a></nav>` + h1, "", ""},
		{`<nav class="breadcrumb"><a href="/">Home</a> <a href="/h">Harbour master: boats were warned two hours early</a></nav>` + h1, "", ""},
		{`<meta property="article:section" content="Sea"><meta name="keywords" content="storm, wind"><nav class="breadcrumb"><a href="/">Home</a> <a href="/harbour">Harbour</a></nav>` + h1 + `<a rel="tag" href="/t/b">Bridges</a>`, "Sea", "storm|wind"},
		{`<a href="/">Home</a>` + h1 + `<div class="category"><a href="/c">Harbour</a></div>`, "", ""},
		{h1 + `<p>In <a rel="category tag" href="/c">Harbour</a></p>`, "Harbour", ""},
		{h1 + `<p>In <a rel="category tag" href="/c">Uncategorized</a>, <a rel="category tag" href="/h">Häfen</a></p>`, "Häfen", ""},
		{`<ol itemscope itemtype="https://schema.org/BreadcrumbList"><li><a href="/">Inicio</a></li><li><a href="/p">Puertos</a></li></ol>` + h1, "Puertos", ""},
		{`<div class="breadcrumbs"><a href="/">Start</a> <a href="/a">Presse</a> <a href="/a/2024">2024</a> <a href="/a/2024/05">Mai</a></div>` + h1, "Presse", ""},
		{`<div class="breadcrumbs"><a href="/">Home</a> <a href="/a">Boats</a> <a href="/d">Article</a></div>` + h1, "Boats", ""},
		{`<meta property="article:section" content="Harbour,Weather">` + h1, "Harbour", ""},
		{`<meta property="article:section" content="Food, Drink">` + h1, "Food, Drink", ""},
		{`<meta property="article:section" content="Häfen, Wetter, Inland">` + h1, "Häfen", ""},
		{`<meta property="article:section" content="Uncategorized, Puertos, Mar"><nav class="breadcrumb"><a href="/">Inicio</a> <a href="/p">Puertos</a></nav>` + h1, "Puertos", ""},
		{`<meta property="article:section" content="Food, Drink, and Wine">` + h1, "Food, Drink, and Wine", ""},
		{`<meta property="article:section" content="Non classé"><nav class="breadcrumb"><a href="/">Accueil</a> <a href="/p">Ports</a></nav>` + h1, "Ports", ""},
		{h1 + `<div class="tags"><a href="/t/b">Bridges</a> <a href="#comments">Comments</a></div>`, "", "Bridges"},
	} {
		p := pageOf(t, c.src)
		section, _ := p.Section()
		tags, _ := p.Tags()
		if got := strings.Join(tags, "|"); section != c.section || got != c.tags {
			t.Errorf("%s: section %q, tags %q", c.src, section, got)
		}
	}
}

// TestNoSection: what stands in the place of a section and is none.
func TestNoSection(t *testing.T) {
	const h1 = `<h1>A storm at sea</h1><p>The wind rose all night.</p>`
	for _, c := range []struct{ src, section string }{
		{`<div class="breadcrumbs"><a href="/">Accueil</a> <a href="/p">Ports</a> <a href="javascript:window.print()">Imprimer</a></div>` + h1, "Ports"},
		{`<div class="breadcrumbs"><a href="/">首页</a> <a href="/p">港口</a> <a href="/rss.xml">RSS</a></div>` + h1, "港口"},
		{`<div class="breadcrumbs"><a href="/">Start</a> <a href="/p">Häfen</a> <a href="/n">Alle Nachrichten</a></div>` + h1, "Häfen"},
		{`<div class="breadcrumbs"><a href="/">Home</a> <a href="/p">Harbour</a> <a href="/h">&lt; Back to the harbour</a></div>` + h1, "Harbour"},
		{`<meta property="og:site_name" content="The Tide"><meta property="article:section" content="The Tide"><div class="breadcrumbs"><a href="/">Home</a> <a href="/p">Harbour</a></div>` + h1, "Harbour"},
		{`<meta property="article:section" content="Example"><div class="breadcrumbs"><a href="/">Home</a> <a href="/p">Harbour</a></div>` + h1, "Harbour"},
		{`<meta property="article:section" content="A Storm at Sea">` + h1, ""},
		{`<p class="arbo"><a href="/">Accueil</a> &gt; <a href="/p">Ports</a> &gt; <strong>A storm at sea</strong></p>` + h1, "Ports"},
	} {
		if section, _ := pageOf(t, c.src).Section(); section != c.section {
			t.Errorf("%s: section %q", c.src, section)
		}
	}
	if tags, _ := pageOf(t, `<meta name="keywords" content="storm:, :, –, «wind, Łódź}, C#">`+h1).Tags(); strings.Join(tags, "|") != "storm|wind|Łódź|C" {
		t.Errorf("tags %q", tags)
	}
}

// TestLicense reads a licence from the head, or from a link of the page that is no
// picture's.
func TestLicense(t *testing.T) {
	const by = "https://creativecommons.org/licenses/by/4.0/"
	for src, want := range map[string]string{
		`<h1>A storm</h1><p>Under <a rel="license" href="` + by + `">CC BY</a></p>`:                                                by,
		`<h1>A storm</h1><figure><img src="/a.jpg"><figcaption><a rel="license" href="` + by + `">CC BY</a></figcaption></figure>`: "",
		`<link rel="license" href="/terms"><h1>A storm</h1><p><a rel="license" href="` + by + `">CC BY</a></p>`:                    "https://www.example.org/terms",
	} {
		got := ""
		if r := pageOf(t, src).Rights(); r != nil {
			got = r.License
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

// TestNamedImage reads the picture that a page names elsewhere than in og:image.
func TestNamedImage(t *testing.T) {
	for src, want := range map[string]string{
		`<meta property="og:image" content="/a.jpg"><meta name="twitter:image" content="/b.jpg">`: "https://www.example.org/a.jpg",
		`<meta name="twitter:image" content="/b.jpg"><link rel="image_src" href="/c.jpg">`:        "https://www.example.org/b.jpg",
		`<link rel="image_src" href="/c.jpg">`:                                                    "https://www.example.org/c.jpg",
		`<link rel="icon" href="/c.png">`:                                                         "",
	} {
		got := ""
		if ims := pageOf(t, src+`<h1>A storm</h1>`).OGImages(); len(ims) > 0 {
			got = ims[0].URL
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", src, got, want)
		}
	}
}

// TestFirstAddress reads the first of several addresses that stand in one field with
// nothing between, and leaves the addresses of resizers whole.
func TestFirstAddress(t *testing.T) {
	for in, want := range map[string]string{
		"https://a.example/i/boat.jpghttps://a.example/i/quay.jpg":       "https://a.example/i/boat.jpg",
		"https://a.example/resize/300/https://b.example/i/quay.jpg":      "https://a.example/resize/300/https://b.example/i/quay.jpg",
		"https://a.example/i/boat.webphttp://a.example/q.jpg?w=1":        "https://a.example/i/boat.webp",
		"https://a.example/?u=https://b.example/quay.jpg":                "https://a.example/?u=https://b.example/quay.jpg",
		"https://web.a.example/2024im_/http://b.example/http-is-old.jpg": "https://web.a.example/2024im_/http://b.example/http-is-old.jpg",
		"/i/boat.jpg": "/i/boat.jpg",
	} {
		if got := firstAddress(in); got != want {
			t.Errorf("%s: got %s", in, got)
		}
	}
}

// TestTagsOfTheTitle: keywords that are the title, whole or in words, are none.
func TestTagsOfTheTitle(t *testing.T) {
	for _, c := range []struct{ title, head, tags string }{
		{"Der Sturm trifft drei Häfen", `<meta name="keywords" content="Der Sturm trifft drei Häfen, Wetter">`, "Wetter"},
		{"Der Sturm trifft drei Häfen", `<meta name="keywords" content="Der,Sturm,trifft,drei,Häfen,Küste">`, "Küste"},
		{"Tempête: trois ports restent fermés", `<meta property="article:tag" content="Tempête:"><meta property="article:tag" content="trois"><meta property="article:tag" content="ports"><meta property="article:tag" content="restent"><meta property="article:tag" content="fermés">`, ""},
		{"Шторм закрыл три гавани", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","keywords":["Шторм","закрыл","три","гавани"]}</script><meta name="keywords" content="погода, море">`, "погода|море"},
		{"France, Spain, Italy and Malta meet", `<meta name="keywords" content="France, Spain, Italy, Malta">`, "France|Spain|Italy|Malta"},
		{"Der Sturm trifft drei Häfen", `<meta name="keywords" content="sturm, häfen, wetter, küste, nordsee">`, "sturm|häfen|wetter|küste|nordsee"},
		{"Storm", `<meta name="keywords" content="Storm">`, "Storm"},
	} {
		p := pageOf(t, c.head+`<h1>`+c.title+`</h1>`)
		p.Title = c.title
		tags, _ := p.Tags()
		if got := strings.Join(tags, "|"); got != c.tags {
			t.Errorf("%s: %q, want %q", c.head, got, c.tags)
		}
	}
}
