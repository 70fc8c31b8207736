package picture

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
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
func (r *pictureReader) finish() []Picture {
	slices.SortStableFunc(r.pics, func(a, b Picture) int { return int(a.Box - b.Box) })
	byCaption := make(map[string]int, len(r.pics))
	byKey := make(map[string]int, len(r.pics))
	out := r.pics[:0]
	for _, p := range r.pics {
		r.addCopies(&p)
		key, caption := "", ""
		if p.URL != "" {
			key = imageKey(p.URL)
		}
		if text.CountWords(p.Caption) >= copyWords {
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
		if p := &out[k]; p.URL != "" && p.URL == r.t.Page.URL {
			p.URL = "" // an empty address leads to the page itself; the caption stays one
		}
		if p := &out[k]; p.Caption == "" && p.Credit == "" && p.img >= 0 {
			p.Caption, p.Credit = r.slideCaption(p.img)
		}
		if p := &out[k]; len(p.copies) > 0 {
			slices.Sort(p.CaptionNodes)
			p.CaptionNodes = slices.Compact(p.CaptionNodes)
		}
		if p := &out[k]; isFileName(p.Caption, p.URL) {
			p.Caption = ""
		}
	}
	dropCounters(out)
	return out
}

// slideCaption reads the caption that an image has for a program that shows it among others.
func (r *pictureReader) slideCaption(img int32) (caption, credit string) {
	s := strings.Join(strings.Fields(r.t.Attr(img, "data-caption")), " ")
	if s == "" || len(s) > maxSlideCaption || strings.ContainsAny(s, "<#") {
		return "", ""
	}
	return splitWhole(s)
}

// splitWhole parts a caption that is one text from the credit in it.
func splitWhole(s string) (caption, credit string) {
	caption, credit = splitLabelled(text.Cut(s))
	if credit == "" {
		caption, credit = splitTail(text.Cut(s))
	}
	return cleanCaption(caption), cleanCredit(credit)
}

// maxSlideCaption is how many bytes such a caption has at most.
const maxSlideCaption = 1000

// merge adds to p what a copy of it says. The caller sorts CaptionNodes.
func (p *Picture) merge(copy *Picture) {
	if p.URL == "" || p.Width > 0 && copy.Width > p.Width {
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
	p.copies = append(p.copies, copy.Box)
	p.CaptionNodes = append(p.CaptionNodes, copy.CaptionNodes...)
}

// addCopies finds elements near p that say what its caption says, and nothing
// else, without being marked as captions.
func (r *pictureReader) addCopies(p *Picture) {
	t := r.t
	if len(p.CaptionNodes) == 0 || text.CountWords(p.Caption) < copyWords {
		return
	}
	// Text is compared by its length first, which costs nothing: the lengths
	// of a subtree's text nodes are summed already.
	whole := int32(0)
	for _, n := range p.CaptionNodes {
		whole += r.text(n)
	}
	var texts [2]string
	at := t.Nodes[p.CaptionNodes[len(p.CaptionNodes)-1]].End
	first := p.CaptionNodes[0]
	from, to := r.textTo[first]-copyBytes, r.textTo[at]+copyBytes
	a := max(int32(lowerBound(r.textTo[:len(t.Nodes)], from)), first-copyNodes)
	for i := a; i < min(int32(len(t.Nodes)), at+copyNodes) && r.textTo[i] <= to; {
		n := r.text(i)
		nd := &t.Nodes[i]
		if n == 0 || n != whole && n != int32(len(p.Caption)) || i < t.Body ||
			nd.Type == html.TextNode && t.Nodes[nd.Parent].End-nd.Parent == 2 || r.holdsAny(i, p.CaptionNodes) {
			i++
			continue
		}
		if isTitle(nd) {
			i = nd.End
			continue
		}
		if slices.ContainsFunc(p.CaptionNodes, func(c int32) bool { return i >= c && i < t.Nodes[c].End }) {
			i = nd.End
			continue
		}
		if texts[0] == "" {
			texts[0] = Squeeze(p.Caption)
			var all strings.Builder
			for _, c := range p.CaptionNodes {
				all.WriteString(Squeeze(t.Text(c)))
			}
			texts[1] = all.String()
		}
		if s := Squeeze(t.Text(i)); s == texts[0] || s == texts[1] {
			p.CaptionNodes = append(p.CaptionNodes, i)
			i = nd.End
			continue
		}
		i++
	}
	slices.Sort(p.CaptionNodes)
}

// isTitle reports whether an element is a heading, a standfirst or an entry of
// a list: they may say what a caption says, and stay.
func isTitle(nd *page.Node) bool {
	switch nd.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Title, atom.Li, atom.A:
		return true
	}
	return nd.Roles&(selectors.Headline|selectors.Standfirst) != 0
}

// holdsAny reports whether one of the nodes stands under i.
func (r *pictureReader) holdsAny(i int32, nodes []int32) bool {
	end := r.t.Nodes[i].End
	return slices.ContainsFunc(nodes, func(n int32) bool { return n >= i && n < end })
}

// Squeeze drops the white space of s.
func Squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
