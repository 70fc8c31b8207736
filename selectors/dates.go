package selectors

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
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
	// DayLabels are the words for a day of publication at the head of a table's row.
	DayLabels map[string]bool
	// DayFirst are the top-level domains of countries that write English and
	// put the day before the month, without the full stop.
	DayFirst map[string]bool
	// MonthFirst are the languages that put the month first, as BCP 47 tags.
	MonthFirst map[string]bool
	// Buddhist, Republic, SolarHijri and LunarHijri are the languages that count years by
	// those calendars beside the Gregorian one (ISO 639).
	Buddhist, Republic, SolarHijri, LunarHijri map[string]bool
	// RomanMonths are the languages that write months in Roman numbers (ISO 639).
	RomanMonths map[string]bool
	// Attributes are parts of the names of attributes in which an element has the day
	// that a script will show in it.
	Attributes []string
	// ScriptKeys are the keys, in small letters and without signs, under which the data of
	// a page's scripts have the day of publication.
	ScriptKeys map[string]bool
	// YearFirst are the languages that print a year of two digits first (ISO 639).
	YearFirst map[string]bool
	// Ordinals are the days of the month that are written in words.
	Ordinals map[string]int
	// Eras are the names of eras, from whose beginning years are counted.
	Eras []Era
	// UpdatedClasses are parts of a class or itemprop that mark a date as that
	// of the last change.
	UpdatedClasses []string
	// Articles are what a sentence of an article about itself begins with, and Firsts the
	// words in it for "first".
	Articles, Firsts []string
	// LineClasses are parts of a class or id that mark the line in which a content
	// system tells day, author and section.
	LineClasses []string
}

// An Era is a name that years are counted from the beginning of.
type Era struct {
	// Lang is the language of pages that count by it (ISO 639).
	Lang string
	// Name is lower case.
	Name string
	// Before is the Gregorian year before the era's first.
	Before int
	// Latin is set for the one letter that forms print in the name's place.
	Latin bool
}

func readDates(t table) (*DateWords, error) {
	d := &DateWords{
		Ordinals: map[string]int{},
		Buddhist: map[string]bool{}, Republic: map[string]bool{}, SolarHijri: map[string]bool{}, LunarHijri: map[string]bool{},
		RomanMonths: map[string]bool{}, ScriptKeys: map[string]bool{},
		YearFirst: map[string]bool{}, Fillers: map[string]bool{}, Suffixes: map[string]bool{}, DayLabels: map[string]bool{}, DayFirst: map[string]bool{}, MonthFirst: map[string]bool{},
	}
	if err := t.each(func(r row) error { return errors.Join(readEras(r, &d.Eras), readOrdinals(r, d.Ordinals)) }); err != nil {
		return nil, err
	}
	numbered := func(string) {} // read above
	return d, readLists(t, map[string]func(string){
		"buddhist": toSet(d.Buddhist), "republic": toSet(d.Republic), "solar-hijri": toSet(d.SolarHijri), "lunar-hijri": toSet(d.LunarHijri), "two-digit-year-first": toSet(d.YearFirst), "era": numbered, "ordinal": numbered,
		"roman-months": toSet(d.RomanMonths), "attribute": toList(&d.Attributes), "script-key": toSet(d.ScriptKeys),
		"filler": toSet(d.Fillers), "suffix": toSet(d.Suffixes), "day-first": toSet(d.DayFirst), "day-label": toSet(d.DayLabels),
		"month-first": toSet(d.MonthFirst), "updated-class": toList(&d.UpdatedClasses), "line-class": toList(&d.LineClasses),
		"article": toList(&d.Articles), "first": toList(&d.Firsts),
	})
}

// readOrdinals adds the ordinals of a row, where it has any.
func readOrdinals(r row, to map[string]int) error {
	if r.columns[0] != "ordinal" {
		return nil
	}
	for _, e := range r.entries {
		word, number, _ := strings.Cut(e, " ")
		n, err := strconv.Atoi(number)
		if err != nil {
			return fmt.Errorf("ordinal %q is not of the form هفدهم 17", e)
		}
		to[word] = n
	}
	return nil
}

// readEras appends the eras of a row, where it has any.
func readEras(r row, to *[]Era) error {
	if r.columns[0] != "era" {
		return nil
	}
	for _, e := range r.entries {
		name, year, _ := strings.Cut(e, " ")
		lang, name, _ := strings.Cut(name, ":")
		before, err := strconv.Atoi(year)
		if err != nil || name == "" {
			return fmt.Errorf("era %q is not of the form ja:令和 2018", e)
		}
		*to = append(*to, Era{lang, name, before, name[0] < utf8.RuneSelf})
	}
	return nil
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
