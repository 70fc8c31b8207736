package clean

import (
	"fmt"
	"html"
	"strings"

	"golang.org/x/net/html/atom"
)

// Clean stands in until the real one lands.
func (c *Cleaner) Clean(in Input) (*Article, error) {
	p, err := Parse(in)
	if err != nil {
		return nil, err
	}
	t := newTree(p)
	a := &Article{ID: in.ID, URL: in.URL, Kind: KindArticle, Status: in.Status}
	if a.ID == "" {
		a.ID = fmt.Sprintf("%x", len(in.HTML))
	}
	if !in.FetchedAt.IsZero() {
		a.FetchedAt = &in.FetchedAt
	}
	var ps []string
	for i := range t.nodes {
		switch t.nodes[i].DataAtom {
		case atom.H1:
			a.Title = t.text(int32(i))
		case atom.A:
			if t.attr(int32(i), "rel") == "author" {
				a.Authors = append(a.Authors, Author{Name: t.text(int32(i))})
			}
		case atom.Time:
			a.Published = t.attr(int32(i), "datetime")
		case atom.P:
			if t.attr(int32(i), "class") == "" {
				ps = append(ps, t.text(int32(i)))
			}
		}
	}
	if body := t.text(t.body); len(ps) == 0 && len(body) > 400 {
		ps = append(ps, body)
	}
	a.Text = strings.Join(ps, "\n\n")
	a.WordCount = len(strings.Fields(a.Text))
	if c.opts.Markdown {
		a.Markdown = a.Text
	}
	if c.opts.HTML {
		a.HTML = "<p>" + html.EscapeString(a.Text) + "</p>"
	}
	if c.opts.Explain {
		a.Removed = []Removed{{"prune", "shim", "x"}}
	}
	if a.Text == "" {
		return nil, &Error{Code: "no_article", Message: "no article found"}
	}
	return a, nil
}

// CleanPage stands in until the real one lands.
func (c *Cleaner) CleanPage(p *Page) (*Article, error) {
	h, err := p.Doc.Html()
	if err != nil {
		return nil, err
	}
	in := p.Input
	in.HTML = []byte(h)
	return c.Clean(in)
}
