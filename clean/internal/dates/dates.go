package dates

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"newsclip/selectors"
)

// A Date is a day as a page shows it, with the time of day and the offset where
// it has those too. Nothing is converted: a page's own day is the one that its
// readers saw.
type Date struct {
	Year, Month, Day  int
	Hour, Minute, sec int
	HasTime, HasZone  bool
	Zone              int // seconds east of UTC
	// Ambiguous is set where month and day may be the other way round: 5/6/2024.
	Ambiguous bool
	// MonthFirst is set where the first of the two was taken for the month.
	MonthFirst bool
	lunar      bool // converted from the Islamic calendar, whose days differ by country
}

// Bounds of a publication's year. Archives of newspapers go back further, but
// few; 0001-01-01 and 1899-12-30 are what software writes for no date.
const (
	minYear = 1900
	maxYear = 2100
)

func (d Date) Ok() bool {
	return d.Year >= minYear && d.Year <= maxYear && d.Month >= 1 && d.Month <= 12 &&
		d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month) &&
		!(d.Year == 1970 && d.Month == 1 && d.Day == 1)
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// String returns RFC 3339 where time and offset are known, else the day.
func (d Date) String() string {
	day := d.Day10()
	if !d.HasTime || !d.HasZone {
		return day
	}
	zone := "Z"
	if d.Zone != 0 {
		sign, z := '+', d.Zone
		if z < 0 {
			sign, z = '-', -z
		}
		zone = fmt.Sprintf("%c%02d:%02d", sign, z/3600, z/60%60)
	}
	return fmt.Sprintf("%sT%02d:%02d:%02d%s", day, d.Hour, d.Minute, d.sec, zone)
}

// Swapped returns d with day and month the other way round.
func (d Date) Swapped() Date {
	d.Month, d.Day, d.Ambiguous, d.MonthFirst = d.Day, d.Month, false, false
	return d
}

// Day10 returns the day as 2024-05-06.
func (d Date) Day10() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

func (d Date) SameDay(e Date) bool {
	return d.Year == e.Year && d.Month == e.Month && d.Day == e.Day
}

// Before reports whether d's day is before e's.
func (d Date) Before(e Date) bool {
	return d.Year < e.Year || d.Year == e.Year && (d.Month < e.Month || d.Month == e.Month && d.Day < e.Day)
}

// DaysFrom returns how many days lie between d and e.
func (d Date) DaysFrom(e Date) int {
	day := func(d Date) int64 {
		return time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	n := day(d) - day(e)
	return int(max(n, -n))
}

// ParseDate reads the first day in s, in the forms that pages use in
// any of the languages of selectors/months.txt. lang is the page's language
// and decides what 5/6/2024 means; it may be empty. Only the head of a long
// string is read.
func ParseDate(s, lang string) (Date, bool) {
	if !mayHaveDay(s) {
		return Date{}, false
	}
	var buf [maxDateTokens]dateToken
	toks := dateTokens(s, buf[:0])
	if len(toks) == 1 {
		return compactDate(toks[0])
	}
	var islamic Date
	for i := 0; i < len(toks); i++ {
		d, n := dayAt(toks[i:], lang)
		if n > 0 && !d.Ok() { // an era's day that is none
			i += n - 1
			continue
		}
		if n == 0 {
			continue
		}
		d.readTime(toks[i+n:], toks[:i])
		if !d.lunar {
			return d, true
		}
		// The Gregorian day often stands beside it, and is the same everywhere.
		if !islamic.Ok() {
			islamic = d
		}
		i += n - 1
	}
	return islamic, islamic.Ok()
}

// compactDate reads 20240506, 20240506101500 and Unix times.
func compactDate(t dateToken) (Date, bool) {
	var d Date
	switch t.digits {
	case 8:
		d = Date{Year: t.num / 10000, Month: t.num / 100 % 100, Day: t.num % 100}
	case 14:
		n := t.num / 1_000_000
		d = Date{Year: n / 10000, Month: n / 100 % 100, Day: n % 100}
	case 10, 13:
		n := int64(t.num)
		if t.digits == 13 {
			n /= 1000
		}
		u := time.Unix(n, 0).UTC()
		d = Date{Year: u.Year(), Month: int(u.Month()), Day: u.Day(), Hour: u.Hour(),
			Minute: u.Minute(), sec: u.Second(), HasTime: true, HasZone: true}
	}
	return d, d.Ok()
}

// dayAt reads a day that begins at the first token and returns how many
// tokens it took, 0 where there is none.
func dayAt(t []dateToken, lang string) (Date, int) {
	if t[0].digits == republicDigits && selectors.Dates().Republic[primary(lang)] {
		return republicDay(t)
	}
	if t[0].digits > 0 {
		if d, n := numericDay(t, lang); n > 0 {
			return d, n
		}
		return numberFirst(t, lang)
	}
	if m, n := monthAt(t, lang); n > 0 {
		return monthFirst(t, m, n, lang)
	}
	if t[0].word != "" {
		if d, n := ordinalDay(t, lang); n > 0 {
			return d, n
		}
		return eraDay(t, lang)
	}
	return Date{}, 0
}

// lastOf2000s is the last two-digit year that is of the 2000s: the rule of POSIX
// strptime, by which 69 to 99 are 1969 to 1999, but for 69.
const lastOf2000s = 69

// fullYear returns a year that may be printed with two digits.
func fullYear(t dateToken) int {
	switch {
	case t.digits != 2:
		return t.num
	case t.num > lastOf2000s:
		return 1900 + t.num
	}
	return 2000 + t.num
}

// numericDay reads 2024-05-06, 2024/5/6, 2024. 5. 6., 6.5.2024, 06/05/24,
// and 20240506T….
func numericDay(t []dateToken, lang string) (Date, int) {
	if t[0].digits == 8 {
		d, ok := compactDate(t[0])
		if ok {
			return d, 1
		}
		return Date{}, 0
	}
	// Number, sign, number, sign, number; the signs alike.
	if len(t) < 5 || t[2].digits == 0 || t[4].digits == 0 || t[1].sign == 0 || t[1].sign != t[3].sign ||
		t[2].digits > 2 {
		return Date{}, 0
	}
	sep := t[1].sign
	a, b, c := t[0], t[2], t[4]
	if sep == '|' && (a.digits == 4 || c.digits == 4) {
		sep = '.' // 06 | 05 | 2024
	}
	if sep != '-' && sep != '.' && sep != '/' {
		return Date{}, 0
	}
	if u := t[1].unit; u != 0 || t[3].unit != 0 {
		// The signs tell what the numbers are; without one for the year it is not told.
		if u != '年' && u != '년' || t[3].unit != '月' && t[3].unit != '월' || u == '年' && a.digits != 4 {
			return Date{}, 0
		}
	}
	var d Date
	switch {
	case a.digits == 2 && b.digits <= 2 && c.digits <= 2 && (t[1].unit == '년' || c.digits == 2 && selectors.Dates().YearFirst[primary(lang)]):
		d = Date{Year: fullYear(a), Month: b.num, Day: c.num}
	case a.digits == 4 && c.digits <= 2:
		d = yearFirstDay(a.num, b.num, c.num, lang)
	case a.digits <= 2 && c.digits == 4 || a.digits <= 2 && c.digits == 2 && (sep == '.' || sep == '/'):
		year := fullYear(c)
		month, day := b.num, a.num
		if b.num > 12 || a.num <= 12 && sep == '/' && monthComesFirst(lang) {
			month, day = a.num, b.num
		}
		d = yearFirstDay(year, month, day, lang)
		d.Ambiguous = a.num <= 12 && b.num <= 12 && a.num != b.num && (sep != '.' || monthComesFirst(lang))
		d.MonthFirst = d.Ambiguous && month == a.num
	}
	if !d.Ok() {
		return Date{}, 0
	}
	return d, 5
}

// monthComesFirst reports whether 5/6/2024 is the sixth of May in a language, or
// where the language is not known. 5-6-2024 and 5.6.2024 are the fifth of June
// everywhere.
func monthComesFirst(lang string) bool {
	return lang == "" || selectors.Dates().MonthFirst[strings.ToLower(lang)]
}

// numberFirst reads "6 May 2024", "6. mai 2024", "6 de mayo de 2024", "6th of
// May, 2024", "2024 m. gegužės 6 d.", "2024. május 6.", "6 tháng 5 năm 2024", "2024 оны 5
// сарын 6".
func numberFirst(t []dateToken, lang string) (Date, int) {
	i := skipFiller(t, 1)
	if i >= len(t) {
		return Date{}, 0
	}
	if t[0].digits == 4 && t[i].digits > 0 {
		if i+4 < len(t) && t[i].digits == 2 && t[i+1].sign == '/' && t[i+2].digits == 2 && t[i+4].sign == ':' {
			// "2024 05/06 10:15", the year in larger print
			d := Date{Year: t[0].num, Month: t[i].num, Day: t[i+2].num}
			return d, i + 3
		}
		if k := afterOrdinal(t, i+1); k+1 < len(t) && t[i].digits <= 2 && t[k].word == "сарын" && t[k+1].digits > 0 && t[k+1].digits <= 2 {
			d := Date{Year: t[0].num, Month: t[i].num, Day: t[k+1].num} // 2024 оны 5 сарын 6
			return d, k + 2
		}
		// "2024. gada 6. maijs"
		j := skipFiller(t, i+1)
		if j >= len(t) {
			return Date{}, 0
		}
		if m, n := monthAt(t[j:], lang); n > 0 {
			return makeDay(t[i], m, t[0], j+n, lang)
		}
		return Date{}, 0
	}
	if t[i-1].word == "th" && primary(lang) == "vi" {
		i-- // 6 Th5, 2024: no filler there
	}
	m, n := monthAt(t[i:], lang)
	if n == 0 {
		return Date{}, 0
	}
	if k := i + n; k+1 < len(t) && t[k].sign == '/' && t[k+1].word != "" {
		// Two names of one month: مايو/أيار
		if other, also := monthAt(t[k+1:], lang); also > 0 && other.Number == m.Number {
			n += 1 + also
		}
	}
	j := skipFiller(t, i+n)
	if j >= len(t) || t[j].digits == 0 {
		return Date{}, 0
	}
	day, year := t[0], t[j]
	if day.digits == 4 {
		day, year = year, day
	} else if day.glued {
		return Date{}, 0 // a number of an identifier
	}
	if year.digits == 2 && j+2 < len(t) && t[j+1].sign == ',' && t[j+2].digits == 4 {
		return Date{}, 0 // "5 Dec 16, 2025": the number before stands by itself
	}
	if year.digits == 2 && j+2 < len(t) && (t[j+1].sign == ':' || t[j+1].sign == '.' && t[j-1].sign != '.') && t[j+2].digits == 2 {
		return Date{}, 0 // "6 May, 10:15": a time, and no year
	}
	return makeDay(day, m, year, j+1, lang)
}

// afterOrdinal returns the index after the ending of a Mongolian ordinal at t[i]: 5-р.
func afterOrdinal(t []dateToken, i int) int {
	if i+1 < len(t) && t[i].sign == '-' && t[i+1].word == "р" {
		return i + 2
	}
	return i
}

// monthFirst reads "May 6, 2024" and "May 6 2024".
func monthFirst(t []dateToken, m selectors.Month, n int, lang string) (Date, int) {
	i := skipFiller(t, n)
	if i >= len(t) || t[i].digits == 0 || t[i].digits > 2 {
		return Date{}, 0
	}
	j := skipFiller(t, i+1)
	if j+5 < len(t) && t[j].digits <= 2 && t[j+1].sign == ':' && t[j+3].sign == ':' {
		// "Fri Apr 28 19:20:36 CEST 2023"
		k := j + 5
		if t[k].word != "" && k+1 < len(t) {
			k++
		}
		if t[k].digits != 4 {
			return Date{}, 0
		}
		d, n := makeDay(t[i], m, t[k], k+1, lang)
		if n > 0 {
			d.timeIn(t[j:])
		}
		return d, n
	}
	if j+1 < len(t) && t[j+1].digits == 4 && selectors.BylineGroupsOf(t[j].word)&selectors.BylineNobody != 0 {
		j++ // May 6 Mon 2024
	}
	if j+1 < len(t) && t[j].sign == '\'' && t[j+1].digits == 2 {
		j++ // May 6, '24
	} else if j > i+1 && j < len(t) && t[j].digits == 2 && t[j-1].sign == '\'' {
		// the same, its sign skipped
	} else if j >= len(t) || t[j].digits != 4 {
		return Date{}, 0
	}
	return makeDay(t[i], m, t[j], j+1, lang)
}

// minBuddhist is the first year of two digits that is one of the Buddhist calendar
// where the language has it: 40 is 1997, and smaller ones are Gregorian.
const minBuddhist = 40

// makeDay returns a day and n, the tokens that it took, or 0 where there is no
// such day.
func makeDay(day dateToken, m selectors.Month, year dateToken, n int, lang string) (Date, int) {
	if day.digits == 0 || day.digits > 2 || year.digits != 4 && year.digits != 2 {
		return Date{}, 0
	}
	y := fullYear(year)
	if year.digits == 2 && year.num >= minBuddhist && selectors.Dates().Buddhist[primary(lang)] {
		y = 2500 + year.num
	}
	d := Date{Year: westernYear(y, lang), Month: m.Number, Day: day.num}
	switch {
	case m.LunarHijri:
		d = fromLunarHijri(y, m.Number, day.num)
	case m.SolarHijri && solarHijriYear(y):
		d = fromSolarHijri(y, m.Number, day.num)
	}
	if !d.Ok() {
		return Date{}, 0
	}
	return d, n
}

// monthAt reads a month's name of one or two words, or "tháng 5".
func monthAt(t []dateToken, lang string) (selectors.Month, int) {
	w := t[0].word
	if w == "" {
		return selectors.Month{}, 0
	}
	if len(t) > 2 && t[1].word != "" {
		if len(t) > 3 && t[2].word != "" {
			if m, ok := selectors.MonthOf(w+" "+t[1].word+" "+t[2].word, lang); ok {
				return m, 3
			}
		}
		if m, ok := selectors.MonthOf(w+" "+t[1].word, lang); ok {
			return m, 2
		}
	}
	if len(t) > 1 && (w == "tháng" || w == "thg" || w == "th" && primary(lang) == "vi") && t[1].digits > 0 && t[1].digits <= 2 {
		return selectors.Month{Lang: "vi", Number: t[1].num}, 2
	}
	if len(t) > 3 && t[1].sign == '.' && t[2].word != "" && utf8.RuneCountInString(w) <= 2 {
		// Thai abbreviates with a stop inside: ม.ค.
		if m, ok := selectors.MonthOf(w+t[2].word, lang); ok {
			return m, 3
		}
	}
	if m, ok := selectors.MonthOf(w, lang); ok {
		return m, 1
	}
	if p := primary(lang); selectors.Dates().RomanMonths[p] {
		if n := slices.Index(romanMonths, w); n > 0 {
			return selectors.Month{Lang: p, Number: n}, 1
		}
	}
	return selectors.Month{}, 0
}

// romanMonths are the months as some languages count them: 6 V 2024.
var romanMonths = []string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"}

// maxFiller is how many tokens may stand between the parts of a day: the words and
// stops of "6 de mayo, de 2024".
const maxFiller = 4

// skipFiller returns the index of the first token from i on that is no filler.
func skipFiller(t []dateToken, i int) int {
	fillers := selectors.Dates().Fillers
	for n := 0; i < len(t) && n < maxFiller; n++ {
		s := t[i].sign
		if s == '(' && i+2 < len(t) && t[i+1].digits == 4 && t[i+2].sign == ')' {
			i++ // 6. maijs (2024)
			break
		}
		if (s == ':' || s == '(') && i+1 < len(t) && fillers[t[i+1].word] {
			i++ // 6:e maj, 2024(e)ko
			if s == '(' && i+1 < len(t) && t[i+1].sign == ')' {
				i++
			}
			i++
			continue
		}
		if i+2 < len(t) && t[i+1].sign == '.' && t[i].word != "" && t[i+2].word != "" && fillers[t[i].word+t[i+2].word] { // พ.ศ.
			i += 3
			continue
		}
		if !(s == '.' || s == ',' || s == '-' || s == '/' || s == '\'') && !fillers[t[i].word] {
			break
		}
		i++
	}
	return i
}

// maxToTime is how many tokens may stand between a day and its time.
const maxToTime = 12

// maxOffset is the greatest offset from UTC, in hours: that of Kiribati.
const maxOffset = 14

// readTime reads a time of day after the day (or before it), with its offset.
func (d *Date) readTime(after, before []dateToken) {
	if !d.HasTime && !d.timeIn(after) {
		d.timeIn(before)
	}
}

func (d *Date) timeIn(t []dateToken) bool {
	if len(t) > 1 && t[0].word == "t" && t[1].digits == 6 { // 20240506T101500
		n := t[1].num
		if h, m, s := n/10000, n/100%100, n%100; h < 24 && m < 60 && s < 60 {
			d.Hour, d.Minute, d.sec, d.HasTime = h, m, s, true
			d.readZone(t[2:])
			return true
		}
		return false
	}
	for i := 0; i+2 < len(t) && i < maxToTime; i++ {
		if t[i].digits == 0 || t[i].digits > 2 || t[i+1].sign != ':' || t[i+2].digits != 2 {
			continue
		}
		h, m, s := t[i].num, t[i+2].num, 0
		i += 3
		if i+1 < len(t) && t[i].sign == ':' && t[i+1].digits == 2 {
			s = t[i+1].num
			i += 2
			if i+1 < len(t) && (t[i].sign == '.' || t[i].sign == ',') && t[i+1].digits > 0 {
				i += 2
			}
		}
		if i < len(t) && (t[i].word == "pm" || t[i].word == "am") {
			h = hour24(h, t[i].word == "pm")
			i++
		} else if i+2 < len(t) && (t[i].word == "p" || t[i].word == "a") && t[i+1].sign == '.' && t[i+2].word == "m" {
			h = hour24(h, t[i].word == "p")
			i += 3
			if i < len(t) && t[i].sign == '.' {
				i++
			}
		}
		if h > 23 || m > 59 || s > 60 {
			return false
		}
		d.Hour, d.Minute, d.sec, d.HasTime = h, m, min(s, 59), true
		if i < len(t) && t[i].sign == '(' {
			i++
		}
		d.readZone(t[min(i, len(t)):])
		return true
	}
	return false
}

// hour24 turns an hour with am or pm into one of the 24-hour clock.
func hour24(h int, pm bool) int {
	if pm {
		return h%12 + 12
	}
	return h % 12
}

// readZone reads "Z", "+02:00", "+0200", "+02", "GMT+2", "EDT".
func (d *Date) readZone(t []dateToken) {
	if len(t) == 0 {
		return
	}
	if t[0].word != "" {
		z, ok := selectors.ZoneOf(t[0].word)
		if !ok {
			return
		}
		d.Zone, d.HasZone = z, true
		t = t[1:]
	}
	if len(t) < 2 || t[0].sign != '+' && t[0].sign != '-' || t[1].digits == 0 {
		return
	}
	h, m := t[1].num, 0
	switch {
	case t[1].digits == 4:
		h, m = t[1].num/100, t[1].num%100
	case t[1].digits > 2:
		return
	case len(t) > 3 && t[2].sign == ':' && t[3].digits == 2:
		m = t[3].num
	}
	if h > maxOffset || m > 59 {
		return
	}
	d.Zone, d.HasZone = h*3600+m*60, true
	if t[0].sign == '-' {
		d.Zone = -d.Zone
	}
}

// minMonth is the bytes of the shortest English name of a month, may, and maxSection those
// of a section between year and month at most.
const (
	minMonth   = 3
	maxSection = 20
)

// minURLYear is the first year of dates in addresses: there was no web before it.
const minURLYear = 1990

// OfURL reads /2024/05/06/, /2024-05-06-, /20240506 and the like out of an
// address's path.
func OfURL(path string) (Date, bool) {
	for i := 0; i+8 <= len(path); i++ {
		if i > 0 && path[i-1] >= '0' && path[i-1] <= '9' || path[i] != '1' && path[i] != '2' {
			continue
		}
		y, n := digits(path[i:], 4)
		if n != 4 || y < minURLYear || y > maxYear {
			continue
		}
		j := i + 4
		sep := path[j]
		if sep != '/' && sep != '-' && sep != '_' && sep != '.' {
			if v, n := digits(path[i:], 8); n == 8 && (i+8 == len(path) || path[i+8] < '0' || path[i+8] > '9') {
				d := Date{Year: v / 10000, Month: v / 100 % 100, Day: v % 100}
				if d.Ok() {
					return d, true
				}
			}
			continue
		}
		j++
		m, n := digits(path[j:], 2)
		if n == 0 {
			// /2024/may/06/ and /2024/apr/06/; /2024/SPORT/05/06/
			k := strings.IndexByte(path[j:], sep)
			if k < minMonth || k > maxSection {
				continue
			}
			if month, ok := selectors.MonthOf(strings.ToLower(path[j:j+k]), "en"); ok && month.Lang == "en" {
				m, n = month.Number, k
			} else if j += k + 1; sep != '/' || len(path) < j+len("05/06/") || path[j+len("05/06")] != sep {
				continue
			} else if m, n = digits(path[j:], 2); n != 2 {
				continue
			}
		}
		j += n
		if j >= len(path) || path[j] != sep {
			continue
		}
		j++
		day, n := digits(path[j:], 2)
		if n == 0 || j+n < len(path) && path[j+n] >= '0' && path[j+n] <= '9' {
			continue
		}
		if sep == '/' && j+n < len(path) && path[j+n] == '-' && path[j] != '0' {
			continue // /2024/05/10-questions-for-a-sailor
		}
		d := Date{Year: y, Month: m, Day: day}
		if d.Ok() {
			return d, true
		}
	}
	return yearLast(path)
}

// yearLast returns the day in a part of an address that is eight digits with the year
// last: /14112023/. The day is taken to come first, and the date is ambiguous, where both
// may be the month.
func yearLast(path string) (Date, bool) {
	for i := 0; i+8 <= len(path); i++ {
		v, n := digits(path[i:], 9)
		if n == 8 {
			d := Date{Year: v % 10000, Month: v / 10000 % 100, Day: v / 1000000}
			if d.Year >= minURLYear && d.Year <= maxYear && i > 0 && strings.IndexByte("/-_.", path[i-1]) >= 0 && (i+8 == len(path) || strings.IndexByte("/-_.", path[i+8]) >= 0) {
				if d.Ok() {
					d.Ambiguous = d.Day <= 12 && d.Day != d.Month
					return d, true
				}
				if d.Month, d.Day = d.Day, d.Month; d.Ok() {
					d.MonthFirst = true
					return d, true
				}
			}
		}
		i += n
	}
	return Date{}, false
}

// digits reads up to most decimal digits and returns how many there were.
func digits(s string, most int) (v, n int) {
	for n < most && n < len(s) && s[n] >= '0' && s[n] <= '9' {
		v = v*10 + int(s[n]-'0')
		n++
	}
	return v, n
}
