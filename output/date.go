package output

import (
	"strings"
	"time"
)

// Precisions of [ParseDate].
const (
	PrecisionDay      = "day"
	PrecisionSecond   = "second"
	PrecisionFraction = "fraction" // of a second
)

// ParseDate reads a date or date-time in the form of
// [clean.Article.Published] as a point in time in UTC, and the precision that
// it is told with. A date is the first moment of its day in UTC. It reports
// false for any other text.
func ParseDate(s string) (t time.Time, precision string, ok bool) {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return t, PrecisionDay, true
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return time.Time{}, "", false
	}
	if strings.ContainsAny(s, ".,") {
		return t.UTC(), PrecisionFraction, true
	}
	return t.UTC(), PrecisionSecond, true
}
