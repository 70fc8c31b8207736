package clean

import "net/url"

// obey gives a user's rules for the site the last word on the body: what they
// name is the article, and what they strip is not.
func (d *draft) obey() {
	if d.site == nil {
		return
	}
	body := d.t.set(d.site.body)
	for k := range d.bs {
		b := &d.bs[k]
		switch {
		case len(d.site.body) > 0 && !body.has(b):
			d.drop(k, "pick", "outside the body that the site's rules name")
		case len(d.site.body) > 0 && d.site.keepAll:
			d.verdicts[k] = verdict{keep: true}
		}
	}
	for _, s := range d.site.stripped {
		for k := range d.bs {
			if b := &d.bs[k]; b.from >= s.node && b.to <= d.t.nodes[s.node].end {
				d.drop(k, "prune", s.rule)
			}
		}
	}
}

// obeyFields sets the fields for which the site's rules found something.
func (d *draft) obeyFields(a *Article) {
	s := d.site
	if s == nil {
		return
	}
	if s.title != "" {
		a.Title = s.title
	}
	if s.subtitle != "" {
		a.Subtitle = s.subtitle
	}
	if t, ok := parseDate(s.date, d.meta.language); ok {
		a.Published = t.String()
	}
	var authors []Author
	for _, line := range s.authors {
		authors = appendAuthors(authors, splitByline(line), "")
	}
	if len(authors) > 0 {
		a.Authors = authors
	}
}

// hostOf returns the host of a URL, or "".
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
