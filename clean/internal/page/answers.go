package page

import (
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
	// answerReach is how many elements around such a line its comment may have.
	answerReach = 8
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

// isAnswer reports whether a block is the line of a comment with its buttons.
func (a *answerLabels) isAnswer(b *Block) bool {
	if b.Words > answerWords {
		return false
	}
	if a.lines.Has(b.Hash) {
		return true
	}
	if b.LinkWords == 0 && b.Where&(InButton|InLink) == 0 {
		return false
	}
	for _, tok := range b.Toks {
		if a.words.Has(tok) {
			return true
		}
	}
	return false
}

// An answerRun is boxes of one kind in one element, each with a button to answer it.
type answerRun struct {
	first, last int32 // the boxes at its ends
	boxes       int
}

// noteAnswers gives the role of comments to the blocks of readers' comments that no class
// tells: boxes of one kind beside each other, each with a button to answer it.
func (t *Tree) noteAnswers(bs []Block) {
	var runs map[int32]*answerRun // by the element around them
	before := int32(-1)
	for _, el := range t.answerLines(bs) {
		if box, next := t.fork(before, el); box >= 0 && t.Nodes[box].Sig == t.Nodes[next].Sig {
			if runs == nil {
				runs = map[int32]*answerRun{}
			}
			around := t.Nodes[box].Parent
			if runs[around] == nil {
				runs[around] = &answerRun{first: box, boxes: 1}
			}
			runs[around].last = next
			runs[around].boxes++
		}
		before = el
	}
	for around, run := range runs {
		if run.boxes < leastAnswers {
			continue
		}
		first, _ := t.BlocksIn(bs, run.first)
		_, end := t.BlocksIn(bs, run.last)
		if slices.ContainsFunc(bs[first:end], func(b Block) bool { return b.Tag == atom.H1 }) {
			continue
		}
		for k := first; k < end; k++ {
			if d := &bs[k].RoleDepth[commentRole]; *d == 0 {
				*d = int16(t.Nodes[around].Depth)
			}
		}
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

// fork returns the boxes of two elements, the first before the second, in the nearest
// element that holds both, or -1 where it is too far up.
func (t *Tree) fork(a, b int32) (boxA, boxB int32) {
	if a < 0 || t.Nodes[a].End > b {
		return -1, -1
	}
	for range answerReach {
		up := t.Nodes[a].Parent
		if up < 0 {
			break
		}
		if t.Nodes[up].End <= b {
			a = up
			continue
		}
		for range answerReach {
			if t.Nodes[b].Parent == up {
				return a, b
			}
			b = t.Nodes[b].Parent
		}
		break
	}
	return -1, -1
}

// commentRole is the index of boxes of comments in a block's RoleDepth.
var commentRole = RoleIndex(selectors.Comment)
