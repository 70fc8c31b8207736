package sweep

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
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
// their answers; or lines of which a colon leads to the first, or that a style alone sets on
// lines of their own, as verse is set; or what each speaker of a transcript says. The models
// judge such lines one by one, as furniture. Links that show a time alone stay out.
func rowsAmid(bd *body.Body, sig *judge.Signals) {
	nodes := bd.Tree.Nodes
	for k := 1; k < len(bd.Blocks); k++ {
		before, b := &bd.Blocks[k-1], &bd.Blocks[k]
		led := body.EndsWithColon(before.Text) && before.Words >= body.LeadWords
		if !bd.Verdicts[k-1].Keep || isLinked(b) || nodes[b.El].Parent == nodes[before.El].Parent || !page.IsHeading(before.Tag) && !page.IsLong(before) && !led {
			continue
		}
		around := nodes[before.El].Parent
		box := body.ChildOf(bd.Tree, around, b.From)
		if around <= bd.Tree.Body || box < 0 {
			continue
		}
		first, last := bd.BlocksIn(box)
		if first != k || last-first < leastRows || last >= len(bd.Blocks) || !bd.Verdicts[last].Keep || nodes[bd.Blocks[last].El].Parent != around || !isRows(bd, sig, box, led) {
			continue
		}
		for j := first; j < last; j++ {
			if bd.Blocks[j].Where&page.InButton == 0 && bd.Blocks[j].LinkWords == 0 {
				bd.Verdicts[j] = body.Verdict{Keep: true}
			}
		}
		k = last
	}
}

// twinWords is how many words a sentence has at least that a page has once for wide screens
// and once for narrow ones.
const twinWords = 8

// twinsAmid keeps a sentence amid the text that stands there twice in a row, of which a class
// hides one on some screens: the models take what is hidden, and what comes again, for
// furniture. It is said once.
func twinsAmid(bd *body.Body) {
	t := bd.Tree
	for k := 1; k+2 < len(bd.Blocks); k++ {
		b, twin := &bd.Blocks[k], &bd.Blocks[k+1]
		if b.Hash != twin.Hash || b.Words < twinWords || bd.Verdicts[k].Keep || bd.Verdicts[k+1].Keep {
			continue
		}
		if bd.Verdicts[k-1].Keep && bd.Verdicts[k+2].Keep && bd.Verdicts[k].LeftByModels() && b.LinkWords == 0 && text.EndsSentence(b.Text) &&
			b.Where&(body.Elsewhere&^page.InHidden) == 0 && t.Nodes[b.El].Parent == t.Nodes[twin.El].Parent && (t.HidesBlock(b.El) || t.HidesBlock(twin.El)) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}

// isRows reports whether a box is rows of one element and class, each of which ends with a
// sentence, and nothing in it tells it as furniture. Where a colon leads to it, and where its
// rows are set so by their style, each may be one line.
func isRows(bd *body.Body, sig *judge.Signals, box int32, led bool) bool {
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
		if nd.Roles&body.BoxRoles != 0 || row >= 0 && (nd.DataAtom != t.Nodes[row].DataAtom || !isAlike(t.Attr(i, "class"), t.Attr(row, "class"))) {
			return false
		}
		first, last := bd.BlocksIn(i)
		line := last-first == 1 && (led || !page.IsBlock(nd.Node))
		if !line && (last-first < leastRows || !text.EndsSentence(bd.Blocks[last-1].Text)) {
			return false
		}
		for k := first; k < last; k++ {
			b, v := &bd.Blocks[k], &bd.Verdicts[k]
			said := b.Phrases().Line &^ selectors.PhraseDate
			if text.EndsSentence(b.Text) {
				said &^= selectors.PhraseCTA // "No.", which a button says without a full stop
			}
			if !v.Keep && v.Stage != "pick" || isLinked(b) || b.Where&(body.Elsewhere&^page.InButton) != 0 || said != 0 || sig.InField(b) || selectors.Promotes(b.Text) {
				return false
			}
			if b.LinkWords == 0 {
				words += float32(b.Words)
				prob += float32(b.Words) * bd.Probs[k]
			}
		}
		rows, row = rows+1, i
	}
	return rows >= leastRows && prob >= amidProb*words
}

// isAlike reports whether rows of these classes are of one kind: a class may go on to say on
// which side a row stands, as the turns of a conversation do.
func isAlike(a, b string) bool {
	if a == b {
		return true
	}
	kind, side, _ := strings.Cut(a, " ")
	other, otherSide, _ := strings.Cut(b, " ")
	return kind == other && kind != "" && (isSide(side) || isSide(otherSide))
}

// isSide reports whether what a row's class says beside its kind is the side it stands on.
func isSide(class string) bool {
	return strings.IndexByte(class, ' ') < 0 && slices.ContainsFunc(selectors.Markup().Sides, func(side string) bool { return strings.HasSuffix(class, side) })
}

// isLinked reports whether a block has links that say more than a number or a time.
func isLinked(b *page.Block) bool { return b.LinkWords > 0 && text.HasLetter(b.Text) }

// codeShare is how many pieces of code are kept for each that codeAmid keeps with them.
const codeShare = 4

// ledCode is how many pieces of code a page has at most that are kept because a line leads to
// them: where the models leave out more, the page's code may be no part of its text.
const ledCode = 2

// codeAmid keeps code between two blocks that are kept where nearly all of the page's code
// is: the models know the words of some from scripts that stand about texts. An example or
// two are kept also where a line that is kept leads to them with a colon.
func codeAmid(bd *body.Body) {
	var left, amid []int // code that the models leave out, and of it what stands between kept blocks
	pending, kept := 0, 0
	begun := false
	for k := range bd.Blocks {
		if isLeftCode(bd, k) {
			left = append(left, k)
		}
		if !bd.Verdicts[k].Keep {
			continue
		}
		if bd.Blocks[k].Tag == atom.Pre {
			kept++
		}
		if begun {
			amid = append(amid, left[pending:]...)
		}
		begun, pending = true, len(left)
	}
	if kept >= codeShare*len(amid) {
		for _, j := range amid {
			bd.Verdicts[j] = body.Verdict{Keep: true}
		}
	}
	if len(left) > ledCode {
		return
	}
	for _, k := range left {
		j := k - 1
		for j > 0 && bd.Blocks[j].Where&page.InButton != 0 { // it copies the code
			j--
		}
		if j >= 0 && bd.Verdicts[j].Keep && bd.Blocks[j].Words >= body.LeadWords && body.EndsWithColon(bd.Blocks[j].Text) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}

// isLeftCode reports whether a block is code that the models leave out.
func isLeftCode(bd *body.Body, k int) bool {
	return bd.Blocks[k].Tag == atom.Pre && bd.Blocks[k].Where&page.InHidden == 0 && bd.Verdicts[k].LeftByModels()
}

const (
	// unnamedProb is what the models have to think of each line of an unnamed run.
	unnamedProb = 0.05
	// unnamedRun is how many lines such a run has at most, and unnamedUp how many elements
	// around each are looked at.
	unnamedRun = 12
	unnamedUp  = 16
)

// unnamedAmid keeps the sentences, with their headings, and the items of lists between two
// paragraphs of the text where no element down to them from the one that holds all has a
// class, an id or another attribute: furniture has a name. Programs that write pages from
// documents set each line in many boxes, which the models know from menus.
func unnamedAmid(bd *body.Body, sig *judge.Signals) {
	for k := 1; k < len(bd.Blocks); k++ {
		if bd.Verdicts[k].Keep || !bd.Verdicts[k-1].Keep || !mayBeUnnamed(bd, sig, k) {
			continue
		}
		end := k + 1
		for end < len(bd.Blocks) && end-k <= unnamedRun && !bd.Verdicts[end].Keep && mayBeUnnamed(bd, sig, end) {
			end++
		}
		if end < len(bd.Blocks) && bd.Verdicts[end].Keep && page.IsLong(&bd.Blocks[end]) && text.EndsSentence(bd.Blocks[end].Text) && isUnnamed(bd, k, end) {
			for j := k; j < end; j++ {
				bd.Verdicts[j] = body.Verdict{Keep: true}
			}
		}
		k = end - 1
	}
}

// mayBeUnnamed reports whether a line that the models leave out is a sentence, an item, or
// a heading over another such line, and nothing that it says tells it as furniture.
func mayBeUnnamed(bd *body.Body, sig *judge.Signals, k int) bool {
	b, v := &bd.Blocks[k], &bd.Verdicts[k]
	if v.Stage != "pick" || v.Rule != "" || bd.Probs[k] < unnamedProb || b.LinkWords > 0 || b.Where&(body.Elsewhere|page.InTable|page.InPre) != 0 ||
		!text.HasLetter(b.Text) || sig.InField(b) || selectors.Promotes(b.Text) {
		return false
	}
	if m := b.Phrases(); m.Line|m.Prefix != 0 {
		return false
	}
	sentence := body.ClosesSentence(b.Text)
	if page.IsHeading(b.Tag) {
		return !sentence && k+1 < len(bd.Blocks) && !bd.Verdicts[k+1].Keep && !page.IsHeading(bd.Blocks[k+1].Tag)
	}
	return sentence || b.Where&page.InList != 0
}

// isUnnamed reports whether no element around blocks k to end has an attribute, up to the
// one that holds them and the block before.
func isUnnamed(bd *body.Body, k, end int) bool {
	nodes := bd.Tree.Nodes
	for j := k - 1; j <= end; j++ {
		e := bd.Blocks[j].El
		for up := 0; ; up, e = up+1, nodes[e].Parent {
			if e <= bd.Tree.Body || up == unnamedUp {
				return false
			}
			if e <= bd.Blocks[k-1].El && bd.Blocks[end].El < nodes[e].End {
				break
			}
			if len(nodes[e].Attr) > 0 {
				return false
			}
		}
	}
	return true
}

const (
	// kinProb is what the models have to think of a paragraph that is set as the text's own.
	kinProb = 0.15
	// leastKin is how many paragraphs are kept that are set so.
	leastKin = 3
)

// kinAmid keeps the paragraph beside a picture, under a heading of the text, that is set as
// the text's own are, in an element and a box of the same classes: the two stand in a box of
// their own, which the models do not know.
func kinAmid(bd *body.Body, sig *judge.Signals) {
	var kin map[uint32]int
	last := bd.LastKept()
	began := false
	for k := range last + 1 {
		b := &bd.Blocks[k]
		if began = began || bd.Verdicts[k].Keep && page.IsLong(b); !began || !bd.Verdicts[k].LeftByModels() || bd.Probs[k] < kinProb || !page.IsLong(b) || b.Links > 0 ||
			b.Where&(body.Elsewhere|page.InList|page.InTable|page.InQuote) != 0 || !text.EndsSentence(b.Text) || sig.InField(b) || sig.Captions.Has(b) || !maySay(b.Text) || selectors.Promotes(b.Text) {
			continue
		}
		if kin == nil {
			kin = kinOf(bd)
		}
		if kin[kinSig(bd, k)] >= leastKin && isHeaded(bd, sig, k) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}

// isHeaded reports whether the block before k, captions apart, is a heading that is kept, and
// a picture stands between the two: the heading is over what is left out.
func isHeaded(bd *body.Body, sig *judge.Signals, k int) bool {
	h := k - 1
	for ; h > 0 && (bd.Blocks[h].Where&page.InFigcaption != 0 || sig.Captions.Has(&bd.Blocks[h])); h-- {
	}
	if h < 0 || !bd.Verdicts[h].Keep || !page.IsHeading(bd.Blocks[h].Tag) {
		return false
	}
	for i := bd.Blocks[h].To; i < bd.Blocks[k].From; i++ {
		if bd.Tree.Nodes[i].DataAtom == atom.Img {
			return true
		}
	}
	return false
}

// kinOf counts the kept paragraphs by how they are set.
func kinOf(bd *body.Body) map[uint32]int {
	kin := map[uint32]int{}
	for k := range bd.Blocks {
		if s := kinSig(bd, k); s != 0 && bd.Verdicts[k].Keep && page.IsLong(&bd.Blocks[k]) {
			kin[s]++
		}
	}
	return kin
}

// kinSig is a number for the tags and classes of a block's element and the one around it, 0
// where these have no class.
func kinSig(bd *body.Body, k int) uint32 {
	t, el := bd.Tree, bd.Blocks[k].El
	around := t.Nodes[el].Parent
	if around <= t.Body || t.Attr(el, "class") == "" && t.Attr(around, "class") == "" {
		return 0
	}
	return t.Nodes[el].Sig ^ t.Nodes[around].Sig*31
}

// remarkProb is what the models have to think of a remark.
const remarkProb = 0.1

// remarksAmid keeps a paragraph alone in an aside between two of the text's own, where it is
// a sentence without a link: a remark of the writer's. Furniture has links or a heading.
func remarksAmid(bd *body.Body, sig *judge.Signals) {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if b.Where&page.InAside == 0 || !bd.Verdicts[k].LeftByModels() || bd.Probs[k] < remarkProb || !body.IsRemark(bd, k) || b.Where&(body.Elsewhere&^page.InAside|page.InQuote|page.InTable) != 0 {
			continue
		}
		if m := b.Phrases(); m.Line|m.Prefix == 0 && !sig.InField(b) && !selectors.Promotes(b.Text) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}
