package page

import (
	"net/url"
	"strings"
)

// LeadsHome reports whether an address is that of the site's first page, and the page
// another.
func (p *Page) LeadsHome(href string) bool {
	to, own := p.onSite(href)
	return own != nil && len(to.Path) <= 1 && to.RawQuery == "" && (len(own.Path) > 1 || own.RawQuery != "")
}

// LeadsUp reports whether an address is that of a folder of the site that the page is in.
func (p *Page) LeadsUp(href string) bool {
	to, own := p.onSite(href)
	return own != nil && strings.HasPrefix(own.Path, strings.TrimSuffix(to.Path, "/")+"/")
}

// LeadsToSite reports whether an address is that of another page of the site.
func (p *Page) LeadsToSite(href string) bool {
	to, own := p.onSite(href)
	return isWithin(to, own) && own.Path != to.Path
}

// LeadsWithin reports whether an address is that of a page of the site, be it this one.
func (p *Page) LeadsWithin(href string) bool { return isWithin(p.onSite(href)) }

func isWithin(to, own *url.URL) bool {
	return own != nil && len(to.Path) > 1 && own.Host != ""
}

// LeadsAway reports whether an address is that of a page of another site.
func (p *Page) LeadsAway(href string) bool {
	_, own := p.onSite(href)
	return own == nil && (strings.HasPrefix(href, "http") || strings.HasPrefix(href, "//"))
}

// onSite returns an address on the page's host and the page's own, or nil and nil where it
// leads elsewhere.
func (p *Page) onSite(href string) (to, own *url.URL) {
	if href == "" || strings.HasPrefix(href, "#") || p == nil {
		return nil, nil
	}
	if p.own == nil { // Address is none, or the page was made without one
		return nil, nil
	}
	to, err := url.Parse(Unarchived(p.Link(href)))
	if err != nil || strings.TrimPrefix(p.own.Host, "www.") != strings.TrimPrefix(to.Host, "www.") {
		return nil, nil
	}
	return to, p.own
}
