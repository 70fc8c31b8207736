package dates

import (
	"testing"
)

func FuzzDate(f *testing.F) {
	for _, s := range []string{"6 May 2024", "2024-05-06T10:00:00+02:00", "2024年5月6日", "۱۴۰۳/۰۲/۱۷", "Fri Apr 28 19:20:36 CEST 2023"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		d, ok := ParseDate(s, lang)
		if ok && !d.Ok() {
			t.Errorf("parseDate(%q, %q) = %v, which is no day", s, lang, d)
		}
		if u, ok := OfURL(s); ok && !u.Ok() {
			t.Errorf("dateInURL(%q) = %v, which is no day", s, u)
		}
	})
}
