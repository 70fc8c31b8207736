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
