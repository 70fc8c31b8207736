package clean

import (
	"html"
	"strings"
	"testing"

	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/page"
)

// selfFloor is the least share of pages whose own HTML, cleaned again, has the same
// text and standfirst. Raised whenever the score rises.
const selfFloor = 0.990

// TestCleanedAgain cleans the html of real pages again, as a bare fragment and in
// a document with its title and standfirst.
func TestCleanedAgain(t *testing.T) {
	c := New(Options{HTML: true})
	same := map[string]*corpustest.Hits{"fragment": {}, "document": {}}
	for _, p := range corpustest.Pages(t, "dev-fundus", "dev-wcxb") {
		a, err := c.Clean(page.Input{URL: p.URL, HTML: corpustest.HTML(t, p)})
		if err != nil || a.HTML == "" {
			continue
		}
		title := html.EscapeString(a.Title)
		standfirst := ""
		if a.Subtitle != "" {
			standfirst = `<p class="standfirst">` + strings.ReplaceAll(html.EscapeString(a.Subtitle), "\n", "<br>") + "</p>"
		}
		for form, src := range map[string]string{
			"fragment": a.HTML,
			"document": `<html lang="` + a.Language + `"><head><title>` + title + "</title></head><body><article><h1>" + title + "</h1>" + standfirst + a.HTML + "</article></body></html>",
		} {
			b, err := c.Clean(page.Input{URL: p.URL, HTML: []byte("<meta charset=utf-8>" + src)})
			same[form].Mark(err == nil && b.Text == a.Text && (form == "fragment" || b.Subtitle == a.Subtitle))
		}
	}
	for form, h := range same {
		t.Logf("%s: %.3f", form, h.Value())
		if h.Value() < selfFloor {
			t.Errorf("of the pages cleaned again as a %s %.3f are the same, the floor is %.3f", form, h.Value(), selfFloor)
		}
	}
}
