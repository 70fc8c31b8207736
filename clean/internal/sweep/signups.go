package sweep

import (
	"slices"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// signUpWords and signUpLines are how many words and lines a box has at most in which
	// readers sign up: its name, a sentence or two, the button.
	signUpWords = 60
	signUpLines = 5
	// signUpUp is how many elements around a form the box may stand.
	signUpUp = 2
)

// signUps drops what a box after the first paragraph says around the form in which readers
// leave their address or vote: the name of a newsletter and what is in it, a question and how
// many have answered.
func signUps(bd *body.Body) {
	t := bd.Tree
	start := bd.FirstParagraph()
	if start < 0 {
		return
	}
	for form := bd.Blocks[start].To; form < int32(len(t.Nodes)); form++ {
		if t.Nodes[form].DataAtom != atom.Form || !asksReader(t, form) || bd.KeepsIn(form) {
			continue
		}
		box := signUpBox(bd, form)
		if first, last := bd.BlocksIn(box); box != form {
			bd.DropKept(first, last, "sweep", "promotion")
		}
		form = t.Nodes[form].End - 1
	}
}

// signUpBox returns the box in which readers sign up around the element in which they do so.
func signUpBox(bd *body.Body, el int32) int32 {
	t := bd.Tree
	box := el
	for range signUpUp {
		up := t.Nodes[box].Parent
		if first, last := bd.BlocksIn(up); up <= t.Body || last-first > signUpLines || t.Nodes[up].DataAtom == atom.Article || wordsIn(bd, first, last) > signUpWords {
			break
		}
		box = up
	}
	return box
}

// subscribes drops what a box after the first paragraph says over the button that subscribes
// to a newsletter: its name and a sentence or two, which no form holds.
func subscribes(bd *body.Body) {
	t := bd.Tree
	began := false // a paragraph is kept before
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !began || bd.Verdicts[k].Keep || b.Where&page.InForm != 0 || b.Phrases().Line&selectors.PhraseNewsletter == 0 || b.Where&page.InButton == 0 && b.LinkWords < b.Words {
			began = began || bd.Verdicts[k].Keep && page.IsLong(b)
			continue
		}
		box := signUpBox(bd, b.El)
		first, last := bd.BlocksIn(box)
		if box <= t.Body || last-1 != k || first == k || slices.ContainsFunc(bd.Blocks[first:last], func(b page.Block) bool { return b.Words > offerWords }) {
			continue
		}
		bd.DropKept(first, last, "sweep", "promotion")
	}
}

// asksReader reports whether a form has a field for the address of a reader's mail, or
// answers of which a reader takes one.
func asksReader(t *page.Tree, form int32) bool {
	for i := form + 1; i < t.Nodes[form].End; i++ {
		if t.Nodes[i].DataAtom == atom.Input {
			if kind := t.Attr(i, "type"); kind == "email" || kind == "radio" {
				return true
			}
		}
	}
	return false
}

// wordsIn counts the words of the blocks from first to last-1.
func wordsIn(bd *body.Body, first, last int) (n int32) {
	for k := first; k < last; k++ {
		n += bd.Blocks[k].Words
	}
	return n
}

// offerLines and offerWords are how many lines an offer to subscribe has at most over the one
// that the models know, and how many words each.
const (
	offerLines = 4
	offerWords = 30
)

// offers drops the lines that end the text and begin as offers to subscribe do, right over
// such a line that the models leave out: "This is for subscribers", what it costs.
func offers(bd *body.Body) {
	k := bd.LastKept()
	for from := k - offerLines; k > 0 && k > from && k+1 < len(bd.Blocks) && isOffer(&bd.Blocks[k+1]) && isOffer(&bd.Blocks[k]) && bd.Verdicts[k].Keep; k-- {
		bd.Drop(k, "sweep", "promotion")
	}
}

// isOffer reports whether a block is, or begins with, what such a line is.
func isOffer(b *page.Block) bool {
	p := b.Phrases()
	return b.Words <= offerWords && (p.Line|p.Prefix)&selectors.PhrasePaywall != 0
}
