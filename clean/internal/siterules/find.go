package siterules

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// Result is what a site's own rules find on one page.
type Result struct {
	// body are the boxes of the article, in document order and none inside
	// another. Nil means that the rules name no body, or that none of their
	// selectors fits this page: then newsclip looks for it itself.
	body []int32
	// kept are the boxes that are the article wherever they stand, in document
	// order and none inside another.
	kept []int32
	// stripped are the boxes that are not the article, also inside body.
	stripped []ruledOut
	// What the rules find for the record's fields; empty where they find
	// nothing. The authors are bylines still to be read as names.
	title, subtitle, date string
	authors               []string
	// KeepAll asks that nothing but stripped is taken out of body.
	keepAll bool
	// SkipJSONLD asks that the page's JSON-LD is not read.
	skipJSONLD bool
	// noArticle is set where no body selector fits the page and the rules ask
	// that it is not searched for one.
	noArticle bool
}

// HasNoArticle reports whether the rules say that the page has no article.
func (s *Result) HasNoArticle() bool { return s != nil && s.noArticle }

// SkipsJSONLD reports whether the rules switch the page's JSON-LD off.
func (s *Result) SkipsJSONLD() bool { return s != nil && s.skipJSONLD }

// ruledOut is a box that a rule strips, and the rule as file:line.
type ruledOut struct {
	node int32
	rule string
}

// Find finds what r names on a page; nil where r is nil.
func Find(t *page.Tree, r *selectors.Rules) *Result {
	if r == nil {
		return nil
	}
	p := rulesPage{t: t, index: make(map[*html.Node]int32, len(t.Nodes)), search: selectors.NewSearch(t.Nodes[0].Node)}
	for i := range t.Nodes {
		p.index[t.Nodes[i].Node] = int32(i)
	}
	res := &Result{
		title:      p.first(r.Title),
		subtitle:   p.first(r.Subtitle),
		date:       p.first(r.Date),
		keepAll:    r.KeepAll,
		skipJSONLD: r.SkipJSONLD,
	}
	for _, s := range r.Author {
		if res.authors = p.values(s); len(res.authors) > 0 {
			break
		}
	}
	for _, s := range r.Body {
		if res.body = p.boxes(s); len(res.body) > 0 {
			break
		}
	}
	res.noArticle = r.NoFallback && len(r.Body) > 0 && len(res.body) == 0
	for _, s := range r.Keep {
		res.kept = append(res.kept, p.boxes(s)...)
	}
	res.kept = outermost(t, res.kept)
	for _, i := range res.kept {
		t.Show(i)
	}
	res.stripped = p.stripped(r)
	return res
}

// rulesPage answers selectors with indexes into the tree.
type rulesPage struct {
	t      *page.Tree
	index  map[*html.Node]int32
	search *selectors.Search
}

// boxes are the nodes that s finds, outermost only.
func (p *rulesPage) boxes(s *selectors.Selector) []int32 {
	var found []int32
	for _, m := range s.Select(p.search) {
		if i, ok := p.index[m.Node]; ok {
			found = append(found, i)
		}
	}
	return outermost(p.t, found)
}

// outermost returns nodes in document order, without those that stand in another.
func outermost(t *page.Tree, nodes []int32) []int32 {
	slices.Sort(nodes)
	out := nodes[:0]
	end := int32(0)
	for _, i := range nodes {
		if i >= end {
			out = append(out, i)
			end = t.Nodes[i].End
		}
	}
	return out
}

// maxAuthors is how many bylines a rule finds on a page: one that finds more fits another
// kind of page, and each name is compared with all others.
const maxAuthors = 200

// values are the first texts that s finds, each once, in its order.
func (p *rulesPage) values(s *selectors.Selector) []string {
	var out []string
	for _, m := range s.Select(p.search) {
		if v := p.value(m); v != "" && !slices.Contains(out, v) {
			if out = append(out, v); len(out) == maxAuthors {
				break
			}
		}
	}
	return out
}

// first is the first text that any of the selectors finds.
func (p *rulesPage) first(list []*selectors.Selector) string {
	for _, s := range list {
		for _, m := range s.Select(p.search) {
			if v := p.value(m); v != "" {
				return v
			}
		}
	}
	return ""
}

func (p *rulesPage) value(m selectors.Match) string {
	if m.Node == nil {
		return strings.Join(strings.Fields(m.Value), " ")
	}
	i, ok := p.index[m.Node]
	if !ok {
		// A text inside a script; the tree does not list those.
		return strings.Join(strings.Fields(m.Node.Data), " ")
	}
	switch m.Node.DataAtom {
	case atom.Time:
		// What machines read has the year and the offset.
		if v := p.t.Attr(i, "datetime"); v != "" {
			return v
		}
	case atom.Meta:
		return strings.Join(strings.Fields(p.t.Attr(i, "content")), " ")
	}
	return p.t.Text(i)
}

// stripped are the boxes that r strips, in document order. One that stands
// inside another is told as well: it may be that only the other is in the
// body.
func (p *rulesPage) stripped(r *selectors.Rules) []ruledOut {
	var out []ruledOut
	add := func(i int32, rule string) {
		// A rule that fits the whole page was made for a part of it: site
		// builders put a page's state into the class of body.
		if a := p.t.Nodes[i].DataAtom; a != atom.Html && a != atom.Body {
			out = append(out, ruledOut{i, rule})
		}
	}
	for _, s := range r.Strip {
		for _, i := range p.boxes(s) {
			add(i, s.Rule)
		}
	}
	if len(r.StripNames)+len(r.StripImages) > 0 {
		for i := range p.t.Nodes {
			if nd := &p.t.Nodes[i]; nd.Type == html.ElementNode {
				if rule := strippedByWord(nd, r); rule != "" {
					add(int32(i), rule)
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ruledOut) int { return cmp.Compare(a.node, b.node) })
	return slices.CompactFunc(out, func(a, b ruledOut) bool { return a.node == b.node })
}

// strippedByWord returns the rule whose word is in an element's id or class,
// or in an image's address, or "".
func strippedByWord(nd *page.Node, r *selectors.Rules) string {
	for k := range nd.Attr {
		words := r.StripNames
		switch nd.Attr[k].Key {
		case "id", "class":
		case "src", "data-src":
			if nd.DataAtom != atom.Img {
				continue
			}
			words = r.StripImages
		default:
			continue
		}
		for _, w := range words {
			if strings.Contains(nd.Attr[k].Val, w.Word) {
				return w.Rule
			}
		}
	}
	return ""
}
