package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// A group is a list, a table of data or a quotation: what a reader takes for
// one thing.
type group struct {
	el          int32
	first, last int // its blocks: first to last-1
	lead        int // the kept block before it, or -1: see keptBeside
	words       int32
	links       int32 // words
	kept        int32 // words
	phrases     int32 // words of items that are phrases of furniture
	prob        float32
	furniture   bool
}

// What the models may think of a group, weighed by words, for it to stay with
// what leads to it: they judge its short lines one by one, and as furniture.
const (
	// ledGroup is of one after a line that ends with a colon.
	ledGroup = 0.13
	// heldGroup is of one among the article's own paragraphs.
	heldGroup = 0.15
	// headedGroup is of a list of no links under a kept heading.
	headedGroup = 0.35
	// amidGroup is of one between two sentences of the text that it stands in one box with:
	// paragraphs of scripts with few or no spaces have few words.
	amidGroup = 0.1
	// ownHeading is what they may think of a heading there.
	ownHeading = 0.1
	// boxedReach is how many blocks of furniture may stand between either and the text.
	boxedReach = 12
	// wrapReach is how many boxes of its own a paragraph or a list may have around it.
	wrapReach = 6
	// halfGroup is of a list of which half is kept.
	halfGroup = 0.3
	// phraseShare bounds the words of furniture's phrases in a list, one in so many: the
	// last of five steps is "Done", and so is a button.
	phraseShare = 5
	// boxReach is how many elements around a group may name it as furniture:
	// names further up are the page's.
	boxReach = 3
)

// wholeGroups keeps a list, a table or a quotation whole that the text leads
// to or that stands among its paragraphs, also where nothing comes after it.
func wholeGroups(bd *Body) {
	groups := ElementMemo{T: bd.Tree, Is: IsGroup}
	began := bd.FirstParagraph()
	for k := 0; k < len(bd.Blocks); {
		el := GroupAround(bd, &groups, k)
		if el < 0 {
			k++
			continue
		}
		g := readGroup(bd, el)
		k = max(k+1, g.last)
		if g.furniture || g.kept == g.words || g.first == 0 || g.links*2 > g.words && !(began >= 0 && began < g.first && (isPointedAt(bd, g) || namesFirst(bd, g))) {
			continue
		}
		if bd.Tree.IsList(el) && g.kept*2 >= g.words && g.links == 0 && g.prob >= halfGroup {
			for j := g.first; j < g.last; j++ {
				bd.Verdicts[j] = Verdict{Keep: true}
			}
			continue
		}
		lead := g.lead
		if lead < 0 || lead < g.first-1 && !bd.Tree.IsList(el) || bd.Blocks[lead].LinkWords*2 > bd.Blocks[lead].Words {
			continue
		}
		switch near := lead == g.first-1 && beside(bd, lead, el); {
		case near && EndsWithColon(bd.Blocks[lead].Text) && (g.prob >= ledGroup || g.links*2 > g.words):
		case near && page.IsLong(&bd.Blocks[lead]) && g.prob >= heldGroup:
		case near && page.IsHeading(bd.Blocks[lead].Tag) && g.links == 0 && g.prob >= headedGroup && bd.Tree.IsList(el):
		case g.prob >= amidGroup && bd.Tree.Nodes[el].DataAtom != atom.Blockquote && standsBetween(bd, el, lead, keptBeside(bd, el, g.last, 1)):
		default:
			continue
		}
		for j := g.first; j < g.last; j++ {
			bd.Verdicts[j] = Verdict{Keep: true}
		}
	}
}

// isPointedAt reports whether a list of links amid the text is its own: a sentence leads
// there with a colon, and each link to another site. What leads to the site's own
// pages is a block of related stories.
func isPointedAt(bd *Body, g group) bool {
	lead := &bd.Blocks[g.first-1]
	if !EndsWithColon(lead.Text) || lead.Words <= LeadWords || lead.LinkWords > 0 || g.phrases > 0 || g.last-g.first > maxLed || selectors.Promotes(lead.Text) {
		return false
	}
	if m := lead.Phrases(); m.Line|m.Prefix != 0 {
		return false
	}
	return leadAway(bd.Tree, g.el+1, bd.Tree.Nodes[g.el].End)
}

// leadAway reports whether all links among nodes from to to lead to other sites.
func leadAway(t *page.Tree, from, to int32) bool {
	for i := from; i < to; i++ {
		if t.Nodes[i].DataAtom == atom.A && !t.Page.LeadsAway(t.Attr(i, "href")) {
			return false
		}
	}
	return true
}

// namesFirst reports whether each item of a list of links begins with words of its own, and
// ends as sentences do: the links to related stories are all of their items, or stand under
// a day.
func namesFirst(bd *Body, g group) bool {
	if !bd.Tree.IsList(g.el) || g.phrases > 0 || g.last-g.first > maxLed {
		return false
	}
	for k := g.first; k < g.last; k++ {
		b := &bd.Blocks[k]
		first := bd.Tree.Nodes[b.From]
		if b.LinkWords == b.Words || bd.Tree.Within(first.Parent, atom.A) >= 0 || !ClosesSentence(b.Text) || strings.ContainsAny(first.Data, "0123456789|") || !text.HasLetter(first.Data) {
			return false
		}
	}
	return g.last-g.first > 1
}

// ownHeadings keeps the headings between two sentences of the text that they stand in one
// box with: of a word or two, the models think little of them.
func ownHeadings(bd *Body) {
	for k := 1; k < len(bd.Blocks); k++ {
		b, v := &bd.Blocks[k], bd.Verdicts[k]
		if page.IsHeading(b.Tag) && v.LeftByModels() && bd.Probs[k] >= ownHeading &&
			b.LinkWords == 0 && b.Where&Elsewhere == 0 && !EndsLine(b.Text) && standsBetween(bd, b.El, keptBeside(bd, b.El, k-1, -1), k+1) &&
			bd.Tree.Nodes[b.El].Roles&BoxRoles == 0 && b.Phrases().Line == 0 {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// keptBeside returns the first kept block from block k on, by step: between it and el may
// stand furniture in other boxes than el's, and labels of advertisements. It returns -1
// where anything else does.
func keptBeside(bd *Body, el int32, k, step int) int {
	for n := 0; k >= 0 && k < len(bd.Blocks) && !bd.Verdicts[k].Keep; n, k = n+1, k+step {
		b := &bd.Blocks[k]
		if n == boxedReach || bd.Tree.Nodes[b.El].Parent == bd.Tree.Nodes[el].Parent && b.Phrases().Line&selectors.PhraseAd == 0 {
			return -1
		}
	}
	return k
}

// standsBetween reports whether an element stands between the kept sentences j and k, in one
// box with them or one of its kind, where each may have boxes of its own around it. The two
// are set alike.
func standsBetween(bd *Body, el int32, j, k int) bool {
	if j < 0 || k < 0 || k >= len(bd.Blocks) || bd.Blocks[j].Sig != bd.Blocks[k].Sig {
		return false
	}
	box := ownBox(bd, el)
	for _, at := range [...]int{j, k} {
		b := &bd.Blocks[at]
		if !bd.Verdicts[at].Keep || !IsProse(b) || !ClosesSentence(b.Text) {
			return false
		}
		if own := ownBox(bd, b.El); own != box && bd.Tree.Nodes[own].Sig != bd.Tree.Nodes[box].Sig {
			return false
		}
	}
	return true
}

// ownBox returns the innermost element around el that holds other blocks too, up to
// wrapReach elements up.
func ownBox(bd *Body, el int32) int32 {
	first, last := bd.BlocksIn(el)
	box := bd.Tree.Nodes[el].Parent
	for range wrapReach {
		if f, l := bd.BlocksIn(box); f < first || l > last || box <= bd.Tree.Body {
			break
		}
		box = bd.Tree.Nodes[box].Parent
	}
	return box
}

// GroupAround returns the outermost group that block k stands in, or -1.
func GroupAround(bd *Body, groups *ElementMemo, k int) int32 {
	b := &bd.Blocks[k]
	if b.Where&(page.InList|page.InTable|page.InQuote) == 0 && b.Tag != atom.Dt && b.Tag != atom.Dd {
		return -1
	}
	el := int32(-1)
	for e := b.El; e > bd.Tree.Body; e = bd.Tree.Nodes[e].Parent {
		switch bd.Tree.Nodes[e].DataAtom {
		case atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.Blockquote:
			if groups.Of(e) {
				el = e
			}
		}
	}
	return el
}

// IsGroup reports whether a list, a table or a quotation is one thing, and not
// a layout or an embedded post.
func IsGroup(t *page.Tree, e int32) bool {
	switch t.Nodes[e].DataAtom {
	case atom.Table:
		return t.HoldsData(e)
	case atom.Blockquote:
		return t.Nodes[e].Roles&selectors.Embed == 0
	}
	return t.IsList(e)
}

func readGroup(bd *Body, el int32) group {
	g := group{el: el}
	g.first, g.last = bd.BlocksIn(el)
	var sum float32
	for k := g.first; k < g.last; k++ {
		b := &bd.Blocks[k]
		g.words += b.Words
		g.links += b.LinkWords
		if bd.Verdicts[k].Keep {
			g.kept += b.Words
		}
		sum += bd.Probs[k] * float32(b.Words)
		if b.Where&(page.InNav|page.InFooter|page.InForm|page.InDialog|page.InButton|page.InAside) != 0 {
			g.furniture = true
		}
		if b.Phrases().Line != 0 {
			g.phrases += b.Words
		}
	}
	g.lead = keptBeside(bd, el, g.first-1, -1)
	led := g.lead >= 0 && bd.Tree.IsList(el) && IsProse(&bd.Blocks[g.lead])
	for up, e := 0, el; e > bd.Tree.Body && up < boxReach; up, e = up+1, bd.Tree.Nodes[e].Parent {
		if led && bd.Blocks[g.lead].From > e {
			break // a box around the text too
		}
		if bd.Tree.Nodes[e].Roles&BoxRoles != 0 && (e != el || g.links > 0 || bd.Tree.Nodes[e].Roles&BoxRoles != selectors.Related) {
			g.furniture = true
		}
	}
	g.furniture = g.furniture || g.phrases > 0 && (g.phrases*phraseShare > g.words || !bd.Tree.IsList(el))
	if g.words > 0 {
		g.prob = sum / float32(g.words)
	}
	return g
}

// beside reports whether a block stands right before a group in one box, which
// may have a box around either.
func beside(bd *Body, k int, el int32) bool {
	nodes := bd.Tree.Nodes
	box := nodes[el].Parent
	e := bd.Blocks[k].El
	for up := 0; up < 2 && box >= bd.Tree.Body; up, box = up+1, nodes[box].Parent {
		for down, x := 0, e; down < 3 && x >= box; down, x = down+1, nodes[x].Parent {
			if x == box {
				return true
			}
		}
	}
	return false
}

// EndsWithColon reports whether a line leads to what comes after it.
func EndsWithColon(s string) bool { return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") }
