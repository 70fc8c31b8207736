package page

import (
	"net/url"
	"strings"
)

// LeadsHome reports whether an address is that of the site's first page, and the page
// another.
func (p *Page) LeadsHome(href string) bool {
	if href == "" || strings.HasPrefix(href, "#") || p == nil {
		return false
	}
	to, err := url.Parse(p.Link(href))
	if err != nil || len(to.Path) > 1 || to.RawQuery != "" {
		return false
	}
	own, err := url.Parse(p.URL)
	return err == nil && len(own.Path) > 1 && strings.TrimPrefix(own.Host, "www.") == strings.TrimPrefix(to.Host, "www.")
}

// LeadsToSite reports whether an address is that of another page of the site.
func (p *Page) LeadsToSite(href string) bool {
	if href == "" || strings.HasPrefix(href, "#") || p == nil {
		return false
	}
	to, err := url.Parse(p.Link(href))
	if err != nil || len(to.Path) < 2 {
		return false
	}
	own, err := url.Parse(p.URL)
	return err == nil && own.Host != "" && strings.TrimPrefix(own.Host, "www.") == strings.TrimPrefix(to.Host, "www.") && own.Path != to.Path
}
