package selectors

import (
	_ "embed"
	"fmt"
	"time"
)

//go:embed dates.txt
var datesText string

//go:embed zones.txt
var zonesText string

var (
	datesTable = &table{"dates.txt", datesText, []string{"kind", "language"}}
	zonesTable = &table{"zones.txt", zonesText, []string{"offset"}}
)

// Dates returns what dates.txt has. It is shared: do not change it.
func Dates() *DateWords { return dates() }

var dates = lazily(datesTable, readDates)

// DateWords are the words in and around a date, lower case.
type DateWords struct {
	// Fillers stand inside a day ("the 6th of May").
	Fillers map[string]bool
	// Suffixes end a number of a date or a time ("6th", "10pm").
	Suffixes map[string]bool
	// DayFirst are the top-level domains of countries that write English and
	// put the day before the month, without the full stop.
	DayFirst map[string]bool
	// MonthFirst are the languages that put the month first, as BCP 47 tags.
	MonthFirst map[string]bool
	// UpdatedClasses are parts of a class or itemprop that mark a date as that
	// of the last change.
	UpdatedClasses []string
}

func readDates(t table) (*DateWords, error) {
	d := &DateWords{
		Fillers: map[string]bool{}, Suffixes: map[string]bool{}, DayFirst: map[string]bool{}, MonthFirst: map[string]bool{},
	}
	return d, readLists(t, map[string]func(string){
		"filler": toSet(d.Fillers), "suffix": toSet(d.Suffixes), "day-first": toSet(d.DayFirst),
		"month-first": toSet(d.MonthFirst), "updated-class": toList(&d.UpdatedClasses),
	})
}

var zones = lazily(zonesTable, readZones)

// ZoneOf returns the offset, in seconds east of UTC, of a time zone's
// abbreviation in lower case, and whether zones.txt has it.
func ZoneOf(abbreviation string) (seconds int, ok bool) {
	seconds, ok = zones()[abbreviation]
	return seconds, ok
}

func readZones(t table) (map[string]int, error) {
	out := make(map[string]int, 64)
	err := t.each(func(r row) error {
		offset, err := time.Parse("-0700", r.columns[0])
		if err != nil {
			return fmt.Errorf("offset %q is not of the form +0100", r.columns[0])
		}
		_, seconds := offset.Zone()
		for _, e := range r.entries {
			out[e] = seconds
		}
		return nil
	})
	return out, err
}
