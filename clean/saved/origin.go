package saved

import (
	"bytes"
	"html"
	"strings"
	"time"
)

// savedFrom returns the address that a browser, an extension or a copier wrote into a
// page when it saved it, or "", and when that was, where it wrote that too. The marks,
// all but that of Save Page WE at the top of the file:
//
//	<!-- saved from url=(0028)https://news.example/a.html -->        Mark of the Web: Internet Explorer, Chrome, Edge
//	<!-- Page saved with SingleFile  url: https://…  saved date: … -->   SingleFile
//	<!-- Mirrored from news.example/a.html by HTTrack …, DATE -->    HTTrack
//	<html data-scrapbook-source="https://…" data-scrapbook-create="…">   WebScrapBook
//	<meta name="savepage-url" content="https://…">                   Save Page WE
func savedFrom(page []byte) (address string, at time.Time) {
	head := page[:min(len(page), peekSize)]
	if u := httpOnly(valueAfter(head, `data-scrapbook-source="`)); u != "" {
		at, _ = time.Parse("20060102150405.000", point(valueAfter(head, `data-scrapbook-create="`)))
		return u, at
	}
	if u := httpOnly(valueAfter(page, `<meta name="savepage-url" content="`)); u != "" {
		return u, scriptDate(valueAfter(page, `<meta name="savepage-date" content="`))
	}
	for {
		_, rest, ok := bytes.Cut(head, []byte("<!--"))
		if !ok {
			return "", at
		}
		comment, after, ok := bytes.Cut(rest, []byte("-->"))
		if !ok {
			return "", at
		}
		if u, at := addressOf(string(comment)); u != "" {
			return u, at
		}
		head = after
	}
}

// valueAfter returns the value of the attribute that begin ends in, or "".
func valueAfter(page []byte, begin string) string {
	_, rest, ok := bytes.Cut(page, []byte(begin))
	value, _, closed := bytes.Cut(rest[:min(len(rest), peekSize)], []byte(`"`))
	if !ok || !closed {
		return ""
	}
	return html.UnescapeString(string(value))
}

// point puts the point before the milliseconds of WebScrapBook's time, in UTC.
func point(digits string) string {
	if len(digits) != len("20060102150405000") {
		return ""
	}
	return digits[:14] + "." + digits[14:]
}

// scriptDate reads a date as JavaScript writes it, with the name of the zone or
// without: Thu Mar 05 2026 10:00:00 GMT+0100 (Central European Standard Time).
func scriptDate(s string) time.Time {
	const layout = "Mon Jan 02 2006 15:04:05 GMT-0700"
	s = strings.TrimSpace(s)
	at, err := time.Parse(layout, s[:min(len(s), len(layout))])
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// addressOf returns the address in a comment, and the time.
func addressOf(comment string) (address string, at time.Time) {
	words := strings.Fields(comment)
	for i, w := range words {
		if rest, ok := strings.CutPrefix(w, "url=("); ok && i >= 2 && words[i-2] == "saved" && words[i-1] == "from" {
			if _, u, ok := strings.Cut(rest, ")"); ok {
				return httpOnly(u), at
			}
		}
		if w == "url:" && i+1 < len(words) && strings.Contains(comment, "SingleFile") {
			_, date, _ := strings.Cut(comment, "saved date:")
			return httpOnly(words[i+1]), scriptDate(date)
		}
	}
	if len(words) > 4 && words[0] == "Mirrored" && words[1] == "from" && words[3] == "by" && words[4] == "HTTrack" {
		if k := strings.LastIndex(comment, "], "); k >= 0 {
			at, _ = time.Parse(time.RFC1123, strings.TrimSpace(comment[k+2:]))
		}
		if httpOnly(words[2]) == "" {
			words[2] = "http://" + words[2] // it writes no scheme
		}
		return words[2], at.UTC()
	}
	return "", at
}

// httpOnly returns u where it is an address of the web, and "" where it is
// another, such as about:internet or file:.
func httpOnly(u string) string {
	if strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") {
		return u
	}
	return ""
}
