package clean

import (
	"cmp"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// A passage is a block, or a box that prune took out whole, and what became of
// it.
type passage struct {
	verdict
	node  int32
	block int // -1 for a box
	text  string
}

// An explainer tells why what is not in the text was taken out.
type explainer struct {
	body     *body
	signals  *signals
	headline []int32 // the nodes that show the headline
}

// passages lists all that the page says, in its order. The rules that the
// stages did not note are worked out only here, so that a page without an
// explanation does not pay for it.
func (d *explainer) passages() []passage {
	t := d.body.tree
	out := make([]passage, 0, len(d.body.blocks)+16)
	k := 0
	blocks := func(to int32) {
		for ; k < len(d.body.blocks) && d.body.blocks[k].from < to; k++ {
			v := d.body.verdicts[k]
			if !v.keep && v.rule == "" {
				v.rule = d.why(k)
			}
			out = append(out, passage{verdict: v, node: d.body.blocks[k].from, block: k, text: d.body.blocks[k].text})
		}
	}
	for i := t.body; i < int32(len(t.nodes)); {
		nd := &t.nodes[i]
		if nd.Type != html.ElementNode {
			i++
			continue
		}
		if isOpaque(nd.DataAtom) {
			i = nd.end
			continue
		}
		rule := t.pruned(i)
		if rule == "" {
			i++
			continue
		}
		if text := t.text(i); text != "" {
			blocks(i)
			out = append(out, passage{verdict: verdict{stage: "prune", rule: rule}, node: i, block: -1, text: text})
		}
		i = nd.end
	}
	blocks(int32(len(t.nodes)))
	return out
}

// removed lists what was taken out.
func (d *explainer) removed() []Removed {
	var out []Removed
	for _, p := range d.passages() {
		if !p.keep {
			out = append(out, Removed{Stage: p.stage, Rule: p.rule, Text: p.text})
		}
	}
	return out
}

// removes are the roles that say why a box is not the article's.
const removes = notArticle | selectors.Author | selectors.Breadcrumb | selectors.Byline | selectors.Caption | selectors.CTA |
	selectors.Credit | selectors.Date | selectors.Header | selectors.Hidden | selectors.Infobox | selectors.Paywall |
	selectors.Player | selectors.Print | selectors.Product | selectors.TOC | selectors.Tags

// why names the plainest reason for which the models may have left a block
// out: they weigh a hundred signs at once, and these are the ones that a reader
// would name. In the order of how much they say: the metadata or a picture that
// has the words, the words, the box and its name, the links, the place.
func (d *explainer) why(k int) string {
	b := &d.body.blocks[k]
	switch f := d.signals; {
	case f.headlines.has(b), f.titles[b.hash] && b.words > 2:
		return "headline"
	case f.captions.has(b):
		return "caption"
	case f.bylines.has(b):
		return "byline"
	case f.dates.has(b):
		return "date"
	}
	if m := selectors.MatchPhrase(b.text); m.Line != 0 {
		return "phrase " + m.Line.String()
	} else if m.Prefix != 0 && b.words < 30 {
		return "phrase " + m.Prefix.String()
	}
	t := d.body.tree
	for e := b.el; e > t.body; e = t.nodes[e].parent {
		if d.body.keepsIn(e) {
			break // a name that the article's own box has is no reason
		}
		nd := &t.nodes[e]
		if r := nd.roles & removes; r != 0 {
			return "class " + r.String()
		}
		if nd.hidden {
			return "hidden"
		}
		switch nd.DataAtom {
		case atom.Aside, atom.Button, atom.Figcaption, atom.Form, atom.Nav, atom.Footer, atom.Time:
			return "element " + nd.Data
		}
	}
	if b.words > 0 && b.linkWords*2 > b.words {
		return "links"
	}
	return cmp.Or(d.placeOf(k), "model")
}

// placeOf reports whether a block stands before or after the article, or is "".
func (d *explainer) placeOf(k int) string {
	b := &d.body.blocks[k]
	first, last := d.body.span()
	if nodes := d.headline; len(nodes) > 0 && b.to <= nodes[0] {
		return "before the headline"
	}
	switch {
	case first < 0:
	case b.to <= first:
		return "before the text"
	case b.from >= last:
		return "after the text"
	}
	return ""
}
