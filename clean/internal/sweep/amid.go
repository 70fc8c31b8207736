package sweep

import (
	"golang.org/x/net/html"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// leastRows is how many rows of one kind a box has at least that is kept amid the text.
	leastRows = 2
	// amidProb is what the models have to think of such a box, weighed by words.
	amidProb = 0.03
)

// rowsAmid keeps a box between the text's own paragraphs that is rows of one element and
// class, each with a sentence and without links: the stations of a timeline, questions and
// their answers. The models judge their short lines one by one, as furniture.
func rowsAmid(bd *body.Body, sig *judge.Signals) {
	nodes := bd.Tree.Nodes
	for k := 1; k < len(bd.Blocks); k++ {
		before, b := &bd.Blocks[k-1], &bd.Blocks[k]
		if !bd.Verdicts[k-1].Keep || b.LinkWords > 0 || nodes[b.El].Parent == nodes[before.El].Parent || !page.IsHeading(before.Tag) && !page.IsLong(before) {
			continue
		}
		around := nodes[before.El].Parent
		box := body.ChildOf(bd.Tree, around, b.From)
		if around <= bd.Tree.Body || box < 0 {
			continue
		}
		first, last := bd.BlocksIn(box)
		if first != k || last-first < leastRows || last >= len(bd.Blocks) || !bd.Verdicts[last].Keep || nodes[bd.Blocks[last].El].Parent != around || !isRows(bd, sig, box) {
			continue
		}
		for j := first; j < last; j++ {
			if bd.Blocks[j].Where&page.InButton == 0 {
				bd.Verdicts[j] = body.Verdict{Keep: true}
			}
		}
		k = last
	}
}

// isRows reports whether a box is rows of one element and class, each of which ends with a
// sentence, and nothing in it tells it as furniture.
func isRows(bd *body.Body, sig *judge.Signals, box int32) bool {
	t := bd.Tree
	if t.Nodes[box].Roles&body.BoxRoles != 0 {
		return false
	}
	rows, row := 0, int32(-1)
	var words, prob float32
	for i := box + 1; i < t.Nodes[box].End; i = t.Nodes[i].End {
		nd := &t.Nodes[i]
		if nd.Type != html.ElementNode {
			continue
		}
		if nd.Roles&body.BoxRoles != 0 || row >= 0 && (nd.DataAtom != t.Nodes[row].DataAtom || t.Attr(i, "class") != t.Attr(row, "class")) {
			return false
		}
		first, last := bd.BlocksIn(i)
		if last-first < leastRows || !body.EndsSentence(bd.Blocks[last-1].Text) {
			return false
		}
		for k := first; k < last; k++ {
			b, v := &bd.Blocks[k], &bd.Verdicts[k]
			m := b.Phrases()
			if !v.Keep && v.Stage != "pick" || b.LinkWords > 0 || b.Where&(body.Elsewhere&^page.InButton) != 0 || m.Line&^selectors.PhraseDate != 0 || sig.InField(b) || selectors.Promotes(b.Text) {
				return false
			}
			words += float32(b.Words)
			prob += float32(b.Words) * bd.Probs[k]
		}
		rows, row = rows+1, i
	}
	return rows >= leastRows && prob >= amidProb*words
}
