package sweep

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
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
		box := form
		for range signUpUp {
			up := t.Nodes[box].Parent
			if first, last := bd.BlocksIn(up); up <= t.Body || last-first > signUpLines || bd.Tree.Nodes[up].DataAtom == atom.Article || wordsIn(bd, first, last) > signUpWords {
				break
			}
			box = up
		}
		first, last := bd.BlocksIn(box)
		for j := first; j < last && box != form; j++ {
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
