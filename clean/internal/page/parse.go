package page

import (
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"newsclip/clean/internal/encodings"
	"newsclip/selectors"
)

// Parse decodes in and builds its tree. The errors it returns are [*Error],
// with the codes empty, not_html, too_large and too_complex. A page nested deeper
// than the parser allows loses wrappers, and no words.
func Parse(in Input) (*Page, error) { return ParseWith(in, nil) }

// ParseWith is Parse, with the rules of the page's site, or nil.
func ParseWith(in Input, r *selectors.Rules) (*Page, error) {
	utf8, err := encodings.Decode(in.HTML, in.ContentType, in.MaxBytes)
	if err != nil {
		return nil, err
	}
	if r != nil {
		utf8 = r.Rewrite(utf8)
	}
	tree, err := parseTree(utf8, in.InPlace)
	if err != nil {
		return nil, err
	}
	r.EditTree(tree.Doc)
	p := &Page{Input: in, Doc: goquery.NewDocumentFromNode(tree.Doc), tree: tree}
	p.HTML, p.URL = nil, EscapeControls(in.URL)
	p.Address = Unarchived(p.URL)
	p.own, _ = url.Parse(p.Address)
	tags := countTags(utf8)
	p.mostTakenOver = max(leastTakenOver, maxTakenOver/(1+tags))
	p.cost = cost(len(utf8), tags)
	if u, err := url.Parse(p.URL); err == nil && p.URL != "" {
		p.Base = u
	}
	p.applyBase(tree.Base)
	if p.Base == nil {
		p.Base = ownAddress(p.Doc)
	}
	return p, nil
}

// applyBase makes a base element hold, nil where the page has none.
func (p *Page) applyBase(base *html.Node) {
	if base == nil {
		return
	}
	for _, a := range base.Attr {
		if a.Key != "href" {
			continue
		}
		if u, err := url.Parse(a.Val); err == nil {
			if p.Base != nil {
				u = p.Base.ResolveReference(u)
			}
			if u.IsAbs() && canBeBase(u) {
				p.Base = u
			}
		}
	}
}

// canBeBase reports whether the address of a base element holds (HTML standard, set the
// frozen base URL): one that is no address, or leads to no document, is passed over.
func canBeBase(u *url.URL) bool {
	switch u.Scheme {
	case "data", "javascript":
		return false
	case "http", "https":
		return u.Host != ""
	}
	return true
}

// ownAddress returns the canonical address that a page names, which is where its
// links lead from if nobody knows where it was saved. It returns nil where there
// is none.
func ownAddress(doc *goquery.Document) *url.URL {
	for _, at := range []struct{ selector, attr string }{
		{`link[rel="canonical" i][href]`, "href"}, {`meta[property="og:url" i][content]`, "content"},
	} {
		value, _ := doc.Find(at.selector).First().Attr(at.attr)
		u, err := url.Parse(strings.TrimSpace(value))
		if err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			return u
		}
	}
	return nil
}
