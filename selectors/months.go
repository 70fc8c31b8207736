package selectors

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Month is what a month's name means.
type Month struct {
	// Lang is the language that has the name (ISO 639).
	Lang string
	// Number is 1 to 12.
	Number int
	// SolarHijri is set where the year is one of the Iranian calendar.
	SolarHijri bool
	// LunarHijri is set where the month is one of the Islamic calendar.
	LunarHijri bool
}

//go:embed months.txt
var monthsText string

var monthsTable = &table{"months.txt", monthsText, []string{"language", "month"}}

var months = lazily(monthsTable, readMonths)

// foldMonth returns a word in lower case without accents.
func foldMonth(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			return strings.Map(folds().fold, word)
		}
	}
	return word
}

// MonthOf returns the month that a lower-case word without full stops names, or one
// that is written without accents. Where languages differ, lang (a BCP 47 tag, may be empty) decides, else the
// table's first. The second result is false where no language has the word.
func MonthOf(word, lang string) (Month, bool) {
	t := months()
	first := t.find(&t.plain, word)
	if first == 0 {
		// A page that sets a date in capitals drops the accents.
		first = t.find(&t.folded, foldMonth(word))
	}
	if first == 0 {
		return Month{}, false
	}
	primary, _, _ := strings.Cut(lang, "-")
	for k := first; k != 0; k = t.list[k-1].next {
		if t.list[k-1].Lang == primary {
			return t.list[k-1].Month, true
		}
	}
	return t.list[first-1].Month, true
}

// maxMonthWords is the number of words that a month's name may have.
const maxMonthWords = 3

// monthNames has for each name, and for each without accents, where in list the first
// month of it stands, from 1 on.
type monthNames struct {
	plain, folded monthIndex
	list          []listedMonth
}

type monthIndex struct {
	of    dictionary[uint16]
	known wordBits
}

// A listedMonth is followed by the next of the same name, 0 for none.
type listedMonth struct {
	Month
	next uint16
}

// find returns the first month of a name in an index of t, or 0.
func (t *monthNames) find(x *monthIndex, name string) uint16 {
	if !mayHave(&x.known, name) {
		return 0
	}
	if e := x.of.findString(name); e != nil {
		return e.value
	}
	return 0
}

// add puts a month behind those that an index has of the name.
func (t *monthNames) add(x *monthIndex, name string, m Month) {
	t.list = append(t.list, listedMonth{Month: m})
	at := x.of.at(name)
	for *at != 0 {
		at = &t.list[*at-1].next
	}
	*at = uint16(len(t.list))
	x.known.add(name)
}

// manyMonths is room for the names of months.
const manyMonths = 4096

func readMonths(t table) (*monthNames, error) {
	out := &monthNames{list: make([]listedMonth, 0, manyMonths)}
	out.plain.of = makeDictionary[uint16](manyMonths / 2)
	err := t.each(func(r row) error {
		n, err := strconv.Atoi(r.columns[1])
		if err != nil || len(r.columns[1]) != 2 || n < 1 || n > 12 {
			return fmt.Errorf("month %q is not 01 to 12", r.columns[1])
		}
		lang, calendar, _ := strings.Cut(r.columns[0], "-")
		m := Month{Lang: lang, Number: n, SolarHijri: lang == "fa" && calendar == "", LunarHijri: calendar == "u-ca-islamic"}
		for _, name := range r.entries {
			if strings.Count(name, " ") >= maxMonthWords {
				return fmt.Errorf("name %q is longer than %d words", name, maxMonthWords)
			}
			if len(out.list)+2 > math.MaxUint16 {
				return errors.New("more names of months than are counted")
			}
			out.add(&out.plain, name, m)
			if k := foldMonth(name); k != name {
				out.add(&out.folded, k, m)
			}
		}
		return nil
	})
	return out, err
}
