package address

import (
	"net/url"
	"strings"

	"newsclip/selectors"
)

// A parameter called view, layout, mode, share or sort shows on one site the same
// page in another form, and names an article on the next. What it does is seen by
// where its links stand: a view is linked on the page that it is a view of, or
// beside a link to it, and so is known without being fetched.

// maxViews is how many parameters of a view an address may have that is not seen
// to be one.
const maxViews = 2

// Views tells the links of one page that only show another one in another order,
// number or form.
type Views struct {
	page  *url.URL
	plain map[string]bool // the identities of the links without such parameters
}

// NewViews returns the Views for links of a page, which is at the URL page; nil for
// those of a document that no reader sees. The links are normalised.
func NewViews(page *url.URL, links []*url.URL) *Views {
	v := &Views{page: page, plain: make(map[string]bool)}
	for _, u := range links {
		if base, names := withoutViews(u); len(names) == 0 {
			v.plain[base] = true
		}
	}
	if page != nil {
		base, _ := withoutViews(page)
		v.plain[base] = true
	}
	return v
}

// HasViewParam reports whether a normalised URL has a parameter that may make it a
// view of another one.
func HasViewParam(u *url.URL) bool {
	if u.RawQuery == "" {
		return false
	}
	_, params := withoutViews(u)
	return len(params) > 0
}

// Trap returns the cause for which a link is left out, or "".
func (v *Views) Trap(u *url.URL) SkipCause {
	if u.RawQuery == "" {
		return ""
	}
	base, params := withoutViews(u)
	switch {
	case len(params) > maxViews,
		len(params) > 0 && v.plain[base],
		v.page != nil && grows(v.page, u):
		return SkipFacet
	}
	return ""
}

// withoutViews returns the identity of a URL without the parameters of views, and
// those. A value that names an article makes its parameter one like any other.
func withoutViews(u *url.URL) (base string, params []string) {
	if u.RawQuery == "" {
		return Identity(u), nil
	}
	var rest []string
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		name, value, _ := strings.Cut(part, "=")
		name = paramName(name)
		if !selectors.Traps().Facets[name] || name == "view" && selectors.Traps().PageViews[strings.ToLower(value)] || namesArticle(name, value) {
			rest = append(rest, part)
		} else {
			params = append(params, part)
		}
	}
	if len(params) == 0 {
		return Identity(u), nil
	}
	plain := *u
	plain.RawQuery = strings.Join(rest, "&")
	return Identity(&plain), params
}

// namesArticle reports whether the value of a view's parameter is what names an
// article: its number or the words of its title. A round number is one of entries.
func namesArticle(name, value string) bool {
	if selectors.Traps().PageSizes[name] {
		return false
	}
	digits := strings.Trim(value, "0123456789") == ""
	if digits {
		return len(value) >= 3 && (len(value) > 4 || !strings.HasSuffix(value, "0"))
	}
	if selectors.Traps().Sortings[name] {
		return false
	}
	words := 0
	for _, w := range strings.FieldsFunc(value, func(r rune) bool { return r == '-' || r == '_' || r == '+' }) {
		if len(w) > 1 && strings.Trim(w, "0123456789") != "" {
			words++
		} else if len(w) >= 3 {
			return true // a number among words, as in 4711-night-ferry
		}
	}
	return words >= 3
}

// grows reports whether a link leads from one choice of filters to a longer one: to
// the page's own path with all its parameters and more, and with a name that the
// page has twice already, or with more of them than any content system needs.
func grows(page, u *url.URL) bool {
	if page.RawQuery == "" || Host(page) != Host(u) || page.EscapedPath() != u.EscapedPath() {
		return false
	}
	have, names := make(map[string]bool), make(map[string]int)
	for part := range strings.SplitSeq(page.RawQuery, "&") {
		have[part] = true
	}
	params, kept, repeats := 0, 0, 0
	for part := range strings.SplitSeq(u.RawQuery, "&") {
		params++
		if have[part] {
			kept++
		}
		name, _, _ := strings.Cut(part, "=")
		names[paramName(name)]++
		repeats = max(repeats, names[paramName(name)])
	}
	const many = 7 // Joomla's addresses have six
	return kept == len(have) && params > kept && (repeats >= maxRepeats || params > many)
}
