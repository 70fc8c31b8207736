package clean

import (
	"bytes"
	"strings"
	"testing"

	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/pagetest"
)

func TestFormsAreAskedFor(t *testing.T) {
	in := page.Input{HTML: []byte(explainedPage), URL: "https://quay.example/tides"}
	for _, o := range []Options{{}, {Markdown: true}, {HTML: true}} {
		a, err := New(o).Clean(in)
		if err != nil {
			t.Fatal(err)
		}
		if (a.Markdown != "") != o.Markdown || (a.HTML != "") != o.HTML || !strings.Contains(a.Text, "yellow") {
			t.Errorf("asked for %+v: markdown %q, html %q, text %q", o, a.Markdown, a.HTML, a.Text)
		}
	}
}

// TestMarkdownSaysWhatHTMLSays has a reader of Markdown turn each page's body
// to HTML, which must have the words and the links of the other form. The signs
// around formulas are each form's own, and so are footnotes.
func TestMarkdownSaysWhatHTMLSays(t *testing.T) {
	pages := corpustest.Pages(t, "dev-fundus", "dev-wcxb")
	c := New(Options{Markdown: true, HTML: true})
	tex := strings.NewReplacer("$$", "", `\[`, "", `\]`, "", `\(`, "", `\)`, "", "$", "")
	bad := 0
	for _, p := range pages {
		a, err := c.Clean(page.Input{URL: p.URL, HTML: corpustest.HTML(t, p)})
		if err != nil || strings.Contains(a.Markdown, "\n[^") {
			continue
		}
		var b bytes.Buffer
		if err := pagetest.ReadMarkdown.Convert([]byte(a.Markdown), &b); err != nil {
			t.Fatal(err)
		}
		got, want := tex.Replace(pagetest.Says(t, b.String())), tex.Replace(pagetest.Says(t, a.HTML))
		if got != want {
			bad++
			at := 0
			for at < len(got) && at < len(want) && got[at] == want[at] {
				at++
			}
			from := max(0, at-60)
			t.Logf("%s: markdown says %q, html %q", p.ID, got[from:min(len(got), at+60)], want[from:min(len(want), at+60)])
		}
	}
	if bad*100 > len(pages) {
		t.Errorf("the forms differ on %d of %d pages", bad, len(pages))
	}
}
