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
	// restWords is how many words a paragraph has at least that is a notice beside such a
	// box.
	restWords = 10
)

// ruleOutConsent makes the blocks of consent boxes nobody's: beside a short
// article such a box is most of the page, and its sentences read like the
// article's. A box has consent in its name, or lines that say so; it holds
// neither the headline nor an article, and it is not all of the page. about is
// what [aboutConsent] tells of the blocks.
func ruleOutConsent(t *page.Tree, bs []page.Block, sig *Signals, about []consentMark, probs []float32) {
	if about == nil {
		return
	}
	var boxes []int32
	r := &consentReader{t: t, bs: bs, sig: sig, about: about, holds: map[int32]bool{}, asked: map[int32]consentShare{}, lines: map[int32]int{}}
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
		b := &bs[k]
		rest = rest || (page.IsLong(b) || b.Words >= restWords && b.LinkWords == 0 && b.Tag == atom.P) && !set.Has(b)
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
	about []consentMark
	holds map[int32]bool         // by element: see holdsArticle
	asked map[int32]consentShare // by element: see share
	lines map[int32]int          // by element: see linesIn
}

// box returns the outermost consent box around block k, or -1.
func (r *consentReader) box(k int) int32 {
	t, bs := r.t, r.bs
	box := int32(-1)
	for e := bs[k].El; e > t.Body; e = t.Nodes[e].Parent {
		if t.Nodes[e].Roles&(selectors.Consent|selectors.Body) == selectors.Consent && !r.holdsArticle(e) && (r.linesIn(e) > 0 || r.about[k]&consentTalk != 0) {
			box = e
		}
	}
	if box >= 0 || r.about[k]&(consentLine|consentTalk) == 0 {
		return box
	}
	for e, up := bs[k].El, 0; e > t.Body && up < consentReach; up, e = up+1, t.Nodes[e].Parent {
		if r.holdsArticle(e) {
			break
		}
		if r.about[k]&consentLine != 0 && r.listsConsent(e, box) || r.asks(e) || r.about[k]&consentAlone != 0 && e != bs[k].El && r.talksAlone(e) {
			box = e
		}
	}
	return box
}

// A consentShare is what of an element is about consent.
type consentShare struct {
	talk, all    int32 // words about it, and all
	marked, bare int   // blocks about it, and paragraphs about something else
	choice       bool  // a button to give it
	// blocks of sentences, and those that are about consent
	sentences, talks int
}

func (r *consentReader) share(e int32) consentShare {
	s, ok := r.asked[e]
	if ok {
		return s
	}
	first, last := r.t.BlocksIn(r.bs, e)
	for k := first; k < last; k++ {
		if b := &r.bs[k]; b.To <= r.t.Nodes[e].End {
			s.all += b.Words
			s.choice = s.choice || r.about[k]&consentChoice != 0
			if r.about[k] != 0 {
				s.talk += b.Words
				s.marked++
			} else if page.IsLong(b) {
				s.bare++
			}
			if b.Words > choiceWords {
				s.sentences++
				if r.about[k]&consentTalk != 0 {
					s.talks++
				}
			}
		}
	}
	r.asked[e] = s
	return s
}

// listsConsent reports whether lines about consent make an element a box for it that is
// more of one than box, the one inside it or -1: a text in which a player waits for consent
// has such lines, too.
func (r *consentReader) listsConsent(e, box int32) bool {
	if r.linesIn(e) < consentLines {
		return false
	}
	s := r.share(e)
	return s.bare <= s.marked && (box < 0 || s.bare == r.share(box).bare || s.marked > r.share(box).marked)
}

// asks reports whether most of what an element says is about consent, and there is a
// button in it to give it.
func (r *consentReader) asks(e int32) bool {
	s := r.share(e)
	return s.choice && s.talk*2 >= s.all
}

// linesIn counts the lines about consent in an element.
func (r *consentReader) linesIn(e int32) int {
	n, ok := r.lines[e]
	if !ok {
		first, last := r.t.BlocksIn(r.bs, e)
		for k := first; k < last; k++ {
			if r.about[k]&consentLine != 0 && r.bs[k].To <= r.t.Nodes[e].End {
				n++
			}
		}
		r.lines[e] = n
	}
	return n
}

// A consentMark tells what a block has to do with consent.
type consentMark uint8

const (
	consentLine   consentMark = 1 << iota // a line about it, by the phrase that it is
	consentTalk                           // a paragraph about it, by its words
	consentChoice                         // a button to give it
	consentAlone                          // a paragraph about it on a page about something else
)

const (
	// talkWords is how many different words about consent a paragraph has that
	// talks of it.
	talkWords = 2
	// choiceWords is how many words a row of buttons has at most.
	choiceWords = 14
	// aloneWords is how many different words about consent a paragraph has that tells
	// it without a name or a button, and shortPage how many paragraphs a page has at
	// most beside which such a box is looked for.
	aloneWords = 3
	shortPage  = 12
)

// aboutConsent returns what the blocks have to do with consent; nil where none has.
func aboutConsent(t *page.Tree, bs []page.Block, phrases []selectors.PhraseMatch) (about []consentMark) {
	mark := func(k int, m consentMark) {
		if about == nil {
			about = make([]consentMark, len(bs))
		}
		about[k] |= m
	}
	choice := false
	for k, m := range phrases {
		if m.Line&selectors.PhraseConsent != 0 || m.Prefix&selectors.PhraseConsent != 0 && bs[k].LinkWords*2 <= bs[k].Words {
			mark(k, consentLine)
		}
		if m.Line&selectors.PhraseConsent != 0 || bs[k].Words <= choiceWords && hasChoice(t, &bs[k]) {
			mark(k, consentChoice)
			choice = true
		}
	}
	for k := range bs {
		if (choice || bs[k].RoleDepth[consentRole] > 0) && bs[k].Words > choiceWords/2 && selectors.CountConsent(bs[k].Text, talkWords) >= talkWords {
			mark(k, consentTalk)
		}
	}
	markAlone(bs, mark)
	return about
}

// markAlone marks the paragraphs about consent of a short page that has others.
func markAlone(bs []page.Block, mark func(k int, m consentMark)) {
	long := 0
	for k := range bs {
		if page.IsLong(&bs[k]) {
			long++
		}
	}
	if long > shortPage {
		return
	}
	for k := range bs {
		if bs[k].Words <= choiceWords {
			continue
		}
		switch n := selectors.CountConsent(bs[k].Text, aloneWords); {
		case n >= aloneWords:
			mark(k, consentTalk|consentAlone)
		case n >= talkWords:
			mark(k, consentTalk)
		}
	}
}

// talksAlone reports whether all sentences of an element are about consent, and none
// outside it is: the page is about something else.
func (r *consentReader) talksAlone(e int32) bool {
	s, all := r.share(e), r.share(0)
	return s.talks == s.sentences && all.talks == s.talks && all.sentences > s.sentences
}

// consentRole is the index of boxes for consent in a block's RoleDepth.
var consentRole = page.RoleIndex(selectors.Consent)

// hasChoice reports whether a block has a button that gives or refuses consent.
func hasChoice(t *page.Tree, b *page.Block) bool {
	for i := max(b.From-1, 0); i < b.To; i++ {
		if nd := &t.Nodes[i]; nd.DataAtom == atom.Button && selectors.MatchPhrase(t.Shown(i)).Line&selectors.PhraseConsent != 0 {
			return true
		}
	}
	return false
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
	first, last := r.t.BlocksIn(r.bs, e)
	for k := first; k < last; k++ {
		if b := &r.bs[k]; b.To <= r.t.Nodes[e].End && (r.sig.Headlines.Has(b) || r.sig.Titles[b.Hash]) {
			return true
		}
	}
	return false
}
