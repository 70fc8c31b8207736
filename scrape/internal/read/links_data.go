package read

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

const (
	// fewLinks is the number of links up to which a page is taken for one that a script
	// fills: the addresses in its data are read then. Other pages have them as links too.
	fewLinks = 15
	// maxMarkup is the number of pieces of HTML that are read of one answer in JSON.
	maxMarkup = 500
)

// pageData are addresses in data: of the pages of objects that have a headline, and of
// what is loaded next; and pieces of HTML.
type pageData struct {
	pages, next, markup []string
}

// A dataValue is what is noted of an object or array of data.
type dataValue struct {
	titled bool
	urls   []string
}

// readData reads JSON, or a script that assigns some.
func readData(s string) (d pageData) {
	headlines := selectors.Crawl().DataHeadlines
	more := func() bool { return len(d.pages) < ldMaxAddresses }
	jsonReader[dataValue]{
		begin: func(in *jsonPart[dataValue]) dataValue {
			in.noted.titled = in.noted.titled || headlines[strings.ToLower(in.key)] // as {"rendered": "…"}
			return dataValue{}
		},
		end: func(part *jsonPart[dataValue]) bool {
			if part.noted.titled {
				d.pages = append(d.pages, part.noted.urls...)
			}
			return more()
		},
		text: func(open []jsonPart[dataValue], raw string) bool {
			in := &open[len(open)-1]
			d.take(&in.noted, strings.ToLower(in.key), raw)
			return more()
		},
	}.read(s)
	return d
}

// take files a string, which is the value of a member of v or stands in an array.
func (d *pageData) take(v *dataValue, key, raw string) {
	words := selectors.Crawl()
	switch {
	case strings.Contains(raw, "href="):
		var s string
		if json.Unmarshal([]byte(raw), &s) == nil && strings.Contains(s, "<") && len(d.markup) < maxMarkup {
			d.markup = append(d.markup, s)
		}
	case words.DataHeadlines[key]:
		v.titled = v.titled || len(raw) > 2
	case words.DataAddresses[key]:
		if href := ldAddress(raw); href != "" && !isPattern(href) {
			v.urls = append(v.urls, href)
		}
	case words.DataNext[key]:
		if href := ldAddress(raw); href != "" && !isPattern(href) {
			d.next = append(d.next, href)
		}
	}
}

// isPattern reports whether an address stands for many, as the routes of a script do.
func isPattern(href string) bool {
	_, path, _ := strings.Cut(href, "://")
	if path == "" {
		path = href
	}
	return strings.ContainsAny(path, "{}[]*<>") || strings.Contains(path, "/:")
}

// assigned matches the beginning of a script that assigns an object, as frameworks write
// the state of a page.
var assigned = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*(?:(?:var|let|const)\s+)?[\w$.]{1,80}(?:\[["']\w+["']\])?\s*=\s*[{\[]`)
})

// isData reports whether a script is data: JSON, or an object that is assigned.
func isData(n *html.Node) bool {
	switch t := strings.ToLower(attr(n, "type")); {
	case strings.Contains(t, "ld+json"), t == "importmap", t == "speculationrules":
		return false
	case strings.Contains(t, "json"):
		return true
	case t == "", t == "module", strings.Contains(t, "javascript"):
		text := n.FirstChild.Data
		return strings.Contains(text[:min(len(text), 200)], "=") && assigned().MatchString(text[:min(len(text), 200)])
	}
	return false
}

// addData adds the pages that the data of a page with few links names.
func (r *linkReader) addData() {
	if len(r.l.Links) > fewLinks {
		return
	}
	for _, n := range r.scripts {
		if isData(n) {
			r.data = append(r.data, n.FirstChild.Data)
		}
	}
	for _, s := range r.data {
		for _, href := range readData(s).pages {
			if !isInterface().MatchString(href) {
				r.add(Link{Href: href})
			}
		}
	}
}

// isJSON reports whether an answer is an object or array of JSON.
func isJSON(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n\ufeff")
	return len(body) > 0 && (body[0] == '{' || body[0] == '[') && json.Valid(body)
}

// DataLinks returns the links of an answer in JSON, as a button that loads more gets it:
// those in its pieces of HTML, those of objects that have a headline, and that of the next
// answer. It returns none for anything else.
func DataLinks(body []byte) []Link {
	s := strings.TrimLeft(string(body), " \t\r\n\ufeff")
	if s == "" || s[0] != '{' && s[0] != '[' {
		return nil
	}
	d := readData(s)
	r := &linkReader{l: new(PageLinks), seen: make(map[Link]bool)}
	for _, href := range d.pages {
		if !isInterface().MatchString(href) {
			r.add(Link{Href: href})
		}
	}
	for _, href := range d.next {
		r.add(Link{Href: href, Next: true})
	}
	for _, piece := range d.markup {
		nodes, err := html.ParseFragment(strings.NewReader(piece), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
		if err != nil {
			continue // nested too deep for any reader
		}
		for _, root := range nodes {
			if root.Type == html.ElementNode {
				r.element(root)
			}
			r.walk(root)
		}
	}
	return r.l.Links
}
