// Package trees applies a small gradient-boosted forest to rows of features,
// and reads and writes forests as text. Package fit learns them.
package trees

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// A Forest is a sum of trees. The zero value answers 0 for every row.
type Forest struct {
	// Features are the names of a row's columns, in order.
	Features []string
	bias     float32
	roots    []int32
	nodes    []node
	// values has the value of each node that is a leaf.
	values []float32
}

// node is a split or, where next is 0, a leaf. The children of a split stand
// side by side, so that the way down is a sum and not a branch, which the
// processor would guess wrong every other time.
type node struct {
	at   float32 // rows with a value over at go right; of a leaf +Inf, for none
	col  uint16
	next uint16 // distance to the left child
}

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
		i := f.add(0)
		f.roots = append(f.roots, int32(i))
		if err := f.place(i, root); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// place puts n at node i and its children after.
func (f *Forest) place(i int, n *Node) error {
	if n.Left == nil {
		f.values[i] = n.Value
		return nil
	}
	if n.Column < 0 || n.Column >= len(f.Features) {
		return fmt.Errorf("%d is not a column", n.Column)
	}
	left := f.split(i, n.Column, n.At)
	if left-i > math.MaxUint16 {
		return errTooLarge
	}
	if err := f.place(left, n.Left); err != nil {
		return err
	}
	return f.place(left+1, n.Right)
}

var errTooLarge = errors.New("a tree is too large")

// add appends a leaf and returns its index.
func (f *Forest) add(value float32) int {
	f.nodes = append(f.nodes, node{at: float32(math.Inf(1))})
	f.values = append(f.values, value)
	return len(f.nodes) - 1
}

// split makes a leaf a split and returns the index of its left child. The
// right one's is one more.
func (f *Forest) split(i, col int, at float32) int {
	left := f.add(0)
	f.add(0)
	f.nodes[i] = node{at: at, col: uint16(col), next: uint16(left - i)}
	return left
}

// step is 1 where v goes right.
func step(v, at float32) int {
	right := 0
	if v > at {
		right = 1
	}
	return right
}

// Raw returns the sum of the trees for row.
func (f *Forest) Raw(row []float32) float32 {
	s := f.bias
	for _, r := range f.roots {
		s += f.values[f.leaf(int(r), row)]
	}
	return s
}

// leaf returns where row ends in the tree that node i begins.
func (f *Forest) leaf(i int, row []float32) int {
	for {
		n := &f.nodes[i]
		if n.next == 0 {
			return i
		}
		i += int(n.next) + step(row[n.col], n.at)
	}
}

// After each [askAfter] trees the sum is believed where it is [sure] or more,
// for or against: 50 to one. Later trees mend what earlier ones leave in doubt,
// and seldom bring such a row back. askAfter is a multiple of four.
const (
	sure     = 4
	askAfter = 40
)

// Prob returns the sum for row as a probability. Where the first trees are
// [sure], theirs counts.
func (f *Forest) Prob(row []float32) float32 { return f.prob4(row) }

func prob(raw float32) float32 { return float32(1 / (1 + math.Exp(-float64(raw)))) }

// Probs sets out[k] to [Forest.Prob] of the k-th row of rows, which stand
// width columns apart.
func (f *Forest) Probs(rows []float32, width int, out []float32) {
	for k := range out {
		out[k] = f.prob4(rows[k*width : (k+1)*width])
	}
}

// prob4 goes down four trees at once: their steps do not wait for one another.
func (f *Forest) prob4(row []float32) float32 {
	sum := f.bias
	nodes, roots := f.nodes, f.roots
	for n := 0; len(roots) >= 4; n, roots = n+4, roots[4:] {
		if n > 0 && n%askAfter == 0 && (sum > sure || sum < -sure) {
			return prob(sum)
		}
		i, j, l, m := int(roots[0]), int(roots[1]), int(roots[2]), int(roots[3])
		for {
			a, b, c, d := &nodes[i], &nodes[j], &nodes[l], &nodes[m]
			if a.next|b.next|c.next|d.next == 0 {
				break
			}
			i += int(a.next) + step(row[a.col], a.at)
			j += int(b.next) + step(row[b.col], b.at)
			l += int(c.next) + step(row[c.col], c.at)
			m += int(d.next) + step(row[d.col], d.at)
		}
		sum += f.values[i]
		sum += f.values[j]
		sum += f.values[l]
		sum += f.values[m]
	}
	for _, r := range roots {
		sum += f.values[f.leaf(int(r), row)]
	}
	return prob(sum)
}

// Write writes the forest as text: a line of column names, the bias, then a
// line for each tree, its nodes in preorder as column:threshold, or =value.
func (f *Forest) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	fmt.Fprintln(b, strings.Join(f.Features, " "))
	fmt.Fprintln(b, num(f.bias))
	for _, r := range f.roots {
		f.writeTree(b, int(r))
		b.WriteByte('\n')
	}
	return b.Flush()
}

func (f *Forest) writeTree(b *bufio.Writer, i int) {
	n := f.nodes[i]
	if n.next == 0 {
		b.WriteString("=" + num(f.values[i]) + " ")
		return
	}
	b.WriteString(strconv.Itoa(int(n.col)) + ":" + num(n.at) + " ")
	f.writeTree(b, i+int(n.next))
	f.writeTree(b, i+int(n.next)+1)
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
	f := &Forest{Features: strings.Fields(head), bias: bias, nodes: make([]node, 0, nodes), values: make([]float32, 0, nodes)}
	for n := 3; text != ""; n++ {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		root := f.add(0)
		f.roots = append(f.roots, int32(root))
		rest, err := f.readTree(root, line)
		if err != nil {
			return nil, fmt.Errorf("forest: line %d: %w", n, err)
		}
		if strings.TrimSpace(rest) != "" {
			return nil, fmt.Errorf("forest: line %d: more than one tree", n)
		}
	}
	return f, nil
}

// readTree reads the tree at the head of s into the leaf i and those it adds,
// and returns what comes after it.
func (f *Forest) readTree(i int, s string) (string, error) {
	tok, rest, _ := strings.Cut(s, " ")
	if v, ok := strings.CutPrefix(tok, "="); ok {
		var err error
		f.values[i], err = ParseNumber(v)
		return rest, err
	}
	col, v, ok := strings.Cut(tok, ":")
	if !ok {
		return "", fmt.Errorf("%q is no node", tok)
	}
	c, err := strconv.Atoi(col)
	if err != nil || c < 0 || c >= len(f.Features) {
		return "", fmt.Errorf("%q is no column", col)
	}
	at, err := ParseNumber(v)
	if err != nil {
		return "", err
	}
	left := f.split(i, c, at)
	if left-i > math.MaxUint16 {
		return "", errTooLarge
	}
	if rest, err = f.readTree(left, rest); err != nil {
		return "", err
	}
	return f.readTree(left+1, rest)
}
