package meta

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/names"
	"newsclip/selectors"
)

// Limits of shownPart: the parts that a title is cut into at most, and the letters
// and digits of a headline at least.
const (
	maxTitleParts = 6
	minTitleKey   = 8
)

// shownPart returns the part of a title that the page shows as a text of its own.
// Old pages have no heading element: their headline stands in a table's cell, and
// their title element has the names of site and section around it. Where nothing of
// the kind is shown, it returns the title.
func (r *metaReader) shownPart(title string) string {
	bounds := partBounds(title)
	if len(bounds) < 2 || len(bounds) > maxTitleParts {
		return title
	}
	whole := names.Key(title)
	parts := map[string]string{} // by what Key makes of them
	for i := range bounds {
		for j := i; j < len(bounds); j++ {
			if strings.HasPrefix(title[bounds[j][1]:], ":") {
				continue // "Storm at sea: three harbours closed" is one headline
			}
			part := strings.Trim(title[bounds[i][0]:bounds[j][1]], " ")
			if k := names.Key(part); len(k) >= minTitleKey && k != whole && !r.isSiteLabel(part) {
				parts[k] = part
			}
		}
	}
	best := ""
	for i := r.Body; i < int32(len(r.Nodes)); i++ {
		nd := &r.Nodes[i]
		if nd.Type != html.TextNode || len(nd.Data) < minTitleKey || len(nd.Data) > 2*maxHeadline {
			continue
		}
		k := names.Key(jsonld.Collapse(nd.Data))
		if k == whole && !r.inLink(i) && !r.insideHidden(i) {
			return title
		}
		if part := parts[k]; len(part) > len(best) && !r.inLink(i) && !r.insideHidden(i) &&
			!r.inFurniture(i) && r.rolesAbove(i)&(selectors.Breadcrumb|selectors.Related) == 0 {
			best = part
		}
	}
	if best == "" {
		return title
	}
	return best
}

// rolesAbove returns the roles of the elements around a node, in the page's body.
func (r *metaReader) rolesAbove(i int32) selectors.Roles {
	var roles selectors.Roles
	for i = r.Nodes[i].Parent; i > r.Body; i = r.Nodes[i].Parent {
		roles |= r.Nodes[i].Roles
	}
	return roles
}

// partBounds returns where the parts of a title begin and end that a separator stands
// between.
func partBounds(title string) [][2]int {
	var bounds [][2]int
	from := 0
	for at := 0; at < len(title); {
		sep := ""
		for _, s := range selectors.Signs().Separators {
			if strings.HasPrefix(title[at:], s) && len(s) > len(sep) {
				sep = s
			}
		}
		for _, s := range selectors.Signs().SeparatorsCJK {
			if strings.HasPrefix(title[at:], s) && len(s) > len(sep) && besideCJK(title, at, at+len(s)) {
				sep = s
			}
		}
		if sep == "" || at == from {
			at++
			continue
		}
		bounds = append(bounds, [2]int{from, at})
		at += len(sep)
		from = at
	}
	if from < len(title) {
		bounds = append(bounds, [2]int{from, len(title)})
	}
	return bounds
}

// besideCJK reports whether the letter before or after a part of s is Chinese, Japanese
// or Korean.
func besideCJK(s string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:from])
	after, _ := utf8.DecodeRuneInString(s[to:])
	return isCJK(before) || isCJK(after)
}

func isCJK(c rune) bool {
	return unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// minPiece is how many words a piece of a heading has that is the headline by itself.
const minPiece = 3

// headlinePiece returns the part of a heading that is the headline where another part,
// in a text or an element of its own, is not: the day, tags, a label such as "You are
// here". What the page states elsewhere has the headline's words and no more, or the
// other part is a day. Without such a part it returns "".
func (r *metaReader) headlinePiece(stated ...string) string {
	if r.h1 < 0 {
		return ""
	}
	var pieces []string
	for j := r.h1 + 1; j < r.Nodes[r.h1].End; j++ {
		nd := &r.Nodes[j]
		if nd.Hidden || nd.Opaque || nd.Roles&selectors.Hidden != 0 {
			j = nd.End - 1
			continue
		}
		if nd.Type == html.TextNode {
			if s := jsonld.Collapse(nd.Data); names.Key(s) != "" {
				pieces = append(pieces, s)
			}
		}
	}
	if len(pieces) < 2 || len(pieces) > maxPieces {
		return ""
	}
	whole := names.Key(r.h1Text)
	stated = slices.DeleteFunc(stated, func(s string) bool { return s == "" || strings.Contains(names.Key(s), whole) })
	for from := range pieces {
		for to := len(pieces); to > from; to-- {
			if from == 0 && to == len(pieces) {
				continue
			}
			s := strings.Join(pieces[from:to], " ")
			if !isLong(s) {
				continue
			}
			rest := strings.Join(append(append([]string{}, pieces[:from]...), pieces[to:]...), " ")
			if dates.IsLone(rest) {
				if _, ok := dates.ParseDate(rest, r.dateLang); ok {
					return s
				}
			}
			for _, t := range stated {
				if isPartOf(names.Key(s), t) {
					return strings.Trim(s, " <>»|:–-")
				}
			}
		}
	}
	return ""
}

// isLong reports whether s has the length of a headline.
func isLong(s string) bool {
	return len(names.Words(s)) >= minPiece || besideCJK(s, 0, 0) && utf8.RuneCountInString(s) >= minTitleKey
}

// isPartOf reports whether a stated title is a headline, or has it as one of its parts.
func isPartOf(key, stated string) bool {
	if names.Key(stated) == key {
		return true
	}
	bounds := partBounds(stated)
	if len(bounds) < 2 || len(bounds) > maxTitleParts {
		return false
	}
	for _, b := range bounds {
		if names.Key(stated[b[0]:b[1]]) == key && !strings.HasPrefix(stated[b[1]:], ":") {
			return true
		}
	}
	return false
}

// siteAffix returns the site's name where one title has it behind the headline and
// another before it: "Storm at sea - Harbour Post", "Harbour Post: Storm at sea". It is
// the shorter of the two.
func siteAffix(a, b string) string {
	x, y := partBounds(a), partBounds(b)
	if len(x) != 2 || len(y) != 2 {
		return ""
	}
	first, last := names.Key(a[x[0][0]:x[0][1]]), names.Key(a[x[1][0]:x[1][1]])
	if first == "" || first != names.Key(b[y[1][0]:y[1][1]]) || last != names.Key(b[y[0][0]:y[0][1]]) {
		return ""
	}
	if len(first) < len(last) {
		return first
	}
	return last
}
