package learn

import (
	"cmp"
	"fmt"
	"slices"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// On how many articles of a host a block has to stand to be the site's. Two
// may share a paragraph, because one goes on with the other's story; they do
// not share links and labels by chance. It has to be one in shareRepeats of
// the articles since it came first, because in a long time even a paragraph
// is used again; but a site has many templates, so that a line of links or a
// label needs no share once it has stood on sureRepeats.
const (
	minRepeats      = 2
	minProseRepeats = 3
	shareRepeats    = 5
	sureRepeats     = 5
)

// EnoughPages is how many articles of a host a [Learner] should have observed
// before the first of them is judged.
const EnoughPages = 5

// key is equal for blocks that say the same, and for prose only at the same
// kind of place: a site shows the first words of one article beside all the
// others.
func key(b *page.Block) uint64 {
	if body.IsProse(b) {
		return b.Hash*0x9e3779b97f4a7c15 ^ uint64(b.Sig)
	}
	return b.Hash
}

// repeats reports whether seen of so many pages makes the block the site's.
func repeats(b *page.Block, seen, of int) bool {
	often := seen*shareRepeats >= of
	if body.IsProse(b) {
		return seen >= minProseRepeats && often
	}
	return seen >= minRepeats && often || seen >= sureRepeats
}

// introduces reports whether a block looks like a heading of what follows.
func introduces(b *page.Block) bool { return page.IsHeading(b.Tag) || b.BoldWords*2 > b.Words }

// Teach lets l observe the page, after sweep.
func Teach(bd *body.Body, m *meta.Metadata, l *Learner, host string) {
	var title uint64
	if m.Title != "" {
		title, _, _ = text.Scan(m.Title)
	}
	l.Observe(host, title, append(seenBlocks(bd), seenCards(m)...))
}

// seenBlocks are the blocks of a page as the Learner sees them.
func seenBlocks(bd *body.Body) []SeenBlock {
	page := make([]SeenBlock, len(bd.Blocks))
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		s := SeenBlock{Key: key(b), Place: b.Path | 1, Size: int(b.Words), Kept: bd.Verdicts[k].Keep || slices.Contains(bd.Standfirst, k)}
		if bd.Verdicts[k].Keep && body.IsProse(b) {
			s.Words = int(b.Words)
		}
		page[k] = s
	}
	return page
}

// misledShare is the share of the kept prose from which on a page was judged by
// what the site says.
const misledShare = 0.4

// Misled returns which blocks l knows to stand on the host's other pages, where
// most of what is kept of the page is such: beside a long notice, a short
// article reads like furniture. It returns nil for other pages.
func Misled(bd *body.Body, l *Learner, host string) []bool {
	if l.Pages(host) < EnoughPages {
		return nil
	}
	site := make([]bool, len(bd.Blocks))
	var own, again float64
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		seen, of := l.Repeats(host, key(b))
		site[k] = repeats(b, seen, of)
		if !bd.Verdicts[k].Keep || !body.IsProse(b) {
			continue
		}
		if site[k] {
			again += float64(b.Words)
		} else {
			own += float64(b.Words)
		}
	}
	if again == 0 || again < misledShare*(own+again) {
		return nil
	}
	return site
}

// DropRepeated takes out of the text what l knows to stand on the host's other
// pages. A paragraph or a line of links that comes again goes anywhere. A
// shorter line goes where nothing of the article's own comes after it, or
// before it if it is no heading; and where it is in one box with what goes and
// nothing of the article's own is. A page on which no prose is its own stays
// as it is. It reports whether anything went.
func DropRepeated(bd *body.Body, l *Learner, host string) (dropped bool) {
	if l.Pages(host) < minRepeats {
		return false
	}
	dropped = settlePlaces(bd, l, host)
	r, any := findRepeated(bd, l, host)
	if !any {
		return dropped
	}
	r.owns = make([]int, len(r.lines)+1)
	for k := range r.lines {
		r.owns[k+1] = r.owns[k]
		if r.lines[k].own {
			r.owns[k+1]++
		}
	}
	for k := len(r.lines) - 2; k >= 0; k-- {
		r.followInto(k, k+1)
	}
	for k := 1; k < len(r.lines); k++ {
		r.followInto(k, k-1)
	}
	for _, n := range r.lines {
		if n.goes {
			bd.Drop(n.k, "learn", fmt.Sprintf("stands on %d of %d pages", n.seen, n.of))
			dropped = true
		}
	}
	return dropped
}

// findRepeated returns the kept lines of a page, of which those go that l knows by what
// they say and where they stand. It reports whether there are any.
func findRepeated(bd *body.Body, l *Learner, host string) (r pageLines, any bool) {
	r.bd = bd
	first, last := -1, -1 // of the lines that are the article's own
	prose := false
	times := make(map[uint64]int)
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			continue
		}
		b := &bd.Blocks[k]
		n := repeatLine{k: k}
		n.seen, n.of = l.Repeats(host, key(b))
		n.again = repeats(b, n.seen, n.of)
		if !n.again && b.LinkWords*2 <= b.Words {
			n.own = true
			prose = prose || body.IsProse(b)
			last = len(r.lines)
			if first < 0 {
				first = last
			}
		}
		times[b.Hash]++
		r.lines = append(r.lines, n)
	}
	if !prose {
		return r, false
	}
	for k := range r.lines {
		n := &r.lines[k]
		b := &bd.Blocks[n.k]
		n.goes = n.again && (k < first && !introduces(b) || k > last ||
			// What stands twice on one page is a label of its parts.
			times[b.Hash] == 1 && (body.IsProse(b) || b.LinkWords*2 > b.Words))
		any = any || n.goes
	}
	return r, any
}

// pageLines are the kept lines of a page, on the way to what goes.
type pageLines struct {
	bd    *body.Body
	lines []repeatLine
	owns  []int // lines of the article's own before each line
}

type repeatLine struct {
	k        int  // index of its block
	seen, of int  // pages
	again    bool // it comes again
	own      bool // only this article says it
	goes     bool
}

// followInto lets line k go with its neighbour, where that goes and both are
// in a box that has nothing of the article's own.
func (r *pageLines) followInto(k, neighbour int) {
	n := &r.lines[k]
	if !n.again || n.goes || !r.lines[neighbour].goes {
		return
	}
	nodes := r.bd.Tree.Nodes
	to := r.bd.Blocks[r.lines[neighbour].k].El
	box := r.bd.Blocks[n.k].El
	for box > 0 && (to < box || to >= nodes[box].End) {
		box = nodes[box].Parent
	}
	if r.owns[r.lineAt(box)] == r.owns[r.lineAt(nodes[box].End)] {
		n.goes = true
	}
}

// lineAt returns the index of the first line that begins at a node or after it.
func (r *pageLines) lineAt(node int32) int {
	k, _ := slices.BinarySearchFunc(r.lines, node, func(n repeatLine, node int32) int {
		return cmp.Compare(r.bd.Blocks[n.k].From, node)
	})
	return k
}
