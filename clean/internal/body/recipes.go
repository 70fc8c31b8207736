package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// recipeUp is how many elements around a line its recipe may stand.
const recipeUp = 5

// recipeEnds keeps the notes with which a recipe ends: they stand after its steps, in one
// box with them, and are short.
func recipeEnds(bd *Body, sig *judge.Signals) {
	t := bd.Tree
	for k := 1; k < len(bd.Blocks); k++ {
		if bd.Verdicts[k].Keep || !bd.Verdicts[k-1].Keep || bd.Blocks[k-1].Where&page.InList == 0 {
			continue
		}
		for e, up := bd.Blocks[k].El, 0; e > t.Body && up < recipeUp; e, up = t.Nodes[e].Parent, up+1 {
			first, last := bd.BlocksIn(e)
			if first == k || !strings.Contains(t.Attr(e, "class"), "recipe") {
				continue
			}
			var before, after int32
			free := true
			for j := first; j < last; j++ {
				if j < k {
					before += bd.Blocks[j].Words
					continue
				}
				after += bd.Blocks[j].Words
				free = free && (IsTail(bd, sig, j) || isLabelOf(sig, &bd.Blocks[j]) && bd.Blocks[j].Words <= titleWords)
			}
			for j := k; free && after < before && j < last; j++ {
				bd.Verdicts[j] = Verdict{Keep: true}
			}
			break
		}
	}
}

// Limits of ingredients.
const (
	ingredientsUp    = 8   // elements around a line in which its list is looked for
	leastIngredients = 3   // lines of a list
	mostIngredients  = 600 // words of a list
	maxIngredients   = 400 // bytes of a class that are read
)

// ingredients keeps the list of ingredients of a page that says that it is a recipe, and its
// steps, from the first to the last: they are no sentences, and stand beside each other or
// after the text's last paragraph at times, in the element of its paragraphs.
func ingredients(bd *Body, sig *judge.Signals) {
	if !sig.Recipe {
		return
	}
	end := bd.LastKept()
	_, around := LastParagraph(bd)
	for k := 1; k < len(bd.Blocks); {
		box := ingredientsBox(bd, k)
		if box < 0 {
			k++
			continue
		}
		first, last := bd.BlocksIn(box)
		if last-first < leastIngredients { // one of them
			box = bd.Tree.Nodes[box].Parent
			first, last = bd.BlocksIn(box)
		}
		var words, links int32
		for j := first; j < last; j++ {
			words += bd.Blocks[j].Words
			links += bd.Blocks[j].LinkWords
		}
		if last-first >= leastIngredients && words <= mostIngredients && links*2 <= words && (first <= end || around >= 0 && box < bd.Tree.Nodes[around].End) {
			for j := first; j < last; j++ {
				if bd.mayBeIngredient(j, box) {
					bd.Verdicts[j] = Verdict{Keep: true}
				}
			}
		}
		k = max(last, k+1)
	}
}

// ingredientsBox returns the outermost element around block k that its class or its
// microdata calls a list of ingredients or of steps, or -1.
func ingredientsBox(bd *Body, k int) int32 {
	t, box := bd.Tree, int32(-1)
	for e, up := bd.Blocks[k].El, 0; e > t.Body && up < ingredientsUp; e, up = t.Nodes[e].Parent, up+1 {
		for _, key := range [...]string{"class", "itemprop"} {
			said := t.Attr(e, key)
			said = strings.ToLower(said[:min(len(said), maxIngredients)])
			for _, part := range selectors.Markup().Ingredients {
				if strings.Contains(said, part) {
					box = e
				}
			}
		}
	}
	return box
}

// mayBeIngredient reports whether block k of a list of ingredients is one for all that took
// it out: the models, where it stands, or the class of the list's head. A control is none:
// in a form, or a link by itself.
func (bd *Body) mayBeIngredient(k int, box int32) bool {
	b := &bd.Blocks[k]
	switch bd.Verdicts[k].Rule {
	case "", "before the text", "after the text", "element aside", "class header":
		return (b.LinkWords < b.Words || b.Where&(page.InList|page.InTable) != 0) && bd.Tree.Within(b.El, atom.Form) < box
	}
	return false
}
