package read

import (
	"mime"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean"
	"newsclip/scrape/internal/address"
	"newsclip/scrape/internal/fetch"
	"newsclip/selectors"
)

// PageLinks are the links of a page and its directives for crawlers.
type PageLinks struct {
	// Links are in document order, without repetitions.
	Links []Link
	// Nofollow are the links that rel=nofollow keeps out.
	Nofollow []Link
	// Feeds and Sitemaps are those that the page announces, as written.
	Feeds, Sitemaps []string
	// Likely are links that look like feeds by their address alone.
	Likely []string
	// Canonical is rel=canonical or og:url, as written.
	Canonical string
	// Refresh is where the page leads on by itself, as written.
	Refresh string
	// Charset is the encoding that a meta element names, as written.
	Charset string
	// Directives are those of meta robots, of X-Robots-Tag and of the
	// text-and-data-mining reservation protocol.
	Directives Directives
}

// A Link is an address that a page names, as written.
type Link struct {
	Href string
	Next bool // rel=next, a text that says so, or a button that loads more
	Prev bool // rel=prev
	// Number is what the link's text says where that is a small number, as in
	// the numbered links below a long article; 0 otherwise.
	Number int
}

var noHyphens = strings.NewReplacer("-", "", "_", "")

// loadsMore reports whether an element's class or id calls it one that loads more.
func loadsMore(n *html.Node) bool {
	for _, key := range []string{"class", "id"} {
		v := attr(n, key)
		if v == "" {
			continue
		}
		v = noHyphens.Replace(strings.ToLower(v))
		for _, w := range selectors.Crawl().LoadClasses {
			if strings.Contains(v, w) {
				return true
			}
		}
	}
	return false
}

// Links reads the links of a page in one walk of its tree.
func Links(p *clean.Page) *PageLinks {
	seen := linksSeen.Get().(map[Link]bool)
	defer func() {
		clear(seen)
		linksSeen.Put(seen)
	}()
	r := &linkReader{l: &PageLinks{Directives: headerDirectives(p.Header)}, seen: seen}
	r.header(p.Header["link"])
	for _, root := range p.Doc.Nodes {
		r.walk(root)
		r.addFrames(root)
	}
	r.addData()
	r.l.clone()
	return r.l
}

// linksSeen are maps for linkReader.seen.
var linksSeen = sync.Pool{New: func() any { return make(map[Link]bool, 128) }}

// clone makes copies of what the page says: a link waits in the frontier, and
// would keep the whole page in memory, of which its address is a part.
func (l *PageLinks) clone() {
	for _, links := range [][]Link{l.Links, l.Nofollow} {
		for k := range links {
			links[k].Href = strings.Clone(links[k].Href)
		}
	}
	for _, addresses := range [][]string{l.Feeds, l.Sitemaps, l.Likely} {
		for k := range addresses {
			addresses[k] = strings.Clone(addresses[k])
		}
	}
	l.Canonical, l.Refresh = strings.Clone(l.Canonical), strings.Clone(l.Refresh)
}

// A linkReader gathers the links of one page, without repetitions.
type linkReader struct {
	l    *PageLinks
	seen map[Link]bool
	// scripts are the page's own, data the attributes that may hold some, and frames the
	// pages that are shown inside of this one.
	scripts      []*html.Node
	data, frames []string
}

func (r *linkReader) walk(root *html.Node) {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			r.element(n)
		}
	}
}

// add adds a link to a page. What a script would do is followed where it only
// leads to another page.
func (r *linkReader) add(ln Link) {
	ln.Href = strings.TrimSpace(ln.Href)
	if hasScheme(ln.Href, "javascript") {
		ln.Href = scriptTarget(unescapeScript(ln.Href))
	}
	if href := ln.Href; href == "" || href[0] == '#' || hasScheme(href, "mailto") || hasScheme(href, "tel") ||
		hasScheme(href, "data") || r.seen[ln] {
		return
	}
	r.seen[ln] = true
	r.l.Links = append(r.l.Links, ln)
}

func (r *linkReader) element(n *html.Node) {
	switch n.DataAtom {
	case atom.A, atom.Area:
		r.anchor(n)
	case atom.Frame:
		r.add(Link{Href: attr(n, "src")})
	case atom.Iframe, atom.Object, atom.Embed:
		r.frame(n)
	case atom.Form:
		r.form(n)
	case atom.Button, atom.Input:
		r.formAction(n)
	case 0:
		if selectors.Crawl().FragmentElements[n.Data] {
			r.add(Link{Href: attr(n, "src")})
		}
	case atom.Link:
		r.link(n)
	case atom.Meta:
		r.meta(n)
	case atom.Noscript:
		r.noscript(n)
	case atom.Script:
		r.script(n)
	case atom.Option:
		if v := strings.TrimSpace(attr(n, "value")); looksLikeAddress(v) {
			r.add(Link{Href: v, Number: optionNumber(n)})
		}
	}
	words, custom := selectors.Crawl(), isCustom(n)
	for _, a := range n.Attr {
		if len(a.Val) > 1 && (a.Val[0] == '{' || a.Val[0] == '[') {
			r.data = append(r.data, a.Val)
		}
		switch {
		case custom && !strings.HasPrefix(a.Key, "data-"):
			r.custom(n, a)
		case strings.HasPrefix(a.Key, "on"):
			if target := scriptTarget(a.Val); target != "" {
				r.add(Link{Href: target})
			}
		case strings.HasPrefix(a.Key, "item"):
			r.microdata(n, a.Key)
		case !strings.HasPrefix(a.Key, "hx-") && !strings.HasPrefix(a.Key, "data-"):
		case words.PageAttributes[a.Key]:
			if v := strings.TrimSpace(a.Val); looksLikeAddress(v) || looksLikeFile(v) {
				r.add(Link{Href: v, Next: a.Key == "data-href"})
			}
		case words.LoadAttributes[a.Key] || words.AddressAttributes[a.Key] && loadsMore(n):
			if looksLikeAddress(a.Val) {
				r.add(Link{Href: a.Val, Next: true})
			}
		case words.AddressAttributes[a.Key] && isCard(n):
			if v := strings.TrimSpace(a.Val); looksLikeAddress(v) && !isInterface().MatchString(v) {
				r.add(Link{Href: v})
			}
		}
	}
}

// isCard reports whether an element is one that a script makes a link of: a row, an
// item or a box whose class calls it a teaser.
func isCard(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Article, atom.H1, atom.H2, atom.H3, atom.H4, atom.Li, atom.Section, atom.Tr:
		return true
	}
	if attr(n, "role") == "link" {
		return true
	}
	class := strings.ToLower(attr(n, "class"))
	return slices.ContainsFunc(selectors.Crawl().CardClasses, func(w string) bool { return strings.Contains(class, w) })
}

// isInterface matches addresses of programs, which answer with no page.
var isInterface = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)/(?:ajax|api|graphql|oembed|rest|share|wp-json)(?:/|\?|$)|\.(?:json|js)(?:\?|$)|[?&](?:u|url|link)=`)
})

// microdata reads the address of a page in an attribute of microdata: the URL of an
// item that is a page by its type, and the page that an item is the main one of.
func (r *linkReader) microdata(n *html.Node, key string) {
	switch {
	case key == "itemid":
		if ldIsPage(attr(n, "itemtype")) {
			r.add(Link{Href: attr(n, "itemid")})
		}
	case key != "itemprop" || n.DataAtom != atom.Link && n.DataAtom != atom.Meta:
	case hasToken(attr(n, "itemprop"), "mainEntityOfPage"), hasToken(attr(n, "itemprop"), "url") && ldIsPage(itemType(n.Parent)):
		href := attr(n, "href")
		if n.DataAtom == atom.Meta {
			href = attr(n, "content")
		}
		if href = strings.TrimSpace(href); looksLikeAddress(href) {
			r.add(Link{Href: href})
		}
	}
}

// itemType returns the type of the item of microdata that stands in n.
func itemType(n *html.Node) string {
	for ; n != nil; n = n.Parent {
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "itemscope" }) {
			return attr(n, "itemtype")
		}
	}
	return ""
}

// feedAddress matches an address that is a feed's, by its words.
var feedAddress = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)(?:^|[/._-])(?:atom|feeds?|rss2?)(?:$|[/._?#-])`)
})

// isFeedAddress reports whether an address is that of a feed by its words. The first
// letters of atom, feed and rss are looked for before the expression, which takes a
// microsecond for each link.
func isFeedAddress(href string) bool {
	for i := 0; i+3 <= len(href); i++ {
		second, third := byte('s'), byte('s')
		switch href[i] | 0x20 {
		case 'a':
			second, third = 't', 'o'
		case 'f':
			second, third = 'e', 'e'
		case 'r':
		default:
			continue
		}
		if href[i+1]|0x20 == second && href[i+2]|0x20 == third {
			return feedAddress().MatchString(href)
		}
	}
	return false
}

// maxLikely is the number of links that are taken for feeds by their address.
const maxLikely = 5

func (r *linkReader) anchor(n *html.Node) {
	rel, href := strings.ToLower(attr(n, "rel")), attr(n, "href")
	if hasScheme(strings.TrimSpace(href), "feed") {
		href = feedURL(href)
		r.l.Feeds = append(r.l.Feeds, href)
	} else if t := attr(n, "type"); t != "" && announcesFeed(fetch.MediaType(t)) && strings.TrimSpace(href) != "" {
		r.l.Feeds = append(r.l.Feeds, href)
	}
	text := textOf(n)
	ln := Link{Href: href, Next: hasToken(rel, "next") || saysNext(text), Prev: hasToken(rel, "prev"), Number: numberIn(text)}
	if len(r.l.Likely) < maxLikely && isFeedAddress(href) {
		r.l.Likely = append(r.l.Likely, href)
	}
	if hasToken(rel, "nofollow") {
		r.l.Nofollow = append(r.l.Nofollow, ln)
		return
	}
	r.add(ln)
}

// link reads a link element.
func (r *linkReader) link(n *html.Node) {
	r.relation(strings.ToLower(attr(n, "rel")), attr(n, "href"), attr(n, "type"), attr(n, "hreflang"))
}

// relation adds what a link element or a Link field names.
func (r *linkReader) relation(rel, href, mediaType, language string) {
	l := r.l
	switch href = strings.TrimSpace(href); {
	case href == "":
	case hasToken(rel, "canonical"):
		if l.Canonical == "" {
			l.Canonical = href
		}
	case hasToken(rel, "next"):
		r.add(Link{Href: href, Next: true})
	case hasToken(rel, "prev"):
		r.add(Link{Href: href, Prev: true})
	case hasToken(rel, "sitemap"):
		l.Sitemaps = append(l.Sitemaps, href)
	case hasToken(rel, "feed"), hasToken(rel, "service.feed"), hasToken(rel, "alternate") && announcesFeed(fetch.MediaType(mediaType)):
		l.Feeds = append(l.Feeds, feedURL(href))
	case hasToken(rel, "alternate") && language == "" && (mediaType == "" || strings.HasSuffix(fetch.MediaType(mediaType), "/json")) && isFeedAddress(href):
		// JSON Feed 1.0 has the type of any JSON, and so have other alternates.
		l.Feeds = append(l.Feeds, href)
	case hasToken(rel, "alternate") && language != "":
		r.add(Link{Href: href}) // the page in another language
	}
}

// feedURL returns the address of a feed without the scheme feed, with which links to
// readers of feeds begin: feed://a.example/ and feed:https://a.example/.
func feedURL(href string) string {
	href = strings.TrimSpace(href)
	if !hasScheme(href, "feed") {
		return href
	}
	if href = href[len("feed:"):]; strings.HasPrefix(href, "//") {
		return "http:" + href
	}
	return href
}

func (r *linkReader) meta(n *html.Node) {
	l := r.l
	name := strings.ToLower(attr(n, "name"))
	switch {
	case name == "robots" || name == fetch.ProductToken:
		l.Directives.add(attr(n, "content"))
	case name == "tdm-reservation":
		l.Directives.TDM = l.Directives.TDM || strings.TrimSpace(attr(n, "content")) == "1"
	case strings.EqualFold(attr(n, "property"), "og:url"):
		if l.Canonical == "" {
			l.Canonical = attr(n, "content")
		}
	case l.Charset == "" && attr(n, "charset") != "":
		l.Charset = attr(n, "charset")
	case l.Charset == "" && strings.EqualFold(attr(n, "http-equiv"), "content-type"):
		if _, params, err := mime.ParseMediaType(attr(n, "content")); err == nil {
			l.Charset = params["charset"]
		}
	case strings.EqualFold(attr(n, "http-equiv"), "refresh"):
		target := RefreshTarget(attr(n, "content"))
		if l.Refresh == "" {
			l.Refresh = target
		}
		r.add(Link{Href: target})
	}
}

// Directives are the directives of a page for crawlers.
type Directives struct {
	clean.RobotsTag
	TDM bool // text and data mining is reserved
}

// add adds the directives of a meta element named robots or of X-Robots-Tag.
func (d *Directives) add(value string) {
	tag := clean.ReadRobotsTag(value)
	d.NoIndex, d.NoFollow, d.NoAI = d.NoIndex || tag.NoIndex, d.NoFollow || tag.NoFollow, d.NoAI || tag.NoAI
}

// headerDirectives reads the headers X-Robots-Tag and tdm-reservation.
func headerDirectives(header map[string]string) Directives {
	return Directives{clean.ReadRobotsTag(header["x-robots-tag"]), strings.TrimSpace(header["tdm-reservation"]) == "1"}
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
func numberIn(text string) int {
	if text == "1" {
		return 1
	}
	return address.SmallNumber(text)
}

// maxLinkText is the length in bytes of the longest text of a link that is read, as it
// stands in the page.
const maxLinkText = 40

// textOf returns the text of a link that has no other element beside it, without white
// space around it, or "" for one that is longer.
func textOf(a *html.Node) string {
	n := a.FirstChild
	for n != nil && n.Type == html.ElementNode && n.NextSibling == nil {
		n = n.FirstChild // <a><span>2</span></a>
	}
	if n == nil || n.Type != html.TextNode || n.NextSibling != nil && n.NextSibling.Type == html.TextNode || len(n.Data) > maxLinkText {
		return ""
	}
	return strings.TrimSpace(n.Data)
}

// saysNext reports whether the text of a link leads to the next page.
func saysNext(text string) bool {
	text = strings.Trim(text, "<>«»‹›←→▶►….:| \u00a0")
	return text != "" && selectors.Crawl().NextPage[strings.ToLower(text)]
}

// optionNumber returns the number of a page in the text of an option, as in "Page 2" and
// "2. At the lock", or 0.
func optionNumber(n *html.Node) int {
	if n.FirstChild == nil || n.FirstChild.Type != html.TextNode {
		return 0
	}
	digits := strings.FieldsFunc(n.FirstChild.Data, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) != 1 {
		return 0
	}
	return numberIn(digits[0])
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

// looksLikeFile reports whether s is a relative address in what must be an address:
// a number or a word is none.
func looksLikeFile(s string) bool {
	return strings.ContainsAny(s, "/.") && !strings.ContainsAny(s, " <>{}()") && strings.IndexFunc(s, func(r rune) bool { return r >= 'a' && r <= 'z' }) >= 0
}
