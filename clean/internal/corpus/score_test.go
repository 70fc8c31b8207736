package corpus

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestScore(t *testing.T) {
	for _, c := range []struct {
		name, truth, got string
		want             Scores
	}{
		{"exact", "a b c d e f", "a, b: c d -- e f!", Scores{1, 1, 1, 1}},
		{"all words in another order", "a b c d e f", "d e f a b c", Scores{}},
		{"case counts", "a b c d", "A b c d", Scores{}},
		{"less than the truth", "a b c d e f g", "a b c d e", Scores{P: 1, R: 0.5, F: 2. / 3}},
		{"more than the truth", "a b c d e", "a b c d e f g", Scores{P: 0.5, R: 1, F: 2. / 3}},
		{"a run twice in the text", "a b c d", "a b c d a b c d", Scores{P: 0.2, R: 1, F: 1. / 3}},
		{"a run twice in the truth", "a b c d a b c d", "a b c d", Scores{P: 1, R: 0.2, F: 1. / 3}},
		{"a run twice in both", "a a a a a", "a a a a a", Scores{1, 1, 1, 1}},
		{"fewer words than a run", "a b", "a b", Scores{1, 1, 1, 1}},
		{"fewer words than a run, others", "a b", "a c", Scores{}},
		{"no text", "a b c d", "", Scores{}},
		{"no truth", "", "a b c d", Scores{}},
		{"neither", "", " . ", Scores{Exact: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Score(TruthWords(c.truth), TruthWords(c.got))
			for _, d := range []float64{got.P - c.want.P, got.R - c.want.R, got.F - c.want.F, got.Exact - c.want.Exact} {
				if !(math.Abs(d) < 1e-12) {
					t.Fatalf("got %+v, want %+v", got, c.want)
				}
			}
		})
	}
}

func TestTruthWords(t *testing.T) {
	got := TruthWords("Zü\u00adrich’s snake_case, 3½ km;\u00a0\u4eca\u65e5")
	if want := strings.Fields("Zürich s snake_case 3½ km 今日"); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
