package dates

import (
	"fmt"
	"strings"
)

// maxMonthText is the bytes of a text that names a month and hardly more: "Published in
// September 2024".
const maxMonthText = 60

// MonthIn returns the month that a short text names without a day, as 2024-05: "May
// 2024", "mayo de 2024", "05/2024", "2024年5月".
func MonthIn(s, lang string) (string, bool) {
	if len(s) > maxMonthText {
		return "", false
	}
	var buf [maxDateTokens]dateToken
	toks := dateTokens(s, buf[:0])
	for i := range toks {
		if y, m := monthAndYear(toks[i:], lang); m > 0 && m <= 12 {
			if y = westernYear(y, lang); y >= minURLYear && y <= maxYear {
				return fmt.Sprintf("%04d-%02d", y, m), true
			}
		}
	}
	return "", false
}

// monthAndYear reads a month that begins at the first token, with its year of four
// digits; 0 where there is none.
func monthAndYear(t []dateToken, lang string) (year, month int) {
	if m, n := monthAt(t, lang); n > 0 {
		if j := skipFiller(t, n); j < len(t) && t[j].digits == 4 && !m.LunarHijri && !m.SolarHijri {
			return t[j].num, m.Number
		}
		return 0, 0
	}
	if len(t) < 3 || t[0].digits == 0 || t[2].digits == 0 {
		return 0, 0
	}
	switch sign := t[1]; {
	case t[0].digits == 4 && t[2].digits <= 2 && (sign.unit == '年' || sign.unit == '년'):
		return t[0].num, t[2].num
	case len(t) == 3 && strings.IndexByte("/.-", sign.sign) >= 0 && t[0].digits <= 2 && t[2].digits == 4:
		return t[2].num, t[0].num
	}
	return 0, 0
}
