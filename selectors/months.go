package selectors

import (
	_ "embed"
	"fmt"
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

// foldedMonth begins the keys of names without accents: a page that sets a date in
// capitals drops them.
const foldedMonth = " "

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
	var ms []Month
	if mayHave(&t.known, word) {
		ms = t.of[word]
	}
	if len(ms) == 0 {
		if k := foldMonth(word); mayHave(&t.folded, k) {
			ms = t.of[foldedMonth+k]
		}
	}
	if len(ms) == 0 {
		return Month{}, false
	}
	primary, _, _ := strings.Cut(lang, "-")
	for _, m := range ms {
		if m.Lang == primary {
			return m, true
		}
	}
	return ms[0], true
}

// maxMonthWords is the number of words that a month's name may have.
const maxMonthWords = 3

// monthNames are the names of months, those without accents under foldedMonth too.
type monthNames struct {
	of            map[string][]Month
	known, folded wordBits
}

func readMonths(t table) (*monthNames, error) {
	out := &monthNames{of: make(map[string][]Month, 2048)}
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
			out.of[name] = append(out.of[name], m)
			out.known.add(name)
			if k := foldMonth(name); k != name {
				out.of[foldedMonth+k] = append(out.of[foldedMonth+k], m)
				out.folded.add(k)
			}
		}
		return nil
	})
	return out, err
}
