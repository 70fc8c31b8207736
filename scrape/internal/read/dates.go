package read

import (
	"strings"
	"time"
)

// timeLayouts are the forms of sitemaps' W3C dates and of feeds' RFC 822 ones,
// with the slips that are common in them. A layout's one-digit month, day and
// hour stand for two digits as well.
var timeLayouts = []string{
	time.RFC3339Nano,
	"2006-1-2T15:04:05",
	"2006-1-2T15:04:05-0700", // no colon in the offset
	"2006-1-2T15:04:05Z07:00",
	"2006-1-2T15:04Z07:00", // W3C, without seconds
	"2006-1-2T15:04",
	"2006-1-2 15:04:05",
	"2006-1-2 15:04:05.999999999",
	"2006-1-2 15:04:05 -0700", // Rails
	"2006-1-2 15:04:05-0700",
	"2006-1-2 15:04:05Z07:00", // PostgreSQL
	"2006-1-2 15:04:05 MST",
	"2006-1-2 3:04:05 PM",
	"2006-1-2 15:04:05 PM",
	"2006-1-2 15:04",
	"2006-1-2",
	"2006-1",
	"2006",
	"2006/1/2",
	"2006/1/2 15:04:05",
	"20060102",
	"20060102T150405Z",
	"2.1.2006",
	"2.1.2006 15:04",
	"2.1.2006 15:04:05",
	time.RFC1123Z,
	time.RFC1123,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"Mon, 2 Jan 2006 15:04:05 Z",
	"Mon, 2 Jan 2006 15:04:05",
	"Mon, 2 Jan 2006 15:04 -0700",
	"Mon, 2 Jan 2006 15:04 MST",
	"Mon, 2 Jan 2006",
	"Mon, 2 Jan 06 15:04:05 -0700",
	"Mon, 2 Jan 06 15:04:05 MST",
	"Mon, 2 January 2006 15:04:05 -0700",
	"Mon, 2 January 2006 15:04:05 MST",
	"Monday, 2 January 2006 15:04:05 -0700",
	"Monday, 2 January 2006 15:04:05 MST",
	"Mon Jan 2 15:04:05 2006",
	"Mon Jan 2 15:04:05 MST 2006",
	"2 Jan 2006 15:04:05 -0700",
	"2 Jan 2006 15:04:05 MST",
	"2 Jan 2006",
	"2 January 2006",
	"Jan 2, 2006",
	"January 2, 2006",
	"January 2, 2006 3:04 PM",
}

// firstYear is that of the first page of the web: a page has not changed before.
const firstYear = 1991

// longestTime is more than any of the timeLayouts makes, in bytes.
const longestTime = 100

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// parseTime reads a date in one of the timeLayouts, or returns the zero time. So it
// does for a time that cannot be a page's: before the web, as 1970 and 0000 are,
// which programs write for an unknown one, or in the future.
func parseTime(s string) time.Time {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > longestTime || !strings.ContainsAny(s, "0123456789") {
		return time.Time{}
	}
	for _, layout := range timeLayouts {
		if isDigit(layout[0]) != isDigit(s[0]) {
			continue // an error of Parse takes longer than the comparison
		}
		t, err := time.Parse(layout, s)
		if err != nil {
			continue
		}
		// A time without a zone may be up to 14 hours ahead.
		if t = t.UTC(); t.Year() < firstYear || t.After(time.Now().Add(24*time.Hour)) {
			return time.Time{}
		}
		return t
	}
	return time.Time{}
}
