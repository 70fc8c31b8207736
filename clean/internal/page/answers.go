package page

import (
	"cmp"
	"slices"
	"sync"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// answerWords is how many words a line may have in which a comment's buttons stand.
	answerWords = 6
	// leastAnswers is how many boxes of one kind, beside each other, each have one.
	leastAnswers = 3
	// runReach is how many elements there may be around a line in its comment.
	runReach = 8
	// buttonNodes bounds the nodes of a button that stands beside other words.
	buttonNodes = 8
)

// answerLabels holds the words of the button with which a reader answers a comment: lines
// by their hash, and single words by theirs.
type answerLabels struct{ lines, words text.HashSet[struct{}] }

var answers = sync.OnceValue(func() *answerLabels {
	var a answerLabels
	for _, s := range selectors.Answers() {
		hash, n, _, _, toks := text.ReadWords(s, nil)
		a.lines.Set(hash, struct{}{})
		if n == 1 && len(toks) == 1 {
			a.words.Set(toks[0], struct{}{})
		}
	}
	return &a
})

// isAnswer reports whether a block is the line of a comment with its buttons. Such a word
// that leads nowhere may stand over the answer to a question.
func (a *answerLabels) isAnswer(b *Block) bool {
	if b.Words > answerWords || b.LinkWords == 0 && b.Where&(InButton|InLink) == 0 {
		return false
	}
	if a.lines.Has(b.Hash) {
		return true
	}
	for _, tok := range b.Toks {
		if a.words.Has(tok) {
			return true
		}
	}
	return false
}

// noteAnswers gives the role of comments to the blocks of readers' comments that no class
// tells: boxes of one kind beside each other, each with a button to answer it.
func (t *Tree) noteAnswers(bs []Block) {
	for _, run := range t.runsOf(t.answerLines(bs), leastAnswers) {
		t.markComments(bs, run)
	}
}

// answerLines returns the elements in which a button stands to answer a comment, in order.
func (t *Tree) answerLines(bs []Block) (els []int32) {
	labels := answers()
	for k := range bs {
		if labels.isAnswer(&bs[k]) {
			els = append(els, bs[k].El)
		}
	}
	for _, i := range t.unseen {
		if t.Nodes[i].unseen == "button" && t.Nodes[i].End-i <= buttonNodes {
			if hash, _, _, _, _ := text.ReadWords(t.Text(i), nil); labels.lines.Has(hash) {
				els = append(els, i)
			}
		}
	}
	slices.Sort(els)
	return els
}

// A run is boxes of one kind, from first to last, in one element.
type run struct {
	around, first, last int32
	boxes               int
}

// runsOf returns the runs of least boxes or more, in order, of which each box holds one of
// the elements els, which are in order. A run in a box of another is left out.
func (t *Tree) runsOf(els []int32, least int) []run {
	if len(els) < least {
		return nil
	}
	var runs []run
	of := map[int32]int{} // by the element around them
	for k := 1; k < len(els); k++ {
		box, next := t.fork(els[k-1], els[k])
		if box < 0 || t.Nodes[box].Sig != t.Nodes[next].Sig {
			continue
		}
		around := t.Nodes[box].Parent
		at, ok := of[around]
		if !ok {
			at = len(runs)
			of[around] = at
			runs = append(runs, run{around: around, first: box, boxes: 1})
		}
		runs[at].last = next
		runs[at].boxes++
	}
	slices.SortFunc(runs, func(a, b run) int { return cmp.Compare(a.around, b.around) })
	end := int32(-1)
	return slices.DeleteFunc(runs, func(r run) bool {
		if r.boxes < least || r.first < end {
			return true
		}
		end = t.Nodes[r.last].End
		return false
	})
}

// fork returns the boxes of two elements, the first before the second, in the nearest
// element that holds both, or -1 where it is too far up.
func (t *Tree) fork(a, b int32) (boxA, boxB int32) {
	if t.Nodes[a].End > b {
		return -1, -1
	}
	for range runReach {
		up := t.Nodes[a].Parent
		if up < 0 {
			break
		}
		if t.Nodes[up].End <= b {
			a = up
			continue
		}
		for range runReach {
			if t.Nodes[b].Parent == up {
				return a, b
			}
			b = t.Nodes[b].Parent
		}
		break
	}
	return -1, -1
}

// markComments gives the blocks of a run the role of comments, where they do not have it. A
// run that holds the headline is the article's.
func (t *Tree) markComments(bs []Block, r run) {
	first, _ := t.BlocksIn(bs, r.first)
	_, end := t.BlocksIn(bs, r.last)
	if slices.ContainsFunc(bs[first:end], func(b Block) bool { return b.Tag == atom.H1 }) {
		return
	}
	for k := first; k < end; k++ {
		if d := &bs[k].RoleDepth[commentRole]; *d == 0 {
			*d = int16(t.Nodes[r.around].Depth)
		}
	}
}

// commentRole is the index of boxes of comments in a block's RoleDepth.
var commentRole = RoleIndex(selectors.Comment)
