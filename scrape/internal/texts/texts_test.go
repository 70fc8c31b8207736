package texts

import (
	"fmt"
	"testing"

	"newsclip/clean/article"
)

func TestDiff(t *testing.T) {
	for _, tt := range []struct {
		before, after string
		want          *article.Diff
	}{
		{"A\n\nB", "A\n\nB", nil},
		{"A\n\nB", "B\n\nA", nil},
		{"A\n\nB\n\nC", "A\n\nX\n\nC\n\nD", &article.Diff{Added: []string{"X", "D"}, Removed: []string{"B"}}},
		{"A\n\nA", "A", &article.Diff{Removed: []string{"A"}}},
		{"", "A", &article.Diff{Added: []string{"A"}}},
	} {
		if got := diffOf(tt.before, tt.after); fmt.Sprint(got) != fmt.Sprint(tt.want) {
			t.Errorf("%q to %q: %v, want %v", tt.before, tt.after, got, tt.want)
		}
	}
}
