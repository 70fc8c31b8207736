package clean

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

const (
	// copyWords is the fewest words by which a caption is known again.
	copyWords = 4
	// copyBytes is how much text may stand between a picture and a copy of its
	// caption that nothing marks as one.
	copyBytes = 1200
	// copyNodes bounds the nodes that are looked at on either side of it.
	copyNodes = 1000
)

// finish puts pictures in document order, makes one of the copies that a page
// carries for narrow and wide screens, and finds captions that stand again as
// plain text.
func (r *pictureReader) finish() []picture {
	slices.SortStableFunc(r.pics, func(a, b picture) int { return int(a.box - b.box) })
	byCaption := make(map[string]int, len(r.pics))
	byKey := make(map[string]int, len(r.pics))
	out := r.pics[:0]
	for _, p := range r.pics {
		r.addCopies(&p)
		key, caption := "", ""
		if p.URL != "" {
			key = imageKey(p.URL)
		}
		if len(strings.Fields(p.Caption)) >= copyWords {
			caption = strings.ToLower(p.Caption)
		}
		k, seen := -1, false
		if caption != "" {
			k, seen = byCaption[caption]
		}
		if !seen && key != "" {
			// A picture without a caption is a copy; with another caption, the
			// page shows it twice on purpose.
			if k, seen = byKey[key]; seen && p.Caption != "" && out[k].Caption != "" {
				seen = false
			}
		}
		if seen {
			out[k].merge(&p)
		} else {
			k = len(out)
			out = append(out, p)
		}
		if caption != "" {
			byCaption[caption] = k
		}
		if key != "" {
			if _, has := byKey[key]; !has {
				byKey[key] = k
			}
		}
	}
	for k := range out {
		if p := &out[k]; len(p.copies) > 0 {
			slices.Sort(p.captionNodes)
			p.captionNodes = slices.Compact(p.captionNodes)
		}
	}
	return out
}

// merge adds to p what a copy of it says. The caller sorts captionNodes.
func (p *picture) merge(copy *picture) {
	if p.URL == "" {
		p.URL, p.img = copy.URL, copy.img
		p.Width, p.Height = copy.Width, copy.Height
	}
	if p.Alt == "" {
		p.Alt = copy.Alt
	}
	if p.Caption == "" {
		p.Caption = copy.Caption
	}
	if p.Credit == "" {
		p.Credit = copy.Credit
	}
	p.copies = append(p.copies, copy.box)
	p.captionNodes = append(p.captionNodes, copy.captionNodes...)
}

// addCopies finds elements near p that say what its caption says, and nothing
// else, without being marked as captions.
func (r *pictureReader) addCopies(p *picture) {
	t := r.t
	if len(p.captionNodes) == 0 || len(strings.Fields(p.Caption)) < copyWords {
		return
	}
	// Text is compared by its length first, which costs nothing: the lengths
	// of a subtree's text nodes are summed already.
	whole := int32(0)
	for _, n := range p.captionNodes {
		whole += r.text(n)
	}
	var texts [2]string
	at := t.nodes[p.captionNodes[len(p.captionNodes)-1]].end
	first := p.captionNodes[0]
	from, to := r.textTo[first]-copyBytes, r.textTo[at]+copyBytes
	a := max(int32(lowerBound(r.textTo[:len(t.nodes)], from)), first-copyNodes)
	for i := a; i < min(int32(len(t.nodes)), at+copyNodes) && r.textTo[i] <= to; {
		n := r.text(i)
		nd := &t.nodes[i]
		if n == 0 || n != whole && n != int32(len(p.Caption)) || i < t.body ||
			nd.Type == html.TextNode && t.nodes[nd.parent].end-nd.parent == 2 || r.holdsAny(i, p.captionNodes) {
			i++
			continue
		}
		if isTitle(nd) {
			i = nd.end
			continue
		}
		if slices.ContainsFunc(p.captionNodes, func(c int32) bool { return i >= c && i < t.nodes[c].end }) {
			i = nd.end
			continue
		}
		if texts[0] == "" {
			texts[0] = squeeze(p.Caption)
			for _, c := range p.captionNodes {
				texts[1] += squeeze(t.text(c))
			}
		}
		if s := squeeze(t.text(i)); s == texts[0] || s == texts[1] {
			p.captionNodes = append(p.captionNodes, i)
			i = nd.end
			continue
		}
		i++
	}
	slices.Sort(p.captionNodes)
}

// isTitle reports whether an element is a heading, a standfirst or an entry of
// a list: they may say what a caption says, and stay.
func isTitle(nd *node) bool {
	switch nd.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Title, atom.Li, atom.A:
		return true
	}
	return nd.roles&(selectors.Headline|selectors.Standfirst) != 0
}

// holdsAny reports whether one of the nodes stands under i.
func (r *pictureReader) holdsAny(i int32, nodes []int32) bool {
	end := r.t.nodes[i].end
	return slices.ContainsFunc(nodes, func(n int32) bool { return n >= i && n < end })
}

// squeeze drops the white space of s.
func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
