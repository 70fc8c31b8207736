package clean

import (
	"strings"
	"testing"
)

// TestModelColumns has models with other columns than the program's refused,
// by the first that differs.
func TestModelColumns(t *testing.T) {
	column := func(k int) string { return [...]string{"words", "links", "depth"}[k] }
	for _, c := range []struct{ columns, want string }{
		{"words links depth", ""},
		{"words depth links", `column 1 is "depth", want "links"`},
		{"words links", `column 2 is missing, want "depth"`},
		{"words links depth brs", `column 3 is "brs", want no more than 3 columns`},
	} {
		got := ""
		if err := checkColumns(strings.Fields(c.columns), 3, column); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.columns, got, c.want)
		}
	}
	// The embedded models, read for other columns than theirs.
	other := func(k int) string { return "other-" + blockColumn(k) }
	if _, err := readForest("model/first.txt", nBase, other); err == nil || !strings.Contains(err.Error(), `model/first.txt: column 0 is "words", want "other-words"`) {
		t.Errorf("a model of other columns is read: %v", err)
	}
	if _, err := readForest("model/first.txt", nAll, blockColumn); err == nil {
		t.Error("the first model is read as the second")
	}
}

// TestColumnNames looks that each column has a name of its own that a model's
// file can hold.
func TestColumnNames(t *testing.T) {
	for _, c := range []struct {
		columns int
		name    func(int) string
	}{{nAll, blockColumn}, {nSigns, signName}} {
		seen := map[string]int{}
		for k := range c.columns {
			name := c.name(k)
			if other, ok := seen[name]; ok || name == "" || strings.ContainsAny(name, " \t\n") {
				t.Errorf("column %d is named %q, as is column %d", k, name, other)
			}
			seen[name] = k
		}
	}
}
