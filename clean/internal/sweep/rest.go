package sweep

import (
	"strings"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

const (
	// restProb is what the models have to think of each line after the text's last
	// paragraph, in the element of its paragraphs.
	restProb = 0.18
	// restLines is how many of them there are at least: fewer are a source, a credit, the
	// initials of an editor. Of a name under a letter there are signedLines at most.
	restLines   = 4
	signedLines = 3
)

// rest keeps what ends the text after its last paragraph, in the element of its paragraphs:
// questions with their answers, the lines of a programme, sources in two columns, the name
// under a letter. The models take short lines that nothing comes after for furniture, but
// for none that is as unlikely as furniture is.
func rest(bd *body.Body, sig *judge.Signals) {
	last, box := body.LastParagraph(bd)
	if last < 0 {
		return
	}
	for k := last + 1; k <= last+signedLines && k < len(bd.Blocks) && bd.Blocks[k].From < bd.Tree.Nodes[box].End && (closesLetter(bd, sig, last, k) || isAlikeLine(bd, sig, k)); k++ {
		bd.Verdicts[k] = body.Verdict{Keep: true}
	}
	end := last + 1
	var words int32
	for ; end < len(bd.Blocks) && bd.Blocks[end].From < bd.Tree.Nodes[box].End; end++ {
		if free := bd.Verdicts[end].Keep || body.IsTail(bd, sig, end); (!free || bd.Probs[end] < restProb) && !body.IsTailLabel(bd, sig, end) {
			return
		}
		words += bd.Blocks[end].Words
	}
	if n := end - last - 1; words > bd.WordsKept(last+1) || n < restLines && (n < 2 || n > signedLines || !endsLetter(bd, last+1)) {
		return
	}
	for k := last + 1; k < end; k++ {
		bd.Verdicts[k] = body.Verdict{Keep: true}
	}
}

// endsLetter reports whether block k is the line over the name under a letter: "Yours,".
func endsLetter(bd *body.Body, k int) bool {
	return strings.HasSuffix(bd.Blocks[k].Text, ",") && bd.Blocks[k].Words <= labelWords
}

// closesLetter reports whether block k stands in the element right after the text's last
// paragraph that is the end of a letter: a line with a comma and, after a br, the name.
func closesLetter(bd *body.Body, sig *judge.Signals, last, k int) bool {
	if k >= len(bd.Blocks) || !endsLetter(bd, last+1) || bd.Blocks[k].El != bd.Blocks[last+1].El || !body.IsTail(bd, sig, k) {
		return false
	}
	next := k + 1
	if k > last+1 {
		return bd.Blocks[k].Words <= labelWords
	}
	return next < len(bd.Blocks) && bd.Blocks[next].Brs == 1 && closesLetter(bd, sig, last, next)
}

// leastAlike is how many lines of one class are kept for one like them to be kept.
const leastAlike = 2

// isAlikeLine reports whether block k is set as short lines of the text are and no other
// block is: the names under letters, of which the models take the last for furniture.
func isAlikeLine(bd *body.Body, sig *judge.Signals, k int) bool {
	b := &bd.Blocks[k]
	if bd.Tree.Attr(b.El, "class") == "" || page.IsHeading(b.Tag) || !body.IsTail(bd, sig, k) {
		return false
	}
	kept := 0
	for j := range k {
		if n := &bd.Blocks[j]; n.Sig == b.Sig {
			if !bd.Verdicts[j].Keep || page.IsLong(n) {
				return false
			}
			kept++
		}
	}
	return kept >= leastAlike
}
