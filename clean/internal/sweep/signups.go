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

// signUps drops what a box after the first paragraph says over the form in which readers
// leave their address: the name of a newsletter and what is in it.
func signUps(bd *body.Body) {
	t := bd.Tree
	began := false  // a paragraph is kept before
	end := int32(0) // of the form that was looked at last
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !began || b.Where&page.InForm == 0 || bd.Verdicts[k].Keep {
			began = began || bd.Verdicts[k].Keep && page.IsLong(b)
			continue
		}
		form := t.Within(b.El, atom.Form)
		if form < end {
			continue
		}
		end = t.Nodes[form].End
		if !asksAddress(bd, form) {
			continue
		}
		box := signUpBox(bd, form)
		first, last := bd.BlocksIn(box)
		for j := first; j < last && box != form; j++ {
			if bd.Verdicts[j].Keep {
				bd.Drop(j, "sweep", "promotion")
			}
		}
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
		for j := first; j < last; j++ {
			if bd.Verdicts[j].Keep {
				bd.Drop(j, "sweep", "promotion")
			}
		}
	}
}

// asksAddress reports whether a form has a field for the address of a reader's mail.
func asksAddress(bd *body.Body, form int32) bool {
	t := bd.Tree
	for i := form + 1; i < t.Nodes[form].End; i++ {
		if t.Nodes[i].DataAtom == atom.Input && t.Attr(i, "type") == "email" {
			return true
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
	k := len(bd.Blocks) - 1
	for k >= 0 && !bd.Verdicts[k].Keep {
		k--
	}
	for from := k - offerLines; k > 0 && k > from && k+1 < len(bd.Blocks) && isOffer(&bd.Blocks[k+1]) && isOffer(&bd.Blocks[k]) && bd.Verdicts[k].Keep; k-- {
		bd.Drop(k, "sweep", "promotion")
	}
}

// isOffer reports whether a block is, or begins with, what such a line is.
func isOffer(b *page.Block) bool {
	p := b.Phrases()
	return b.Words <= offerWords && (p.Line|p.Prefix)&selectors.PhrasePaywall != 0
}
