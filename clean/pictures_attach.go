package clean

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// attach gives each caption to its picture, and then looks for captions that
// have no element that says so.
func (r *pictureReader) attach() {
	t := r.t
	roots := make([][]int32, len(r.pics), len(r.pics)+8)
	for _, f := range t.figures {
		r.boxFigure(f)
	}
	for _, c := range r.caps {
		k, ok := r.pictureOf(c)
		if !ok {
			continue
		}
		for k >= len(roots) {
			roots = append(roots, nil)
		}
		roots[k] = append(roots[k], c)
	}
	for k := range r.pics {
		p := &r.pics[k]
		if p.img >= 0 {
			p.captionNodes = r.captionNodesOf(p, roots[k])
		} else {
			p.captionNodes = roots[k]
		}
		if len(p.captionNodes) > 0 {
			believe := byForm
			if r.isTeaser(p.box) {
				believe = byClass
			}
			p.Caption, p.Credit = readCaption(t, p.captionNodes, believe)
			p.teaser = p.Credit == "" && r.linkedText(p.box)*2 > r.text(p.box)
		}
		if p.Credit == "" && p.Alt != "" {
			// "The harbour © NAME": sites that show no caption credit here.
			if _, credit := splitLabelled(cut(p.Alt)); credit != "" {
				p.Credit = cleanCredit(credit)
			}
		}
	}
}

// captionNodesOf chooses the nodes whose text is about a picture, given the
// elements that say so.
func (r *pictureReader) captionNodesOf(p *picture, marked []int32) []int32 {
	t := r.t
	nd := &t.nodes[p.box]
	switch {
	case nd.DataAtom == atom.Figure:
		if r.holdsQuote(p.box) {
			return nil // a quotation with its speaker's portrait
		}
		// All that a figure of one picture says is about the picture.
		if n := r.text(p.box); n > 0 && n < 1500 {
			return r.textNodes(p.box)
		}
		return marked
	case len(marked) == 0:
		return r.unmarked(p)
	case p.box == p.img:
		return marked
	}
	nodes := marked[:0:0]
	c := captionReader{t: t}
	for _, j := range r.textNodes(p.box) {
		said := unsaid
		if t.nodes[j].Type == html.ElementNode {
			said = c.says(j)
		}
		if countIn(marked, j, t.nodes[j].end) > 0 || said == saidCredit || r.labelled([]int32{j}) {
			nodes = append(nodes, j)
		}
	}
	return nodes
}

// holdsQuote reports whether i is a quotation or holds one.
func (r *pictureReader) holdsQuote(i int32) bool {
	for j := i; j < r.t.nodes[i].end; j++ {
		if r.t.nodes[j].DataAtom == atom.Blockquote || r.t.nodes[j].roles&selectors.Quote != 0 {
			return true
		}
	}
	return false
}

// boxFigure makes a figure the box of its picture, where it holds one.
func (r *pictureReader) boxFigure(f int32) {
	end := r.t.nodes[f].end
	a := lowerBound(r.imgs, f)
	if a < len(r.imgs) && r.imgs[a] < end && (a+1 == len(r.imgs) || r.imgs[a+1] >= end) {
		if p := &r.pics[r.byImg[r.imgs[a]]]; p.box == p.img {
			p.box = f // figures come outermost first
		}
	}
}

// pictureOf returns the index of the picture that caption element c belongs
// to: the nearest in the smallest element that holds both.
func (r *pictureReader) pictureOf(c int32) (int, bool) {
	t := r.t
	nd := &t.nodes[c]
	if words := r.text(c) / 5; words > captionWords || words == 0 {
		return 0, false
	}
	for up, a := 0, nd.parent; a > t.body && up < 7; up, a = up+1, t.nodes[a].parent {
		end := t.nodes[a].end
		figure := t.nodes[a].DataAtom == atom.Figure
		lo := lowerBound(r.imgs, a)
		hi := lo + lowerBound(r.imgs[lo:], end)
		if lo == hi {
			if figure && countIn(r.all, a, end) == 0 {
				r.pics = append(r.pics, picture{img: -1, box: a})
				return len(r.pics) - 1, true
			}
			continue
		}
		if !figure && r.text(a)-r.captionText(a) > strayBytes {
			return 0, false
		}
		at := lo + lowerBound(r.imgs[lo:hi], c)
		if at > lo {
			at--
		}
		k := r.byImg[r.imgs[at]]
		p := &r.pics[k]
		if a < p.box && t.nodes[p.box].DataAtom == atom.Figure && r.text(p.box) > 0 {
			return 0, false // the figure has a caption, and c is of what is around it
		}
		if hi-lo == 1 && (p.box == p.img || a < p.box) {
			p.box = a
		}
		return k, true
	}
	return 0, false
}

// captionText is the number of bytes of text in the caption elements under a.
func (r *pictureReader) captionText(a int32) int32 {
	lo := lowerBound(r.caps, a)
	hi := lo + lowerBound(r.caps[lo:], r.t.nodes[a].end)
	return r.capsTo[hi] - r.capsTo[lo]
}

// unmarked finds a caption that stands right after its picture without an
// element that says so: its words end, or begin, with a credit.
func (r *pictureReader) unmarked(p *picture) []int32 {
	t := r.t
	if p.img < 0 {
		return nil
	}
	top := p.img
	for { // up to the largest box without words
		parent := t.nodes[top].parent
		if parent <= t.body || r.text(parent) > 0 {
			break
		}
		lo := lowerBound(r.imgs, parent)
		if lo+1 < len(r.imgs) && r.imgs[lo+1] < t.nodes[parent].end {
			return nil
		}
		top = parent
	}
	parent := t.nodes[top].parent
	if parent <= t.body {
		return nil
	}
	for a := t.nodes[parent].DataAtom; a == atom.Tbody || a == atom.Tr; a = t.nodes[parent].DataAtom {
		parent = t.nodes[parent].parent
	}
	lo := lowerBound(r.imgs, parent)
	if r.text(parent) <= shortWords*8 && (lo+1 == len(r.imgs) || r.imgs[lo+1] >= t.nodes[parent].end) {
		// A box of this picture and a few words.
		nodes := r.textNodes(parent)
		box := hasClass(t, parent, selectors.Pictures().Boxes) || t.nodes[parent].DataAtom == atom.Table && t.nodes[parent].end-parent < tableNodes
		if box && !r.isTeaser(parent) && !r.insideLink(parent) || !r.holdsTitle(parent) && !r.insideLink(parent) && r.labelled(nodes) {
			p.box = parent
			return nodes
		}
	}
	var nodes []int32
	bytes := int32(0)
	for j := t.nodes[top].end; j < t.nodes[parent].end; j = t.nodes[j].end {
		if r.holdsImage(j) || r.text(j) > 0 && (isTitle(&t.nodes[j]) || r.holdsTitle(j)) {
			break
		}
		if r.text(j) == 0 {
			continue
		}
		block := t.nodes[j].Type == html.ElementNode && isBlock(t.nodes[j].Node)
		if block && len(nodes) > 0 {
			break
		}
		nodes = append(nodes, j)
		bytes += r.text(j)
		if block || bytes > shortWords*8 {
			break
		}
	}
	if bytes > shortWords*8 || !r.labelled(nodes) {
		return nil
	}
	return nodes
}

// labelled reports whether the text of nodes has a credit in it.
func (r *pictureReader) labelled(nodes []int32) bool {
	if len(nodes) == 0 {
		return false
	}
	caption, credit := readCaption(r.t, nodes, wordsOnly)
	return credit != "" && len(strings.Fields(caption)) <= shortWords
}

// linkedText is the number of bytes of text in links under box.
func (r *pictureReader) linkedText(box int32) int32 {
	t := r.t
	linked := int32(0)
	for k := lowerBound(t.anchors, box); k < len(t.anchors) && t.anchors[k] < t.nodes[box].end; k++ {
		linked += r.text(t.anchors[k])
	}
	return linked
}

// isTeaser reports whether a box links to another page by its words.
func (r *pictureReader) isTeaser(box int32) bool {
	t := r.t
	return r.linkedText(box)*2 > r.text(box) || countIn(t.headings, box, t.nodes[box].end) > 0
}

// holdsTitle reports whether a heading under an article's own stands in box.
func (r *pictureReader) holdsTitle(box int32) bool {
	t := r.t
	for k := lowerBound(t.headings, box); k < len(t.headings) && t.headings[k] < t.nodes[box].end; k++ {
		if t.nodes[t.headings[k]].DataAtom != atom.H1 {
			return true
		}
	}
	return false
}

func (r *pictureReader) insideLink(i int32) bool {
	for up := 0; up < 4 && i > r.t.body; up, i = up+1, r.t.nodes[i].parent {
		if r.t.nodes[i].DataAtom == atom.A {
			return true
		}
	}
	return false
}

// textNodes lists the topmost nodes under box that have text and no image.
func (r *pictureReader) textNodes(box int32) []int32 {
	var out []int32
	t := r.t
	for j := box + 1; j < t.nodes[box].end; {
		switch {
		case r.text(j) == 0:
			j = t.nodes[j].end
		case r.holdsImage(j):
			j++
		default:
			out = append(out, j)
			j = t.nodes[j].end
		}
	}
	return out
}
