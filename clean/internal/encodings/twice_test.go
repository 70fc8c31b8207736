package encodings

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestRepairTwice(t *testing.T) {
	as := func(c *charmap.Charmap) func(string) string { // as if a string's bytes were in c
		return func(s string) string {
			var b strings.Builder
			for i := 0; i < len(s); i++ {
				r := c.DecodeByte(s[i])
				if r == '\uFFFD' {
					r = rune(s[i])
				}
				b.WriteRune(r)
			}
			return b.String()
		}
	}
	twice, cyrillic := as(charmap.Windows1252), as(charmap.Windows1251)
	for _, s := range []string{german, quoted, russian} {
		if got := string(repairTwice([]byte(twice(s)))); got != s {
			t.Errorf("repairTwice = %q, want %q", got, s)
		}
		mixed := `<title>Überblick – Größe</title><p>` + twice(s) + `</p>`
		if got, err := Decode([]byte(mixed), "text/html; charset=utf-8", 0); err != nil || string(got) != `<title>Überblick – Größe</title><p>`+s+`</p>` {
			t.Errorf("Decode = %q, %v", got, err)
		}
	}
	for misread, want := range map[string]string{
		"<p>It wasn" + twice("’") + "t the tide.</p><p>Größe, Çelik, État</p>":                                         "<p>It wasn’t the tide.</p><p>Größe, Çelik, État</p>", // one block of a page
		`<meta content="` + twice("Wędrówka łodzią") + `">`:                                                            `<meta content="Wędrówka łodzią">`,
		"<p>" + twice("Η παλίρροια ανεβαίνει") + "</p>":                                                                "<p>Η παλίρροια ανεβαίνει</p>",
		"<p>Step 1:" + twice("\u00a0") + "Wait</p><p>Step 2:" + twice("\u00a0") + "Row</p><p>56" + twice("°") + "</p>": "<p>Step 1:\u00a0Wait</p><p>Step 2:\u00a0Row</p><p>56°</p>",
		"<p>" + twice("潮が満ちる。") + "</p>":                                                                               "<p>潮が満ちる。</p>",
		"<p>" + twice("น้ำขึ้นแล้ว வெள்ளம்") + "</p>":                                                                  "<p>น้ำขึ้นแล้ว வெள்ளம்</p>",
		"<p>" + twice("Nước triều lên, người ở bờ chờ đò") + "</p>":                                                    "<p>Nước triều lên, người ở bờ chờ đò</p>",
		"<p>" + twice(twice("Die Flut stieg über die Mündung – spät.")) + "</p>":                                       "<p>Die Flut stieg über die Mündung – spät.</p>",
		"<p>" + cyrillic("«Прилив» пришёл — и ушёл…") + "</p>":                                                         "<p>«Прилив» пришёл — и ушёл…</p>",
		"<p>" + as(charmap.Windows1250)("Příliv přišel – a zase odešel, říkají lodníci") + "</p>":                      "<p>Příliv přišel – a zase odešel, říkají lodníci</p>",
		"<p>" + as(charmap.Windows1253)("Η παλίρροια ανέβηκε «νωρίς»") + "</p>":                                        "<p>Η παλίρροια ανέβηκε «νωρίς»</p>",
		"<p>" + as(charmap.Windows1256)("ارتفع المدّ ليلا، ثم انحسر") + "</p>":                                         "<p>ارتفع المدّ ليلا، ثم انحسر</p>",
		"<h1>Прилив</h1><p>" + cyrillic("Прилив пришёл ночью") + "</p>":                                                "<h1>Прилив</h1><p>Прилив пришёл ночью</p>",
	} {
		if got := string(repairTwice([]byte(misread))); got != want {
			t.Errorf("repairTwice(%q) = %q, want %q", misread, got, want)
		}
	}
	for _, s := range []string{german, russian, japanText, "Рёбра и Сёстры «Рё»", "Das „Ä“ und das ”Ø”, das „Å“", "Île d’Oléron : ÉTÉ… À LA MER", "SÃO PAULO, NÃO, IRMÃ» ESPAÑA, AÑO, MAÑANA", "It prints GrÃ¼ÃŸe.", "CAFÉ» «É» À» «Â»", "В «Приливе», где «А и В»", "MAREA ROMÂNĂ” și ROMÂNĂ–engleză, MĂŞTI, CĂŢEL", "ط، ظ؛ طـ", "ΑΠΟ “ΕΔΩ” ΩΣ ΤΟ» Ο", "là\u00a0» et voilà\u00a0«"} {
		if got := string(repairTwice([]byte(s))); got != s {
			t.Errorf("repairTwice(%q) = %q, want it unchanged", s, got)
		}
	}
}

// TestRepairControls: controls that no keyboard writes are read as browsers read
// references to them.
func TestRepairControls(t *testing.T) {
	for in, want := range map[string]string{
		"<p>It wasn\u0092t \u0093high\u0094 tide \u0096 yet\u0085</p>": "<p>It wasn’t “high” tide – yet…</p>",
		"<p>Größe \u00a0 »</p>":                                        "<p>Größe \u00a0 »</p>",
	} {
		if got, err := Decode([]byte(in), "text/html; charset=utf-8", 0); err != nil || string(got) != want {
			t.Errorf("Decode(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}
