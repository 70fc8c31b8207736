package read

import (
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// noscript reads what a page shows to readers without scripts. The parser leaves
// it as text, as a browser with scripts does.
func (r *linkReader) noscript(n *html.Node) {
	text := n.FirstChild
	if text == nil || text.Type != html.TextNode || !strings.Contains(text.Data, "<") {
		return // parsed already, or empty
	}
	data := strings.ToLower(text.Data)
	if !strings.Contains(data, "href") && !strings.Contains(data, "refresh") && !strings.Contains(data, "<frame") && !strings.Contains(data, "<option") {
		return // a picture that counts readers
	}
	nodes, err := html.ParseFragment(strings.NewReader(text.Data), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		return // nested too deep for any reader
	}
	for _, root := range nodes {
		if root.Type == html.ElementNode {
			r.element(root)
		}
		r.walk(root)
	}
}

// script reads JSON-LD, and notes other data.
func (r *linkReader) script(n *html.Node) {
	if n.FirstChild == nil {
		return
	}
	r.scripts = append(r.scripts, n)
	if !strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") {
		return
	}
	for _, href := range ldAddresses(n.FirstChild.Data) {
		r.add(Link{Href: href})
	}
}

// toPage matches a script that does no more than to lead to another page: an
// assignment to location, or a call of its methods or of open.
var toPage = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:\blocation(?:\.href)?\s*=\s*|\blocation\.(?:assign|replace)\s*\(\s*|\bwindow\.open\s*\(\s*|^\s*(?:return\s+)?open\s*\(\s*)(?:'([^']+)'|"([^"]+)"|` + "`([^`$]+)`" + `)\s*([;,)}]|$)`)
})

// scriptTarget returns the address that the script of an attribute leads to, or "".
// One that is put together from several parts is no address.
func scriptTarget(script string) string {
	if !strings.Contains(script, "ocation") && !strings.Contains(script, "open") {
		return ""
	}
	m := toPage().FindStringSubmatch(script)
	if m == nil {
		return ""
	}
	return strings.ReplaceAll(m[1]+m[2]+m[3], `\/`, "/")
}

// unescapeScript returns the script of a javascript: address.
func unescapeScript(href string) string {
	if s, err := url.PathUnescape(href); err == nil {
		return s
	}
	return href
}

const (
	// ldMaxDepth and ldMaxAddresses bound what is read of one script of JSON-LD.
	ldMaxDepth     = 32
	ldMaxAddresses = 20_000
)

// An ldValue is what is noted of an object or array of JSON-LD.
type ldValue struct {
	place string // the property that it is the value of
	types []string
	urls  []string
}

// isPage reports whether the url of an object is that of a page.
func (v *ldValue) isPage() bool {
	if len(v.types) == 0 {
		return isPageProperty(v.place)
	}
	return slices.ContainsFunc(v.types, ldIsPage)
}

// ldIsPage reports whether a type of schema.org is a page, or a list of them.
func ldIsPage(t string) bool {
	t = strings.ToLower(t)
	return slices.ContainsFunc(selectors.Crawl().PageTypes, func(end string) bool { return strings.HasSuffix(t, end) })
}

// isPageProperty reports whether the value of a property is a page although it names no
// type.
func isPageProperty(name string) bool { return selectors.Crawl().PageProperties[strings.ToLower(name)] }

// ldAddresses returns the addresses of pages in JSON-LD: url, @id and
// mainEntityOfPage of what is a page by its type, and the members of lists.
func ldAddresses(s string) []string {
	if !strings.Contains(s, "http") && !strings.Contains(s, `"/`) {
		return nil
	}
	var found []string
	more := func() bool { return len(found) < ldMaxAddresses }
	jsonReader[ldValue]{
		begin: func(in *jsonPart[ldValue]) ldValue {
			if in.object {
				return ldValue{place: in.key}
			}
			return ldValue{place: in.noted.place}
		},
		end: func(part *jsonPart[ldValue]) bool {
			if part.object && part.noted.isPage() {
				found = append(found, part.noted.urls...)
			}
			return more()
		},
		text: func(open []jsonPart[ldValue], raw string) bool {
			in := &open[len(open)-1]
			switch {
			case in.object:
				in.noted.take(in.key, raw)
			case in.noted.place == "@type" && len(open) > 1:
				of := &open[len(open)-2].noted
				of.types = append(of.types, raw[1:len(raw)-1])
			case isPageProperty(in.noted.place):
				if href := ldAddress(raw); href != "" {
					found = append(found, href)
				}
			}
			return more()
		},
	}.read(s)
	return found
}

// take files the string that is the value of a key.
func (v *ldValue) take(key, raw string) {
	switch key {
	case "@type":
		v.types = append(v.types, raw[1:len(raw)-1])
	case "@id", "item", "mainEntityOfPage", "relatedLink", "significantLink", "url":
		href := ldAddress(raw)
		if key == "@id" { // of a part of the page, as in /story#article
			href, _, _ = strings.Cut(href, "#")
		}
		if href != "" && !slices.Contains(v.urls, href) {
			v.urls = append(v.urls, href)
		}
	}
}

// ldAddress returns the address in a string of JSON, or "".
func ldAddress(raw string) string {
	var s string
	if json.Unmarshal([]byte(raw), &s) != nil {
		s = strings.ReplaceAll(raw[1:len(raw)-1], `\/`, "/")
	}
	if s = strings.TrimSpace(s); !looksLikeAddress(s) {
		return ""
	}
	return s
}

// stringEnd returns where the string that begins at i ends, or -1.
func stringEnd(s string, i int) int {
	for i++; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}

// follows reports whether the next character from i on that is no white space is c.
func follows(s string, i int, c byte) bool {
	for ; i < len(s); i++ {
		switch s[i] {
		case ' ', '\t', '\n', '\r':
		default:
			return s[i] == c
		}
	}
	return false
}
