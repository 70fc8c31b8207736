package htmlparse

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func numbered(n int, format string) string {
	var b strings.Builder
	for k := range n {
		fmt.Fprintf(&b, format, k)
	}
	return b.String()
}

func count(n *html.Node) int {
	sum := 1
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		sum += count(c)
	}
	return sum
}

func TestLimits(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      error
	}{
		{"tags", strings.Repeat("<p>", MaxTags-10), nil},
		{"too many tags", strings.Repeat("<p>", MaxTags+1), ErrTooManyTags},
		{"too many comments", strings.Repeat("<!---->", MaxTags+1), ErrTooManyTags},
		{"signs that are no tags", strings.Repeat("a < b ", MaxTags+1), nil},
		{"tags in a script", "<script>" + strings.Repeat("<p>", MaxTags+1) + "</script>", nil},
		{"too many attributes", strings.Repeat("<p a b c d e f g h i j>", MaxAttributes/10+1), ErrTooManyTags},
		{"attributes that are one", "<p" + strings.Repeat(" a", MaxAttributes+1) + ">", nil},
		{"deep", strings.Repeat("<div>", MaxDepth-2), nil},
		{"too deep", strings.Repeat("<div>", MaxDepth-1), ErrTooDeep},
		{"formatting", "<p>" + numbered(100, "<b id=%d>") + strings.Repeat("<p>x", 1000), nil},
		{"too much formatting", "<p>" + numbered(400, "<b id=%d>") + strings.Repeat("<p>x", 1000), ErrReopened},
		{"formatting with many attributes", "<p><b" + numbered(100_000, " a%d") + ">" + strings.Repeat("<p>x", 100), ErrReopened},
		{"too many markers", "<table><tr>" + strings.Repeat("<td><applet></td>", maxFormatting), ErrTooDeep},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := newParser([]byte(c.src), false)
			if err := p.parse(); !errors.Is(err, c.want) || err == nil && c.want != nil {
				t.Errorf("the error is %v, want %v", err, c.want)
			}
			// Twice MaxTags are a text for each tag too.
			if n := count(p.doc); n > 2*MaxTags+maxReopened {
				t.Errorf("the tree has %d nodes", n)
			}
		})
	}
}

// A string that grows piece by piece is put together once.
func TestJoinedText(t *testing.T) {
	for _, before := range []string{"", "<table>"} {
		tree, err := Parse([]byte(before+strings.Repeat("a</x>", 10_000)), false)
		if err != nil {
			t.Fatal(err)
		}
		text := tree.Doc.FirstChild.LastChild.FirstChild
		if text.Type != html.TextNode || text.Data != strings.Repeat("a", 10_000) {
			t.Errorf("after %q: the text is %.20q", before, text.Data)
		}
	}
}

// An ordinary page takes few allocations: its strings are parts of the page.
func TestAllocations(t *testing.T) {
	src := "<!doctype html><body>" + numbered(500, `<div class=row id="r%d"><p lang=en>Some words &amp; <b>more</b> of <a href="/x?a=1&b=2">them</a>.</div>`)
	n := testing.AllocsPerRun(5, func() {
		if _, err := Parse([]byte(src), false); err != nil {
			t.Fatal(err)
		}
	})
	if n > 60 {
		t.Errorf("a page of 4,000 nodes takes %v allocations", n)
	}
}

func BenchmarkParse(b *testing.B) {
	src := "<!doctype html><body>" + numbered(1000, `<div class="row wide" id="r%d"><p lang=en>Some words &amp; <b>more</b> of <a href="/x?a=1&b=2">them</a>, and a longer sentence after it.</div>`)
	for _, parser := range []struct {
		name  string
		parse func(string) error
	}{
		{"own", func(s string) error { _, err := Parse([]byte(s), false); return err }},
		{"x-net", func(s string) error { _, err := html.Parse(strings.NewReader(s)); return err }},
	} {
		b.Run(parser.name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			b.ReportAllocs()
			for b.Loop() {
				if err := parser.parse(src); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
