package body

import (
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// bioWords is how many words a paragraph about an author has at most.
	bioWords = 90
	// bioBefore is how many kept blocks have to stand before it.
	bioBefore = 3
	// bioLines is how many of the last kept blocks may be such paragraphs.
	bioLines = 4
)

// bios drops the paragraphs at the text's end that introduce its authors: each begins
// with an author's whole name, which the text does not say before. An article about its
// own author names them in its body too. Outside the news only those count that
// stand under a heading for such: guests of blogs and trade papers introduce themselves as a part of what they say.
func bios(bd *Body, sig *judge.Signals) {
	if len(sig.Authors) == 0 {
		return
	}
	kept := make([]int, 0, len(bd.Blocks))
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep {
			kept = append(kept, k)
		}
	}
	from := len(kept)
	for from > bioBefore && len(kept)-from < bioLines && isBio(&bd.Blocks[kept[from-1]], sig) {
		from--
	}
	if from == len(kept) {
		return
	}
	for _, k := range kept[1:from] {
		if named(bd.Blocks[k].Text, sig) {
			return
		}
	}
	for _, k := range kept[from:] {
		if sig.News || setApart(bd, k) {
			bd.Drop(k, "sweep", "author's bio")
		}
	}
}

// setApart reports whether a paragraph about an author stands under a heading for such.
func setApart(bd *Body, k int) bool {
	return k > 0 && !bd.Verdicts[k-1].Keep && selectors.MatchPhrase(bd.Blocks[k-1].Text).Line&selectors.PhraseBio != 0
}

// isBio reports whether a block is a paragraph that begins with an author's name.
func isBio(b *page.Block, sig *judge.Signals) bool {
	if b.Words > bioWords || page.IsHeading(b.Tag) || b.Where&(page.InList|page.InTable|page.InQuote|page.InPre) != 0 {
		return false
	}
	for _, name := range sig.Authors {
		if rest, ok := strings.CutPrefix(b.Text, name); ok && strings.HasPrefix(strings.TrimLeft(rest, ","), " ") && len(rest) > len(name) {
			return true
		}
	}
	return false
}

// named reports whether a text has the name of an author.
func named(s string, sig *judge.Signals) bool {
	for _, name := range sig.Authors {
		if strings.Contains(s, name) {
			return true
		}
	}
	return false
}
