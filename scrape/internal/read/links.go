package read

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
)

// PageLinks are the links of a page and its directives for crawlers.
type PageLinks struct {
	// Links are in document order, each once.
	Links []Link
	// Feeds are the feeds of link rel=alternate, as written.
	Feeds []string
	// Canonical is rel=canonical, else og:url, as written.
	Canonical string
	// Directives are those of meta robots, of X-Robots-Tag and of the text and
	// data mining reservation protocol.
	Directives Directives
	// Nofollowed counts the links that are left out because of rel=nofollow.
	Nofollowed int
}

// A Link is a reference on a page.
type Link struct {
	Href string // as written
	Next bool   // rel=next, or a button that loads more
	Prev bool   // rel=prev
	// Number is the text of the link if that is 1 or the number of a part, as in
	// the numbered links below a long article; 0 otherwise.
	Number int
}

// loadMore are attributes that hold the address which a "load more" button loads:
// those of jQuery Infinite Ajax Scroll, Drupal Views, htmx and publishers' own.
var loadMore = map[string]bool{
	"data-ajax-url":      true,
	"data-href":          true,
	"data-load-more-url": true,
	"data-next":          true,
	"data-next-page":     true,
	"data-next-page-url": true,
	"data-next-url":      true,
	"hx-get":             true,
}

// plainAddress are attributes that hold an address for any purpose: to share, to
// vote, to load. They count only on an element whose class or id contains one of
// loadMoreWords, without - and _.
var plainAddress = map[string]bool{
	"data-action":   true,
	"data-ajax":     true,
	"data-endpoint": true,
	"data-link":     true,
	"data-path":     true,
	"data-src":      true,
	"data-target":   true,
	"data-uri":      true,
	"data-url":      true,
}

var loadMoreWords = []string{"infinitescroll", "loadmore", "loadnext", "morebutton", "morelink", "moreposts", "morestories", "nextpage", "pagination", "showmore", "viewmore"}

// loadsMore reports whether an element's class or id contains one of loadMoreWords.
func loadsMore(n *html.Node) bool {
	for _, key := range []string{"class", "id"} {
		v := attr(n, key)
		if v == "" {
			continue
		}
		v = strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(v))
		for _, w := range loadMoreWords {
			if strings.Contains(v, w) {
				return true
			}
		}
	}
	return false
}

// Links reads the links of a page in one walk of its tree.
func Links(p *clean.Page) *PageLinks {
	l := &PageLinks{Directives: headerDirectives(p.Header)}
	seen := make(map[Link]bool, 128)
	add := func(ln Link) {
		ln.Href = strings.TrimSpace(ln.Href)
		if href := ln.Href; href == "" || href[0] == '#' || hasScheme(href, "javascript") || hasScheme(href, "mailto") ||
			hasScheme(href, "tel") || hasScheme(href, "data") || seen[ln] {
			return
		}
		seen[ln] = true
		l.Links = append(l.Links, ln)
	}
	for _, root := range p.Doc.Nodes {
		for n := range root.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			switch n.DataAtom {
			case atom.A, atom.Area:
				rel := strings.ToLower(attr(n, "rel"))
				if hasToken(rel, "nofollow") {
					l.Nofollowed++
					continue
				}
				add(Link{Href: attr(n, "href"), Next: hasToken(rel, "next"), Prev: hasToken(rel, "prev"), Number: numberIn(n)})
			case atom.Iframe, atom.Frame:
				// A frameset has its content in its frames; an iframe has that of
				// others.
				if n.DataAtom == atom.Frame {
					add(Link{Href: attr(n, "src")})
				}
			case atom.Link:
				l.readLink(n, add)
			case atom.Meta:
				l.readMeta(n, add)
			}
			for _, a := range n.Attr {
				if a.Key != "hx-get" && !strings.HasPrefix(a.Key, "data-") {
					continue
				}
				if (loadMore[a.Key] || plainAddress[a.Key] && loadsMore(n)) && looksLikeAddress(a.Val) {
					add(Link{Href: a.Val, Next: true})
				}
			}
		}
	}
	return l
}

func (l *PageLinks) readLink(n *html.Node, add func(Link)) {
	rel, href := strings.ToLower(attr(n, "rel")), attr(n, "href")
	switch {
	case href == "":
	case hasToken(rel, "canonical"):
		if l.Canonical == "" {
			l.Canonical = href
		}
	case hasToken(rel, "next"):
		add(Link{Href: href, Next: true})
	case hasToken(rel, "prev"):
		add(Link{Href: href, Prev: true})
	case hasToken(rel, "alternate"):
		t := fetch.MediaType(attr(n, "type"))
		if IsFeedType(t) {
			l.Feeds = append(l.Feeds, href)
		}
	}
}

func (l *PageLinks) readMeta(n *html.Node, add func(Link)) {
	name := strings.ToLower(attr(n, "name"))
	switch {
	case name == "robots" || name == fetch.ProductToken:
		l.Directives.read(attr(n, "content"))
	case name == "tdm-reservation":
		l.Directives.TDM = l.Directives.TDM || strings.TrimSpace(attr(n, "content")) == "1"
	case strings.EqualFold(attr(n, "property"), "og:url"):
		if l.Canonical == "" {
			l.Canonical = attr(n, "content")
		}
	case strings.EqualFold(attr(n, "http-equiv"), "refresh"):
		_, target, ok := strings.Cut(attr(n, "content"), "=")
		if ok {
			add(Link{Href: strings.Trim(target, ` '"`)})
		}
	}
}

// Directives are the directives of a page for crawlers.
type Directives struct {
	NoFollow bool // its links are not to be followed
	NoIndex  bool // it is not to be indexed
	NoAI     bool // noai or noimageai
	TDM      bool // text and data mining is reserved
}

// read adds the directives of a comma-separated list, as in meta robots.
func (d *Directives) read(list string) {
	for word := range strings.SplitSeq(strings.ToLower(list), ",") {
		switch strings.TrimSpace(word) {
		case "nofollow":
			d.NoFollow = true
		case "noindex":
			d.NoIndex = true
		case "none":
			d.NoFollow, d.NoIndex = true, true
		case "noai", "noimageai":
			d.NoAI = true
		}
	}
}

// headerDirectives reads tdm-reservation and X-Robots-Tag, whose lines may begin
// with the product token of the crawler that they are for.
func headerDirectives(header map[string]string) Directives {
	var d Directives
	for line := range strings.SplitSeq(header["x-robots-tag"], "\n") {
		if agent, rest, ok := strings.Cut(line, ":"); ok && !strings.Contains(agent, ",") {
			switch strings.ToLower(strings.TrimSpace(agent)) {
			case fetch.ProductToken:
				line = rest
			case "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview":
			default:
				continue
			}
		}
		d.read(line)
	}
	d.TDM = strings.TrimSpace(header["tdm-reservation"]) == "1"
	return d
}

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// numberIn returns the number from 1 to MaxParts that is a link's whole text, or
// 0.
func numberIn(a *html.Node) int {
	n := a.FirstChild
	for n != nil && n.Type == html.ElementNode && n.NextSibling == nil {
		n = n.FirstChild // <a><span>2</span></a>
	}
	if n == nil || n.Type != html.TextNode || n.NextSibling != nil || len(n.Data) > 16 {
		return 0
	}
	text := strings.TrimSpace(n.Data)
	if text == "1" {
		return 1
	}
	return address.SmallNumber(text)
}

// hasToken reports whether a space separated list holds a word.
func hasToken(list, word string) bool {
	if len(list) < len(word) {
		return false
	}
	for w := range strings.FieldsSeq(list) {
		if w == word {
			return true
		}
	}
	return false
}

func hasScheme(href, scheme string) bool {
	return len(href) > len(scheme) && href[len(scheme)] == ':' && strings.EqualFold(href[:len(scheme)], scheme)
}

// looksLikeAddress reports whether the value of a data attribute is an address, and
// not a number or a word.
func looksLikeAddress(s string) bool {
	return strings.HasPrefix(s, "/") || strings.HasPrefix(s, "?") ||
		strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
}
