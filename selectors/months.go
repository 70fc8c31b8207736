package selectors

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// Month is what a month's name says.
type Month struct {
	// Lang is the language that calls it so.
	Lang string
	// Number is 1 to 12.
	Number int
	// SolarHijri is set where the year is one of the Iranian calendar's.
	SolarHijri bool
}

//go:embed months.txt
var monthsTxt string

var months = sync.OnceValue(func() map[string][]Month {
	m, err := readMonths(monthsTxt)
	if err != nil {
		panic(err) // the table is part of the program, and tested
	}
	return m
})

// MonthOf returns the month that a lower-case word without full stops names.
// Where languages differ, lang (a BCP 47 tag, may be empty) decides, else the
// table's first. The second result is false where no language has the word.
func MonthOf(word, lang string) (Month, bool) {
	ms := months()[word]
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

func readMonths(txt string) (map[string][]Month, error) {
	out := make(map[string][]Month, 2048)
	for n, line := range strings.Split(txt, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		lang, names, ok := strings.Cut(line, "\t")
		list := strings.Split(names, ",")
		if !ok || len(list) != 12 {
			return nil, fmt.Errorf("months.txt:%d: want a language, a tab and 12 months", n+1)
		}
		primary, calendar, _ := strings.Cut(lang, "-")
		for i, forms := range list {
			m := Month{Lang: primary, Number: i + 1, SolarHijri: lang == "fa" && calendar == ""}
			for _, form := range strings.Split(forms, "/") {
				form = strings.TrimSpace(form)
				if form == "" {
					return nil, fmt.Errorf("months.txt:%d: month %d has an empty name", n+1, i+1)
				}
				out[form] = append(out[form], m)
			}
		}
	}
	return out, nil
}
