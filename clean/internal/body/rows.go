package body

import (
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/selectors"
)

// minRows is how many lines with a bullet one after another are a list.
const minRows = 2

// bulletRows keeps the lists whole that are no elements: lines one after another that
// begin with one bullet, in boxes of their own or with a br between, of which half are
// kept, or after a kept line that ends with a colon.
func bulletRows(bd *Body, sig *judge.Signals) {
	for k := 1; k < len(bd.Blocks); {
		sign := BulletOf(bd.Blocks[k].Text)
		to := k + 1
		for sign != 0 && to < len(bd.Blocks) && BulletOf(bd.Blocks[to].Text) == sign {
			to++
		}
		if to-k >= minRows {
			bulletRun(bd, sig, k, to)
		}
		k = to
	}
}

func bulletRun(bd *Body, sig *judge.Signals, first, last int) {
	kept, free := 0, true
	for k := first; k < last; k++ {
		if bd.Verdicts[k].Keep {
			kept++
		}
		free = free && IsTail(bd, sig, k)
	}
	lead := first - 1
	el := bd.Blocks[first].El
	if bd.Blocks[first+1].El != el {
		el = bd.Tree.Nodes[el].Parent
	}
	led := bd.Verdicts[lead].Keep && EndsWithColon(bd.Blocks[lead].Text) && bd.Blocks[lead].LinkWords*2 <= bd.Blocks[lead].Words && beside(bd, lead, el)
	if !free || kept == last-first || !led && kept*2 < last-first && !endsText(bd, first, last) {
		return
	}
	for k := first; k < last; k++ {
		bd.Verdicts[k] = Verdict{Keep: true}
	}
}

// endsText reports whether rows are paragraphs that go on in the element of the text's
// last paragraph, right after it, as word processors write lists.
func endsText(bd *Body, first, last int) bool {
	end := first - 1
	if !bd.isOwnParagraph(end) {
		return false
	}
	box := bd.Tree.Nodes[bd.Blocks[end].El].Parent
	for k := first; k < last; k++ {
		if bd.Blocks[k].Tag != atom.P || bd.Tree.Nodes[bd.Blocks[k].El].Parent != box {
			return false
		}
	}
	for k := len(bd.Blocks) - 1; k > end; k-- {
		if bd.isOwnParagraph(k) {
			return false // before LastParagraph counts the paragraphs of each such run
		}
	}
	of, _ := LastParagraph(bd)
	return of == end
}

// BulletOf returns the bullet that a line begins with, or 0. One of ASCII stands before a
// space.
func BulletOf(s string) rune {
	c, n := utf8.DecodeRuneInString(s)
	if !selectors.Signs().Bullets[c] || len(s) == n || n == 1 && s[n] != ' ' {
		return 0
	}
	return c
}
