package clean

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"
)

// A body is a page's blocks and what became of each. The stages after pick
// change the verdicts and nothing else, so whatever is worked out from them is
// worked out when it is needed and not remembered.
type body struct {
	tree     *tree
	blocks   []block
	verdicts []verdict // of blocks
}

// A verdict tells whether a block stays in the text and, where it does not,
// which stage and rule took it out.
type verdict struct {
	keep  bool
	stage string
	rule  string
}

// newBody keeps the blocks whose probability is cut or more.
func newBody(t *tree, blocks []block, probs []float32, cut float32) *body {
	bd := &body{tree: t, blocks: blocks, verdicts: make([]verdict, len(blocks))}
	for k := range blocks {
		if probs[k] >= cut {
			bd.verdicts[k].keep = true
		} else {
			bd.verdicts[k].stage = "pick"
		}
	}
	return bd
}

// drop takes block k out of the text.
func (bd *body) drop(k int, stage, rule string) {
	bd.verdicts[k] = verdict{stage: stage, rule: rule}
}

// blocksIn is the range of the blocks that begin under element i.
func (bd *body) blocksIn(i int32) (first, last int) {
	at := func(node int32) int {
		k, _ := slices.BinarySearchFunc(bd.blocks, node, func(b block, node int32) int { return cmp.Compare(b.from, node) })
		return k
	}
	return at(i), at(bd.tree.nodes[i].end)
}

// keepsIn reports whether a kept block stands under element i.
func (bd *body) keepsIn(i int32) bool {
	first, last := bd.blocksIn(i)
	for k := first; k < last; k++ {
		if bd.verdicts[k].keep {
			return true
		}
	}
	return false
}

// span is the range of nodes from the first kept block to the last; -1 and -1
// where none is kept.
func (bd *body) span() (first, last int32) {
	first, last = -1, -1
	for k := range bd.blocks {
		if bd.verdicts[k].keep {
			if first < 0 {
				first = bd.blocks[k].from
			}
			last = bd.blocks[k].to
		}
	}
	return first, last
}

// lines calls f with the kept blocks of each line that stands for itself: one
// block, or the cells of a table's row.
func (bd *body) lines(f func(line []int)) {
	var line []int
	data := elementMemo{t: bd.tree, is: (*tree).holdsData}
	row := int32(-1) // of line
	for k := range bd.blocks {
		if !bd.verdicts[k].keep {
			continue
		}
		r := int32(-1)
		if bd.blocks[k].where&inTable != 0 {
			if tr := bd.tree.within(bd.blocks[k].el, atom.Tr); tr >= 0 {
				if table := bd.tree.within(tr, atom.Table); table >= 0 && data.of(table) {
					r = tr
				}
			}
		}
		if len(line) > 0 && (r < 0 || r != row) {
			f(line)
			line = line[:0]
		}
		line, row = append(line, k), r
	}
	if len(line) > 0 {
		f(line)
	}
}

// lineText is the text of a block as it is shown: in a pre with the line
// breaks and spaces of the source.
func (bd *body) lineText(k int) string {
	b := &bd.blocks[k]
	if b.where&inPre == 0 || bd.tree.within(b.el, atom.Pre) < 0 {
		return b.text
	}
	var s strings.Builder
	bd.tree.eachInline(b, func(i int32) {
		for _, r := range bd.tree.nodes[i].Data {
			if r != '\n' && r != '\t' {
				r = shown(r)
			}
			if r >= 0 {
				s.WriteRune(r)
			}
		}
	})
	return strings.TrimRight(strings.Trim(s.String(), "\n"), " \t")
}

// elementMemo remembers the answers to a question about elements.
type elementMemo struct {
	t    *tree
	is   func(*tree, int32) bool
	said map[int32]bool // nil until the first question
}

func (m *elementMemo) of(el int32) bool {
	v, ok := m.said[el]
	if !ok {
		if m.said == nil {
			m.said = make(map[int32]bool)
		}
		v = m.is(m.t, el)
		m.said[el] = v
	}
	return v
}
