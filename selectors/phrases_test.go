package selectors

import "testing"

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
	b.ReportAllocs()
	for b.Loop() {
		for _, l := range lines {
			MatchPhrase(l)
		}
	}
}
