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
	// bioLabel is how many words the line over such a paragraph has at most.
	bioLabel = 6
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
	aboutBoxes(bd, sig)
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
		if b := &bd.Blocks[k]; sig.News || setApart(bd, k) || b.ItalicWords == b.Words {
			bd.Drop(k, "sweep", "author's bio")
		}
	}
}

// aboutBoxes drops what ends the text under a line that introduces its author: "About me",
// "About Ines Calloway". The models leave out some of such a box or nothing.
func aboutBoxes(bd *Body, sig *judge.Signals) {
	var words int32
	for k := len(bd.Blocks) - 1; k > 0 && words <= bioWords; k-- {
		b := &bd.Blocks[k]
		if introduces(b, sig) && words > 0 {
			first := k
			for first > 0 && !(bd.Verdicts[first-1].Keep && page.IsLong(&bd.Blocks[first-1])) {
				first--
			}
			if first == 0 || bd.Verdicts[k].Keep && bd.Probs[k] >= sureHeading {
				return
			}
			bd.DropKept(k, len(bd.Blocks), "sweep", "author's bio")
			return
		}
		if bd.Verdicts[k].Keep {
			if words += b.Words; page.IsHeading(b.Tag) {
				return
			}
		}
	}
}

// introduces reports whether a line stands over what is told about an author.
func introduces(b *page.Block, sig *judge.Signals) bool {
	if b.Words > bioLabel || b.Where&(page.InList|page.InTable|page.InQuote|page.InPre) != 0 {
		return false
	}
	if b.Phrases().Line&selectors.PhraseBio != 0 {
		return true
	}
	if !page.IsHeading(b.Tag) {
		return false
	}
	for _, name := range sig.Authors {
		if before, ok := strings.CutSuffix(b.Text, " "+name); ok && !strings.Contains(before, " ") && before != "" {
			return true
		}
	}
	return false
}

// setApart reports whether a paragraph about an author stands under a heading for such.
func setApart(bd *Body, k int) bool {
	return k > 0 && !bd.Verdicts[k-1].Keep && bd.Blocks[k-1].Phrases().Line&selectors.PhraseBio != 0
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
