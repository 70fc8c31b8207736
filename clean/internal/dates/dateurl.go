package dates

import (
	"net/url"
	"strings"
	"time"

	"newsclip/clean/internal/text"
)

// OfAddress returns the day in an address: in its path, or as a parameter of that name.
func OfAddress(u *url.URL) (Date, bool) {
	if d, ok := OfURL(u.Path); ok || !strings.Contains(u.RawQuery, "date=") {
		return d, ok
	}
	q := u.Query()
	for _, name := range [...]string{"date", "pubdate", "fdate"} {
		if d, ok := OfURL("/" + q.Get(name)); ok {
			return d, true
		}
		if d, ok := ParseDate(q.Get(name), ""); ok && !d.Ambiguous {
			return d, true
		}
	}
	return Date{}, false
}

// DateInURL returns the date in the path of an address, as the paths of
// articles have it: /2024/05/12/, /2024-05-12, /20240512, /2024/may/12/. Where
// there is a month and no day, /2024/05/, it returns the month's first day,
// and day is false. The time is in UTC.
func DateInURL(path string) (at time.Time, day, ok bool) {
	if d, ok := OfURL(path); ok {
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC), true, true
	}
	for i := 0; i+7 <= len(path); i++ {
		if i > 0 && text.IsDigits(path[i-1:i]) {
			continue
		}
		y, n := digits(path[i:], 4)
		if sep := path[i+4]; n != 4 || y < 1990 || y > maxYear || sep != '/' && sep != '-' && sep != '_' {
			continue
		}
		m, n := digits(path[i+5:], 3)
		if n == 2 && m >= 1 && m <= 12 {
			return time.Date(y, time.Month(m), 1, 0, 0, 0, 0, time.UTC), false, true
		}
	}
	return time.Time{}, false, false
}
