// Package items keeps what a page has to say that is no article: the posts of a thread, the
// items of a list.
package items

import (
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// minPosts is how many boxes of one kind make a thread, a question and an answer;
	// minItems how many make a list.
	minPosts = 2
	minItems = 3
	// itemWords is how many words a block has at least that shows where items stand.
	itemWords = 8
	// linkedWords is how many it has at least where it is a link: so long are the
	// summaries of items that are links as a whole.
	linkedWords = 15
	// itemLabel is how many words a line has at most that posts may share: a button,
	// a rank.
	itemLabel = 4
	// boxDepth is how many elements around a block may be its item's box.
	boxDepth = 24
)

// notItems is where no item stands. Forums do put posts in forms and asides.
const notItems = page.InNav | page.InFooter | page.InButton | page.InDialog | page.InFigcaption | page.InHidden

// KeepPosts keeps the posts of a thread, of which the models keep the first and take
// the answers for comments on it. Whatever comes after the first post and stands in
// none goes. It reports whether it has found posts: boxes of one kind that hold most
// of the page's running text and little else, and no less of it than the models keep.
func KeepPosts(bd *body.Body, sig *judge.Signals) bool {
	box, ok := textBoxes(bd, sig, func(c *boxKind, kept int) bool { return c.boxes >= minPosts && c.prose >= kept })
	if !ok {
		return false
	}
	in := inBoxes(bd, sig, box)
	labels := map[uint64]int{} // short lines in posts, by what they say
	for k, inPost := range in {
		if b := &bd.Blocks[k]; inPost && b.Words <= itemLabel {
			labels[b.Hash]++
		}
	}
	begun := false
	for k, inPost := range in {
		begun = begun || inPost
		b := &bd.Blocks[k]
		switch {
		case inPost && b.Words <= itemLabel && labels[b.Hash] > minPosts:
			bd.Drop(k, "pick", "in each post")
		case inPost:
			bd.Verdicts[k] = body.Verdict{Keep: true}
		case begun && bd.Verdicts[k].Keep:
			bd.Drop(k, "pick", "outside the posts")
		}
	}
	return true
}

// Keep keeps the running text and the headings of the items of a page that is
// no article: a list of articles or goods, the parts of an offer. The models keep
// some of them, whose boxes show where the others are, and take the rest for related
// links. What stands over a list is seldom more than the list has: boxes that hold less
// than all that the models keep count where no others do. The page's headline and
// promotion are no item's. It takes nothing out, and reports whether there are such items.
func Keep(bd *body.Body, sig *judge.Signals) bool {
	box, ok := itemBoxes(bd, sig, 1)
	if !ok {
		box, ok = itemBoxes(bd, sig, 2)
	}
	if !ok {
		return false
	}
	said := map[uint64]bool{}
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep {
			said[bd.Blocks[k].Hash] = true
		}
	}
	for k, inItem := range inBoxes(bd, sig, box) {
		b := &bd.Blocks[k]
		if inItem && !said[b.Hash] && (isText(b) || page.IsHeading(b.Tag)) && !sig.Titles[b.Hash] && !sig.Headlines.Has(b) && !selectors.Promotes(b.Text) {
			said[b.Hash] = true
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
	return true
}

// itemBoxes finds the kind of box of items that hold part, one in so many, of the words
// that the models keep.
func itemBoxes(bd *body.Body, sig *judge.Signals, part int) (box uint32, ok bool) {
	return textBoxes(bd, sig, func(c *boxKind, kept int) bool {
		return c.boxes >= minItems && c.prose*part >= kept && c.kept*2 >= kept && c.holds > 1
	})
}

// A boxKind is all elements of one tag and class.
type boxKind struct {
	boxes int   // that have running text
	prose int   // words of running text
	own   int   // words of running text and headings
	words int   // all words
	kept  int   // words that the models keep
	holds int   // boxes with some of these
	end   int32 // of the element counted last
	hold  int32 // end of the element last counted for those
	block int   // the block counted last, plus one
}

// textBoxes finds the kind of box that the text of items stands in, as the signature
// of its elements: of those that fit, which are told how many words the models keep in
// all, the one with the highest product of the running text and headings that it holds
// and the square of the share which these are of all that it holds.
func textBoxes(bd *body.Body, sig *judge.Signals, fits func(c *boxKind, kept int) bool) (box uint32, ok bool) {
	kinds := map[uint32]*boxKind{}
	kept := 0
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		keep := bd.Verdicts[k].Keep
		if keep {
			kept += int(b.Words)
		}
		prose := keep || isItemText(b, sig)
		eachNamed(bd, k, func(el int32) {
			nd := &bd.Tree.Nodes[el]
			c := kinds[nd.Sig]
			if c == nil {
				c = &boxKind{}
				kinds[nd.Sig] = c
			}
			if c.block == k+1 {
				return // a box in a box of its kind
			}
			c.block = k + 1
			c.words += int(b.Words)
			if prose || page.IsHeading(b.Tag) {
				c.own += int(b.Words)
			}
			if keep {
				c.kept += int(b.Words)
				if el >= c.hold {
					c.holds++
					c.hold = nd.End
				}
			}
			if prose {
				c.prose += int(b.Words)
				if el >= c.end {
					c.boxes++
					c.end = nd.End
				}
			}
		})
	}
	best := 0.0
	for s, c := range kinds {
		if !fits(c, kept) {
			continue
		}
		pure := float64(c.own) / float64(c.words)
		if v := float64(c.own) * pure * pure; v > best || v == best && s < box {
			best, box = v, s
		}
	}
	return box, best > 0
}

// isItemText reports whether a block is running text as items have it.
func isItemText(b *page.Block, sig *judge.Signals) bool {
	return (isText(b) || b.Where&(page.InPre|page.InQuote) != 0 && b.LinkWords*2 <= b.Words) && mayBeItem(b, sig)
}

// isText reports whether a block has as many words as running text, or, as a link, as
// many as a summary.
func isText(b *page.Block) bool {
	return b.Words >= itemWords && b.LinkWords*2 <= b.Words || b.Words >= linkedWords
}

// mayBeItem reports whether a block stands where items do, and is neither a caption nor
// a line of furniture.
func mayBeItem(b *page.Block, sig *judge.Signals) bool {
	return b.Where&notItems == 0 && !sig.Captions.Has(b) && b.Phrases().Line == 0
}

// inBoxes tells of each block whether it is an item's, which stand in boxes of one
// signature.
func inBoxes(bd *body.Body, sig *judge.Signals, box uint32) []bool {
	in := make([]bool, len(bd.Blocks))
	for k := range bd.Blocks {
		eachNamed(bd, k, func(el int32) {
			in[k] = in[k] || bd.Tree.Nodes[el].Sig == box
		})
		in[k] = in[k] && mayBeItem(&bd.Blocks[k], sig)
	}
	return in
}

// eachNamed calls f with those of the nearest elements around block k that have a
// class, from the inside.
func eachNamed(bd *body.Body, k int, f func(el int32)) {
	t := bd.Tree
	e := bd.Blocks[k].El
	for range boxDepth {
		if e <= t.Body {
			return
		}
		if t.Attr(e, "class") != "" {
			f(e)
		}
		e = t.Nodes[e].Parent
	}
}
