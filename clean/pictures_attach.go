package clean

import (
	"slices"
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
		if f := p.box; t.nodes[f].DataAtom == atom.Figure && r.text(f) > 0 && r.text(f) < 1500 {
			// All that a figure of one picture says is about the picture.
			p.Caption, p.Credit = readCaption(t, []int32{f})
			p.captionNodes = r.textNodes(f)
			continue
		}
		if len(roots[k]) == 0 {
			roots[k] = r.unmarked(p)
		}
		if len(roots[k]) > 0 {
			p.Caption, p.Credit = readCaption(t, roots[k])
			p.captionNodes = roots[k]
		}
	}
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
			if figure && countIn(t.imgs, a, end) == 0 {
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
		if p := &r.pics[k]; hi-lo == 1 && p.box != a && t.nodes[p.box].DataAtom != atom.Figure {
			p.box = a
		}
		return k, true
	}
	return 0, false
}

// captionText is the number of bytes of text in the caption elements under a.
func (r *pictureReader) captionText(a int32) int32 {
	end := r.t.nodes[a].end
	sum := int32(0)
	for k := lowerBound(r.caps, a); k < len(r.caps) && r.caps[k] < end; k++ {
		sum += r.text(r.caps[k])
	}
	return sum
}

// unmarked finds a caption that stands right after its picture without an
// element that says so: its words end, or begin, with a credit.
func (r *pictureReader) unmarked(p *picture) []int32 {
	t := r.t
	if p.img < 0 {
		return nil
	}
	top := p.img
	for {
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
	var nodes []int32
	bytes := int32(0)
	for j := t.nodes[top].end; j < t.nodes[parent].end; j = t.nodes[j].end {
		nd := &t.nodes[j]
		if r.holdsImage(j) {
			break
		}
		if r.text(j) == 0 {
			continue
		}
		block := nd.Type == html.ElementNode && isBlock(nd.Node)
		if block && len(nodes) > 0 {
			break
		}
		nodes = append(nodes, j)
		bytes += r.text(j)
		if block || bytes > shortWords*8 {
			break
		}
	}
	if len(nodes) == 0 || bytes > shortWords*8 {
		return nil
	}
	if nd := &t.nodes[nodes[0]]; nd.DataAtom >= atom.H1 && strings.HasPrefix(nd.Data, "h") && len(nd.Data) == 2 {
		return nil
	}
	caption, credit := readCaption(t, nodes)
	if credit == "" || len(strings.Fields(caption)) > shortWords {
		return nil
	}
	return nodes
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

// finish puts pictures in document order and takes copies together.
func (r *pictureReader) finish() []picture {
	slices.SortStableFunc(r.pics, func(a, b picture) int { return int(a.box - b.box) })
	return r.pics
}

var _ = selectors.Caption
