package judge

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// consentReach is how many elements above a line about consent its box may
	// stand.
	consentReach = 4
	// consentLines is how many lines about consent make a box of no such name
	// one: its heading, its choices.
	consentLines = 2
)

// ruleOutConsent makes the blocks of consent boxes nobody's: beside a short
// article such a box is most of the page, and its sentences read like the
// article's. A box has consent in its name, or lines that say so; it holds
// neither the headline nor an article, and it is not all of the page. about is
// what [aboutConsent] tells of the blocks.
func ruleOutConsent(t *page.Tree, bs []page.Block, sig *Signals, about []bool, probs []float32) {
	if about == nil {
		return
	}
	var boxes []int32
	r := &consentReader{t: t, bs: bs, sig: sig, about: about, holds: map[int32]bool{}, lines: map[int32]int{}}
	for k := range bs {
		b := &bs[k]
		if n := len(boxes); n > 0 && b.From < t.Nodes[boxes[n-1]].End {
			continue
		}
		if box := r.box(k); box >= 0 {
			boxes = append(boxes, box)
		}
	}
	if len(boxes) == 0 {
		return
	}
	set := t.Set(boxes)
	rest := false
	for k := range bs {
		rest = rest || page.IsLong(&bs[k]) && !set.Has(&bs[k])
	}
	if !rest {
		return
	}
	for k := range bs {
		if set.Has(&bs[k]) {
			probs[k] = 0
		}
	}
}

// A consentReader remembers what it found in an element, so that a page is read
// in time linear in its size.
type consentReader struct {
	t     *page.Tree
	bs    []page.Block
	sig   *Signals
	about []bool
	holds map[int32]bool // by element: see holdsArticle
	lines map[int32]int  // by element: see linesIn
}

// box returns the outermost consent box around block k, or -1.
func (r *consentReader) box(k int) int32 {
	t, bs := r.t, r.bs
	box := int32(-1)
	for e := bs[k].El; e > t.Body; e = t.Nodes[e].Parent {
		if t.Nodes[e].Roles&(selectors.Consent|selectors.Body) == selectors.Consent && !r.holdsArticle(e) && r.linesIn(e) > 0 {
			box = e
		}
	}
	if box >= 0 || !r.about[k] {
		return box
	}
	for e, up := bs[k].El, 0; e > t.Body && up < consentReach; up, e = up+1, t.Nodes[e].Parent {
		if r.holdsArticle(e) {
			break
		}
		if r.linesIn(e) >= consentLines {
			box = e
		}
	}
	return box
}

// linesIn counts the lines about consent in an element.
func (r *consentReader) linesIn(e int32) int {
	n, ok := r.lines[e]
	if !ok {
		for k := range r.bs {
			if b := &r.bs[k]; r.about[k] && b.From >= e && b.To <= r.t.Nodes[e].End {
				n++
			}
		}
		r.lines[e] = n
	}
	return n
}

// aboutConsent returns which blocks are lines about consent, by the phrases that
// they are; nil where none is.
func aboutConsent(bs []page.Block, phrases []selectors.PhraseMatch) (about []bool) {
	for k, m := range phrases {
		if m.Line&selectors.PhraseConsent != 0 || m.Prefix&selectors.PhraseConsent != 0 && bs[k].LinkWords*2 <= bs[k].Words {
			if about == nil {
				about = make([]bool, len(bs))
			}
			about[k] = true
		}
	}
	return about
}

// holdsArticle reports whether an element has the headline in it, or an article.
func (r *consentReader) holdsArticle(e int32) bool {
	held, ok := r.holds[e]
	if !ok {
		held = r.findArticle(e)
		r.holds[e] = held
	}
	return held
}

func (r *consentReader) findArticle(e int32) bool {
	for j := e; j < r.t.Nodes[e].End; j++ {
		switch r.t.Nodes[j].DataAtom {
		case atom.H1, atom.Article, atom.Main:
			return true
		}
	}
	for k := range r.bs {
		if b := &r.bs[k]; b.From >= e && b.To <= r.t.Nodes[e].End && (r.sig.Headlines.Has(b) || r.sig.Titles[b.Hash]) {
			return true
		}
	}
	return false
}
