package main

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

// elsewhere is where a block stands that no article is made of.
const elsewhere = page.InNav | page.InFooter | page.InForm | page.InButton | page.InDialog | page.InFigcaption | page.InHidden

// byRules answers as well as rules alone do: what reads like text in the
// smallest element that has most of what reads like paragraphs, without boxes
// that their class or element calls something else, captions, bylines, lines
// that are links for the most part and lines that have a phrase of boilerplate.
// Models that are no better than that are not worth their size.
func (l *lesson) byRules() []float32 {
	t := l.tree
	p := make([]float32, len(l.blocks))
	f := newLesson(l.sample).f
	f.Cls, f.Lex = sums(nil, t), new(judge.Lexicon)
	f.Rows() // for the words of each element
	box, last := int32(0), -1
	for k := range l.blocks {
		if page.IsLong(&l.blocks[k]) {
			last = k
		}
	}
	for i := range t.Nodes {
		if f.Areas[i].Long*10 >= f.Total.Long*8 {
			box = int32(i)
		}
	}
	for k := range l.blocks {
		b := &l.blocks[k]
		switch {
		case b.From < box, b.From >= t.Nodes[box].End, b.Where&elsewhere != 0,
			b.LinkWords*5 > b.Words*3,
			l.signals.Captions.Has(b), l.signals.Bylines.Has(b), l.signals.Dates.Has(b),
			k > last && !page.IsLong(b),
			b.Words <= 40 && b.Phrases().Line != 0:
			continue
		}
		p[k] = 1
		for e := b.El; e > box; e = t.Nodes[e].Parent {
			if nd := &t.Nodes[e]; (nd.Roles&body.BoxRoles != 0 || nd.DataAtom == atom.Aside) && f.Areas[e].Words*5 < f.Areas[box].Words {
				p[k] = 0
			}
		}
	}
	return p
}
