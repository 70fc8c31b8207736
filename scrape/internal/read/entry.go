package read

import (
	"strings"

	"golang.org/x/net/html"

	"newsclip/selectors"
)

// announcesFeed reports whether a page that links to an alternate of a media type
// announces a feed with it. An alternate in JSON is the page's own data more often
// than a feed.
func announcesFeed(mediaType string) bool {
	return selectors.Crawl().FeedTypes[mediaType]
}

// FeedPaths returns the paths that are tried in turn on a host whose front page
// announces no feed, until one is there: the likeliest first. The slice is shared: do
// not change it.
func FeedPaths() []string { return selectors.Guesses().Feeds }

// SitemapPaths returns the paths that are tried in turn on a host, until a sitemap is
// there: the likeliest first. Where robots.txt names a sitemap, only the first is. The
// slice is shared: do not change it.
func SitemapPaths() []string { return selectors.Guesses().Sitemaps }

// A candidate is an address that may be an entry's page. The lowest rank is the
// likeliest.
type candidate struct {
	loc  string
	rank int
}

// add adds a candidate.
func (x *xmlReader) add(loc string, rank int) {
	if loc != "" {
		x.locs = append(x.locs, candidate{loc, rank})
	}
}

// addLoc makes loc the entry's address, or another one of it.
func (e *Entry) addLoc(loc string) {
	switch loc = tidyAddress(loc); {
	case loc == "" || loc == e.Loc:
	case e.Loc == "":
		e.Loc = loc
	default:
		e.Also = append(e.Also, loc)
	}
}

// absolute returns s where it is the URL of a page, and "" otherwise.
func absolute(s string) string {
	s = tidyAddress(s)
	if hasScheme(s, "http") || hasScheme(s, "https") {
		return s
	}
	return ""
}

// link deals with a link that has its address in an attribute, and reports whether
// it is one: those of RSS have it as their text.
func (x *xmlReader) link(t *html.Token, prefix string) bool {
	href := attribute(t, "href")
	if href == "" || selectors.Feeds().ForeignPrefixes[prefix] {
		return href != ""
	}
	rel := strings.ToLower(attribute(t, "rel"))
	if i := strings.LastIndexByte(rel, '/'); i >= 0 {
		rel = rel[i+1:] // the relation's full IRI
	}
	page := rel == "" || rel == "alternate" || rel == "canonical"
	switch {
	case x.inside == "" && selectors.Feeds().PartRelations[rel]:
		x.d.Pages = append(x.d.Pages, href)
	case x.inside == "" && page && x.d.Site == "" && prefersHTML(t):
		x.d.Site = href
	case x.inside == "" || len(x.path) > 0:
	case sitemapRoots[x.root]:
		if rel == "alternate" && attribute(t, "hreflang") != "" {
			x.e.Alternates = append(x.e.Alternates, href)
		}
	case page && prefersHTML(t):
		x.add(href, 1)
	case page:
		x.add(href, 2)
	}
	return true
}

// prefersHTML reports whether a link leads to a page, by its type.
func prefersHTML(t *html.Token) bool {
	typ := attribute(t, "type")
	return typ == "" || strings.Contains(strings.ToLower(typ), "html")
}

// take files the text of the last element of path, which stands below the entry or,
// outside of entries, below the root.
func (x *xmlReader) take(path []string, text string) {
	name := path[len(path)-1]
	if x.inside == "" {
		inHead := x.open["image"] == 0 && x.open["textinput"] == 0
		if name == "link" && inHead && x.d.Site == "" && feedRoots[x.root] {
			x.d.Site = tidyAddress(text)
		}
		return
	}
	if len(path) > 1 {
		if name == "publication_date" && path[0] == "news" {
			x.e.Published = parseTime(text)
		}
		return
	}
	feed := x.d.Kind == KindFeed
	switch name {
	case "loc":
		x.add(tidyAddress(text), 1)
	case "origlink": // FeedBurner's and Pheedo's
		x.add(absolute(text), 0)
	case "link":
		if feed {
			x.add(tidyAddress(text), 1)
		}
	case "guid", "id":
		loc := absolute(text)
		if name == "guid" && x.permaLink {
			loc = tidyAddress(text)
		}
		if feed {
			x.add(loc, 4)
		}
	case "pubdate", "published", "issued", "date":
		if t := parseTime(text); x.e.Published.IsZero() {
			x.e.Published = t
		}
	case "lastmod", "modified", "updated":
		if t := parseTime(text); x.e.LastMod.IsZero() {
			x.e.LastMod = t
		}
	}
}
