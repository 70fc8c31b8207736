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
		for _, class := range []string{entry, "card  " + strings.ToUpper(entry) + "\n", "größe " + entry} {
			if m.MarksOf(class) != mark {
				t.Errorf("%q: %d, want %d", class, m.MarksOf(class), mark)
			}
		}
		if got := m.MarksOf(entry + "x x" + entry); got != 0 {
			t.Errorf("parts of other tokens: %d", got)
		}
	}
}
