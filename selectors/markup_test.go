package selectors

import (
	"strings"
	"testing"
)

func TestMarksOf(t *testing.T) {
	m := Markup()
	for mark, entry := range map[ClassMarks]string{LineNumbers: "", Hides: "", Shows: ""} {
		for _, e := range m.marks.entries {
			if e.value&mark != 0 {
				entry = e.word
			}
		}
		if entry == "" {
			t.Fatalf("no token has the mark %d", mark)
		}
		for _, token := range []string{entry, strings.ToUpper(entry), "größe\u00a0" + entry} {
			if m.MarksOf(token) != mark {
				t.Errorf("%q: %d, want %d", token, m.MarksOf(token), mark)
			}
		}
		for _, token := range []string{entry + "x", "x" + entry, "größe" + entry} {
			if got := m.MarksOf(token); got != 0 {
				t.Errorf("a part of %q: %d", token, got)
			}
		}
	}
}
