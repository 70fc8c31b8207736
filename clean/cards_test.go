package clean

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// cardPage is page n of a site whose system shares a card where an article has no
// picture, and shows the pictures of those that have one.
func cardPage(n int, shared, body string) page.Input {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><title>Storm number %d closes the quay</title><meta property="og:title" content="Storm number %d closes the quay"><meta property="og:image" content="%s"></head><body><article><h1>Storm number %d closes the quay</h1>%s`, n, n, shared, n, body)
	for k := range 4 {
		fmt.Fprintf(&b, `<p>On day %d of storm %d the boats %d and %d left the eastern quay at noon, and their crews told us what they had seen of the waves.</p>`, k, n, n*7+k, n*11+k)
	}
	b.WriteString(`</article></body></html>`)
	return page.Input{URL: fmt.Sprintf("https://harbour.example/storm-%d", n), HTML: []byte(b.String())}
}

// TestCardIsNoLead: a picture that the metadata of several articles of a site names is
// the site's card. The pictures of the articles, and one that two share, are theirs.
func TestCardIsNoLead(t *testing.T) {
	const card, own, both = "https://cdn.harbour.example/share/quay-wide.jpg?w=1200", "https://cdn.harbour.example/photos/lighthouse-at-noon.jpg", "https://cdn.harbour.example/photos/two-boats-leaving.jpg"
	figure := `<figure><img src="/photos/crane-at-dawn-%d.jpg" width="800" height="500"><figcaption>The crane at dawn.</figcaption></figure>`
	pages := []page.Input{
		cardPage(0, card, ""), cardPage(1, card, fmt.Sprintf(figure, 1)), cardPage(2, own, ""), cardPage(3, card, ""), cardPage(4, both, ""),
		cardPage(5, both, ""), cardPage(6, strings.Replace(card, "1200", "600", 1), ""),
	}
	want := []string{"", "https://harbour.example/photos/crane-at-dawn-1.jpg", own, "", both, both, ""}
	var got []string
	c := New(Options{})
	s := NewSeries(func(d *Draft) {
		a, err := d.Article()
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, leadOf(a))
	})
	for _, in := range pages {
		d, err := c.Draft(in)
		if err != nil {
			t.Fatal(err)
		}
		s.Add(d, d)
	}
	s.Flush()
	if !slices.Equal(got, want) {
		t.Errorf("leads %q\nwant  %q", got, want)
	}
}

func leadOf(a *article.Article) string {
	for k := range a.Images {
		if a.Images[k].Lead {
			return a.Images[k].URL
		}
	}
	return ""
}

// TestEvidenceOfBody: where the standfirst and the lead picture were read is told, with
// the other pictures that the page names.
func TestEvidenceOfBody(t *testing.T) {
	in := cardPage(1, "/photos/lighthouse-at-noon.jpg", `<p class="standfirst">Three quays are closed until the weekend, and the ferry does not sail before then.</p>
<figure><img src="/photos/lighthouse-at-noon.jpg?w=300" width="800" height="500"><figcaption>The lighthouse.</figcaption></figure>`)
	in.HTML = []byte(strings.Replace(string(in.HTML), "</head>", `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Storm number 1 closes the quay","image":"https://harbour.example/photos/quay-from-above.jpg"}</script></head>`, 1))
	a, err := New(Options{Explain: true}).Clean(in)
	if err != nil {
		t.Fatal(err)
	}
	byField := map[string]article.Evidence{}
	for _, e := range a.Evidence {
		byField[e.Field] = e
	}
	if e := byField["images"]; e.From != "og:image" || e.Value != leadOf(a) || !strings.HasSuffix(e.At, "img") || len(e.Others) != 1 || e.Others[0].From != "json-ld image" || e.Confidence <= 0 {
		t.Errorf("lead: %+v", e)
	}
	if e := byField["subtitle"]; e.From != "standfirst class" || e.At != "article > p.standfirst" || !strings.HasPrefix(a.Subtitle, strings.TrimSuffix(e.Value, "…")) || e.Confidence <= 0 {
		t.Errorf("standfirst: %+v", e)
	}
}
