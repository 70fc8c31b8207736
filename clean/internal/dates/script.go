package dates

import (
	"slices"
	"strings"
	"unicode"

	"newsclip/selectors"
)

// Limits of a script's data: the bytes of a key and of a value.
const (
	maxScriptKey   = 40
	maxScriptValue = 60
)

// InScript appends the different days that the data of a script have under keys for the
// day of publication: {"publishDate":"2024-05-06T10:15:00Z"}. Data in a string of a
// script have their quotes escaped.
func InScript(list []Date, script string) []Date {
	keys := selectors.Dates().ScriptKeys
	for at := 0; at < len(script); {
		k := strings.IndexByte(script[at:], ':')
		if k < 0 {
			break
		}
		at += k + 1
		key := strings.TrimRight(script[max(0, at-1-maxScriptKey):at-1], " \\\"'")
		if from := strings.LastIndexAny(key, " \\\"'{,\n\t"); from >= 0 {
			key = key[from+1:]
		}
		if key == "" || !keys[bareKey(key)] {
			continue
		}
		value := script[at:min(len(script), at+maxScriptValue)]
		value = strings.TrimLeft(value, " \\\"'")
		if end := strings.IndexAny(value, "\\\"',}\n"); end >= 0 {
			value = value[:end]
		}
		d, ok := ParseDate(value, "")
		if !ok || d.Ambiguous || CountYears(value) == 0 && len(value) < len("1714990500") {
			continue
		}
		known := false
		for _, e := range list {
			known = known || e.SameDay(d)
		}
		if !known {
			list = append(list, d)
		}
	}
	return list
}

// InWrites appends the different days that a script writes into the page behind a label
// for the day of publication: document.write("Posted on May 6, 2024").
func InWrites(list []Date, script, lang string) []Date {
	for {
		_, rest, ok := strings.Cut(script, "document.write")
		if !ok {
			return list
		}
		script = rest
		arg, _, _ := strings.Cut(rest, ")")
		if len(arg) > maxWritten || CountYears(arg) != 1 || !isPublished(arg) {
			continue
		}
		if d, ok := ParseDate(strings.Trim(arg, "(ln \"'`"), lang); ok && !slices.ContainsFunc(list, d.SameDay) {
			list = append(list, d)
		}
	}
}

// maxWritten is the length of what a script writes in which a day is looked for.
const maxWritten = 120

// isPublished reports whether a text has a label for the day of publication.
func isPublished(s string) bool {
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) })
	for k, w := range words {
		if selectors.BylineGroupsOf(w)&selectors.BylinePublished != 0 || k > 0 && selectors.BylineGroupsOf(words[k-1]+" "+w)&selectors.BylinePublished != 0 {
			return true
		}
	}
	return false
}

// bareKey is a key in small letters and without signs.
func bareKey(key string) string {
	return strings.Map(func(c rune) rune {
		if c == '_' || c == '-' || c == '.' {
			return -1
		}
		return c
	}, strings.ToLower(key))
}

// OrderOf tells the order of the parts in the dates of a text such as 25/04/2024: 1 where a
// day comes first for sure, -1 where a month does, and 0 where none of its dates tells.
func OrderOf(s string) int {
	var buf [maxDateTokens]dateToken
	t := dateTokens(s, buf[:0])
	for i := 0; i+4 < len(t); i++ {
		a, b, y := t[i], t[i+2], t[i+4]
		if t[i+1].sign != t[i+3].sign || t[i+1].sign != '/' && t[i+1].sign != '-' || y.digits != 4 || a.digits == 0 || a.digits > 2 || b.digits == 0 || b.digits > 2 {
			continue
		}
		switch {
		case a.num > 12 && a.num <= 31 && b.num <= 12:
			return 1
		case b.num > 12 && b.num <= 31 && a.num <= 12:
			return -1
		}
	}
	return 0
}
