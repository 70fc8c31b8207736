package body

import (
	"slices"

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
	nextArticles(bd, sig, el)
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

// nextArticles drops the articles after the page's that a page appends while one reads on:
// elements of the same class that have a headline and a day of their own. The title says
// whose page it is: the front page of a blog may hold whole articles too.
func nextArticles(bd *Body, sig *judge.Signals, el int32) {
	t := bd.Tree
	first, last := bd.BlocksIn(el)
	own := false
	for k := first; k < last && !own; k++ {
		own = sig.Titles[bd.Blocks[k].Hash]
	}
	if !own || !holdsTime(t, el) {
		return
	}
	for k := last; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !page.IsHeading(b.Tag) || b.Where&page.InArticle == 0 || b.Tag != atom.H1 && !LeadsOnlyHere(bd, b) {
			continue
		}
		next := t.Within(b.El, atom.Article)
		from, to := bd.BlocksIn(next)
		if next < t.Nodes[el].End || t.Nodes[next].Sig != t.Nodes[el].Sig || !holdsTime(t, next) {
			continue
		}
		bd.DropKept(from, to, "sweep", "outside the article")
		k = max(k, to-1)
	}
}

// holdsTime reports whether a time element stands in node i.
func holdsTime(t *page.Tree, i int32) bool {
	k, _ := slices.BinarySearch(t.Times, i)
	return k < len(t.Times) && t.Times[k] < t.Nodes[i].End
}
