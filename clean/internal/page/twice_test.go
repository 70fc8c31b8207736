package page

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestRepairTwice(t *testing.T) {
	twice := func(s string) string { // as if its bytes were Windows-1252
		var b strings.Builder
		for i := 0; i < len(s); i++ {
			r := charmap.Windows1252.DecodeByte(s[i])
			if r == '\uFFFD' {
				r = rune(s[i])
			}
			b.WriteRune(r)
		}
		return b.String()
	}
	for _, s := range []string{german, quoted, russian} {
		if got := string(repairTwice([]byte(twice(s)))); got != s {
			t.Errorf("repairTwice = %q, want %q", got, s)
		}
		mixed := `<title>Überblick – Größe</title><p>` + twice(s) + `</p>`
		if got, err := Decode([]byte(mixed), "text/html; charset=utf-8", 0); err != nil || string(got) != `<title>Überblick – Größe</title><p>`+s+`</p>` {
			t.Errorf("Decode = %q, %v", got, err)
		}
	}
	for _, s := range []string{german, russian, japanText, "SÃO PAULO, NÃO, IRMÃ» ESPAÑA, AÑO, MAÑANA", "It prints GrÃ¼ÃŸe.", "CAFÉ» «É» À» «Â»"} {
		if got := string(repairTwice([]byte(s))); got != s {
			t.Errorf("repairTwice(%q) = %q, want it unchanged", s, got)
		}
	}
}
