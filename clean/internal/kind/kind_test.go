package kind

import (
	"testing"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// TestKindClues: the clues' columns are those that the models were fitted with.
func TestKindClues(t *testing.T) {
	if n := len(ClueTable().list); n < 500 {
		t.Errorf("%d clues, want more", n)
	}
	for k, name := range map[int]string{clueArticle: "article", clueForum: "forum", clueList: "list", clueProduct: "product"} {
		if got := selectors.ClueKinds[k]; got != name {
			t.Errorf("kind %d is %s, want %s", k, got, name)
		}
	}
	if len(selectors.ClueKinds) != clueKinds {
		t.Errorf("%d kinds of clue, the models have columns for %d", len(selectors.ClueKinds), clueKinds)
	}
	for _, row := range selectors.AllClues() {
		if _, ok := clueGroupOf[row.Place]; !ok {
			t.Errorf("place %q is counted nowhere", row.Place)
		}
		for _, w := range row.Words {
			if row.Place == "line" && text.CountWords(w) > maxClueLine {
				t.Errorf("%q has more words than a line that is looked up", w)
			}
		}
	}
}

func TestHasPrice(t *testing.T) {
	for s, want := range map[string]bool{
		"$19.99": true, "1 299,00 €": true, "£ 5": true, "₹450": true, "$": false, "US$ and €": false, "12 apples": false,
	} {
		if got := hasPrice(s); got != want {
			t.Errorf("hasPrice(%q) = %v", s, got)
		}
	}
}
