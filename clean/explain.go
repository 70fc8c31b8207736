package clean

import (
	"cmp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// A passage is a block, a part of one that was cut, or a box that prune took out
// whole, and what became of it.
type passage struct {
	body.Verdict
	node  int32
	block int // -1 for a box, and for a part of a block
	text  string
}

// An explainer tells why what is not in the text was taken out.
type explainer struct {
	body     *body.Body
	signals  *judge.Signals
	headline []int32 // the nodes that show the headline
	kept     *body.KeptCount
	// first and last are the body's span
	first, last int32
}

// passages lists all that the page says, in its order. The rules that the
// stages did not note are worked out only here, so that a page without an
// explanation does not pay for it.
func (d *explainer) passages() []passage {
	t := d.body.Tree
	out := make([]passage, 0, len(d.body.Blocks)+16)
	k := 0
	blocks := func(to int32) {
		for ; k < len(d.body.Blocks) && d.body.Blocks[k].From < to; k++ {
			v := d.body.Verdicts[k]
			if !v.Keep && v.Rule == "" {
				v.Rule = d.why(k)
			}
			out = append(out, passage{Verdict: v, node: d.body.Blocks[k].From, block: k, text: d.body.Blocks[k].Text})
			for _, c := range d.body.Cuts {
				if c.Block == k {
					out = append(out, passage{Verdict: body.Verdict{Stage: "sweep", Rule: c.Rule}, node: d.body.Blocks[k].From, block: -1, text: c.Text})
				}
			}
		}
	}
	for i := t.Body; i < int32(len(t.Nodes)); {
		nd := &t.Nodes[i]
		if nd.Type != html.ElementNode {
			i++
			continue
		}
		if page.IsOpaque(nd.DataAtom) {
			i = nd.End
			continue
		}
		rule := t.Pruned(i)
		if rule == "" {
			i++
			continue
		}
		if text := t.Text(i); text != "" {
			blocks(i)
			out = append(out, passage{Verdict: body.Verdict{Stage: "prune", Rule: rule}, node: i, block: -1, text: text})
		}
		i = nd.End
	}
	blocks(int32(len(t.Nodes)))
	return out
}

// removed lists what was taken out.
func (d *explainer) removed() []article.Removed {
	var out []article.Removed
	for _, p := range d.passages() {
		if !p.Keep {
			out = append(out, article.Removed{Stage: p.Stage, Rule: p.Rule, Text: p.text})
		}
	}
	return out
}

// removes are the roles that say why a box is not the article's.
const removes = page.NotArticle | selectors.Author | selectors.Breadcrumb | selectors.Byline | selectors.Caption | selectors.CTA |
	selectors.Credit | selectors.Date | selectors.Header | selectors.Hidden | selectors.Infobox | selectors.Paywall |
	selectors.Player | selectors.Print | selectors.Product | selectors.TOC | selectors.Tags

// why names the plainest reason for which the models may have left a block
// out: they weigh a hundred signs at once, and these are the ones that a reader
// would name. In the order of how much they say: the metadata or a picture that
// has the words, the words, the box and its name, the links, the place.
func (d *explainer) why(k int) string {
	b := &d.body.Blocks[k]
	switch f := d.signals; {
	case f.Headlines.Has(b), f.Titles[b.Hash] && b.Words > 2:
		return "headline"
	case f.Captions.Has(b):
		return "caption"
	case f.Bylines.Has(b):
		return "byline"
	case f.Dates.Has(b):
		return "date"
	}
	if m := b.Phrases(); m.Line != 0 {
		return "phrase " + m.Line.String()
	} else if m.Prefix != 0 && b.Words < 30 {
		return "phrase " + m.Prefix.String()
	}
	t := d.body.Tree
	for e := b.El; e > t.Body; e = t.Nodes[e].Parent {
		if d.kept.In(e) {
			break // a name that the article's own box has is no reason
		}
		nd := &t.Nodes[e]
		if r := nd.Roles & removes; r != 0 {
			return "class " + r.String()
		}
		if nd.Hidden {
			return "hidden"
		}
		switch nd.DataAtom {
		case atom.Aside, atom.Button, atom.Figcaption, atom.Form, atom.Nav, atom.Footer, atom.Time:
			return "element " + nd.Data
		}
	}
	if b.Words > 0 && b.LinkWords*2 > b.Words {
		return "links"
	}
	return cmp.Or(d.placeOf(k), "model")
}

// placeOf reports whether a block stands before or after the article, or is "".
func (d *explainer) placeOf(k int) string {
	b := &d.body.Blocks[k]
	first, last := d.first, d.last
	if nodes := d.headline; len(nodes) > 0 && b.To <= nodes[0] {
		return "before the headline"
	}
	switch {
	case first < 0:
	case b.To <= first:
		return "before the text"
	case b.From >= last:
		return "after the text"
	}
	return ""
}
