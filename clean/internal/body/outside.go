package body

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
)

const (
	// articleParagraphs is how many kept paragraphs the element of an article has at
	// least that bounds the text, and articleShare the share of the kept words, one in
	// so many, that stand in it at least.
	articleParagraphs = 2
	articleShare      = 2
)

// outsideArticle drops what the models keep outside the article element that has the
// headline and paragraphs in it: teasers of other stories and what readers say, beside a
// text that is as short as those.
func outsideArticle(bd *Body, sig *judge.Signals) {
	t := bd.Tree
	el := int32(-1)
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; b.Where&page.InArticle != 0 && (sig.Headlines.Has(b) || b.Tag == atom.H1) {
			el = t.Within(b.El, atom.Article)
			break
		}
	}
	if el < 0 {
		return
	}
	first, last := bd.BlocksIn(el)
	var in, all int32
	long := 0
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep {
			continue
		}
		all += b.Words
		if k >= first && k < last {
			in += b.Words
			if page.IsLong(b) {
				long++
			}
		}
	}
	if in == all || long < articleParagraphs || in*articleShare < all {
		return
	}
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep && (k < first || k >= last) {
			bd.Drop(k, "sweep", "outside the article")
		}
	}
}
