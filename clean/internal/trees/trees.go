// Package trees applies a small gradient-boosted forest to rows of features,
// and reads and writes forests as text. Package fit learns them.
package trees

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A Forest is a sum of trees. The zero value answers 0 for every row.
type Forest struct {
	// Features are the names of a row's columns, in order.
	Features []string
	bias     float32
	roots    []uint32
	// nodes are those of one tree after another. Once the forest is ready they have room
	// for mostNodes.
	nodes []node
	// signed are the columns that are compared with a value below 0.
	signed []int
}

// A node is a split or a leaf in one word, so that a step down a tree is one load and one
// subtraction: the children of a split stand side by side, and what is borrowed where the
// row's key is the larger one leads to the right one. From the lowest bit on it has
//
//	 9 bits  the column; of a leaf [noColumn]
//	 1 bit   set for a split
//	 8 bits  nothing
//	32 bits  the key of the threshold: rows with a larger one go right; of a leaf the bits
//	         of its value
//	14 bits  the place of the left child, which comes after the right one; of a leaf its own
//
// A key below 0 has borrowed from the place.
type node uint64

const (
	keyAt   = 18
	placeAt = 50
	// isSplit is the bit of a node that is no leaf.
	isSplit node = 1 << 9
)

// The largest forest and the widest row. Places that are cut down to these sizes need no
// check that they are within an array.
const (
	mostNodes   = 1 << (64 - placeAt)
	mostColumns = noColumn
	// noColumn comes after all columns. Its key is 0 in every row, so that a leaf, which
	// has it, borrows nothing.
	noColumn = int(isSplit) - 1
)

// nodeOf returns the node of a key and a place. A split has its bit and its column besides.
func nodeOf(key int32, place int) node { return node(place)<<placeAt + node(int64(key)<<keyAt) }

func (n node) key() int32   { return int32(n >> keyAt) }
func (n node) column() uint { return uint(n) % uint(len(Keys{})) }

// leafOf returns the leaf at a place that has a value.
func leafOf(value float32, place int) node {
	return node(place)<<placeAt | node(math.Float32bits(value))<<keyAt | node(noColumn)
}

// value returns that of a leaf.
func (n node) value() float32 { return math.Float32frombits(uint32(n >> keyAt)) }

// left returns the place of the left child of a split. The right one's is one less.
func (n node) left() uint { return uint((n - nodeOf(n.key(), 0)) >> placeAt) }

// next returns the place of the node that comes after n for a row: that of n itself where
// it is a leaf.
func (n node) next(row *Keys) uint { return uint((n - row[n.column()]) >> placeAt) }

// Keys are those of a row's values, each where a node has that of its threshold: memory
// that a forest asks one row in after another. The last is that of [noColumn].
type Keys [noColumn + 1]node

// keyOf returns a number for v that is as large beside others as v is, so that two
// values are compared by a subtraction. That of what is not below 0 is its bits.
func keyOf(v float32) int32 { return turned(int32(math.Float32bits(v + 0))) } // -0 is 0

// turned reverses the order of the bits of values below 0, which is that of their sizes.
func turned(b int32) int32 { return b ^ b>>31&math.MaxInt32 }

// valueOf is the value of which k is the key.
func valueOf(k int32) float32 { return math.Float32frombits(uint32(turned(k))) }

// A Node is a node of a tree as [New] takes it: a split with both children, or
// a leaf with none.
type Node struct {
	Column      int     // of a split
	At          float32 // of a split: rows with a larger value go right
	Left, Right *Node
	Value       float32 // of a leaf
}

// New returns the forest of trees, which adds bias to their sum. It fails where
// a tree has a column that no feature stands for, or is larger than a forest
// can hold.
func New(features []string, bias float32, trees []*Node) (*Forest, error) {
	f := &Forest{Features: features, bias: bias}
	for _, root := range trees {
		if err := f.place(f.begin(), root); err != nil {
			return nil, err
		}
	}
	return f, f.end()
}

// place puts n at node i and its children after.
func (f *Forest) place(i int, n *Node) error {
	if n.Left == nil {
		f.nodes[i] = leafOf(n.Value, i)
		return nil
	}
	if n.Column < 0 || n.Column >= len(f.Features) {
		return fmt.Errorf("%d is not a column", n.Column)
	}
	left, err := f.split(i, n.Column, n.At)
	if err != nil {
		return err
	}
	if err = f.place(left, n.Left); err != nil {
		return err
	}
	return f.place(left-1, n.Right)
}

// begin begins a tree that is a leaf, and returns its index.
func (f *Forest) begin() int {
	f.roots = append(f.roots, uint32(len(f.nodes)))
	return f.add()
}

// end makes the forest ready to be asked.
func (f *Forest) end() error {
	if len(f.Features) > mostColumns {
		return fmt.Errorf("%d columns are more than %d", len(f.Features), mostColumns)
	}
	if len(f.nodes) > mostNodes {
		return fmt.Errorf("%d nodes are more than %d", len(f.nodes), mostNodes)
	}
	f.nodes = append(make([]node, 0, mostNodes), f.nodes...)
	return nil
}

// add appends a leaf to the last tree and returns its index.
func (f *Forest) add() int {
	i := len(f.nodes)
	f.nodes = append(f.nodes, leafOf(0, i))
	return i
}

// split makes a leaf of the last tree a split and returns the index of its left child.
// The right one's is one less.
func (f *Forest) split(i, col int, at float32) (left int, err error) {
	f.add()
	left = f.add()
	if left >= mostNodes {
		return 0, fmt.Errorf("the forest has more than %d nodes", mostNodes)
	}
	f.nodes[i] = nodeOf(keyOf(at), left) | isSplit | node(col)
	if at < 0 && !slices.Contains(f.signed, col) {
		f.signed = append(f.signed, col)
	}
	return left, nil
}

// keysOf sets k to the keys of a row's values. Of the columns that are compared with
// nothing below 0, what is negative comes before all that they are compared with, in
// whatever order.
func (f *Forest) keysOf(row []float32, k *Keys) {
	row = row[:min(len(row), len(f.Features), mostColumns)]
	to := k[:len(row)]
	for c, v := range row {
		// What the sign bit is moved to and back from is its sign.
		to[c] = node(int64(uint64(math.Float32bits(v))<<32) >> (32 - keyAt))
	}
	for _, c := range f.signed {
		k[c] = nodeOf(keyOf(row[c]), 0)
	}
}

// Raw returns the sum of the trees for row.
func (f *Forest) Raw(row []float32) float32 {
	var k Keys
	f.keysOf(row, &k)
	return f.sum(f.roots, &k, f.bias)
}

// After each [askAfter] trees the sum is believed where it is [sure] or more,
// for or against: 50 to one. Later trees mend what earlier ones leave in doubt,
// and seldom bring such a row back. askAfter is a multiple of eight.
const (
	sure     = 4
	askAfter = 40
)

// Prob returns the sum for row, which has a value for each feature, as a probability.
// Where the first trees are [sure], theirs counts.
func (f *Forest) Prob(row []float32) float32 { return f.ProbIn(row, new(Keys)) }

// ProbIn is [Forest.Prob] with memory for the keys of the row.
func (f *Forest) ProbIn(row []float32, k *Keys) float32 {
	f.keysOf(row, k)
	s := f.bias
	for roots := f.roots; len(roots) > 0; {
		some := roots[:min(askAfter, len(roots))]
		s, roots = f.sum(some, k, s), roots[len(some):]
		if s > sure || s < -sure {
			break
		}
	}
	return prob(s)
}

func prob(raw float32) float32 { return float32(1 / (1 + math.Exp(-float64(raw)))) }

// Probs sets out[k] to [Forest.Prob] of the k-th row of rows, which stand
// width columns apart.
func (f *Forest) Probs(rows []float32, width int, out []float32) {
	var memory Keys
	for k := range out {
		out[k] = f.ProbIn(rows[k*width:(k+1)*width], &memory)
	}
}

// sum adds to s what the trees at some roots say of a row of keys. It goes down eight
// trees at once: their steps do not wait for one another.
func (f *Forest) sum(roots []uint32, row *Keys, s float32) float32 {
	if len(roots) == 0 {
		return s
	}
	nodes := (*[mostNodes]node)(f.nodes[:mostNodes])
	for ; len(roots) >= 8; roots = roots[8:] {
		a, b, c, d := nodes[roots[0]%mostNodes], nodes[roots[1]%mostNodes], nodes[roots[2]%mostNodes], nodes[roots[3]%mostNodes]
		e, g, h, i := nodes[roots[4]%mostNodes], nodes[roots[5]%mostNodes], nodes[roots[6]%mostNodes], nodes[roots[7]%mostNodes]
		for (a|b|c|d|e|g|h|i)&isSplit != 0 {
			a = nodes[a.next(row)]
			b = nodes[b.next(row)]
			c = nodes[c.next(row)]
			d = nodes[d.next(row)]
			e = nodes[e.next(row)]
			g = nodes[g.next(row)]
			h = nodes[h.next(row)]
			i = nodes[i.next(row)]
		}
		s += a.value()
		s += b.value()
		s += c.value()
		s += d.value()
		s += e.value()
		s += g.value()
		s += h.value()
		s += i.value()
	}
	for _, r := range roots {
		n := nodes[r%mostNodes]
		for n&isSplit != 0 {
			n = nodes[n.next(row)]
		}
		s += n.value()
	}
	return s
}

// Write writes the forest as text: a line of column names, the bias, then a
// line for each tree, its nodes in preorder as column:threshold, or =value.
func (f *Forest) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, strings.Join(f.Features, " "))
	fmt.Fprintln(b, num(f.bias))
	for _, r := range f.roots {
		f.writeTree(b, uint(r))
		b.WriteByte('\n')
	}
	return b.Flush()
}

func (f *Forest) writeTree(b *bufio.Writer, i uint) {
	n := f.nodes[i]
	if n&isSplit == 0 {
		b.WriteString("=" + num(n.value()) + " ")
		return
	}
	b.WriteString(strconv.Itoa(int(n.column())) + ":" + num(valueOf(n.key())) + " ")
	f.writeTree(b, n.left())
	f.writeTree(b, n.left()-1)
}

func num(v float32) string { return strconv.FormatFloat(float64(v), 'g', 5, 32) }

// Read reads what [Forest.Write] wrote. Its errors name the line.
func Read(text string) (*Forest, error) {
	head, text, _ := strings.Cut(text, "\n")
	first, text, ok := strings.Cut(text, "\n")
	if !ok {
		return nil, errors.New("forest: line 2: no bias")
	}
	bias, err := ParseNumber(first)
	if err != nil {
		return nil, fmt.Errorf("forest: line 2: %w", err)
	}
	nodes := strings.Count(text, " ")
	f := &Forest{Features: strings.Fields(head), bias: bias, nodes: make([]node, 0, nodes)}
	for n := 3; text != ""; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		rest, err := f.readTree(f.begin(), line)
		if err != nil {
			return nil, fmt.Errorf("forest: line %d: %w", n, err)
		}
		if strings.TrimSpace(rest) != "" {
			return nil, fmt.Errorf("forest: line %d: more than one tree", n)
		}
	}
	if err := f.end(); err != nil {
		return nil, fmt.Errorf("forest: %w", err)
	}
	return f, nil
}

// readTree reads the tree at the head of s into the leaf i and those it adds,
// and returns what comes after it.
func (f *Forest) readTree(i int, s string) (string, error) {
	tok, rest := s, ""
	if k := strings.IndexByte(s, ' '); k >= 0 {
		tok, rest = s[:k], s[k+1:]
	}
	if tok != "" && tok[0] == '=' {
		value, err := ParseNumber(tok[1:])
		f.nodes[i] = leafOf(value, i)
		return rest, err
	}
	c, k := 0, 0
	for ; k < len(tok) && tok[k] >= '0' && tok[k] <= '9' && c < len(f.Features); k++ {
		c = c*10 + int(tok[k]-'0')
	}
	switch {
	case strings.IndexByte(tok, ':') < 0:
		return "", fmt.Errorf("%q is no node", tok)
	case k == 0 || tok[k] != ':' || c >= len(f.Features):
		return "", fmt.Errorf("%q is no column", tok[:strings.IndexByte(tok, ':')])
	}
	at, err := ParseNumber(tok[k+1:])
	if err != nil {
		return "", err
	}
	left, err := f.split(i, c, at)
	if err != nil {
		return "", err
	}
	if rest, err = f.readTree(left, rest); err != nil {
		return "", err
	}
	return f.readTree(left-1, rest)
}
