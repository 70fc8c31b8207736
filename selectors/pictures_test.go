package selectors

import (
	"strings"
	"testing"
)

// TestMayBegin: what begins a credit or a note may do so in whatever case, and most words
// may not.
func TestMayBegin(t *testing.T) {
	p := Pictures()
	check := func(phrases map[string]bool, may func(string) bool, rest string) {
		for phrase := range phrases {
			first, _, _ := strings.Cut(phrase, " ")
			for _, word := range []string{first, strings.ToUpper(first), strings.ToTitle(first[:1]) + first[1:]} {
				if strings.ToLower(word) == first && !may(word+rest) {
					t.Errorf("%q is taken to begin nothing", word)
				}
			}
		}
	}
	for _, phrases := range []map[string]bool{p.Labels, p.Tails, p.Shorts} {
		check(phrases, p.MayBeginCredit, "")
	}
	check(p.Notes, p.MayBeginNote, "")
	check(p.Notes, p.MayBeginNote, " of the harbour")
	for _, s := range []string{"lighthouse", "Leuchtturm", "маяк"} {
		if p.MayBeginCredit(s) {
			t.Errorf("%q is taken to begin a credit", s)
		}
	}
	for _, s := range []string{"lighthouse", "Leuchtturm am Abend"} {
		if p.MayBeginNote(s) {
			t.Errorf("%q is taken to begin a note", s)
		}
	}
}
