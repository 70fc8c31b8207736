package clean

// applySiteRules makes the verdicts follow a user's rules for the site: what
// they name is the article, and what they strip is not. s may be nil.
func applySiteRules(bd *body, s *siteResult) {
	if s == nil {
		return
	}
	named := bd.tree.set(s.body)
	for k := range bd.blocks {
		b := &bd.blocks[k]
		switch {
		case len(s.body) > 0 && !named.has(b):
			bd.drop(k, "pick", "outside the body that the site's rules name")
		case len(s.body) > 0 && s.keepAll:
			bd.verdicts[k] = verdict{keep: true}
		}
	}
	for _, out := range s.stripped {
		for k := range bd.blocks {
			if b := &bd.blocks[k]; b.from >= out.node && b.to <= bd.tree.nodes[out.node].end {
				bd.drop(k, "prune", out.rule)
			}
		}
	}
}

// applySiteFields sets the fields for which the site's rules found something.
// The language is the page's, by which a date is read. s may be nil.
func applySiteFields(a *Article, s *siteResult, language string) {
	if s == nil {
		return
	}
	if s.title != "" {
		a.Title = s.title
	}
	if s.subtitle != "" {
		a.Subtitle = s.subtitle
	}
	if t, ok := parseDate(s.date, language); ok {
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
