package article

import (
	"slices"
	"strings"
	"testing"
)

// FuzzJoin: whatever the pages of an article say, the joined text has each paragraph of
// theirs, in their order, those of later pages once, and no others.
func FuzzJoin(f *testing.F) {
	f.Add("One.\n\nTwo.", "Two.\n\nThree.", "Three.\n\nFour.\n\nFour.")
	f.Add("", "\n\n", "a")
	f.Add("a\n\n\n\nb", "b\n\n\nc", "\n\na\n\n")
	f.Fuzz(func(t *testing.T, first, second, third string) {
		a := &Article{Text: first}
		parts := []*Article{{Text: second, Markdown: second, HTML: "<p>x</p>"}, {Text: third, Truncated: true}}
		a.Join(parts...)
		if !a.Truncated {
			t.Error("a part without its end is forgotten")
		}
		want := strings.Split(first, "\n\n")
		for _, p := range parts {
			for s := range strings.SplitSeq(p.Text, "\n\n") {
				if s != "" && !slices.Contains(want, s) {
					want = append(want, s)
				}
			}
		}
		drop := func(ss []string) []string {
			return slices.DeleteFunc(slices.Clone(ss), func(s string) bool { return s == "" })
		}
		if got := drop(strings.Split(a.Text, "\n\n")); !slices.Equal(got, drop(want)) {
			t.Errorf("%q, %q and %q give %q", first, second, third, got)
		}
		if parts[0].Text != second || parts[1].Text != third {
			t.Error("a part was changed")
		}
	})
}
