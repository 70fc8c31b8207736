package page

import (
	"net/url"

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
	doc, base, err := parseTree(utf8)
	if err != nil {
		return nil, err
	}
	p := &Page{Input: in, Doc: goquery.NewDocumentFromNode(doc)}
	p.HTML = nil
	if u, err := url.Parse(in.URL); err == nil && in.URL != "" {
		p.Base = u
	}
	if base == nil {
		return p, nil
	}
	for _, a := range base.Attr {
		if a.Key != "href" {
			continue
		}
		if u, err := url.Parse(a.Val); err == nil {
			if p.Base != nil {
				u = p.Base.ResolveReference(u)
			}
			if u.IsAbs() {
				p.Base = u
			}
		}
	}
	return p, nil
}
