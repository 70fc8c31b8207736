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

// leadsIn reports whether a line of names leads to the report of who is named, with a colon:
// "The Post's Ana Ferrer reports:".
func leadsIn(b *page.Block) bool {
	return b.Words > LeadWords && EndsWithColon(b.Text) && b.LinkWords == 0
}
