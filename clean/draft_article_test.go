package clean

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

// frontPage is a list of links, on which go-readability finds a part of them.
func frontPage() string {
	var b strings.Builder
	b.WriteString("<!doctype html><title>All</title><p>Everything that there is.</p>")
	for k := range 60 {
		fmt.Fprintf(&b, "<a href=\"/news/%d\">Story %d</a>\n", k, k)
	}
	return b.String()
}

// unsureArticle is an article between so many teasers that the models are unsure of it.
const unsureArticle = `<!doctype html><title>Boats come home</title><script type="application/ld+json">{"@type":"NewsArticle","headline":"Boats come home","datePublished":"2026-03-04"}</script>
<body><h1>Boats come home</h1><blockquote>We count them all, and we count them twice.</blockquote>
<div class="bio">The writer lives by the sea and has written about harbours since they were built.</div>
<div class="comment"><p>I was there last night and saw the boats come in, they were late as ever, and nobody stood on the quay to count.</p></div>`

// A page that is plainly no article is not voted on where articles alone are wanted, and
// is told apart all the same; one that may be an article has the same record.
func TestDraftOfArticle(t *testing.T) {
	for _, c := range []struct {
		name, html, url string
		isArticle       bool
	}{{"front page", frontPage(), "https://quay.example/", false}, {"article", unsureArticle, "https://quay.example/2026/03/04/boats-come-home", true}} {
		t.Run(c.name, func(t *testing.T) {
			p, err := Parse(page.Input{HTML: []byte(c.html), URL: c.url})
			if err != nil {
				t.Fatal(err)
			}
			cl := New(Options{})
			x := cl.DraftOf(p)
			if _, unsure := judge.PickAlone(x.d.body.Tree, x.d.body.Blocks, x.d.signals); !unsure {
				t.Fatal("the models are sure of the page, which tells nothing")
			}
			whole, err := x.Article()
			if err != nil {
				t.Fatal(err)
			}
			got, err := cl.DraftOfArticle(p).Article()
			if err != nil {
				t.Fatal(err)
			}
			if article.IsArticle(whole.Kind) != c.isArticle || got.Kind != whole.Kind {
				t.Errorf("kind %q, and %q where articles alone are wanted", whole.Kind, got.Kind)
			}
			if same := reflect.DeepEqual(got, whole); same != c.isArticle {
				t.Errorf("the records are the same: %v\n%+v\n%+v", same, got, whole)
			}
		})
	}
}
