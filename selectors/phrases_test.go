package selectors

import (
	"slices"
	"strings"
	"testing"
)

func TestMatchPhrase(t *testing.T) {
	for _, c := range []struct {
		name, line   string
		line0, prefx Phrases
	}{
		{"heading", "Related Stories", PhraseRelated, 0},
		{"empty related box", "No stories found.", PhraseRelated, 0},
		{"capitals without accents", "A LIRE AUSSI", PhraseRelated, PhraseReadMore},
		{"Greek capitals", "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", PhraseRelated, PhraseReadMore},
		{"Turkish dotted capital", "İLGİLİ HABERLER", PhraseRelated, 0},
		{"space before the colon", "Lire aussi : Un titre", 0, PhraseReadMore},
		{"full-width colon", "延伸閱讀：標題", 0, PhraseRelated | PhraseReadMore},
		{"script without spaces", "関連記事はこちら", 0, PhraseRelated},
		{"decomposed accent", "Lés mer", PhraseReadMore, PhraseReadMore},
		{"a lone X", "X", PhraseShare, 0},
		{"number", "1,234 shares", PhraseShare, 0},
		{"row of buttons", "Facebook X WhatsApp | Copy link", PhraseShare, 0},
		{"row that goes on in prose", "Facebook X and others were fined", 0, 0},
		{"prefix needs its colon", "Read the room", 0, 0},
		{"prefix needs the word's end", "Share thistles", 0, 0},
		{"signs only", "▶ —", 0, 0},
		{"empty", "", 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := MatchPhrase(c.line)
			if m.Line != c.line0 || m.Prefix != c.prefx {
				t.Errorf("%q: line %v, prefix %v (%s); want %v, %v", c.line, m.Line, m.Prefix, m.Words, c.line0, c.prefx)
			}
		})
	}
}

func BenchmarkMatchPhrase(b *testing.B) {
	lines := []string{
		"Related Stories", "Facebook X WhatsApp Copy link", "Read more: a headline of some other article stands here",
		"The council met on Tuesday for the third time this month to settle the matter of the bridge and of its tolls, and it did not.",
		"Η συνεδρίαση του συμβουλίου ξεκίνησε το πρωί της Τρίτης και τελείωσε αργά το βράδυ.",
	}
	lines = append(lines, lines[3]+" "+lines[3]+" "+lines[3])
	b.ReportAllocs()
	for b.Loop() {
		for _, l := range lines {
			MatchPhrase(l)
		}
	}
}

// rows are the rows of phrases.txt, cut at their columns.
func rows(t *testing.T) (out []struct {
	line             int
	kind, form, lang string
	phrases          []string
}) {
	t.Helper()
	for n, row := range strings.Split(phrasesTxt, "\n") {
		if row == "" || row[0] == '#' {
			continue
		}
		f := strings.Fields(row)
		if len(f) < 4 {
			t.Fatalf("phrases.txt:%d: %q", n+1, row)
		}
		out = append(out, struct {
			line             int
			kind, form, lang string
			phrases          []string
		}{n + 1, f[0], f[1], f[2], strings.Split(strings.Join(f[3:], " "), " | ")})
	}
	return out
}

func TestPhraseTable(t *testing.T) {
	if _, err := readPhrases(phrasesTxt); err != nil {
		t.Fatal(err)
	}
	last := ""
	seen := make(map[string]int)
	for _, r := range rows(t) {
		if id := r.kind + " " + r.form + " " + r.lang; id <= last {
			t.Errorf("phrases.txt:%d: row %q does not stand after %q", r.line, id, last)
		} else {
			last = id
		}
		if !slices.IsSorted(r.phrases) {
			t.Errorf("phrases.txt:%d: phrases are not sorted", r.line)
		}
		for _, p := range r.phrases {
			if p != strings.ToLower(p) || p != strings.TrimSpace(p) || strings.Contains(p, "|") {
				t.Errorf("phrases.txt:%d: %q is not lower-case and bare", r.line, p)
			}
			folded, _ := appendFolded(nil, p, maxFolded)
			if r.form == "line" {
				folded = trimEnd(folded)
			}
			key := r.kind + " " + r.form + " " + string(folded)
			if seen[key] != 0 {
				t.Errorf("phrases.txt:%d: %q stands in line %d as well", r.line, p, seen[key])
			}
			seen[key] = r.line
			m := MatchPhrase(p)
			if r.form == "line" && m.Line == 0 || r.form == "prefix" && m.Prefix == 0 {
				t.Errorf("phrases.txt:%d: %q does not match itself", r.line, p)
			}
		}
	}
}

// The kinds that hurt most when they are left in have to be known in many
// languages.
func TestPhraseLanguages(t *testing.T) {
	langs := make(map[string]map[string]bool)
	for _, r := range rows(t) {
		if langs[r.kind] == nil {
			langs[r.kind] = make(map[string]bool)
		}
		langs[r.kind][r.lang] = true
	}
	for _, kind := range []string{"ad", "comments", "newsletter", "readmore", "related", "share", "tags"} {
		if n := len(langs[kind]); n < 25 {
			t.Errorf("%s is known in %d languages, want 25", kind, n)
		}
	}
	for _, name := range phraseNames {
		if len(langs[name]) == 0 {
			t.Errorf("%s has no row", name)
		}
	}
}

func TestPhraseTableErrors(t *testing.T) {
	for _, c := range []struct{ name, txt, want string }{
		{"kind", "# c\nrelaated line en  x", `phrases.txt:2: no kind is called "relaated"`},
		{"form", "related suffix en  x", `phrases.txt:1: form "suffix" is neither line nor prefix`},
		{"columns", "related line", "phrases.txt:1: a row has kind, form, language and phrases"},
		{"no words", "related line en  a | ...", `phrases.txt:1: "..." has no words or too many`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := readPhrases(c.txt); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestMatchPhraseAllocatesNothing(t *testing.T) {
	MatchPhrase("Related")
	if n := testing.AllocsPerRun(100, func() {
		MatchPhrase("Facebook X WhatsApp Copy link")
		MatchPhrase("Lire aussi : un titre qui n'en dit pas trop")
	}); n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}

func BenchmarkReadPhrases(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := readPhrases(phrasesTxt); err != nil {
			b.Fatal(err)
		}
	}
}
