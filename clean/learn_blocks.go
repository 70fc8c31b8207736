package clean

import "fmt"

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

// ownWords is the length from which on an unlinked block is prose: shorter
// ones are headings and labels, which articles of one kind share ("Pros",
// "Ingredients", "How we tested").
const ownWords = 8

// key is equal for blocks that say the same, and for prose only at the same
// kind of place: a site shows the first words of one article beside all the
// others.
func (b *block) key() uint64 {
	if b.isProse() {
		return b.hash*0x9e3779b97f4a7c15 ^ uint64(b.sig)
	}
	return b.hash
}

// repeats reports whether seen of so many pages makes the block the site's.
func (b *block) repeats(seen, of int) bool {
	often := seen*shareRepeats >= of
	if b.isProse() {
		return seen >= minProseRepeats && often
	}
	return seen >= minRepeats && often || seen >= sureRepeats
}

// introduces reports whether a block looks like a heading of what follows.
func (b *block) introduces() bool { return isHeading(b.tag) || b.boldWords*2 > b.words }

func (b *block) isProse() bool { return b.words >= ownWords && b.linkWords*2 <= b.words }

// teach lets l observe the page, after sweep.
func teach(bd *body, headline string, l *Learner, host string) {
	var title uint64
	if headline != "" {
		title, _, _ = scan(headline)
	}
	page := make([]SeenBlock, len(bd.blocks))
	for k := range bd.blocks {
		page[k].Key = bd.blocks[k].key()
		if bd.verdicts[k].keep && bd.blocks[k].isProse() {
			page[k].Words = int(bd.blocks[k].words)
		}
	}
	l.Observe(host, title, page)
}

// dropRepeated takes out of the text what l knows to stand on the host's other
// pages. A paragraph or a line of links that comes again goes anywhere. A
// shorter line goes where nothing of the article's own comes after it, or
// before it if it is no heading; and where it is in one box with what goes and
// nothing of the article's own is. A page on which no prose is its own stays
// as it is. It reports whether anything went.
func dropRepeated(bd *body, l *Learner, host string) (dropped bool) {
	if l.Pages(host) < minRepeats {
		return false
	}
	r := pageLines{bd: bd}
	first, last := -1, -1 // of the lines that are the article's own
	prose := false
	times := make(map[uint64]int)
	for k := range bd.blocks {
		if !bd.verdicts[k].keep {
			continue
		}
		b := &bd.blocks[k]
		n := repeatLine{k: k}
		n.seen, n.of = l.Repeats(host, b.key())
		n.again = b.repeats(n.seen, n.of)
		if !n.again && b.linkWords*2 <= b.words {
			n.own = true
			prose = prose || b.isProse()
			last = len(r.lines)
			if first < 0 {
				first = last
			}
		}
		times[b.hash]++
		r.lines = append(r.lines, n)
	}
	if !prose {
		return false
	}
	for k := range r.lines {
		n := &r.lines[k]
		b := &bd.blocks[n.k]
		n.goes = n.again && (k < first && !b.introduces() || k > last ||
			// What stands twice on one page is a label of its parts.
			times[b.hash] == 1 && (b.isProse() || b.linkWords*2 > b.words))
	}
	for k := len(r.lines) - 2; k >= 0; k-- {
		r.followInto(k, k+1)
	}
	for k := 1; k < len(r.lines); k++ {
		r.followInto(k, k-1)
	}
	for _, n := range r.lines {
		if n.goes {
			bd.drop(n.k, "learn", fmt.Sprintf("stands on %d of %d pages", n.seen, n.of))
			dropped = true
		}
	}
	return dropped
}

// pageLines are the kept lines of a page, on the way to what goes.
type pageLines struct {
	bd    *body
	lines []repeatLine
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
	nodes := r.bd.tree.nodes
	to := r.bd.blocks[r.lines[neighbour].k].el
	box := r.bd.blocks[n.k].el
	for box > 0 && (to < box || to >= nodes[box].end) {
		box = nodes[box].parent
	}
	end := nodes[box].end
	for j := k - 1; j >= 0 && r.bd.blocks[r.lines[j].k].from >= box; j-- {
		if r.lines[j].own {
			return
		}
	}
	for j := k + 1; j < len(r.lines) && r.bd.blocks[r.lines[j].k].from < end; j++ {
		if r.lines[j].own {
			return
		}
	}
	n.goes = true
}
