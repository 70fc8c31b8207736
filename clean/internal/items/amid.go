package items

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// KeepAmid keeps the running text amid what the models keep of a page that is neither an
// article nor a listing, and the headings over it: what an offer says of itself, box by
// box, the models take for promotion. What a rule has left out stays out. It reports whether
// there is such text.
func KeepAmid(bd *body.Body, sig *judge.Signals) (found bool) {
	first, last := -1, -1
	said := map[uint64]bool{}
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep {
			said[bd.Blocks[k].Hash] = true
			if first < 0 {
				first = k
			}
			last = k
		}
	}
	heading := -2 // the last one that is not kept
	for k := max(0, first); k < last; k++ {
		b := &bd.Blocks[k]
		isHeading := page.IsHeading(b.Tag)
		switch {
		case bd.Verdicts[k].Keep:
		case !bd.Verdicts[k].LeftByModels(), !isHeading && !isText(b), b.LinkWords*2 > b.Words, b.Where&page.InAside != 0, !mayBeItem(b, sig), said[b.Hash],
			sig.Titles[b.Hash], sig.Headlines.Has(b), selectors.Promotes(b.Text):
			continue
		case isHeading:
			heading = k
			continue
		default:
			bd.Verdicts[k] = body.Verdict{Keep: true}
			said[b.Hash] = true
			found = true
		}
		if heading == k-1 && !isHeading {
			bd.Verdicts[heading] = body.Verdict{Keep: true}
			said[bd.Blocks[heading].Hash] = true
		}
	}
	return found
}
