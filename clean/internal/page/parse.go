package page

import (
	"bytes"
	"net/url"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"newsclip/clean/article"
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
	safe, err := bounded(utf8)
	if err != nil {
		return nil, err
	}
	root, err := parseTree(safe)
	if err != nil {
		return nil, &article.Error{Code: article.CodeNotHTML, Message: "parsing: " + err.Error()}
	}
	p := &Page{Input: in, Doc: goquery.NewDocumentFromNode(root)}
	p.HTML = nil
	if u, err := url.Parse(in.URL); err == nil && in.URL != "" {
		p.Base = u
	}
	if !containsFold(utf8, "<base") {
		return p, nil
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

// parseTree parses b. The parser refuses pages in which 512 elements are open
// at once; such a page is parsed again with its deepest wrappers left out.
func parseTree(b []byte) (*html.Node, error) {
	root, err := html.Parse(bytes.NewReader(b))
	for _, depth := range []int{256, 64, 0} {
		if err == nil {
			break
		}
		root, err = html.Parse(bytes.NewReader(unnest(b, depth)))
	}
	return root, err
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
