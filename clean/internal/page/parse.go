package page

import (
	"bytes"
	"net/url"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"newsclip/selectors"
)

// Parse decodes in and builds its tree. The errors it returns are [*Error],
// with the codes empty, not_html, too_large and too_complex. A page nested deeper
// than the parser allows loses wrappers, and no words.
func Parse(in Input) (*Page, error) { return ParseWith(in, nil) }

// ParseWith is Parse, with the rules of the page's site, or nil.
func ParseWith(in Input, r *selectors.Rules) (*Page, error) {
	utf8, err := Decode(in.HTML, in.ContentType, in.MaxBytes)
	if err != nil {
		return nil, err
	}
	if r != nil {
		utf8 = r.Rewrite(utf8)
	}
	root, err := parseTree(utf8)
	if err != nil {
		return nil, err
	}
	p := &Page{Input: in, Doc: goquery.NewDocumentFromNode(root)}
	p.HTML = nil
	if u, err := url.Parse(in.URL); err == nil && in.URL != "" {
		p.Base = u
	}
	if containsFold(utf8, "<base") {
		p.applyBase()
	}
	if p.Base == nil {
		p.Base = ownAddress(p.Doc)
	}
	return p, nil
}

// applyBase makes the page's base element hold, where it has one.
func (p *Page) applyBase() {
	href, ok := p.Doc.Find("base[href]").First().Attr("href")
	if !ok {
		return
	}
	u, err := url.Parse(href)
	if err != nil {
		return
	}
	if p.Base != nil {
		u = p.Base.ResolveReference(u)
	}
	if u.IsAbs() {
		p.Base = u
	}
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

// containsFold reports whether b has word in it, ASCII letters of either case.
// word begins with a sign that is no letter.
func containsFold(b []byte, word string) bool {
	for {
		k := bytes.IndexByte(b, word[0])
		if k < 0 || len(b)-k < len(word) {
			return false
		}
		if bytes.EqualFold(b[k:k+len(word)], []byte(word)) {
			return true
		}
		b = b[k+1:]
	}
}
