package body

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// minLed and maxLed are how many lines a lead that ends with a colon leads to, and
	// ledWords how many words each has at most.
	minLed, maxLed = 2, 15
	ledWords       = 30
)

// LeadWords is how many words a lead has at least: a shorter one is a label, "Contact
// information:".
const LeadWords = 3

// ledLines keeps the lines after the text's last paragraphs to which a line leads that
// ends with a colon: items that are set as paragraphs like the others, or parted by br.
// They are kept whole or not at all.
func ledLines(bd *Body, sig *judge.Signals) {
	for k := 1; k+minLed < len(bd.Blocks); k++ {
		lead := &bd.Blocks[k]
		if !EndsWithColon(lead.Text) || !bd.Verdicts[k-1].Keep || !page.IsLong(&bd.Blocks[k-1]) || lead.Words < LeadWords || lead.Words > ledWords || lead.LinkWords > 0 ||
			lead.Sig != bd.Blocks[k-1].Sig || !isOwnLine(sig, lead) {
			continue
		}
		parent := bd.Tree.Nodes[lead.El].Parent
		end := k + 1
		for end < len(bd.Blocks) && end-k <= maxLed+1 {
			b := &bd.Blocks[end]
			if b.Sig != lead.Sig || bd.Tree.Nodes[b.El].Parent != parent || b.Words > ledWords || b.LinkWords > 0 || !isOwnLine(sig, b) {
				break
			}
			end++
		}
		if n := end - k - 1; n < minLed || n > maxLed {
			continue
		}
		for j := k; j < end; j++ {
			bd.Verdicts[j] = Verdict{Keep: true}
		}
		k = end - 1
	}
}

// isOwnLine reports whether a line can be the text's own by what it says and where it
// stands.
func isOwnLine(sig *judge.Signals, b *page.Block) bool {
	if b.Where&(page.InNav|page.InFooter|page.InForm|page.InDialog|page.InButton|page.InAside|page.InHidden|page.InFigcaption|page.InTable|page.InPre) != 0 || b.Tag == atom.Td ||
		page.IsHeading(b.Tag) || sig.InField(b) {
		return false
	}
	m := b.Phrases()
	return m.Line == 0 && m.Prefix == 0 && !selectors.Promotes(b.Text)
}

// ledLists keeps a line that ends with a colon after a kept paragraph, and the list right
// after it to which it leads, whole, where the three stand in one element: the models take
// what ends a box for furniture, and "Por ejemplo:" for a byline.
func ledLists(bd *Body, sig *judge.Signals) {
	nodes := bd.Tree.Nodes
	for k := 1; k+minLed < len(bd.Blocks); k++ {
		before, lead := &bd.Blocks[k-1], &bd.Blocks[k]
		if !EndsWithColon(lead.Text) || bd.Verdicts[k].Keep && bd.Verdicts[k+1].Keep || !bd.Verdicts[k-1].Keep || !page.IsLong(before) || lead.Words < LeadWords || lead.Words > ledWords || lead.LinkWords > 0 ||
			nodes[before.El].Parent != nodes[lead.El].Parent || lead.Sig != before.Sig || !isLedLine(sig, lead) || !mayBeKept(bd, k) {
			continue
		}
		list := bd.Tree.NextElement(lead.El)
		if list < 0 || nodes[list].DataAtom != atom.Ul && nodes[list].DataAtom != atom.Ol || nodes[list].Roles&BoxRoles != 0 {
			continue
		}
		first, last := bd.BlocksIn(list)
		led := first == k+1 && last-first >= minLed && last-first <= maxLed
		for j := first; led && j < last; j++ {
			b := &bd.Blocks[j]
			led = b.Words <= ledWords && b.LinkWords == 0 && isLedLine(sig, b) && mayBeKept(bd, j)
		}
		if !led {
			continue
		}
		for j := k; j < last; j++ {
			bd.Verdicts[j] = Verdict{Keep: true}
		}
	}
}

// isLedLine reports whether a line can be the text's own as [isOwnLine] does, and may begin
// as bylines do: "De momento se puede visitar:".
func isLedLine(sig *judge.Signals, b *page.Block) bool {
	if isOwnLine(sig, b) {
		return true
	}
	m := b.Phrases()
	return m.Line == 0 && m.Prefix&^selectors.PhraseByline == 0 && m.Prefix != 0 && b.Where&(Elsewhere|page.InTable|page.InPre) == 0 && !page.IsHeading(b.Tag) && !sig.InField(b) && !selectors.Promotes(b.Text)
}

// mayBeKept reports whether a block is kept, or was left out by the models alone.
func mayBeKept(bd *Body, k int) bool { return bd.Verdicts[k].Keep || bd.Verdicts[k].LeftByModels() }

// leadsIn reports whether a line of names leads to the report of who is named, with a colon:
// "The Post's Ana Ferrer reports:".
func leadsIn(b *page.Block) bool {
	return b.Words > LeadWords && EndsWithColon(b.Text) && b.LinkWords == 0
}
