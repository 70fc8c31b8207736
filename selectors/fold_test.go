package selectors

import "testing"

// TestFold: spellings of one line fold to the same bytes. Publishers set
// headings in capitals, where ß is SS and accents are dropped, and type one sign
// for another.
func TestFold(t *testing.T) {
	for _, c := range []struct{ name, a, b string }{
		{"ß in capitals", "Schließen", "SCHLIESSEN"},
		{"capital ß", "GROẞ", "gross"},
		{"accents dropped", "À lire aussi", "A LIRE AUSSI"},
		{"combining accent", "à lire", "a\u0300 lire"},
		{"Turkish dotless i", "ılgılı", "ILGILI"},
		{"Turkish dotted capital", "İlgili", "ilgili"},
		{"Greek final sigma", "επίσης", "ΕΠΙΣΗΣ"},
		{"Arabic alef and yeh", "إعلاني", "اعلانی"},
		{"Arabic vowel signs and tatweel", "إِعـلان", "اعلان"},
		{"typographic apostrophe", "l’article", "l'article"},
		{"typographic quotes", "„a“ b", "\"a\" b"},
		{"dashes", "weiter – hier", "weiter - hier"},
		{"full width", "ＰＲ：記事", "PR:記事"},
		{"no-break and ideographic spaces", "a\u00a0b\u3000c", "a b c"},
		{"zero-width non-joiner", "آگهی\u200cها", "آگهی ها"},
		{"soft hyphen, byte order mark, variation selector", "\ufeffAn\u00adzeige\ufe0f", "anzeige"},
		{"numbers", "1,234 shares", "7 shares"},
		{"digits of other scripts", "١٢ تعليق", "3 تعليق"},
		{"space before a colon", "Photo : x", "photo: x"},
		{"signs before the first letter", "▶ » Video", "video"},
		{"circled c", "Ⓒ 2024", "© 1999"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := appendFolded(nil, c.a, maxFolded)
			b, _ := appendFolded(nil, c.b, maxFolded)
			if string(a) != string(b) || len(a) == 0 {
				t.Errorf("%q folds to %q, %q to %q", c.a, a, c.b, b)
			}
		})
	}
	if m := MatchPhrase("SCHLIESSEN"); m.Line == 0 || m.Words != "schliessen" {
		t.Errorf("a line with SS for ß matches %v, %q", m.Line, m.Words)
	}
}
