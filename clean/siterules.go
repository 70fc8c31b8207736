package clean

import (
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// Parse is the function Parse with the rules of the page's site: what they find
// and replace in its source, and what they change in its tree.
func (c *Cleaner) Parse(in page.Input) (*page.Page, error) {
	return page.ParseWith(in, c.rulesFor(page.Unarchived(in.URL)))
}

// SinglePage returns the address of the page that has the whole of an article, as
// the rules of the site find it on one of its pages, or "".
func (c *Cleaner) SinglePage(p *page.Page) string {
	r := c.rulesFor(p.Address)
	if r == nil || len(r.SinglePage) == 0 {
		return ""
	}
	return selectors.FirstLink(r.SinglePage, p.Doc.Nodes[0])
}

// NextPage returns the address of the following page of an article, as the rules
// of the site find it, or "".
func (c *Cleaner) NextPage(p *page.Page) string {
	r := c.rulesFor(p.Address)
	if r == nil || len(r.NextPage) == 0 {
		return ""
	}
	return selectors.FirstLink(r.NextPage, p.Doc.Nodes[0])
}

func (c *Cleaner) rulesFor(url string) *selectors.Rules {
	return c.opts.Rules.For(page.HostOf(url))
}
