package address

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"newsclip/selectors"
)

// Limits beyond which a URL is taken for a trap: a site that makes new URLs
// faster than anyone could fetch them. Crawlers in wide use cut between 1,024
// and 4,000 characters, and at the third or fourth repetition.
const (
	maxURLLength   = 2000 // characters
	maxRepeats     = 3    // times that one path segment may not be reached
	maxPathDepth   = 16   // segments
	maxQueryParams = 48   // old content systems and archives have some fifteen
)

// Trap returns the cause for which a normalised URL is left out as a trap,
// or "".
func Trap(u *url.URL, length int, now time.Time) SkipCause {
	if length > maxURLLength {
		return SkipLong
	}
	segments := strings.Split(strings.Trim(u.EscapedPath(), "/"), "/")
	if len(segments) > maxPathDepth {
		return SkipDepth
	}
	if repeats(segments) {
		return SkipRepeated
	}
	if isCalendarPath(segments) {
		return SkipCalendar
	}
	if u.RawQuery == "" {
		return ""
	}
	if listingOrder().MatchString(u.RawQuery) {
		return SkipFacet
	}
	return queryTrap(u.RawQuery, segments)
}

// listingOrder matches the queries by which a listing of Apache's mod_autoindex is
// sorted: C=N;O=D by name, falling, and N=D in its older form.
var listingOrder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:C=[NMSD](?:[;&]|%3B)O=[AD]|[NMSD]=[AD])$`) })

// IsFar reports whether a normalised URL ends in a date, or has one in its query, on
// which little can have been published on the web: before 1990, or after the coming
// month. Archives that were put on the web later have the former, and numbers of
// issues look like both, but a calendar that links "previous" and "next" has them
// for ever. Ahead is set for the latter.
func IsFar(u *url.URL, now time.Time) (far, ahead bool) {
	y, m := pathDate(strings.Split(strings.Trim(u.EscapedPath(), "/"), "/"))
	if y == 0 {
		y, m = queryDate(u.RawQuery)
	}
	if y == 0 {
		return false, false
	}
	if y < 1990 {
		return true, false
	}
	if m == 0 {
		ahead = y > now.Year()+1
		return ahead, ahead
	}
	ahead = time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).After(now.AddDate(0, 1, 0))
	return ahead, ahead
}

// repeats reports whether a segment stands in a path maxRepeats times, as in the
// paths that relative links grow on a page that answers under any name. Short
// numbers may: /2024/3/3/3-dead.
func repeats(segments []string) bool {
	if len(segments) < maxRepeats {
		return false
	}
	for i, s := range segments {
		if len(s) <= 2 {
			continue
		}
		n := 1
		for _, t := range segments[i+1:] {
			if t == s {
				n++
			}
		}
		if n >= maxRepeats {
			return true
		}
	}
	return false
}

// isCalendarPath reports whether a path is a calendar's page for some day or
// month: after a word such as "calendar" nothing but dates and the names of
// views. An event's own page has words after its date, and stays.
func isCalendarPath(segments []string) bool {
	words := selectors.Traps().Calendars
	for i, s := range segments {
		if !words[strings.ToLower(s)] {
			continue
		}
		dates := 0
		for _, t := range segments[i+1:] {
			t = strings.ToLower(t)
			switch {
			case isDateLike(t):
				dates++
			case !selectors.Traps().Views[t]:
				return false
			}
		}
		if dates > 0 {
			return true
		}
	}
	return false
}

// pathDate returns the year and the month of a date that a path ends in; the month
// is 0 for a year alone. A year alone is as likely a title or a page's number: only
// after a word such as "archive" it is a date.
// Newspapers are younger than 1600.
func pathDate(segments []string) (year int, month time.Month) {
	for i, s := range segments {
		y, err := strconv.Atoi(s)
		if err != nil || len(s) != 4 || y < 1600 || y >= 2200 {
			continue
		}
		archive := i > 0 && selectors.Traps().Archives[strings.ToLower(segments[i-1])]
		rest := segments[i+1:]
		switch {
		case len(rest) == 0 && archive:
			return y, 0
		case len(rest) == 0, len(rest) > 2:
			return 0, 0
		case len(rest) == 1 && len(rest[0]) == 1 && i > 0 && !archive:
			return 0, 0 // /tag/1850/2 is the second page of something
		}
		for k, t := range rest {
			n, err := strconv.Atoi(t)
			if err != nil || n < 1 || n > 31 || k == 0 && n > 12 {
				return 0, 0
			}
			if k == 0 {
				month = time.Month(n)
			}
		}
		return y, month
	}
	return 0, 0
}

// queryDate returns the year and the month of the date parameters of a query.
func queryDate(query string) (year int, month time.Month) {
	for part := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(part, "=")
		name = paramName(name)
		if !selectors.Traps().DateKeys[name] || !isDateLike(value) {
			continue
		}
		y, m := yearMonth(name, value)
		if y > 0 {
			year = y
		}
		if m > 0 {
			month = m
		}
	}
	return year, month
}

// paramName returns the name of a parameter in lower case, without what stands in
// brackets: filter[topic] and filter%5Btopic%5D are filter.
func paramName(name string) string {
	if i := strings.IndexAny(name, "[%"); i > 0 {
		name = name[:i]
	}
	return strings.ToLower(name)
}

// isDateLike reports whether a path segment or a value is a day, a month, a year or
// a date of digits: 2024, 05, 2024-05, 20240512, 2024-w19. Digits alone that no
// date has are a number: /events/5012.
func isDateLike(s string) bool {
	digits := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits++
		case c == '-' || c == '.' || c == '_' || c == 'w':
		default:
			return false
		}
	}
	switch digits {
	case 1, 2, 12, 16: // the last two are spans of months and days
		return true
	case 4, 6, 8:
		return digits < len(s) || s >= "1600" && s < "2200" && (digits == 4 || s[4:6] <= "12")
	}
	return false
}

func queryTrap(query string, segments []string) SkipCause {
	calendar := false
	for _, s := range segments {
		calendar = calendar || selectors.Traps().Calendars[strings.ToLower(s)]
	}
	params, dated, seen := 0, 0, make(map[string]int, 4)
	for part := range strings.SplitSeq(query, "&") {
		params++
		if seen[part]++; seen[part] >= maxRepeats {
			return SkipFacet
		}
		name, value, _ := strings.Cut(part, "=")
		if selectors.Traps().DateKeys[paramName(name)] && isDateLike(value) {
			dated++
		}
	}
	switch {
	case dated > 0 && calendar:
		return SkipCalendar
	case params > maxQueryParams:
		return SkipFacet
	}
	return ""
}

// yearMonth returns the year and the month in the value of a date parameter, 0 for
// what is not in it.
func yearMonth(name, value string) (int, time.Month) {
	value = strings.NewReplacer("-", "", ".", "", "_", "").Replace(value)
	n, err := strconv.Atoi(value)
	if err != nil {
		return 0, 0
	}
	switch len(value) {
	case 1, 2:
		if n >= 1 && n <= 12 && !strings.Contains(name, "day") {
			return 0, time.Month(n)
		}
	case 4:
		return n, 0
	case 6, 8:
		for len(value) > 6 {
			n, value = n/100, value[:len(value)-2]
		}
		if m := n % 100; m >= 1 && m <= 12 {
			return n / 100, time.Month(m)
		}
	}
	return 0, 0
}
