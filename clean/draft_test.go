package clean

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/learn"
	"newsclip/clean/internal/page"
)

// repeatingPage is page n of a site that has the same five paragraphs under
// each of its articles.
func repeatingPage(n int) page.Input {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><title>Harbour notes, part %d</title></head><body><article><h1>Harbour notes, part %d</h1>`, n, n)
	for k := range 4 {
		fmt.Fprintf(&b, `<p>On day %d of part %d the boats %d and %d left the eastern quay at noon, and their crews told us what they had seen of the storm.</p>`, k, n, n*7+k, n*11+k)
	}
	for k := range 5 {
		fmt.Fprintf(&b, `<p>Members of circle %d of the harbour society receive our printed letter by post, and they are invited to each of the meetings that we hold.</p>`, k)
	}
	b.WriteString(`</article></body></html>`)
	return page.Input{URL: fmt.Sprintf("https://harbour.example/notes/part-%d", n), HTML: []byte(b.String())}
}

// TestArticleIsOfTheDraftAsItStands holds the record of a draft whose Article
// was called before its repetitions were taken out against that of a draft
// whose Article was not.
func TestArticleIsOfTheDraftAsItStands(t *testing.T) {
	c := New(Options{Explain: true, Markdown: true, HTML: true})
	l := learn.NewLearner()
	draft := func(n int) *Draft {
		d, err := c.Draft(repeatingPage(n))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for n := range learn.EnoughPages + 1 {
		draft(n).Teach(l)
	}
	early, late := draft(1), draft(1)
	before, err := early.Article()
	if err != nil {
		t.Fatal(err)
	}
	var records []*article.Article
	for _, d := range []*Draft{early, late} {
		if !d.DropRepeated(l) {
			t.Fatal("nothing is repeated")
		}
		a, err := d.Article()
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, a)
	}
	if !reflect.DeepEqual(records[0], records[1]) {
		t.Errorf("after an earlier call of Article:\n%+v\nwithout one:\n%+v", records[0], records[1])
	}
	if before.Confidence == records[0].Confidence {
		t.Errorf("confidence is %v before and after five paragraphs went: the page tells nothing", before.Confidence)
	}
}
