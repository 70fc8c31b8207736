// Package sweep takes out of a body what is said in another field or was said before. The
// standfirst it finds by itself; of the rest it has package body go through the blocks.
package sweep

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Sweep goes through the blocks that the models keep and takes out what is
// said in another field or was said before. It returns the block that is the
// standfirst, or -1.
func Sweep(bd *body.Body, sig *judge.Signals) (standfirst int) {
	components(bd, sig)
	rest(bd, sig)
	lastSentence(bd, sig)
	closingSentence(bd, sig)
	attributions(bd, sig)
	callouts(bd, sig)
	codeAmid(bd)
	besideText(bd, sig)
	linkedAmid(bd, sig)
	rowsAmid(bd, sig)
	twinsAmid(bd)
	unnamedAmid(bd, sig)
	kinAmid(bd, sig)
	remarksAmid(bd, sig)
	columns(bd, sig)
	headings(bd, sig)
	noteHeads(bd)
	feeds(bd, sig)
	body.Mend(bd, sig)
	standingLines(bd, sig)
	ledLinks(bd)
	cards(bd, sig)
	calls(bd)
	linkButtons(bd)
	accordions(bd, sig)
	signUps(bd)
	subscribes(bd)
	offers(bd)
	readers(bd)
	controlHeads(bd)
	menus(bd)
	cardHeads(bd, sig)
	panelHeads(bd)
	stamps(bd)
	bs := bd.Blocks
	standfirst = findStandfirst(bd, sig)
	if standfirst >= 0 {
		bd.Standfirst = standfirstParts(bd, sig, standfirst)
		for _, part := range bd.Standfirst {
			bd.Drop(part, "sweep", "standfirst")
		}
		for k := range bs {
			if !bd.Verdicts[k].Keep {
				continue
			}
			if bs[k].Hash == bs[standfirst].Hash {
				bd.Drop(k, "sweep", "standfirst")
				break
			}
			if bs[k].Words >= body.RepeatWords {
				break
			}
		}
	}
	body.LeadCredit(bd)
	body.SayOnce(bd)
	return standfirst
}

// The bounds of a standfirst are those at which it is told best from captions,
// bylines and the body's first paragraph in the corpora of development.
const (
	// standfirstReach is how many blocks after the body's first paragraph a
	// standfirst may still stand: pages show the lead picture, a share bar or
	// the author's box first. Before the headline it may stand
	// standfirstBefore blocks: some pages set it beside a kicker.
	standfirstReach  = 8
	standfirstBefore = 4
	// paragraphsBefore is how many paragraphs of the body stand before a box that its
	// class alone names so, and that is a box of the text: a summary, key points.
	paragraphsBefore = 2
	// standfirstNear is how many blocks after the headline one may stand that
	// has nothing but its class to tell it by.
	standfirstNear = 12
	// A standfirst has as many words as these: fewer are a label, more are a
	// paragraph of the text. One that neither its class nor a description
	// tells is a sentence, of standfirstSentence at least.
	standfirstMin      = 4
	standfirstMax      = 120
	standfirstSentence = 8
	// standfirstUnended is how many words one has at least that ends with no sign and that
	// the class of a box around it tells.
	standfirstUnended = 14
	// bylineWords is how many words a byline has at most.
	bylineWords = 24
	// titleShare is the share of a block's words from which on it says the
	// headline again.
	titleShare = 0.6
	// A block says what a description says where these shares of its runs of
	// words stand in the description, and of the description's in the block.
	// A description is often the standfirst cut short, so that a block that
	// has nearly all of one may go on after it.
	descIn, descCover         = 0.8, 0.5
	descInPart, descCoverFull = 0.6, 0.9
	// roleUp is how many elements above its block the one may stand whose
	// class names the standfirst: further up it is the page's head.
	roleUp = 2
)

// How a block is told to be the standfirst, the surest last.
const (
	notStandfirst        = iota
	standfirstByRoleKept // its class, and the models keep it; or its place in a news story
	standfirstByRole     // the class of its own element, under the headline
	standfirstByDesc     // a description, and it is set apart from the body
	standfirstByRoleAndDesc
)

// findStandfirst finds the block between headline and body that is the dek: its
// class says so or a description of the page says the same words, and it is
// set apart from the body's paragraphs.
func findStandfirst(bd *body.Body, sig *judge.Signals) int {
	bs := bd.Blocks
	main := bodySig(bd)
	// A page can say its title again over the text: of two, the standfirst may
	// stand under either.
	first, title, head := -1, -1, firstOf(bd, main)
	for k := range min(head+1, len(bs)) {
		if sig.Headlines.Has(&bs[k]) || sig.Titles[bs[k].Hash] && bs[k].Words > 2 {
			title = k
			if first < 0 {
				first = k
			}
		}
	}
	last, lastLong := endOfText(bd)
	best, bestScore := -1, notStandfirst
	bd.StandfirstFrom = source.Nowhere
	paragraphs := 0 // of the body, before block k
	for k := max(0, first-standfirstBefore); k < min(len(bs), max(title, head)+standfirstReach); k++ {
		b := &bs[k]
		if k > head && bd.Verdicts[k-1].Keep && page.IsLong(&bs[k-1]) && bs[k-1].Sig == main {
			paragraphs++
		}
		underHead := sig.Headlines.Has(b) && sig.DescHash[b.Hash] // in the headline's element, behind a br
		if b.Words > standfirstMax || b.LinkWords*2 > b.Words || b.Where&page.InHidden != 0 ||
			sig.Captions.Has(b) || isUnderPicture(bd.Tree, b.El) || sig.Titles[b.Hash] || !underHead && (sig.Headlines.Has(b) || page.WordOverlap(b, &sig.TitleSet) > titleShare) {
			continue
		}
		box := standfirstBox(bd, sig, k, head)
		if box.headed || b.Words < standfirstMin && box.words <= standfirstMin {
			continue
		}
		in, cover := sig.Described(b)
		said := in >= descIn && cover >= descCover || in >= descInPart && cover >= descCoverFull || sig.DescHash[b.Hash] || box.said
		if body.OpensReport(b.Text) || body.IsNumbered(b.Text) || b.Phrases().Prefix&selectors.PhraseTags != 0 || !said && (sig.Bylines.Has(b) || sig.Dates.Has(b) || tellsOfAuthor(bd, sig, k)) || isSigned(b) || k > head && k >= lastLong || k >= last {
			continue
		}
		if k < first && bd.Tree.Within(b.El, atom.Header) >= 0 && bd.Tree.Nodes[bd.Tree.Within(b.El, atom.Header)].End <= bs[first].From {
			continue // what the site says of itself in its head
		}
		role, depth := b.RoleDepth[standfirstRole], int16(bd.Tree.Nodes[b.El].Depth)
		if k > head && (paragraphs >= paragraphsBefore || page.IsHeading(b.Tag) && bd.Verdicts[k-1].Keep && page.IsLong(&bs[k-1])) || k != head && shares(bd, k, head, role) {
			role = 0 // the class is that of the body, of a box among the body, or of the headings in it
		}
		keep := bd.Verdicts[k].Keep
		score := notStandfirst
		switch {
		case said && role > 0 && depth-role <= roleUp:
			score = standfirstByRoleAndDesc
		case said && b.Sig != main && !hasItsLike(bd, k):
			score = standfirstByDesc
		case said && sig.DescHash[b.Hash] && k <= head && b.BoldWords == b.Words && !text.EndsSentence(b.Text):
			score = standfirstByDesc // a lead in bold, that is no sentence of the text
		case b.Sig == main:
		case (role == depth || role > 0 && depth-role <= roleUp && !page.IsHeading(b.Tag) && (text.EndsSentence(b.Text) || b.Words >= standfirstUnended && b.Links == 0) && isAlone(bd, k, role)) && title >= 0 && k > title && k < head && k < title+standfirstNear:
			score = standfirstByRole
		case box.named && title >= 0 && k > title && k < head && k < title+standfirstNear, role > 0 && depth-role <= roleUp && keep:
			score = standfirstByRoleKept
		case keep && k > title && title >= 0 && k < head && opensWithPoints(bd, title, k):
			score = standfirstByRoleKept
		case head < len(bs) && title >= 0 && k > title && k < head && ((!keep && isDeckHeading(b) || isHeadingApart(bd, title, k, head)) && underTitle(bd, sig, title, k) || k == title+1 && (isDeckUnder(bd, title, k) || isDeckOverByline(bd, sig, k, head)) || isDeckBeside(bd, k, head)), sig.News && k == title+1 && k < head && !page.IsHeading(b.Tag) && mayBeDeck(b) && text.EndsSentence(b.Text):
			score = standfirstByRoleKept
		}
		if title < 0 && !keep {
			continue
		}
		if score > bestScore && !selectors.Promotes(b.Text) {
			best, bestScore, bd.StandfirstFrom = k, score, standfirstSource(score, role > 0)
		}
	}
	return best
}

// hasItsLike reports whether block k is one of the text's own: a paragraph that is kept, and
// the next one is of its kind, in the box of a text that is set in several; or a heading
// over a section as others are. A description may say no more than what the text begins with.
func hasItsLike(bd *body.Body, k int) bool {
	b := &bd.Blocks[k]
	heading := page.IsHeading(b.Tag)
	if heading && isDeckHeading(b) || !bd.Verdicts[k].Keep {
		return false
	}
	for j := k + 1; j < len(bd.Blocks); j++ {
		n := &bd.Blocks[j]
		switch {
		case !bd.Verdicts[j].Keep:
		case heading && page.IsHeading(n.Tag) && n.Sig == b.Sig:
			return true
		case !heading && page.IsLong(n):
			return n.Sig == b.Sig
		}
	}
	return false
}

// isDeckHeading reports whether a heading is a sentence, as the second line under a
// headline is and those over sections are not.
func isDeckHeading(b *page.Block) bool {
	return page.IsHeading(b.Tag) && b.Words >= standfirstSentence && b.LinkWords == 0 && (strings.HasSuffix(b.Text, ".") || strings.HasSuffix(b.Text, "。"))
}

// isHeadingApart reports whether block k, beside the headline and behind other lines of the
// head, is a heading of as many words as a sentence has, and the body, which begins at block
// head, stands in another element: a heading over a section stands beside its paragraphs.
func isHeadingApart(bd *body.Body, title, k, head int) bool {
	b, nodes := &bd.Blocks[k], bd.Tree.Nodes
	box := nodes[b.El].Parent
	return k > title+1 && page.IsHeading(b.Tag) && b.Words >= standfirstSentence && b.LinkWords == 0 && nodes[bd.Blocks[title].El].Parent == box && nodes[bd.Blocks[head].El].Parent != box
}

// dateDigits is how many digits the line under a headline has from which on it is one of
// names and dates.
const dateDigits = 4

// isDeckUnder reports whether block k, in one element with the headline right over it, is
// the deck: a heading of as many words as a sentence has, right beside the headline where
// the body's paragraphs stand in elements of their own; or such a heading in a box, or a
// sentence in a header, that the models leave out, where the body stands apart.
func isDeckUnder(bd *body.Body, title, k int) bool {
	b, box := &bd.Blocks[k], headBox(bd, title, k)
	if !mayBeDeck(b) || box < 0 {
		return false
	}
	if hasManyDigits(b.Text) {
		return false
	}
	nodes := bd.Tree.Nodes
	beside := nodes[b.El].Parent == box && nodes[bd.Blocks[title].El].Parent == box
	first, last := bd.BlocksIn(box)
	for j := first; j < last; j++ {
		if j != k && bd.Verdicts[j].Keep && page.IsLong(&bd.Blocks[j]) && (!beside || nodes[bd.Blocks[j].El].Parent == box) {
			return false
		}
	}
	m := b.Phrases()
	deck := page.IsHeading(b.Tag) && (beside || !bd.Verdicts[k].Keep) || !bd.Verdicts[k].Keep && b.Tag == atom.P && text.EndsSentence(b.Text) && bd.Tree.Nodes[box].DataAtom == atom.Header
	return deck && m.Line|m.Prefix == 0 && !selectors.Promotes(b.Text)
}

// mayBeDeck reports whether a block has as many words as a sentence, no links, and stands in no
// list, figure or table.
func mayBeDeck(b *page.Block) bool {
	return b.Words >= standfirstSentence && b.LinkWords == 0 && b.Where&(page.InList|page.InFigure|page.InFigcaption|page.InTable) == 0
}

// hasManyDigits reports whether a line has as many digits as a date.
func hasManyDigits(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= dateDigits
}

// bylineReach is how many blocks after the deck the line of names or dates begins.
const bylineReach = 3

// isDeckOverByline reports whether block k, right under the headline and set apart from the
// body, which begins at block head, has the line of names or dates under it, captions apart:
// a byline stands over the text, so that what it stands under is none of it.
func isDeckOverByline(bd *body.Body, sig *judge.Signals, k, head int) bool {
	b := &bd.Blocks[k]
	if !mayBeDeck(b) || body.EndsWithColon(b.Text) || hasManyDigits(b.Text) {
		return false
	}
	end := endOfRun(bd, k, head)
	for j := k + 1; j < min(end+bylineReach, head); j++ {
		n := &bd.Blocks[j]
		switch {
		case j < end && mayBeDeck(n) && !hasManyDigits(n.Text):
		case sig.Captions.Has(n) || n.Where&page.InFigcaption != 0:
		case sig.Bylines.Has(n) || sig.Dates.Has(n) || isDated(n, bylineWords) && !text.EndsSentence(n.Text):
			m := b.Phrases()
			return m.Line|m.Prefix == 0
		case n.Words >= standfirstSentence:
			return false
		}
	}
	return false
}

// isDeckBeside reports whether block k is a paragraph right before the body's first one, in
// one element with it, that has a class of its own, as many words as a sentence and no sign
// at its end: the body's paragraphs have one.
func isDeckBeside(bd *body.Body, k, head int) bool {
	if k != head-1 || bd.Verdicts[k].Keep {
		return false
	}
	b, first := &bd.Blocks[k], &bd.Blocks[head]
	m := b.Phrases()
	return b.Tag == atom.P && first.Tag == atom.P && mayBeDeck(b) && !hasManyDigits(b.Text) && bd.Tree.Nodes[b.El].Parent == bd.Tree.Nodes[first.El].Parent &&
		bd.Tree.Attr(b.El, "class") != "" && m.Line|m.Prefix == 0 && !body.EndsLine(b.Text) && text.HasLetter(b.Text)
}

// isUnderPicture reports whether an element has the class of a caption, and the one right
// before it is a picture by its role or its background.
func isUnderPicture(t *page.Tree, el int32) bool {
	if t.Nodes[el].Roles&selectors.Caption == 0 {
		return false
	}
	i, parent := el-1, t.Nodes[el].Parent
	for i > parent && t.Nodes[i].Type == html.TextNode && text.IsSpace(t.Nodes[i].Data) {
		i--
	}
	for i > parent && t.Nodes[i].Parent != parent {
		i = t.Nodes[i].Parent
	}
	return i > parent && (t.Attr(i, "role") == "img" || strings.Contains(t.Attr(i, "style"), "background-image"))
}

// isDated reports whether a line of some words at most has a date.
func isDated(b *page.Block, words int32) bool {
	if b.Words > words || !dates.HasDigit(b.Text) {
		return false
	}
	_, ok := dates.ParseDate(b.Text, "")
	return ok
}

// headUp is how many elements around the headline, and around the deck, the one may be
// that holds both: each may stand in a box of its own.
const headUp = 2

// headBox returns the element that holds the blocks of the headline and of a deck, or -1
// where it stands further up.
func headBox(bd *body.Body, title, k int) int32 {
	t := bd.Tree
	box := bd.Blocks[title].El
	for range headUp {
		if box = t.Nodes[box].Parent; box <= t.Body {
			return -1
		}
		if t.Nodes[box].End > bd.Blocks[k].From {
			if t.Nodes[bd.Blocks[k].El].Depth-t.Nodes[box].Depth > headUp {
				return -1
			}
			return box
		}
	}
	return -1
}

// underTitle reports whether between block title and block k stand short lines alone:
// names, dates, buttons.
func underTitle(bd *body.Body, sig *judge.Signals, title, k int) bool {
	for j := title + 1; j < k; j++ {
		if bd.Blocks[j].Words >= standfirstSentence || page.IsHeading(bd.Blocks[j].Tag) || sig.Captions.Has(&bd.Blocks[j]) {
			return false
		}
	}
	return true
}

// isSigned reports whether a block is a byline by its words: "Posted by …". A sentence may
// begin so, too.
func isSigned(b *page.Block) bool {
	return b.Words <= bylineWords && !text.EndsSentence(b.Text) && b.Phrases().Prefix&(selectors.PhraseByline|selectors.PhraseBio) != 0
}

// endOfText returns the last block of the text, and its last long paragraph; -1 where there
// is none. A standfirst may stand after the text's first paragraph where a page is set so,
// never after its last; and what stands alone is the text.
func endOfText(bd *body.Body) (last, long int) {
	last = -1
	for k := len(bd.Blocks) - 1; k >= 0; k-- {
		if !bd.Verdicts[k].Keep {
			continue
		}
		b := &bd.Blocks[k]
		if page.IsLong(b) {
			return max(last, k), k
		}
		if last < 0 && text.EndsSentence(b.Text) {
			last = k
		}
	}
	return last, -1
}

// firstOf returns the first kept paragraph in a kind of box, the number of blocks where
// there is none.
func firstOf(bd *body.Body, sig uint32) int {
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep && page.IsLong(&bd.Blocks[k]) && bd.Blocks[k].Sig == sig {
			return k
		}
	}
	return len(bd.Blocks)
}

// shares reports whether block j stands in the ancestor of block k at a depth, too.
func shares(bd *body.Body, k, j int, depth int16) bool {
	return depth > 0 && j < len(bd.Blocks) && bd.Tree.Nodes[ancestorAt(bd, k, depth)].End > bd.Blocks[j].From && ancestorAt(bd, k, depth) <= bd.Blocks[j].El
}

// ancestorAt returns the element around block k at a depth, or the block's own.
func ancestorAt(bd *body.Body, k int, depth int16) int32 {
	nodes := bd.Tree.Nodes
	el := bd.Blocks[k].El
	for int16(nodes[el].Depth) > depth {
		el = nodes[el].Parent
	}
	return el
}

// isAlone reports whether block k is all that its ancestor at a depth holds.
func isAlone(bd *body.Body, k int, depth int16) bool {
	first, last := bd.BlocksIn(ancestorAt(bd, k, depth))
	return first == k && last == k+1
}

// tellsOfAuthor reports whether block k, which the models leave out, is about the author.
// Some pages give the author's box the class of a standfirst.
func tellsOfAuthor(bd *body.Body, sig *judge.Signals, k int) bool {
	return !bd.Verdicts[k].Keep && sig.StartsWithAuthor(&bd.Blocks[k])
}

// standfirstSource names what told a standfirst. byClass is set where its class did.
func standfirstSource(score int, byClass bool) source.Kind {
	switch {
	case score == standfirstByRoleAndDesc:
		return source.StandfirstClassDescribed
	case score == standfirstByDesc:
		return source.StandfirstDescribed
	case byClass:
		return source.StandfirstClass
	}
	return source.StandfirstPlace
}

// standfirstRole is the index of standfirsts in a block's RoleDepth.
var standfirstRole = page.RoleIndex(selectors.Standfirst)
