package siterules

import (
	"slices"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/names"
)

// Apply makes the verdicts follow a user's rules for the site: what
// they name is the article, and what they strip is not. s may be nil.
func Apply(bd *body.Body, s *Result) {
	if s == nil {
		return
	}
	named := bd.Tree.Set(s.body)
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		switch {
		case len(s.body) > 0 && !named.Has(b):
			bd.Drop(k, "pick", "outside the body that the site's rules name")
		case len(s.body) > 0 && s.keepAll:
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
	ApplyKept(bd, s)
}

// ApplyKept keeps what the user's rules keep, and takes out what they strip.
// Sweep drops some of the first, so that it is called after it again. s may be nil.
func ApplyKept(bd *body.Body, s *Result) {
	if s == nil {
		return
	}
	kept := bd.Tree.Set(s.kept)
	for k := range bd.Blocks {
		if len(s.kept) > 0 && kept.Has(&bd.Blocks[k]) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
	for _, out := range s.stripped {
		end := bd.Tree.Nodes[out.node].End
		for k, _ := bd.BlocksIn(out.node); k < len(bd.Blocks) && bd.Blocks[k].From <= end; k++ {
			if bd.Blocks[k].To <= end {
				bd.Drop(k, "prune", out.rule)
			}
		}
	}
}

// ApplyFields sets the fields for which the site's rules found something.
// The language is the page's, by which a date is read. s may be nil.
func ApplyFields(a *article.Article, s *Result, language string) {
	if s == nil {
		return
	}
	if s.title != "" {
		a.Title = s.title
	}
	if s.subtitle != "" {
		a.Subtitle = s.subtitle
	}
	if t, ok := dates.ParseDate(s.date, language); ok {
		a.Published = t.String()
	}
	var authors []article.Author
	for _, line := range s.authors {
		authors = names.AppendAuthors(authors, names.SplitByline(line), "")
	}
	for i := range authors {
		// Of a name that the page has told of, its address stays.
		if k := slices.IndexFunc(a.Authors, func(known article.Author) bool { return known.Name == authors[i].Name }); k >= 0 {
			authors[i] = a.Authors[k]
		}
	}
	if len(authors) > 0 {
		a.Authors = authors
	}
}
