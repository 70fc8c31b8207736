package body

import (
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// calloutWords is how many words a box has at most that is kept for its class.
	calloutWords = 150
	// calloutUp is how many elements around a line its box may stand.
	calloutUp = 4
)

// callouts keeps the boxes amid the text whose class says that the writer sets a remark
// apart in them: "admonition", "callout". The models know boxes of a text by their
// names and their few words, and take these for furniture.
func callouts(bd *Body, sig *judge.Signals) {
	for k := 1; k+1 < len(bd.Blocks); k++ {
		if bd.Verdicts[k].Keep || !bd.Verdicts[k-1].Keep {
			continue // of a box that stands in the text, one such line is the first
		}
		box := bd.calloutOf(k)
		if box < 0 {
			continue
		}
		first, last := bd.BlocksIn(box)
		keepCallout(bd, sig, first, last)
		k = max(k, last-1)
	}
}

// calloutOf returns the box around block k that is a callout by its class, or -1.
func (bd *Body) calloutOf(k int) int32 {
	t := bd.Tree
	for e, up := bd.Blocks[k].El, 0; e > t.Body && up < calloutUp; e, up = t.Nodes[e].Parent, up+1 {
		if class := t.Attr(e, "class"); class != "" && isCallout(class) {
			return e
		}
	}
	return -1
}

func isCallout(class string) bool {
	for c := range strings.FieldsSeq(class) {
		if selectors.Markup().Callouts[strings.ToLower(c)] {
			return true
		}
	}
	return false
}

func keepCallout(bd *Body, sig *judge.Signals, first, last int) {
	if first < 1 || last >= len(bd.Blocks) || !bd.Verdicts[first-1].Keep {
		return
	}
	var words, links int32
	long := false
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		words += b.Words
		links += b.LinkWords
		long = long || endsLine(b.Text)
		m := selectors.MatchPhrase(b.Text)
		if b.Where&(page.InNav|page.InFooter|page.InForm|page.InDialog|page.InHidden) != 0 || (m.Line|m.Prefix)&(selectors.PhraseNewsletter|selectors.PhraseConsent|selectors.PhraseRelated|selectors.PhraseLogin) != 0 ||
			sig.Captions.Has(b) || sig.Headlines.Has(b) || selectors.Promotes(b.Text) {
			return
		}
	}
	if !long || words > calloutWords || links*2 > words {
		return
	}
	for k := first; k < last; k++ {
		if HasLetter(bd.Blocks[k].Text) {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// recipeUp is how many elements around a line its recipe may stand.
const recipeUp = 5

// recipeEnds keeps the notes with which a recipe ends: they stand after its steps, in one
// box with them, and are short.
func recipeEnds(bd *Body, sig *judge.Signals) {
	t := bd.Tree
	for k := 1; k < len(bd.Blocks); k++ {
		if bd.Verdicts[k].Keep || !bd.Verdicts[k-1].Keep || bd.Blocks[k-1].Where&page.InList == 0 {
			continue
		}
		for e, up := bd.Blocks[k].El, 0; e > t.Body && up < recipeUp; e, up = t.Nodes[e].Parent, up+1 {
			first, last := bd.BlocksIn(e)
			if first == k || !strings.Contains(t.Attr(e, "class"), "recipe") {
				continue
			}
			var before, after int32
			free := true
			for j := first; j < last; j++ {
				if j < k {
					before += bd.Blocks[j].Words
					continue
				}
				after += bd.Blocks[j].Words
				free = free && (IsTail(bd, sig, j) || isLabelOf(sig, &bd.Blocks[j]) && bd.Blocks[j].Words <= titleWords)
			}
			for j := k; free && after < before && j < last; j++ {
				bd.Verdicts[j] = Verdict{Keep: true}
			}
			break
		}
	}
}
