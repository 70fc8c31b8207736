package selectors

import (
	_ "embed"
	"fmt"
	"slices"
)

//go:embed clues.txt
var cluesText string

var cluesTable = &table{"clues.txt", cluesText, []string{"kind", "place"}}

// ClueKinds are the kinds of page that clues are evidence for. They are finer than
// those of a record: a shop and a forum differ from an article in different ways.
var ClueKinds = []string{"article", "documentation", "forum", "list", "product", "service"}

// cluePlaces are the places of clues.txt, which tells where each is.
var cluePlaces = []string{"class", "host", "house", "leaf", "line", "made", "meta", "page", "path", "query", "title", "type"}

// MaxClue is the number of bytes that a clue has at most.
const MaxClue = 48

// Clues is one row of clues.txt: words that, in one place of a page, are evidence
// for a kind of page.
type Clues struct {
	// Kind is an index in [ClueKinds].
	Kind  int
	Place string
	// Words are lower case and have no digits.
	Words []string
}

// AllClues returns the rows of clues.txt, in its order. The slices are shared:
// do not change them.
func AllClues() []Clues { return clues() }

var clues = lazily(cluesTable, readClues)

func readClues(t table) ([]Clues, error) {
	var out []Clues
	err := t.each(func(r row) error {
		c := Clues{Kind: slices.Index(ClueKinds, r.columns[0]), Place: r.columns[1], Words: slices.Clone(r.entries)}
		switch {
		case c.Kind < 0:
			return unknown("kind", r.columns[0])
		case !slices.Contains(cluePlaces, c.Place):
			return unknown("place", c.Place)
		}
		for _, w := range c.Words {
			if len(w) > MaxClue {
				return fmt.Errorf("clue %q is longer than %d bytes", w, MaxClue)
			}
		}
		out = append(out, c)
		return nil
	})
	return out, err
}
