package body

// keptWords are the words of the kept blocks, with the sum of any run of blocks and
// the change of one in logarithmic time (Fenwick, 1994): boxes within boxes would
// otherwise be added up again for each of their blocks.
type keptWords struct {
	tree []int32 // tree[i] is the sum of the i&-i blocks before i
	all  []int32 // all[i] is the sum of the words of the blocks before i, kept or not
}

func newKeptWords(bd *Body) *keptWords {
	n := len(bd.Blocks)
	s := &keptWords{tree: make([]int32, n+1), all: make([]int32, n+1)}
	for k := range bd.Blocks {
		s.all[k+1] = s.all[k] + bd.Blocks[k].Words
		if bd.Verdicts[k].Keep {
			s.add(k, bd.Blocks[k].Words)
		}
	}
	return s
}

func (s *keptWords) add(k int, words int32) {
	for i := k + 1; i < len(s.tree); i += i & -i {
		s.tree[i] += words
	}
}

// before is the sum of the kept blocks before block k.
func (s *keptWords) before(k int) (sum int32) {
	for i := k; i > 0; i -= i & -i {
		sum += s.tree[i]
	}
	return sum
}

// of returns the words of the blocks from first to before last that are kept, and of
// those that are not.
func (s *keptWords) of(first, last int) (in, out int32) {
	in = s.before(last) - s.before(first)
	return in, s.all[last] - s.all[first] - in
}
