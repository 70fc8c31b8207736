package meta

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/selectors"
)

// This file reads what a date is labelled as: the day of publication or that of the
// last change.

// isChange reports whether a date is labelled as that of the last change.
func (r *metaReader) isChange(i int32) bool {
	_, updated := r.dateLabel(i)
	return updated
}

// dateLabel returns what a date is labelled as: by its class, by its own words, or
// by the words before it in the same line.
func (r *metaReader) dateLabel(i int32) (published, updated bool) {
	for k, up := i, 0; k >= 0 && up < labelUp; k, up = r.Nodes[k].Parent, up+1 {
		for _, a := range r.Nodes[k].Attr {
			if (a.Key == "class" || a.Key == "itemprop") && up < classUp {
				low := strings.ToLower(a.Val)
				if ContainsAny(low, selectors.Dates().UpdatedClasses) {
					published = strings.Contains(low, "publi")
					return published, !published
				}
			}
		}
		if i-k > labelNodes {
			break
		}
		text := ""
		if k == i {
			if nd := &r.Nodes[i]; nd.End-i <= labelNodes {
				text = aroundDate(r.Shown(i))
			}
		} else {
			for j := k + 1; j < i; j++ {
				if r.Nodes[j].Type == html.TextNode {
					text += " " + r.Nodes[j].Data
				}
			}
		}
		if len(text) > maxDateLabel {
			break
		}
		if published, updated = labelIn(text, k != i); published || updated {
			return published, updated
		}
	}
	for j := i - 1; j > i-beforeNodes && j > 0; j-- {
		if r.Nodes[j].Type == html.TextNode {
			if s := jsonld.Collapse(r.Nodes[j].Data); s != "" {
				if len(s) > maxLabelLine {
					break
				}
				return labelIn(s, true)
			}
		}
	}
	return false, false
}

// aroundDate returns what stands before the first number of s, or after its
// last where nothing does: "2024年5月6日 更新".
func aroundDate(s string) string {
	if k := strings.IndexAny(s, "0123456789"); k > 0 {
		if before := strings.Trim(s[:k], " :|-–·•,("); before != "" {
			return before
		}
	}
	return s[strings.LastIndexAny(s, "0123456789")+1:]
}

// maxLabelWords is the number of words of the longest label of a date.
const maxLabelWords = 3

// labelIn returns what the first word of s that labels a date labels it as, or the
// last such word.
func labelIn(s string, last bool) (published, updated bool) {
	words := names.Words(s)
	for n := range words {
		k := n
		if last {
			k = len(words) - 1 - n
		}
		p := selectors.BylineGroups(0)
		for to := k + 1; to <= min(k+maxLabelWords, len(words)); to++ {
			p |= selectors.BylineGroupsOf(strings.Join(words[k:to], " "))
		}
		if p&selectors.BylinePublished != 0 {
			return true, false
		}
		if p&selectors.BylineUpdated != 0 {
			return false, true
		}
	}
	return false, false
}

// A dateMark is a label of a date in a line: bytes [from, to).
type dateMark struct {
	from, to int
	updated  bool
}

// dateMarks finds the labels in a line, in its order.
func dateMarks(s string) []dateMark {
	var marks []dateMark
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return nil // a letter whose small form is longer: places would differ
	}
	isWord := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsMark(c) }
	for at := 0; at < len(low); {
		k := strings.IndexFunc(low[at:], isWord)
		if k < 0 {
			break
		}
		at += k
		g, end := dateGroups(low, at, isWord)
		if g&(selectors.BylinePublished|selectors.BylineUpdated) != 0 {
			marks = append(marks, dateMark{at, end, g&selectors.BylineUpdated != 0})
		} else if !isASCII(low[at:end]) {
			// Scripts without spaces: the label is a part of a run of signs.
			for _, l := range selectors.SpacelessDateLabels() {
				if n := strings.Index(low[at:end], l.Text); n >= 0 {
					marks = append(marks, dateMark{at + n, at + n + len(l.Text), l.Updated})
					break
				}
			}
		}
		at = end
	}
	return marks
}

func isASCII(s string) bool {
	for k := range len(s) {
		if s[k] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// dateGroups returns the groups of the longest label that begins at a word, and where
// it ends; without one, where the word ends.
func dateGroups(low string, at int, isWord func(rune) bool) (g selectors.BylineGroups, end int) {
	const dated = selectors.BylinePublished | selectors.BylineUpdated
	first := 0
	for n, to := 0, at; n < maxLabelWords; n++ {
		k := wordEnd(low[to:], isWord)
		if k == 0 {
			break
		}
		to += k
		if n == 0 {
			first = to
		}
		if found := selectors.BylineGroupsOf(low[at:to]) & dated; found != 0 {
			g, end = found, to
		}
		if to == len(low) || low[to] != ' ' {
			break
		}
		to++
	}
	if end == 0 {
		end = first
	}
	return g, end
}

// wordEnd returns the bytes of the word that s begins with.
func wordEnd(s string, isWord func(rune) bool) int {
	if k := strings.IndexFunc(s, func(c rune) bool { return !isWord(c) }); k >= 0 {
		return k
	}
	return len(s)
}

// splitDates reads the day of publication and that of the last change out of a line
// that labels both, or the second one alone. Labels stand before their dates, or
// after them where the line ends with one.
func splitDates(s, lang string) (pub, mod dates.Date, ok bool) {
	marks := dateMarks(s)
	if len(marks) == 0 || len(marks) > 4 {
		return pub, mod, false
	}
	after := !hasDigit(s[marks[len(marks)-1].to:])
	part := func(from, to int, updated bool) {
		d, found := dates.ParseDate(s[from:to], lang)
		switch {
		case !found:
		case updated && !mod.Ok():
			mod = d
		case !updated && !pub.Ok():
			pub = d
		}
	}
	if after {
		from := 0
		for _, m := range marks {
			part(from, m.from, m.updated)
			from = m.to
		}
		return pub, mod, pub.Ok() && mod.Ok()
	}
	part(0, marks[0].from, false)
	for k, m := range marks {
		to := len(s)
		if k+1 < len(marks) {
			to = marks[k+1].from
		}
		part(m.to, to, m.updated)
	}
	return pub, mod, pub.Ok() && mod.Ok()
}
