package body

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
)

const (
	// maxNoteLabel is how many letters the mark of a footnote has at most.
	maxNoteLabel = 4
	// maxNoteBlocks is how many blocks a footnote has at most: what has more is
	// a part of the page.
	maxNoteBlocks = 4
	// pairProb is what the models have to think of a footnote that leads back to its very
	// mark, or by an arrow, or begins with what its mark shows, noteProb of one that leads
	// to some other place, and sourceProb of one that leads nowhere: such are most lists of
	// sources, which are none of the text.
	pairProb   = 0.03
	noteProb   = 0.1
	sourceProb = 0.4
	// markUp is how many elements around a mark may have its id.
	markUp = 2
	// maxNotes is how many footnotes an article has at most that are kept for their
	// marks.
	maxNotes = 30
)

// footnoted keeps the footnotes to which marks in the kept text lead: they are
// the writer's, wherever the page has them.
func footnoted(bd *Body) {
	t := bd.Tree
	at := map[string]int32{} // an id that a mark leads to, to its element
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || b.Links == 0 {
			continue
		}
		for i := b.From; i > b.El && i < b.To; i++ {
			if nd := &t.Nodes[i]; nd.DataAtom == atom.A {
				noteMark(bd, i, at)
			}
		}
		// The block's first text may stand in a link itself.
		for e := t.Nodes[b.From].Parent; e > b.El; e = t.Nodes[e].Parent {
			if t.Nodes[e].DataAtom == atom.A {
				noteMark(bd, e, at)
			}
		}
	}
	if len(at) == 0 || len(at) > maxNotes {
		return
	}
	for i := t.Body; i < int32(len(t.Nodes)); i++ {
		for _, a := range t.Nodes[i].Attr {
			if a.Key != "id" && !(a.Key == "name" && t.Nodes[i].DataAtom == atom.A) {
				continue
			}
			if mark, ok := at[a.Val]; ok && i > mark {
				keepNote(bd, i, mark)
				delete(at, a.Val)
			}
		}
	}
}

func noteMark(bd *Body, a int32, at map[string]int32) {
	if id := Fragment(bd.Tree.Attr(a, "href")); id != "" && leadsWithin(bd, a) && NoteLabel(bd.Tree.Text(a)) != "" {
		at[id] = a
	}
}

// leadsWithin reports whether a link leads to a place of its own page, whose whole
// address some pages write.
func leadsWithin(bd *Body, a int32) bool {
	to, _, found := strings.Cut(bd.Tree.Attr(a, "href"), "#")
	if !found || to == "" || bd.Tree.Page == nil {
		return found && to == ""
	}
	own, _, _ := strings.Cut(bd.Tree.Page.URL, "#")
	return to == own
}

// keepNote keeps the item or the paragraph that has the id at node i, to which a mark leads.
func keepNote(bd *Body, i, mark int32) {
	t := bd.Tree
	el := i
	for el > t.Body && !t.Nodes[el].Block {
		el = t.Nodes[el].Parent
	}
	for up, e := 0, el; up < 3 && e > t.Body; up, e = up+1, t.Nodes[e].Parent {
		if t.Nodes[e].DataAtom == atom.Li {
			el = e
			break
		}
	}
	least := float32(sourceProb)
	if page.IsHeading(t.Nodes[el].DataAtom) && NoteLabel(t.Text(el)) != "" && leadsTo(t, i, mark) {
		el, least = nextBox(t, el), pairProb // "(1)" in a heading of its own over the note
	}
	if el <= t.Body {
		return
	}
	first, last := bd.BlocksIn(el)
	if page.IsHeading(t.Nodes[el].DataAtom) || first == last || last-first > maxNoteBlocks {
		return
	}
	if last-first == 1 && isLabelledBy(bd.Blocks[first].Text, NoteLabel(t.Text(mark))) {
		least = pairProb // "1. The ledger is lost."
	}
	if isEndnote(t, i) {
		least = 0
	}
	for j := el; j < t.Nodes[el].End; j++ {
		if t.Nodes[j].DataAtom == atom.A && leadsWithin(bd, j) {
			least = min(least, noteProb)
			if strings.TrimFunc(t.Text(j), isReturn) == "" {
				least = min(least, pairProb)
			}
			if leadsTo(t, j, mark) {
				least = min(least, pairProb)
			}
		}
	}
	if b := &bd.Blocks[first]; last-first > 1 && b.LinkWords == b.Words && NoteLabel(b.Text) != "" {
		bd.Drop(first, "sweep", "footnote's number")
		first++
	}
	for k := first; k < last; k++ {
		if bd.Probs[k] < least || bd.Verdicts[k].Keep && least > noteProb {
			return
		}
	}
	for k := first; k < last; k++ {
		bd.Verdicts[k] = Verdict{Keep: true}
	}
}

// leadsTo reports whether a link leads to a footnote's mark.
func leadsTo(t *page.Tree, link, mark int32) bool {
	to := Fragment(t.Attr(link, "href"))
	for e, up := mark, 0; up <= markUp && to != ""; e, up = t.Nodes[e].Parent, up+1 {
		if cmp.Or(t.Attr(e, "id"), t.Attr(e, "name")) == to {
			return true
		}
	}
	return false
}

// nextBox returns the block element that follows element el in its box, or -1.
func nextBox(t *page.Tree, el int32) int32 {
	for el = t.NextElement(el); el >= 0 && !t.Nodes[el].Block; el = t.NextElement(el) {
	}
	return el
}

// isEndnote reports whether an element says that it is a footnote.
func isEndnote(t *page.Tree, i int32) bool {
	role := t.Attr(i, "role")
	return role == "doc-footnote" || role == "doc-endnote"
}

// isLabelledBy reports whether a text begins with the label of a footnote's mark and a sign.
func isLabelledBy(s, label string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(s, "[("), label)
	return ok && rest != "" && strings.IndexByte(".:)]", rest[0]) >= 0
}

// isReturn reports whether a rune is one of those with which a link leads back to a
// footnote's mark.
func isReturn(c rune) bool {
	return strings.ContainsRune("↩↑⏎↵⤴^\ufe0e\ufe0f", c) || unicode.IsSpace(c)
}

// Fragment is the id that an address within the page leads to, or "".
func Fragment(href string) string {
	_, id, _ := strings.Cut(href, "#")
	return id
}

// NoteLabel is what a link shows where that can be a footnote's mark: a number,
// a letter or a sign, in brackets or not; else "".
func NoteLabel(s string) string {
	s = strings.TrimSpace(strings.Trim(strings.TrimSpace(s), "[]()^"))
	if s == "" || utf8.RuneCountInString(s) > maxNoteLabel {
		return ""
	}
	digits := strings.Trim(s, "0123456789") == ""
	if digits || strings.Trim(s, "*†‡§") == "" || len(s) == 1 && unicode.IsLetter(rune(s[0])) || strings.Trim(s, "ivx") == "" {
		return s
	}
	return ""
}
