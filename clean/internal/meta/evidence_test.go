package meta

import (
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

func explained(t *testing.T, src string) (*Metadata, map[string]article.Evidence) {
	t.Helper()
	p, err := page.Parse(page.Input{URL: "https://www.example.org/a-storm", HTML: []byte(src)})
	if err != nil {
		t.Fatal(err)
	}
	md := Read(page.NewTree(p), Options{Explain: true})
	found := map[string]article.Evidence{}
	for _, e := range md.Evidence(&article.Article{Title: md.Title, Authors: md.Authors, Published: md.Published, Modified: md.Modified}) {
		found[e.Field] = e
	}
	return md, found
}

// TestEvidence tells where a field was read, what stands there, and what else is there.
func TestEvidence(t *testing.T) {
	_, found := explained(t, `<html lang="en"><head><title>A storm at sea | Post</title><meta name="author" content="Ana Ferrer">
		<meta property="article:published_time" content="2024-05-07T10:00:00+02:00"><meta property="article:modified_time" content="2024-05-08T10:00:00+02:00"></head>
		<body><main id="m"><h1 class="head big">Storm over three harbours</h1><p class="byline">By Luc Morel and Dan Lamotte</p><p class="date">Posted: 6 May 2024</p><p>`+strings.Repeat("The wind rose. ", 20)+`</p></main></body></html>`)
	for field, want := range map[string]article.Evidence{
		"title":     {Value: "Storm over three harbours", From: "h1", At: "main#m > h1.head", Confidence: 0.83},
		"authors":   {Value: "Ana Ferrer", From: "meta author", Confidence: 0.59},
		"published": {Value: "2024-05-06", From: "visible date", At: "main#m > p.date", Text: "Posted: 6 May 2024", Confidence: 0.68},
		"modified":  {Value: "2024-05-08T10:00:00+02:00", From: "meta article:modified_time", Confidence: 0.89},
	} {
		got := found[field]
		if got.Value != want.Value || got.From != want.From || got.At != want.At || got.Text != want.Text || got.Confidence != want.Confidence {
			t.Errorf("%s: %+v, want %+v", field, got, want)
		}
	}
	has := func(field, value, from string) {
		for _, o := range found[field].Others {
			if o.Value == value && o.From == from {
				return
			}
		}
		t.Errorf("%s: no candidate %q from %q in %+v", field, value, from, found[field].Others)
	}
	has("title", "A storm at sea | Post", "title")
	has("authors", "Luc Morel, Dan Lamotte", "byline class")
	has("published", "2024-05-07T10:00:00+02:00", "meta article:published_time")
}

// TestEvidenceConfirmed is surer where another place has the same, and tells a value that
// a rule has set as such.
func TestEvidenceConfirmed(t *testing.T) {
	md, found := explained(t, `<html lang="en"><head><meta property="og:title" content="Storm over three harbours"></head><body><h1>Storm over three harbours</h1><p>x</p></body></html>`)
	if e := found["title"]; e.Confidence != 0.96 || len(e.Others) != 1 {
		t.Errorf("%+v", e)
	}
	got := md.Evidence(&article.Article{Title: "Another"})
	if len(got) != 1 || got[0].From != "rule" || got[0].Confidence != 1 || len(got[0].Others) == 0 {
		t.Errorf("set by a rule: %+v", got)
	}
	if md := metadataOf(t, `<h1>Storm over three harbours</h1>`); md.Evidence(&article.Article{Title: md.Title}) != nil {
		t.Error("evidence that was not asked for")
	}
}
