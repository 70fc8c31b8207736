package sweep

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// feedParagraphs is how many paragraphs are kept before a run of teasers, and
	// feedLeast how many teasers make one.
	feedParagraphs = 3
	feedLeast      = 3
	// feedDepth is how many elements above its headline a teaser's box may be.
	feedDepth = 10
)

// feeds drops from news stories the teasers of other stories that stand in a row after the text: boxes of
// one class in one element, each with a headline that leads to another page of the site,
// its day or its author, and a few words. The models take what a story says for a
// paragraph.
func feeds(bd *body.Body, sig *judge.Signals) {
	if !sig.News {
		return
	}
	paragraphs := 0
	for k := 0; k < len(bd.Blocks); k++ {
		if b := &bd.Blocks[k]; !isFeedHead(bd, k) {
			if bd.Verdicts[k].Keep && page.IsLong(b) {
				paragraphs++
			}
			continue
		}
		if paragraphs < feedParagraphs {
			continue
		}
		first, last, n := feedAt(bd, k)
		if n < feedLeast {
			continue
		}
		bd.DropKept(first, last, "sweep", "teaser")
		k = max(k, last-1)
	}
}

// feedAt returns the blocks of the run of teasers of which block k is the first headline,
// and how many teasers it has.
func feedAt(bd *body.Body, k int) (first, last, n int) {
	t := bd.Tree
	next := k + 1
	for next < len(bd.Blocks) && next-k <= cardMost && !isFeedHead(bd, next) {
		next++
	}
	if next == len(bd.Blocks) || next-k > cardMost {
		return k, k, 0
	}
	// The teaser's box is the one that the next headline does not stand in.
	box := bd.Blocks[k].El
	for up := 0; t.Nodes[t.Nodes[box].Parent].End <= bd.Blocks[next].From; up++ {
		if box = t.Nodes[box].Parent; up == feedDepth || box <= t.Body {
			return k, k, 0
		}
	}
	first, _ = bd.BlocksIn(box)
	last = first
	for e := box; e < t.Nodes[t.Nodes[box].Parent].End; e = t.Nodes[e].End {
		from, to := bd.BlocksIn(e)
		if from == to {
			continue // an advertisement between two
		}
		if t.Nodes[e].Sig != t.Nodes[box].Sig || !isFeedCard(bd, from, to) {
			break
		}
		last = to
		n++
	}
	return first, last, n
}

// isFeedHead reports whether a block is a headline that leads to another page of the site.
func isFeedHead(bd *body.Body, k int) bool {
	b := &bd.Blocks[k]
	return page.IsHeading(b.Tag) && b.LinkWords == b.Words && b.Links > 0 && body.LeadsOnlyHere(bd, b)
}

// isFeedCard reports whether blocks are those of a teaser: one headline, few words, and a
// line with a day or an author.
func isFeedCard(bd *body.Body, first, last int) bool {
	if last-first > cardMost {
		return false
	}
	var words int32
	heads, dated := 0, false
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		words += b.Words
		switch {
		case isFeedHead(bd, k):
			heads++
		case b.Words <= stampWords:
			dated = dated || isDated(b, stampWords) || b.Phrases().Line&selectors.PhraseDate != 0 || bd.Tree.Nodes[b.El].Roles&(selectors.Date|selectors.Byline|selectors.Author) != 0
		}
	}
	return heads == 1 && words <= cardWords && dated
}
