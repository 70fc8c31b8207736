package address

import (
	"net/url"
	"strconv"
	"strings"

	"newsclip/selectors"
)

// MaxParts is the largest number of pages that an article may be split over. A
// longer run of pages is a list, which may have no end.
const MaxParts = 40

// PartNumber returns n where u is the nth page, 2 or later, of the article
// whose first page is first, by the usual forms: /story/2/, /story/page/2,
// /story?page=2, /story-2.html, /story,2.html. Otherwise it returns 0.
func PartNumber(first, u *url.URL) int {
	if Host(first) != Host(u) {
		return 0
	}
	a, b := first.EscapedPath(), u.EscapedPath()
	if a == b {
		return partOfQuery(first.RawQuery, u.RawQuery)
	}
	if first.RawQuery != u.RawQuery {
		return 0
	}
	a, extA := cutExtension(strings.TrimSuffix(a, "/"))
	b, extB := cutExtension(strings.TrimSuffix(b, "/"))
	rest, ok := strings.CutPrefix(b, a)
	if !ok || rest == "" || a == "" || extB != extA && extA != "" {
		return 0
	}
	if strings.IndexByte("/-_,.", rest[0]) < 0 {
		return 0
	}
	return SmallNumber(withoutPageWord(rest[1:]))
}

// withoutPageWord returns what follows the word for a page at the beginning of s, with
// a separator between or without.
func withoutPageWord(s string) string {
	i := 0
	for i < len(s) && s[i] >= 'A' && (s[i] < '[' || s[i] > '`') {
		i++
	}
	if i == 0 || i == len(s) || !selectors.Crawl().PartWords[strings.ToLower(s[:i])] {
		return s
	}
	if strings.IndexByte("/-_", s[i]) >= 0 {
		i++
	}
	return s[i:]
}

// partOfQuery compares the queries of two URLs of one path.
func partOfQuery(first, query string) int {
	var base []string
	n := 0
	for p := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(p, "=")
		if selectors.Crawl().PartParameters[strings.ToLower(name)] && n == 0 {
			if n = SmallNumber(value); n > 0 {
				continue
			}
		}
		base = append(base, p)
	}
	if strings.Join(base, "&") != first {
		return 0
	}
	return n
}

// LooksLikePart reports whether a URL may be a later page of some article.
func LooksLikePart(u *url.URL) bool {
	path, _ := cutExtension(strings.TrimSuffix(u.EscapedPath(), "/"))
	if i := strings.LastIndexAny(path, "/-_,."); i >= 0 && SmallNumber(withoutPageWord(path[i+1:])) > 0 {
		return true
	}
	for name, values := range u.Query() {
		if selectors.Crawl().PartParameters[strings.ToLower(name)] && SmallNumber(values[0]) > 0 {
			return true
		}
	}
	return false
}

func cutExtension(path string) (string, string) {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || len(path)-dot > 6 || strings.IndexByte(path[dot:], '/') >= 0 {
		return path, ""
	}
	return path[:dot], path[dot:]
}

// SmallNumber returns the number of a part, from 2 to MaxParts, or 0 for any other
// text.
func SmallNumber(s string) int {
	if len(s) == 0 || len(s) > 2 {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 2 || n > MaxParts {
		return 0
	}
	return n
}

// IsSuccessor reports whether two URLs differ only in the number of a part, and
// that of u is one more than that of prev.
func IsSuccessor(prev, u *url.URL) bool {
	a, b := prev.RequestURI(), u.RequestURI()
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	for i > 0 && isDigit(a[i-1]) {
		i--
	}
	j := 0
	for j < len(a)-i && j < len(b)-i && a[len(a)-1-j] == b[len(b)-1-j] && !isDigit(a[len(a)-1-j]) {
		j++
	}
	m, n := SmallNumber(a[i:len(a)-j]), SmallNumber(b[i:len(b)-j])
	return m > 0 && n == m+1
}
