package meta

import (
	"reflect"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
)

const newsPage = `<!DOCTYPE html><html lang="en-gb"><head>
<title>Storm at sea - Harbour Post</title>
<link rel="canonical" href="/news/a-storm-at-sea">
<link rel="license nofollow" href="https://creativecommons.org/licenses/by/4.0/">
<meta name="robots" content="index, NoAI">
<meta name="description" content="Three harbours were closed &amp; reopened.">
<meta property="og:description" content="Three harbours were closed.">
<meta property="og:site_name" content="Harbour Post">
<meta property="og:type" content="Article">
<meta property="og:image" content="/i/storm.jpg"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"><meta property="og:image:alt" content="Waves">
<meta property="article:tag" content="Storms"><meta property="article:tag" content="Harbours">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
 {"@type":"NewsArticle","@id":"https://www.example.org/news/a-storm-at-sea#article","headline":"Storm at sea","alternativeHeadline":"A night without ferries",
  "articleSection":"Weather","datePublished":"2024-05-06T10:00:00+01:00","dateModified":"2024-05-06T12:30:00+01:00",
  "author":[{"@id":"#ana"},{"@type":"Person","name":"Luc Morel"}],"publisher":{"@type":"Organization","name":"Harbour Post"},
  "isAccessibleForFree":"False","keywords":["storms","ferries"],
  "articleBody":"<p>The wind rose.</p><p>Ferries stayed &amp; waited.<\/p>",
  "image":[{"@type":"ImageObject","url":"https://www.example.org/i/storm.jpg","caption":"Waves at the pier","creditText":"Jo Doe","width":1200,"height":"800px"}]},
 {"@type":"Person","@id":"#ana","name":"Ana Ferrer"},
 {"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","name":"Home"},{"@type":"ListItem","item":{"name":"Weather"}}]}]}</script>
</head><body><header><nav>Home Weather</nav></header><main><h1>Storm at sea</h1>
<div class="meta"><p class="byline">By Ana Ferrer and Luc Morel</p><time datetime="2024-05-06T10:00:00+01:00">6 May 2024</time> <span>Updated 6 May 2024 12:30</span></div>
<p>The wind rose in the night and by the morning no ferry had left the harbour, and the people who had waited there since the evening went home or into the cafes that had opened early for them and for the crews.</p>
</main></body></html>`

func TestMetadata(t *testing.T) {
	p, err := page.Parse(page.Input{URL: "https://www.example.org/news/a-storm-at-sea?utm_source=x", HTML: []byte(newsPage),
		Header: map[string]string{"x-robots-tag": "noindex, nofollow", "tdm-reservation": "1"}})
	if err != nil {
		t.Fatal(err)
	}
	tr := page.NewTree(p)
	md := Read(tr, Options{})
	for _, c := range []struct {
		field     string
		got, want any
	}{
		{"title", md.Title, "Storm at sea"},
		{"canonicalURL", md.CanonicalURL, "https://www.example.org/news/a-storm-at-sea"},
		{"description", md.Description, "Three harbours were closed & reopened."},
		{"descriptions", md.Descriptions, []string{"Three harbours were closed & reopened.", "Three harbours were closed."}},
		{"language", md.Language, "en-GB"},
		{"section", md.Section, "Weather"},
		{"authors", md.Authors, []article.Author{{Name: "Ana Ferrer"}, {Name: "Luc Morel"}}},
		{"published", md.Published, "2024-05-06T10:00:00+01:00"},
		{"modified", md.Modified, "2024-05-06T12:30:00+01:00"},
		{"site", *md.Site, article.Site{Name: "Harbour Post", Domain: "example.org"}},
		{"tags", md.Tags, []string{"Storms", "Harbours", "ferries"}},
		{"freeAccess", *md.FreeAccess, false},
		{"rights", *md.Rights, article.Rights{NoAI: true, NoIndex: true, TDMReservation: true, License: "https://creativecommons.org/licenses/by/4.0/"}},
		{"ogType", md.OGType, "article"},
		{"ldTypes", md.LdTypes, []string{"NewsArticle", "Person", "BreadcrumbList"}},
		{"articleBody", md.ArticleBody, "The wind rose.\nFerries stayed & waited."},
		{"ldImages", md.LdImages, []article.Image{{URL: "https://www.example.org/i/storm.jpg", Caption: "Waves at the pier", Credit: "Jo Doe", Width: 1200, Height: 800}}},
		{"ogImages", md.OGImages, []article.Image{{URL: "https://www.example.org/i/storm.jpg", Alt: "Waves", Width: 1200, Height: 630}}},
		{"headlineNodes", texts(tr, md.HeadlineNodes), []string{"Storm at sea"}},
		{"bylineNodes", texts(tr, md.BylineNodes), []string{"By Ana Ferrer and Luc Morel 6 May 2024 Updated 6 May 2024 12:30"}},
		{"dateNodes", texts(tr, md.DateNodes), []string{"6 May 2024", "Updated 6 May 2024 12:30"}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s = %#v, want %#v", c.field, c.got, c.want)
		}
	}
}

func texts(t *page.Tree, nodes []int32) []string {
	var out []string
	for _, i := range nodes {
		out = append(out, t.Shown(i))
	}
	return out
}

func TestPublished(t *testing.T) {
	ld := func(date string) string {
		return `<script type="application/ld+json">{"@type":"Article","headline":"A storm","datePublished":"` + date + `"}</script>`
	}
	for _, c := range []struct{ name, head, body, published, modified string }{
		{"json-ld", ld("2024-05-06T10:00:00+02:00"), `<p>1 June 2024</p>`, "2024-05-06T10:00:00+02:00", ""},
		{"meta", `<meta property="article:published_time" content="2024-05-06T10:00:00Z">`, ``, "2024-05-06T10:00:00Z", ""},
		{"a system's own meta name", `<meta name="x-published-date" content="2024-05-06">`, ``, "2024-05-06", ""},
		{"the day from json-ld, the time from meta", ld("2024-05-06") + `<meta property="article:published_time" content="2024-05-06T10:00:00+02:00">`, ``, "2024-05-06T10:00:00+02:00", ""},
		{"an earlier day that the page shows", ld("2024-05-06T10:00:00Z"), `<p class="date">3 May 2023</p>`, "2023-05-03", ""},
		{"visible", ``, `<p>By Ana Ferrer, 6 May 2024</p>`, "2024-05-06", ""},
		{"two dates in one line", ``, `<p><span>6 May 2024</span> <span>Updated: 7 June 2024</span></p>`, "2024-05-06", "2024-06-07"},
		{"updated alone is the one day told", ``, `<p>Last updated: 7 June 2024</p>`, "2024-06-07", "2024-06-07"},
		{"the reader's day, not Greenwich's", ``, `<time datetime="2024-05-07T02:13:00Z">6 May 2024</time>`, "2024-05-06", ""},
		{"a comment's date is not the article's", ``, `<div class="comments"><time datetime="2024-06-07">7 June 2024</time></div>`, "", ""},
		{"a comment's date under a short text", ``, `<p>` + strings.Repeat("The wind rose all night. ", 40) + `</p><div class="comments"><div class="comment"><b>Og</b><span class="date">7 June 2024</span><p>Good news.</p></div></div>`, "", ""},
		{"at the end", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<p>Posted on 6 May 2024</p>`, "2024-05-06", ""},
		{"under the name at the end", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<div><p>Written by <a href="/ana">Ana Ferrer</a></p><p>May 6, 2024</p></div>`, "2024-05-06", ""},
		{"some day at the end", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<div><p>The next storm</p><p>May 6, 2024</p></div>`, "", ""},
		{"json-ld in a meta element", `<meta name="script:ld+json" content="{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;A storm&quot;,&quot;datePublished&quot;:&quot;2024-05-06&quot;}">`, ``, "2024-05-06", ""},
		{"nonsense", ld("0001-01-01T00:00:00Z"), ``, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			md := metadataOf(t, `<html lang="en-GB"><head><title>A storm</title>`+c.head+`</head><body><main><h1>A storm</h1>`+c.body+
				`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p></main></body></html>`)
			if md.Published != c.published || md.Modified != c.modified {
				t.Errorf("published %q (%s), modified %q, want %q, %q", md.Published, md.From.Published, md.Modified, c.published, c.modified)
			}
		})
	}
	md := metadataAt(t, page.Input{URL: "https://example.org/2024/05/06/a-storm", HTML: []byte(`<h1>A storm</h1><p>text</p>`)})
	if md.Published != "2024-05-06" || md.From.Published.Of != source.Address {
		t.Errorf("published = %q from %q, want the address's day", md.Published, md.From.Published)
	}
}

func TestFreeAccess(t *testing.T) {
	yes, no := true, false
	for _, c := range []struct {
		head string
		want *bool
	}{
		{`<script type="application/ld+json">{"@type":"Article","headline":"A","isAccessibleForFree":true}</script>`, &yes},
		{`<script type="application/ld+json">{"@type":"Article","headline":"A","isAccessibleForFree":"https://schema.org/False"}</script>`, &no},
		{`<meta property="article:content_tier" content="metered">`, &no},
		{`<meta property="article:content_tier" content="free">`, &yes},
		{``, nil},
	} {
		if got := metadataOf(t, `<head>`+c.head+`</head><h1>A</h1>`).FreeAccess; !reflect.DeepEqual(got, c.want) {
			t.Errorf("freeAccess of %s is %v, want %v", c.head, got, c.want)
		}
	}
}

// TestMetadataOfOddPages reads pages that have hardly anything to read.
func TestMetadataOfOddPages(t *testing.T) {
	for _, src := range []string{"<p>", "<h1></h1>", "<time>", "<meta><meta content=x><meta name=author>", "<body hidden><h1>a storm",
		"<a rel=author>", "<span itemprop=author>", "<link rel=canonical href='::'>", strings.Repeat("<div>", 500) + "By Ana Ferrer"} {
		metadataAt(t, page.Input{HTML: []byte(src)})
	}
}

// TestBylineNodesLeaveTheStandfirst keeps a sentence beside the byline out of
// the byline.
func TestBylineNodesLeaveTheStandfirst(t *testing.T) {
	p, err := page.Parse(page.Input{HTML: []byte(`<h1>Storm at sea</h1><div><p>By Ana Ferrer</p><p>Three harbours were closed from midnight until noon on Monday</p></div>`)})
	if err != nil {
		t.Fatal(err)
	}
	tr := page.NewTree(p)
	if got := texts(tr, Read(tr, Options{}).BylineNodes); !reflect.DeepEqual(got, []string{"By Ana Ferrer"}) {
		t.Errorf("byline nodes = %q", got)
	}
}

// A licence is an address of the web, whichever field it comes from.
func TestLicenseIsAWebAddress(t *testing.T) {
	for _, c := range []struct{ head, want string }{
		{`<meta name="dcterms.license" content="https://creativecommons.org/licenses/by/4.0/">`, "https://creativecommons.org/licenses/by/4.0/"},
		{`<meta name="dcterms.license" content="/licence">`, "https://news.example/licence"},
		{`<meta name="dcterms.license" content="javascript://x/%0aalert(1)">`, ""},
		{`<link rel=license href="file:///etc/passwd">`, ""},
		{`<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","license":"javascript:alert(1)"}</script>`, ""},
		{`<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","license":{"url":"ftp://a.example/l"}}</script>`, ""},
		{`<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","license":"CC BY 4.0"}</script>`, ""},
	} {
		p, err := page.Parse(page.Input{URL: "https://news.example/a", HTML: []byte("<title>x</title>" + c.head + "<p>x")})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if m := Read(page.NewTree(p), Options{}); m.Rights != nil {
			got = m.Rights.License
		}
		if got != c.want {
			t.Errorf("%s gives %q, want %q", c.head, got, c.want)
		}
	}
}

// TestRights reads the same directives out of the header and the page.
func TestRights(t *testing.T) {
	for _, c := range []struct{ directives, want string }{
		{"noimageai", "noai"}, {"noai", "noai"}, {"noindex", "noindex"}, {"googlebot: noindex, noai", ""}, {"newsclip: noai", "noai"}, {"nofollow", ""},
	} {
		for _, in := range []page.Input{
			{HTML: []byte(`<p>a</p>`), Header: map[string]string{"x-robots-tag": c.directives}},
			{HTML: []byte(`<meta name="robots" content="` + c.directives + `"><p>a</p>`)},
		} {
			p, err := page.Parse(in)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			if r := Read(page.NewTree(p), Options{}).Rights; r != nil && r.NoAI {
				got = append(got, "noai")
			} else if r != nil && r.NoIndex {
				got = append(got, "noindex")
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%q of %s %v: %q, want %q", c.directives, in.HTML, in.Header, s, c.want)
			}
		}
	}
}
