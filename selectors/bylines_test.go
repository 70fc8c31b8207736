package selectors

import (
	"slices"
	"strings"
	"testing"
)

// tableLines returns the lines of a table that are no comments.
func tableLines(txt string) []string {
	var out []string
	for _, l := range strings.Split(txt, "\n") {
		if l != "" && l[0] != '#' {
			out = append(out, l)
		}
	}
	return out
}

func TestTablesAreSortedAndLowerCase(t *testing.T) {
	for name, txt := range map[string]string{"months.txt": monthsTxt, "stopwords.txt": stopwordsTxt} {
		lines := tableLines(txt)
		if !slices.IsSorted(lines) {
			for i := 1; i < len(lines); i++ {
				if lines[i] < lines[i-1] {
					t.Errorf("%s: %.20q stands after %.20q", name, lines[i], lines[i-1])
				}
			}
		}
	}
	for name, txt := range map[string]string{"months.txt": monthsTxt, "stopwords.txt": stopwordsTxt, "bylines.txt": bylinesTxt} {
		for _, l := range tableLines(txt) {
			if l != strings.ToLower(l) {
				t.Errorf("%s: %.30q is not in lower case and can never match", name, l)
			}
		}
	}
}

func TestMonths(t *testing.T) {
	langs := map[string]bool{}
	for _, l := range tableLines(monthsTxt) {
		lang, _, _ := strings.Cut(l, "\t")
		langs[lang] = true
	}
	if len(langs) < 25 {
		t.Errorf("%d languages, want 25 or more", len(langs))
	}
	for _, c := range []struct {
		word, lang string
		want       int
		ok         bool
	}{
		{"may", "en", 5, true}, {"mai", "de", 5, true}, {"listopada", "hr", 10, true}, {"listopada", "pl", 11, true},
		{"listopada", "hr-HR", 10, true}, {"januar", "", 1, true}, {"storm", "en", 0, false},
	} {
		m, ok := MonthOf(c.word, c.lang)
		if m.Number != c.want || ok != c.ok {
			t.Errorf("MonthOf(%q, %q) = %d, %v, want %d, %v", c.word, c.lang, m.Number, ok, c.want, c.ok)
		}
	}
	if m, _ := MonthOf("اردیبهشت", "fa"); !m.SolarHijri {
		t.Error("اردیبهشت is a month of the Iranian calendar")
	}
}

func TestPhraseOf(t *testing.T) {
	for phrase, want := range map[string]Phrase{
		"by": PhraseBy, "written by": PhraseBy, "und": PhraseAnd, "staff writer": PhraseJob, "admin": PhraseNobody,
		"reviewed by": PhraseReview, "aktualisiert": PhraseUpdated, "storm": 0,
	} {
		if got := PhraseOf(phrase); got != want {
			t.Errorf("PhraseOf(%q) = %b, want %b", phrase, got, want)
		}
	}
}

// TestTablesThatDoNotLoad says where a table is wrong.
func TestTablesThatDoNotLoad(t *testing.T) {
	for _, c := range []struct {
		name string
		err  func() error
		want string
	}{
		{"months: eleven", func() error { _, err := readMonths("# x\nxx\ta, b, c, d, e, f, g, h, i, j, k\n"); return err }, "months.txt:2"},
		{"months: empty name", func() error { _, err := readMonths("xx\ta, b, c, d, e, f, g, h, i, j, k, \n"); return err }, "months.txt:1"},
		{"bylines: no such group", func() error { _, err := readBylines("bye\tx\n"); return err }, "bylines.txt:1"},
		{"bylines: too long", func() error { _, err := readBylines("by\ta b c d e\n"); return err }, "bylines.txt:1"},
		{"stopwords: twice", func() error { _, err := readStopwords("en\tthe of the\n"); return err }, "stopwords.txt:1"},
		{"stopwords: no tab", func() error { _, err := readStopwords("en the\n"); return err }, "stopwords.txt:1"},
	} {
		if err := c.err(); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one at %s", c.name, err, c.want)
		}
	}
}
