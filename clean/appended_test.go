package clean

import (
	"strings"
	"testing"

	"newsclip/clean/internal/page"
)

// TestAppendedArticle: what a page appends while one reads on is another article, and the
// parts of one article are not.
func TestAppendedArticle(t *testing.T) {
	paras := func(about string) string {
		return "<p>" + strings.Join([]string{"Am Montag wurde " + about + " nach drei Wochen wieder geöffnet, und vierzig Leute standen schon um sechs Uhr am Kai.",
			"Der Grund für die Pause war ein Riss, den ein Lehrling beim Streichen von " + about + " entdeckt hatte, als er allein war.",
			"Bis zum Herbst gilt für " + about + " noch der alte Plan, danach soll alles schneller gehen, sagte die Reederei am Abend."}, "</p><p>") + "</p>"
	}
	const day = `<time datetime="2026-05-04">4. Mai 2026</time>`
	for _, c := range []struct {
		name, next string
		stays      bool
	}{
		{"with its headline", `<article class="beitrag"><h1>Der Kran am Kai</h1>` + day + paras("der Kran") + `</article>`, false},
		{"with a link to it", `<div><article class="beitrag"><h2><a href="/kran">Der Kran am Kai</a></h2>` + day + paras("der Kran") + `</article></div>`, false},
		{"a part of no day", `<article class="beitrag"><h1>Der Kran am Kai</h1>` + paras("der Kran") + `</article>`, true},
	} {
		a, err := New(Options{}).Clean(page.Input{URL: "https://hafen.example/schleuse", HTML: []byte(`<html lang="de"><head><title>Die Schleuse ist offen | Hafenblatt</title></head><body><nav><a href="/">Start</a></nav><main><article class="beitrag"><h1>Die Schleuse ist offen</h1>` + day + paras("die Schleuse") + `</article>` + c.next + `</main></body></html>`)})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(a.Text, "von die Schleuse entdeckt") || strings.Contains(a.Text, "von der Kran entdeckt") != c.stays {
			t.Errorf("%s: the text is\n%s", c.name, a.Text)
		}
	}
}
