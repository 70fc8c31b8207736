package meta

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

func TestSplitNames(t *testing.T) {
	for _, c := range []struct {
		in    string
		field bool
		want  string // names parted by |
	}{
		{"By Ana Ferrer", false, "Ana Ferrer"},
		{"Written by: Ana Ferrer", false, "Ana Ferrer"},
		{"Von Jörg Ahlers", false, "Jörg Ahlers"},
		{"Ein Kommentar von Jörg Ahlers", false, "Jörg Ahlers"},
		{"Por Ana Ferrer", false, "Ana Ferrer"},
		{"Par Luc Morel et Ana Ferrer", false, "Luc Morel|Ana Ferrer"},
		{"Di Carla Neri e Ana Ferrer", false, "Carla Neri|Ana Ferrer"},
		{"Av Ola Moe og Kari Lie", false, "Ola Moe|Kari Lie"},
		{"Door Piet de Wit en Ana Ferrer", false, "Piet de Wit|Ana Ferrer"},
		{"Автор: Иван Петров", false, "Иван Петров"},
		{"By Ana Ferrer, Luc Morel and Jo Doe", false, "Ana Ferrer|Luc Morel|Jo Doe"},
		{"Ana Ferrer, Luc Morel, and Jo Doe", false, "Ana Ferrer|Luc Morel|Jo Doe"},
		{"Ana Ferrer & Luc Morel", false, "Ana Ferrer|Luc Morel"},
		{"Ana Ferrer, MD, Ph.D.", false, "Ana Ferrer, MD, Ph.D."},
		{"Ana Ferrer Jr.", false, "Ana Ferrer Jr"},
		{"Ana Ferrer, Senior Reporter", false, "Ana Ferrer"},
		{"Ana Ferrer (Madrid)", false, "Ana Ferrer"},
		{"Ana Ferrer | Redakteurin", false, "Ana Ferrer"},
		{"By Ana Ferrer May 6, 2024", false, "Ana Ferrer"},
		{"Ana Ferrer on Tuesday", false, "Ana Ferrer"},
		{"Ana Ferrer 31 May", false, "Ana Ferrer"},
		{"5 min read", false, ""},
		{"Updated 6 May 2024", false, ""},
		{"ana@example.org", false, ""},
		{"https://example.org/ana", false, ""},
		{"admin", true, ""},
		{"Staff Writer", false, ""},
		{"Staff Writer", true, "Staff Writer"},
		{"Travel Expert", true, "Travel Expert"},
		{"Center for Food and Health", true, "Center for Food and Health"},
		{"Research and Development Team", true, "Research and Development Team"},
		{"dpa/AFP", true, "dpa|AFP"},
		{"Last, First", true, "Last|First"},
		{"", true, ""},
	} {
		if got := strings.Join(splitNames(c.in, c.field), "|"); got != c.want {
			t.Errorf("splitNames(%q, %v) = %q, want %q", c.in, c.field, got, c.want)
		}
	}
}

func TestAuthors(t *testing.T) {
	for _, c := range []struct{ name, head, body, want, from string }{
		{"json-ld person", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"A storm","author":{"@type":"Person","name":"Ana Ferrer","url":"/people/ana"}}</script>`, ``,
			"Ana Ferrer https://www.example.org/people/ana", "json-ld author"},
		{"json-ld reference", `<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"A storm","author":{"@id":"#ana"}},{"@type":"Person","@id":"#ana","name":"Ana Ferrer"}]}</script>`, ``,
			"Ana Ferrer", "json-ld author"},
		{"the site is no author where someone else is", `<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">`, `<p class="byline">By Ana Ferrer</p>`,
			"Ana Ferrer", "byline class"},
		{"the site where nobody else is", `<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">`, ``,
			"Harbour Post", "meta author"},
		{"an organization's name is not split", `<script type="application/ld+json">{"@type":"Article","headline":"A storm","author":{"@type":"Organization","name":"Brown & Sons"}}</script>`, ``,
			"Brown & Sons", "json-ld author"},
		{"never twitter:creator", `<meta name="twitter:creator" content="@harbourpost">`, ``, "", ""},
		{"link preview", `<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Ana Ferrer">`, ``,
			"Ana Ferrer", "twitter:data"},
		{"who wrote, not who checked", ``, `<p>By <a href="/author/ana">Ana Ferrer</a></p><p>Reviewed by <a href="/author/luc">Luc Morel</a></p>`,
			"Ana Ferrer https://www.example.org/author/ana", "by line"},
		{"by and name in pieces", ``, `<div><span>By</span><span>Ana Ferrer</span><span>Chief reporter</span></div>`,
			"Ana Ferrer", "by line"},
		{"a comment's author is not the article's", ``, `<div class="comments"><span class="author">Troll Face</span></div>`, "", ""},
		{"beside the date", ``, `<div><span>Ana Ferrer |</span> <span>6 May 2024</span></div>`, "Ana Ferrer", "beside the date"},
		{"at the end", ``, strings.Repeat(`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p>`, 4) + `<p>Written by Ana Ferrer</p>`,
			"Ana Ferrer", "tail"},
	} {
		t.Run(c.name, func(t *testing.T) {
			md := metadataOf(t, `<html><head><title>A storm</title>`+c.head+`</head><body><main><h1>A storm</h1>`+c.body+
				`<p>`+strings.Repeat("The wind rose all night. ", 12)+`</p></main></body></html>`)
			var got []string
			for _, a := range md.Authors {
				got = append(got, strings.TrimSpace(a.Name+" "+a.URL))
			}
			if s := strings.Join(got, "|"); s != c.want || md.From.Authors.String() != c.from {
				t.Errorf("authors = %q from %q, want %q from %q", s, md.From.Authors, c.want, c.from)
			}
		})
	}
}

// metadataOf reads a page at a made-up address.
func metadataOf(t *testing.T, src string) *Metadata {
	t.Helper()
	return metadataAt(t, page.Input{URL: "https://www.example.org/news/a-storm-at-sea", HTML: []byte(src)})
}

func metadataAt(t *testing.T, in page.Input) *Metadata {
	t.Helper()
	p, err := page.Parse(in)
	if err != nil {
		t.Fatal(err)
	}
	return Read(page.NewTree(p), Options{})
}
