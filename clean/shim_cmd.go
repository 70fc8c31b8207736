package clean

import (
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
	a := &Article{ID: in.ID, URL: in.URL, Kind: KindArticle}
	if t.titleTag >= 0 {
		a.Title = t.text(t.titleTag)
	}
	var ps []string
	for i := range t.nodes {
		if t.nodes[i].DataAtom == atom.P {
			ps = append(ps, t.text(int32(i)))
		}
	}
	a.Text = strings.Join(ps, "\n\n")
	a.WordCount = len(strings.Fields(a.Text))
	if a.Text == "" {
		return nil, &Error{Code: "no_article", Message: "no article found"}
	}
	return a, nil
}
