package body

import (
	"slices"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// dataWords is how many words a group of data has at most.
	dataWords = 600
	// dataLinks is the share of them, one in so many, that may stand in links.
	dataLinks = 4
	// dataReach is how many elements above a group the one may stand that holds text
	// that is kept.
	dataReach = 4
)

// KeepData keeps the tables of data, the lists of terms and the code after the headline
// of a page that is no article, with their headings: a product's measures, the calls of
// an interface. The models take their short lines for furniture. It takes nothing out,
// and reports whether there are such groups.
func KeepData(bd *Body, sig *judge.Signals) (found bool) {
	from := -1
	for k := range bd.Blocks {
		if sig.Headlines.Has(&bd.Blocks[k]) || bd.Blocks[k].Tag == atom.H1 {
			from = k
			break
		}
	}
	if from < 0 {
		return false
	}
	related := false // the heading over what comes is that of related pages
	for k := from + 1; k < len(bd.Blocks); {
		b := &bd.Blocks[k]
		if page.IsHeading(b.Tag) {
			related = b.Phrases().Line&(selectors.PhraseRelated|selectors.PhraseComments) != 0
		}
		el := dataAround(bd, b)
		if el < 0 {
			k++
			continue
		}
		g := readGroup(bd, el)
		k = max(k+1, g.last)
		if related || g.furniture || g.kept == g.words || g.words > dataWords || g.links*dataLinks > g.words || bd.Blocks[g.first].Where&Elsewhere != 0 || !bd.keptAround(el) {
			continue
		}
		if slices.ContainsFunc(bd.Blocks[g.first:g.last], func(b page.Block) bool { return sig.Captions.Has(&b) }) {
			continue // pictures
		}
		for j := g.first; j < g.last; j++ {
			bd.Verdicts[j] = Verdict{Keep: true}
		}
		if head := g.first - 1; head > from && page.IsHeading(bd.Blocks[head].Tag) {
			bd.Verdicts[head] = Verdict{Keep: true}
		}
		found = true
	}
	return found
}

// keptAround reports whether an element near above el holds text that is kept.
func (bd *Body) keptAround(el int32) bool {
	for up := 0; up < dataReach && el > bd.Tree.Body; up++ {
		if el = bd.Tree.Nodes[el].Parent; el > bd.Tree.Body && bd.KeepsIn(el) {
			return true
		}
	}
	return false
}

// dataAround is the outermost table of data, list of terms or code around a block, or -1.
func dataAround(bd *Body, b *page.Block) int32 {
	el := int32(-1)
	if b.Where&(page.InTable|page.InPre) == 0 && b.Tag != atom.Dt && b.Tag != atom.Dd {
		return el
	}
	for e := b.El; e > bd.Tree.Body; e = bd.Tree.Nodes[e].Parent {
		switch bd.Tree.Nodes[e].DataAtom {
		case atom.Pre, atom.Dl:
			el = e
		case atom.Table:
			if bd.tables.Of(e) {
				el = e
			}
		}
	}
	return el
}
