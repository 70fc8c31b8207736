package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
)

// A Body is a page's blocks and what became of each. The stages after pick
// change the verdicts and nothing else, so whatever is worked out from them is
// worked out when it is needed and not remembered.
type Body struct {
	Tree     *page.Tree
	Blocks   []page.Block
	Verdicts []Verdict // of blocks
	Probs    []float32 // of blocks: how likely each is the article's

	// Cuts are the parts of kept blocks that were taken out, which Sweep finds.
	Cuts []Cut

	// Standfirst are the blocks that make up the standfirst, which Sweep finds.
	Standfirst []int
	// StandfirstFrom tells by what the first of them was found.
	StandfirstFrom source.Kind

	leadCredit string // see CreditLead

	tables ElementMemo // which tables hold data
}

// A Verdict tells whether a block stays in the text and, where it does not,
// which stage and rule took it out.
type Verdict struct {
	Keep  bool
	Stage string
	Rule  string
}

// LeftByModels reports whether the models alone leave a block out, and no rule has.
func (v Verdict) LeftByModels() bool { return !v.Keep && v.Stage == "pick" && v.Rule == "" }

// New keeps the blocks whose probability is cut or more, and settles those in doubt
// by where they stand.
func New(t *page.Tree, blocks []page.Block, probs []float32, cut float32) *Body {
	bd := &Body{Tree: t, Blocks: blocks, Verdicts: make([]Verdict, len(blocks)), Probs: probs, tables: ElementMemo{T: t, Is: (*page.Tree).HoldsData}}
	for k := range blocks {
		if probs[k] >= cut {
			bd.Verdicts[k].Keep = true
		} else {
			bd.Verdicts[k].Stage = "pick"
		}
	}
	settleDoubts(bd)
	return bd
}

// Drop takes block k out of the text.
func (bd *Body) Drop(k int, stage, rule string) {
	bd.Verdicts[k] = Verdict{Stage: stage, Rule: rule}
}

// DropKept drops those blocks from first to last-1 that are kept.
func (bd *Body) DropKept(first, last int, stage, rule string) {
	for k := first; k < last; k++ {
		if bd.Verdicts[k].Keep {
			bd.Drop(k, stage, rule)
		}
	}
}

// BlocksIn is the range of the blocks that begin under element i.
func (bd *Body) BlocksIn(i int32) (first, last int) { return bd.Tree.BlocksIn(bd.Blocks, i) }

// InData reports whether a block stands in a table of data, and not in one that lays the
// page out.
func (bd *Body) InData(b *page.Block) bool {
	return b.Where&page.InTable != 0 && bd.tables.Of(bd.Tree.Within(b.El, atom.Table))
}

// KeepsIn reports whether a kept block stands under element i.
func (bd *Body) KeepsIn(i int32) bool {
	first, last := bd.BlocksIn(i)
	for k := first; k < last; k++ {
		if bd.Verdicts[k].Keep {
			return true
		}
	}
	return false
}

// Span is the range of nodes from the first kept block to the last; -1 and -1
// where none is kept.
func (bd *Body) Span() (first, last int32) {
	first, last = -1, -1
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep {
			if first < 0 {
				first = bd.Blocks[k].From
			}
			last = bd.Blocks[k].To
		}
	}
	return first, last
}

// lines calls f with the kept blocks of each line that stands for itself: one
// block, or the cells of a table's row.
func (bd *Body) lines(f func(line []int)) {
	var line []int
	row := int32(-1) // of line
	for k := range bd.Blocks {
		if !bd.Verdicts[k].Keep {
			continue
		}
		r := int32(-1)
		if bd.InData(&bd.Blocks[k]) {
			r = bd.Tree.Within(bd.Blocks[k].El, atom.Tr)
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

// LineText is the text of a block as it is shown: in a pre with the line
// breaks and spaces of the source.
func (bd *Body) LineText(k int) string {
	b := &bd.Blocks[k]
	if b.Where&page.InPre == 0 || bd.Tree.Within(b.El, atom.Pre) < 0 {
		return b.Text
	}
	var s strings.Builder
	bd.Tree.EachInline(b, func(i int32) {
		for _, r := range page.NoControls(bd.Tree.Nodes[i].Data) {
			if r != '\n' && r != '\t' {
				r = page.Shown(r)
			}
			if r >= 0 {
				s.WriteRune(r)
			}
		}
	})
	return strings.TrimRight(strings.Trim(s.String(), "\n"), " \t")
}

// ElementMemo remembers the answers to a question about elements.
type ElementMemo struct {
	T    *page.Tree
	Is   func(*page.Tree, int32) bool
	said map[int32]bool // nil until the first question
}

func (m *ElementMemo) Of(el int32) bool {
	v, ok := m.said[el]
	if !ok {
		if m.said == nil {
			m.said = make(map[int32]bool)
		}
		v = m.Is(m.T, el)
		m.said[el] = v
	}
	return v
}

// FirstParagraph returns the first kept block that reads like a paragraph, or -1.
func (bd *Body) FirstParagraph() int { return bd.firstKept(page.IsLong) }

// LastLong returns the last kept block that reads like a paragraph, or -1.
func (bd *Body) LastLong() int {
	last := len(bd.Blocks) - 1
	for last >= 0 && !(bd.Verdicts[last].Keep && page.IsLong(&bd.Blocks[last])) {
		last--
	}
	return last
}

// beginning returns the first kept block that reads like a paragraph, or, on a page of few
// words, like a short one; else -1.
func (bd *Body) beginning() int {
	if k := bd.FirstParagraph(); k >= 0 {
		return k
	}
	return bd.firstKept(isParagraph)
}

// firstKept returns the first kept block of which is holds, or -1.
func (bd *Body) firstKept(is func(*page.Block) bool) int {
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep && is(&bd.Blocks[k]) {
			return k
		}
	}
	return -1
}

// LastKept returns the last kept block, or -1.
func (bd *Body) LastKept() int {
	k := len(bd.Blocks) - 1
	for k >= 0 && !bd.Verdicts[k].Keep {
		k--
	}
	return k
}

// WordsKept returns how many words the kept blocks before block end have.
func (bd *Body) WordsKept(end int) int32 { return bd.wordsKeptIn(0, end) }

// wordsKeptIn returns how many words the kept blocks from first to last-1 have.
func (bd *Body) wordsKeptIn(first, last int) (words int32) {
	for k := first; k < last; k++ {
		if bd.Verdicts[k].Keep {
			words += bd.Blocks[k].Words
		}
	}
	return words
}
