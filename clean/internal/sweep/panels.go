package sweep

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// panelUp is how many elements around the control of a panel may hold nothing else: a
// heading, a box.
const panelUp = 2

// panelLeast and panelWords are how many words the line in a control has: "What to know"
// is on each of a page's panels. In a heading or a question, headedLeast are enough.
const (
	panelLeast  = 4
	headedLeast = 3
	panelWords  = 20
)

// panelSentence is how many words a panel's sentence has at least.
const panelSentence = 4

// panelHeads keeps the line in a control that opens the panel after it, where the first
// block of the panel is kept: a question over its answer. The models know buttons for
// furniture. Panels of running text that come one after another among the paragraphs of the
// body are kept with their lines.
func panelHeads(bd *body.Body) {
	t := bd.Tree
	before := int32(-1) // the box of the control that opens the panel before
	paragraph := -1     // the kept one before, in no panel
	panelEnd := 0       // of the blocks of the panel before
	for k := 0; k+1 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if k >= panelEnd && bd.Verdicts[k].Keep && page.IsLong(b) {
			paragraph = k
		}
		shut := !bd.Verdicts[k+1].Keep
		if bd.Verdicts[k].Keep || shut && (paragraph < 0 || !bd.Verdicts[k+1].LeftByModels()) || b.Words < headedLeast || b.Words > panelWords {
			continue
		}
		c, says := controlOf(t, b)
		if c < 0 || b.LinkWords > 0 && !(says && leadsNowhere(t.Attr(c, "href"))) || b.Words < panelLeast && !(says && (page.IsHeading(b.Tag) || isQuestion(b.Text))) {
			continue
		}
		for up := 0; c > t.Body && up <= panelUp; up++ {
			if first, last := bd.BlocksIn(c); first != k || last != k+1 {
				break
			}
			if panel := t.NextElement(c); panel > 0 && panel <= bd.Blocks[k+1].El && bd.Blocks[k+1].El < t.Nodes[panel].End {
				if again := comesAgain(t, c, panel) || before >= 0 && areAlike(t, c, before); (says || again) && (!shut || again && isAmid(bd, paragraph, c, panel)) {
					_, panelEnd = bd.BlocksIn(panel)
					for j := k + 1; shut && j < panelEnd; j++ {
						bd.Verdicts[j] = body.Verdict{Keep: true}
					}
					bd.Verdicts[k] = body.Verdict{Keep: true}
					before = c
				}
				break
			}
			c = t.Nodes[c].Parent
		}
	}
}

// isQuestion reports whether a line ends as a question does, a Greek one too.
func isQuestion(s string) bool {
	return text.EndsIn(s, "?？؟;\u037e")
}

// leadsNowhere reports whether a link leads to no other page: it has a script, or names an
// element of its own.
func leadsNowhere(href string) bool { return href == "" || href[0] == '#' }

// amidUp is how many elements around a panel and around the paragraph before it the one may
// stand that holds both, and the text's next paragraph: builders of pages put a box around
// each. panelBlocks is how many blocks a panel has at most, and amidBlocks how many may follow
// before the text goes on: the other panels. Of a panel's words at most one in linkShare is
// in links.
const (
	amidUp      = 6
	panelBlocks = 40
	amidBlocks  = 100
	linkShare   = 4
)

// isStory reports whether the models alone leave out a panel, and it is running text: a
// sentence or more, and few links.
func isStory(bd *body.Body, first, last int) bool {
	var words, links int32
	told := false
	for k := first; k < last; k++ {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].LeftByModels() {
			return false
		}
		words += b.Words
		links += b.LinkWords
		told = told || b.Words >= panelSentence && text.EndsSentence(b.Text)
	}
	return told && links*linkShare <= words
}

// isAmid reports whether a panel that the models leave out, running text, stands among the
// paragraphs of the body: between the kept one before and one that comes later, in one
// article with it.
func isAmid(bd *body.Body, paragraph int, box, panel int32) bool {
	t := bd.Tree
	first, last := bd.BlocksIn(panel)
	if last-first > panelBlocks || !isStory(bd, first, last) {
		return false
	}
	around := box
	for up := 0; up < amidUp && bd.Blocks[paragraph].El < around; up++ {
		around = t.Nodes[around].Parent
	}
	if el := bd.Blocks[paragraph].El; el < around || around <= t.Body || t.Within(el, atom.Article) != t.Within(box, atom.Article) {
		return false
	}
	for j := last; j < min(last+amidBlocks, len(bd.Blocks)) && bd.Blocks[j].El < t.Nodes[around].End; j++ {
		if bd.Verdicts[j].Keep && page.IsLong(&bd.Blocks[j]) {
			return true
		}
	}
	return false
}

// controlOf returns the control that a block stands in, or -1, and whether it says that it
// opens a panel. One that does not is a button.
func controlOf(t *page.Tree, b *page.Block) (control int32, says bool) {
	control = -1
	c := t.Nodes[b.From].Parent
	for up := 0; up <= controlUp && c > t.Body; up++ {
		if opensPanel(t, c) {
			return c, true
		}
		if control < 0 && t.Nodes[c].DataAtom == atom.Button {
			control = c
		}
		c = t.Nodes[c].Parent
	}
	return control, false
}

// comesAgain reports whether after a control's box and its panel, or after the element that
// ends with them, comes another such.
func comesAgain(t *page.Tree, box, panel int32) bool {
	next := t.NextElement(panel)
	if next > 0 {
		return areAlike(t, box, next)
	}
	up := t.Nodes[box].Parent
	next = t.NextElement(up)
	return up > t.Body && next > 0 && areAlike(t, up, next)
}

// areAlike reports whether two elements have one name and one class.
func areAlike(t *page.Tree, a, b int32) bool {
	class := t.Attr(a, "class")
	return class != "" && t.Nodes[a].DataAtom == t.Nodes[b].DataAtom && class == t.Attr(b, "class")
}

// opensPanel reports whether an element says that it opens and closes another, or is a
// button that is all of a heading.
func opensPanel(t *page.Tree, i int32) bool {
	if up := t.Nodes[i].Parent; t.Nodes[i].DataAtom == atom.Button && page.IsHeading(t.Nodes[up].DataAtom) && t.Text(i) == t.Text(up) {
		return true
	}
	for _, a := range t.Nodes[i].Attr {
		switch a.Key {
		case "aria-controls", "aria-expanded":
			return true
		case "data-toggle", "data-bs-toggle":
			return a.Val == "collapse"
		}
	}
	return false
}
