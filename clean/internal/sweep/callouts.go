package sweep

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// calloutWords is how many words a box has at most that is kept for its class.
	calloutWords = 150
	// calloutUp is how many elements around a line its box may stand.
	calloutUp = 4
	// calloutReach is how many blocks before a box a line of the text stands at most: a
	// card of links may stand between.
	calloutReach = 6
)

// callouts keeps the boxes amid the text whose class or role says that the writer sets a
// remark apart in them: "admonition", "callout", "note". The models know boxes of a text by their
// names and their few words, and take these for furniture.
func callouts(bd *body.Body, sig *judge.Signals) {
	near := -calloutReach // the kept block before
	for k := 1; k < len(bd.Blocks); k++ {
		if bd.Verdicts[k-1].Keep {
			near = k - 1
		}
		if bd.Verdicts[k].Keep || k-near > calloutReach {
			continue
		}
		box := calloutOf(bd, k)
		if box < 0 {
			continue
		}
		first, last := bd.BlocksIn(box)
		if first > 0 && bd.Verdicts[first-1].Keep || near >= 0 && bd.Tree.Nodes[box].Parent > bd.Tree.Body && bd.Blocks[near].From > bd.Tree.Nodes[box].Parent {
			keepCallout(bd, sig, first, last, bd.Tree.Nodes[box].DataAtom == atom.Details)
		}
		if k = max(k, last-1); bd.Verdicts[k].Keep {
			near = k
		}
	}
}

// calloutOf returns the box around block k that is a callout by its class or role, or -1.
func calloutOf(bd *body.Body, k int) int32 {
	t := bd.Tree
	for e, up := bd.Blocks[k].El, 0; e > t.Body && up < calloutUp; e, up = t.Nodes[e].Parent, up+1 {
		if class := t.Attr(e, "class"); t.Nodes[e].DataAtom == atom.Details || class != "" && isCallout(class) || body.IsNote(t, e) {
			return e
		}
	}
	return -1
}

func isCallout(class string) bool {
	for c := range strings.FieldsSeq(class) {
		if selectors.Markup().IsCallout(c) {
			return true
		}
	}
	return false
}

// keepCallout keeps the blocks of a box that is the writer's by what it says. folded is set
// where a summary opens it.
func keepCallout(bd *body.Body, sig *judge.Signals, first, last int, folded bool) {
	if first < 1 || last >= len(bd.Blocks) && !folded {
		return
	}
	var words, links int32
	long := false
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		if b.Where&page.InHidden != 0 {
			continue // the kind of the remark, which an icon shows
		}
		words += b.Words
		links += b.LinkWords
		summary := folded && bd.Tree.Within(b.El, atom.Summary) >= 0
		long = long || body.EndsLine(b.Text) && !summary
		m := b.Phrases()
		if b.Where&(page.InNav|page.InFooter|page.InForm|page.InDialog) != 0 || (m.Line|m.Prefix)&(selectors.PhraseNewsletter|selectors.PhraseConsent|selectors.PhraseRelated|selectors.PhraseLogin) != 0 ||
			summary && b.LinkWords > 0 || folded && m.Line != 0 || sig.Captions.Has(b) || sig.Headlines.Has(b) || selectors.Promotes(b.Text) {
			return
		}
	}
	if !long || words > calloutWords || links*2 > words {
		return
	}
	for k := first; k < last; k++ {
		if bd.Blocks[k].Where&page.InHidden == 0 && text.HasLetter(bd.Blocks[k].Text) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}
