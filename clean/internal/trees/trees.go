// Package trees is a small gradient-boosted forest: it learns a number from
// rows of features, keeps what it learnt as text, and applies it.
//
// The method is Friedman's (Greedy function approximation, 2001) with second
// derivatives and histograms as in LightGBM (Ke et al., 2017).
package trees

import (
	"bufio"
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
}

// node is a split or, where right is 0, a leaf. Its left child follows it.
type node struct {
	at    float32 // rows with a value under or equal to at go left; a leaf's value
	col   int16
	right int16 // distance to the right child
}

// Raw returns the sum of the trees for row.
func (f *Forest) Raw(row []float32) float32 {
	s := f.bias
	for _, r := range f.roots {
		n := f.nodes[r:]
		k := 0
		for n[k].right != 0 {
			if row[n[k].col] <= n[k].at {
				k++
			} else {
				k += int(n[k].right)
			}
		}
		s += n[k].at
	}
	return s
}

// Prob returns the sum for row as a probability, for a forest fitted with
// [Logistic].
func (f *Forest) Prob(row []float32) float32 {
	return float32(1 / (1 + math.Exp(-float64(f.Raw(row)))))
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
	if n.right == 0 {
		b.WriteString("=" + num(n.at) + " ")
		return
	}
	b.WriteString(strconv.Itoa(int(n.col)) + ":" + num(n.at) + " ")
	f.writeTree(b, i+1)
	f.writeTree(b, i+int(n.right))
}

func num(v float32) string { return strconv.FormatFloat(float64(v), 'g', 5, 32) }

// Read reads what [Forest.Write] wrote. Its errors name the line.
func Read(text string) (*Forest, error) {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	if len(lines) < 2 {
		return nil, fmt.Errorf("forest: line %d: no bias", len(lines))
	}
	f := &Forest{Features: strings.Fields(lines[0])}
	bias, err := strconv.ParseFloat(lines[1], 32)
	if err != nil {
		return nil, fmt.Errorf("forest: line 2: %w", err)
	}
	f.bias = float32(bias)
	for k, line := range lines[2:] {
		f.roots = append(f.roots, int32(len(f.nodes)))
		rest, err := f.readTree(line)
		if err != nil {
			return nil, fmt.Errorf("forest: line %d: %w", k+3, err)
		}
		if strings.TrimSpace(rest) != "" {
			return nil, fmt.Errorf("forest: line %d: more than one tree", k+3)
		}
	}
	return f, nil
}

func (f *Forest) readTree(s string) (string, error) {
	tok, rest, _ := strings.Cut(s, " ")
	i := len(f.nodes)
	if v, ok := strings.CutPrefix(tok, "="); ok {
		at, err := strconv.ParseFloat(v, 32)
		f.nodes = append(f.nodes, node{at: float32(at)})
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
	at, err := strconv.ParseFloat(v, 32)
	if err != nil {
		return "", err
	}
	f.nodes = append(f.nodes, node{at: float32(at), col: int16(c)})
	if rest, err = f.readTree(rest); err != nil {
		return "", err
	}
	f.nodes[i].right = int16(len(f.nodes) - i)
	return f.readTree(rest)
}
