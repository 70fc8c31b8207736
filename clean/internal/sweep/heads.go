package sweep

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// noteHeads keeps the line right over the notes and sources of a text that are kept, "Sources:"
// over "[1] …": the models know it from boxes.
func noteHeads(bd *body.Body) {
	for k := 1; k+2 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].LeftByModels() || !bd.Verdicts[k+1].Keep || !bd.Verdicts[k+2].Keep || b.Words > labelWords || b.Links > 0 || !text.HasLetter(b.Text) || b.Where&body.Elsewhere != 0 {
			continue
		}
		if m := b.Phrases(); m.Line == selectors.PhraseSource || m.Line == 0 && m.Prefix&^selectors.PhraseSource == 0 && body.IsNumbered(bd.Blocks[k+1].Text) && body.IsNumbered(bd.Blocks[k+2].Text) && (page.IsHeading(b.Tag) || b.BoldWords == b.Words || body.EndsWithColon(b.Text)) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}
