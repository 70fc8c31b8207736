package dates

import (
	"strings"
	"time"

	"github.com/hablullah/go-hijri"

	"newsclip/selectors"
)

// This file turns the years of other calendars into those of the Gregorian one. A
// calendar is read where the page's language has it, or where the month's or the
// era's name tells it: a year that only might be of another calendar is no date.

// buddhistAhead is how many years the Buddhist calendar is ahead.
const buddhistAhead = 543

// westernYear turns a year as it is printed into a Gregorian one. In the languages
// of dates.txt that count Buddhist years, those of 1900 to 2100 are 543 less.
func westernYear(y int, lang string) int {
	if y >= minYear+buddhistAhead && y <= maxYear+buddhistAhead && (lang == "" || selectors.Dates().Buddhist[primary(lang)]) {
		return y - buddhistAhead
	}
	return y
}

// primary returns the language of a BCP 47 tag, without script and country.
func primary(lang string) string {
	p, _, _ := strings.Cut(lang, "-")
	return strings.ToLower(p)
}

// solarBehind is how many years the Iranian calendar is behind, from March on.
const solarBehind = 621

// solarHijriYear reports whether y is a year of the Iranian calendar from 1900 to
// 2100.
func solarHijriYear(y int) bool { return y >= minYear-solarBehind && y <= maxYear-solarBehind }

// fromSolarHijri converts a day of the Iranian calendar by the arithmetic
// 33-year cycle, exact for the years 1206 to 1498.
func fromSolarHijri(y, m, d int) Date {
	if m < 1 || m > 12 || d < 1 || d > 31 {
		return Date{}
	}
	jy := y - 979
	days := 365*jy + jy/33*8 + (jy%33+3)/4 + d - 1
	if m <= 7 {
		days += (m - 1) * 31
	} else {
		days += 186 + (m-7)*30
	}
	// Day 0 is 1 Farvardin 979, which is 20 March 1600.
	g := time.Date(1600, time.March, 20, 0, 0, 0, 0, time.UTC).AddDate(0, 0, days)
	return Date{Year: g.Year(), Month: int(g.Month()), Day: g.Day()}
}

// The years that the tables of the Umm al-Qura calendar cover, which the civil
// calendars of the Arab countries follow.
const (
	firstUmmAlQura = 1356
	lastUmmAlQura  = 1500
)

// fromLunarHijri converts a day of the Islamic calendar as Umm al-Qura counts it.
func fromLunarHijri(y, m, d int) Date {
	if y < firstUmmAlQura || y > lastUmmAlQura || m < 1 || m > 12 || d < 1 || d > 30 {
		return Date{}
	}
	g := hijri.UmmAlQuraDate{Day: int64(d), Month: int64(m), Year: int64(y)}.ToGregorian()
	return Date{Year: g.Year(), Month: int(g.Month()), Day: g.Day(), lunar: true}
}

// yearFirstDay returns the day of a year, month and day as numbers, in the calendar
// that the language counts years of that size by.
func yearFirstDay(y, m, d int, lang string) Date {
	w := selectors.Dates()
	switch p := primary(lang); {
	case solarHijriYear(y) && (p == "" || w.SolarHijri[p]):
		return fromSolarHijri(y, m, d)
	case w.LunarHijri[p] && y >= firstUmmAlQura && y <= lastUmmAlQura:
		return fromLunarHijri(y, m, d)
	}
	return Date{Year: westernYear(y, lang), Month: m, Day: d}
}

// maxEraDigits is the length of an era's year: that of the Republic of China is past
// a hundred.
const maxEraDigits = 3

// eraDay reads a day with the year of an era: 令和7年11月27日, 平成元年1月8日, R7.11.27.
// It returns the tokens that it took, also where they are no day: what follows an
// era's name must not be read as another date.
func eraDay(t []dateToken, lang string) (Date, int) {
	name, year := cutEra(t[0].word, lang)
	if name == 0 {
		return Date{}, 0
	}
	i := 1
	if year == 0 {
		if i >= len(t) || t[i].digits == 0 || t[i].digits > maxEraDigits {
			return Date{}, 0
		}
		year = t[i].num
		i++
	}
	month, i := partAfterSign(t, i)
	day, i := partAfterSign(t, i)
	d := Date{Year: name + year, Month: month, Day: day}
	if year == 0 || !d.Ok() {
		return Date{}, i
	}
	return d, i
}

// cutEra returns the year before the first of the era that a word ends with, and
// the year of the era where the word has it in signs: 令和七, 平成元. It is 0
// where the word ends with no era of the language.
func cutEra(word, lang string) (before, year int) {
	for _, e := range selectors.Dates().Eras {
		if e.Latin && (primary(lang) != e.Lang || word != e.Name) {
			continue
		}
		k := strings.LastIndex(word, e.Name)
		if k < 0 {
			continue
		}
		rest := word[k+len(e.Name):]
		if rest == "" {
			return e.Before, 0
		}
		if n, ok := numeral(rest); ok {
			return e.Before, n
		}
	}
	return 0, 0
}

// partAfterSign reads the number after the sign at t[i], and returns where it
// ends; 0 where there is none.
func partAfterSign(t []dateToken, i int) (num, next int) {
	if i+1 >= len(t) || t[i].sign != '.' && t[i].sign != '/' && t[i].sign != '-' {
		return 0, i
	}
	if t[i+1].digits > 0 && t[i+1].digits <= 2 {
		return t[i+1].num, i + 2
	}
	return 0, i
}

// republicDigits is how many digits the years of the Republic of China have since 2011,
// and beforeRepublic the Gregorian year before its first.
const republicDigits, beforeRepublic = 3, 1911

// republicDay reads a day with a year of the Republic of China that no name stands
// before: 114年3月4日, 114.3.4. What goes on with numbers is an address or a version.
func republicDay(t []dateToken) (Date, int) {
	month, i := partAfterSign(t, 1)
	day, i := partAfterSign(t, i)
	d := Date{Year: beforeRepublic + t[0].num, Month: month, Day: day}
	if goesOn := i+1 < len(t) && t[i].sign == '.' && t[i+1].digits > 0; !d.Ok() || t[0].glued || goesOn {
		return Date{}, 0
	}
	return d, i
}

// ordinalDay reads a day whose number is a word: "هفدهم اردیبهشت ۱۴۰۳", "بیست و یکم مهر ۱۴۰۳".
func ordinalDay(t []dateToken, lang string) (Date, int) {
	if isLatin(t[0].word[0]) {
		return Date{}, 0
	}
	ordinals := selectors.Dates().Ordinals
	number := ordinals[t[0].word]
	if number == 0 {
		return Date{}, 0
	}
	from := 1
	if n := len(t); number%10 == 0 && n > 2 && t[1].word == "و" && ordinals[t[2].word] > 0 && ordinals[t[2].word] < 10 {
		number, from = number+ordinals[t[2].word], 3
	} else if number == 30 {
		for from < min(n, 3) && (t[from].sign != 0 || t[from].word == "ام") { // "سی ام", or with a joiner between
			from++
		}
	}
	d, n := numberFirst(append([]dateToken{{num: number, digits: 2}}, t[from:]...), lang)
	if n == 0 {
		return Date{}, 0
	}
	return d, n - 1 + from
}

// HasHebrewYear reports whether a text has a year of the Hebrew calendar in letters, of those
// from 1939 on: תשפ"ד, התשפ״ד. It is read as no date, but stands where dates and names do.
func HasHebrewYear(s string) bool {
	for {
		k := strings.Index(s, "תש")
		if k < 0 {
			return false
		}
		s = s[k+len("תש"):]
		word, _, _ := strings.Cut(s, " ")
		if word != strings.ReplaceAll(strings.ReplaceAll(word, "\"", ""), "״", "") {
			return true
		}
	}
}

// numeralSigns are the digits in Chinese signs.
const numeralSigns = "〇一二三四五六七八九"

// numeral reads a number in Chinese signs: digit by digit, 二〇二五, or by tens, 十一,
// 二十七. 元 is the first year of an era.
func numeral(s string) (int, bool) {
	const digits = numeralSigns
	if s == "元" {
		return 1, true
	}
	n, last, count := 0, -1, 0
	tens := strings.ContainsRune(s, '十')
	for _, c := range s {
		count++
		if c == '十' {
			if last < 0 {
				last = 1
			}
			n, last = n+last*10, -1
			continue
		}
		if c == '零' {
			c = '〇'
		}
		k := strings.IndexRune(digits, c)
		if k < 0 || tens && last >= 0 {
			return 0, false
		}
		if last = k / len("〇"); tens {
			continue
		}
		n, last = n*10+last, -1
	}
	return n + max(last, 0), count > 0 && count <= 4
}
