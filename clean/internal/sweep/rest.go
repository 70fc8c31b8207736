package sweep

import (
	"strings"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
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
