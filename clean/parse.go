package clean

import (
	"bytes"
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
)

// Parse decodes in and builds its tree. The errors it returns are [*Error].
func Parse(in Input) (*Page, error) {
	utf8, err := decode(in.HTML, in.ContentType)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(bytes.NewReader(utf8))
	if err != nil {
		return nil, &Error{Code: "not_html", Message: "parsing: " + err.Error()}
	}
	p := &Page{Input: in, Doc: goquery.NewDocumentFromNode(root)}
	p.HTML = nil
	if u, err := url.Parse(in.URL); err == nil && in.URL != "" {
		p.Base = u
	}
	if href, ok := p.Doc.Find("base[href]").First().Attr("href"); ok {
		if u, err := url.Parse(href); err == nil {
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
