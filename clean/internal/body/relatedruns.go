package body

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// relatedLabel is how many words a line has at most that names related pages.
const relatedLabel = 8

// relatedRuns drops from news stories the links that stand right after a line that names
// related pages, with it: the models are divided on a line and on links that the text's
// own paragraphs surround. In guides such a list is most often the writer's, but for one
// after the last paragraph that leads to the site's own pages.
func relatedRuns(bd *Body, sig *judge.Signals) {
	last := len(bd.Blocks)
	if !sig.News {
		for last > 0 && !(bd.Verdicts[last-1].Keep && page.IsLong(&bd.Blocks[last-1]) && bd.Blocks[last-1].LinkWords == 0) {
			last--
		}
	}
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !sig.News && k < last {
			leftLabel(bd, k)
			continue
		}
		if b.Words > relatedLabel || b.Links > 0 || k+1 == len(bd.Blocks) || !isOnlyLinks(bd, &bd.Blocks[k+1]) || b.Where&page.InPre != 0 || bd.InData(b) ||
			b.Phrases().Line&selectors.PhraseRelated == 0 && !(page.IsHeading(b.Tag) && !bd.Verdicts[k].Keep && b.Phrases().Prefix&selectors.PhraseRelated != 0) || !sig.News && !LeadsOnlyHere(bd, &bd.Blocks[k+1]) {
			continue
		}
		for j := k; j < len(bd.Blocks) && (j == k || isOnlyLinks(bd, &bd.Blocks[j])); j++ {
			if bd.Verdicts[j].Keep {
				bd.Drop(j, "sweep", "phrase "+selectors.PhraseRelated.String())
			}
		}
	}
}

// leftLabel drops the paragraphs right after a line that says to read on, where the models
// leave out the line and keep them: each is a link to another page of the site.
func leftLabel(bd *Body, k int) {
	if b := &bd.Blocks[k]; bd.Verdicts[k].Keep || b.Words > relatedLabel || b.Links > 0 || b.Phrases().Line&(selectors.PhraseRelated|selectors.PhraseReadMore) == 0 {
		return
	}
	for j := k + 1; j < len(bd.Blocks) && bd.Verdicts[j].Keep && bd.Blocks[j].Tag == atom.P && isOnlyLinks(bd, &bd.Blocks[j]) && LeadsOnlyHere(bd, &bd.Blocks[j]); j++ {
		bd.Drop(j, "sweep", "phrase "+selectors.PhraseRelated.String())
	}
}

// isOnlyLinks reports whether a block is nothing but links.
func isOnlyLinks(bd *Body, b *page.Block) bool {
	return b.Links > 0 && b.LinkWords == b.Words && b.Where&page.InPre == 0 && !bd.InData(b)
}

// LeadsOnlyHere reports whether a line is links to other pages of the site alone.
func LeadsOnlyHere(bd *Body, b *page.Block) bool {
	_, alone := labelOfLink(bd, b)
	return alone
}

// relatedBoxShare guards the text: no box of related pages has more than one in so many of
// the kept words, but for one after a text of briefWords or more that leads to as many
// pages as briefLeads.
const (
	relatedBoxShare = 3
	briefWords      = 15
	briefLeads      = 3
)

// relatedBoxes drops what the models keep under a heading that names related pages, the
// first of its box: lines under the links to them, of which there are two or more.
func relatedBoxes(bd *Body) {
	t := bd.Tree
	var words *keptWords
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !page.IsHeading(b.Tag) || b.Words > relatedLabel || b.Phrases().Line&selectors.PhraseRelated == 0 {
			continue
		}
		box := t.Nodes[b.El].Parent
		first, last := bd.BlocksIn(box)
		if first != k || box <= t.Body {
			continue
		}
		if words == nil {
			words = newKeptWords(bd)
		}
		all, _ := words.of(0, len(bd.Blocks))
		in, _ := words.of(k, last)
		if in == 0 {
			continue
		}
		least := 2
		if in*relatedBoxShare > all {
			if before, _ := words.of(0, k); before < briefWords {
				continue
			}
			least = briefLeads
		}
		leads := 0
		for j := k + 1; j < last; j++ {
			if isOnlyLinks(bd, &bd.Blocks[j]) && LeadsOnlyHere(bd, &bd.Blocks[j]) {
				leads++
			}
		}
		if leads < least {
			continue
		}
		bd.DropKept(k, last, "sweep", "phrase "+selectors.PhraseRelated.String())
	}
}

// nestedTeasers drops the articles in the text that are nothing but a heading which leads to
// another page of the site, and short lines: blocks of related stories are made of them.
func nestedTeasers(bd *Body) {
	t, began := bd.Tree, bd.FirstParagraph()
	if began < 0 {
		return
	}
	for k := 1; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || !page.IsHeading(b.Tag) || b.Where&page.InArticle == 0 || !isOnlyLinks(bd, b) || !LeadsOnlyHere(bd, b) {
			continue
		}
		box := t.Within(b.El, atom.Article)
		first, last := bd.BlocksIn(box)
		if first <= began {
			continue
		}
		var words int32
		says := false
		for j := first; j < last && !says && words <= blurbWords; j++ {
			words += bd.Blocks[j].Words - bd.Blocks[j].LinkWords
			says = bd.Blocks[j].LinkWords == 0 && text.EndsSentence(bd.Blocks[j].Text)
		}
		if says || words > blurbWords {
			continue
		}
		bd.DropKept(first, last, "sweep", "teaser")
	}
}

// readersBoxes drops what stands under a heading over the readers' comments, the first of
// its box. One word, "Discussion", heads a part of a paper too.
func readersBoxes(bd *Body) {
	began := bd.firstKept(isParagraph)
	if began < 0 {
		return
	}
	for k := began + 1; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !page.IsHeading(b.Tag) || b.Words < 2 && bd.Tree.Nodes[bd.Tree.Nodes[b.El].Parent].Roles&selectors.Comment == 0 || b.Words > relatedLabel || b.Phrases().Line&selectors.PhraseComments == 0 {
			continue
		}
		box := bd.Tree.Nodes[b.El].Parent
		if first, last := bd.BlocksIn(box); first == k && box > bd.Tree.Body {
			for ; k < last; k++ {
				if bd.Verdicts[k].Keep {
					bd.Drop(k, "sweep", "phrase "+selectors.PhraseComments.String())
				}
			}
			k--
		}
	}
}

// blurbWords is how many words the line under a teaser's link has at most.
const blurbWords = 25

// blurbs drops what a teaser among the paragraphs says under its link, where the link is
// dropped: both stand in a box of their own.
func blurbs(bd *Body) {
	for k := 1; k+1 < len(bd.Blocks); k++ {
		link, b := &bd.Blocks[k-1], &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || bd.Verdicts[k-1].Keep || b.Words > blurbWords || b.Links > 0 || !isOnlyLinks(bd, link) || b.Where&(page.InList|page.InQuote) != 0 {
			continue
		}
		box := bd.Tree.Nodes[b.El].Parent
		if first, last := bd.BlocksIn(box); first == k-1 && last == k+1 && link.El >= box && LeadsOnlyHere(bd, link) {
			bd.Drop(k, "sweep", "teaser")
		}
	}
}
