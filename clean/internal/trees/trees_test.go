package trees_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/trees"
	"newsclip/clean/internal/trees/fit"
)

// specimen is a forest of 60 trees with a few hundred rows to judge.
func specimen(tb testing.TB) (f *trees.Forest, rows []float32, n int) {
	const columns = 40
	n = 403 // no multiple of what is taken at once
	rng := rand.New(rand.NewPCG(1, 2))
	d := fit.Rows{Names: strings.Fields(strings.Repeat("c ", columns))}
	for range n {
		row := make([]float32, columns)
		var y float32
		for c := range columns {
			v := float32(rng.IntN(9))
			row[c] = v
			if c < 5 && v > 4 {
				y++
			}
		}
		d.X = append(d.X, row)
		d.Y = append(d.Y, float32(math.Floor(float64(y)/3)))
	}
	f, err := fit.Forest(d, fit.Params{Trees: 60, Leaves: 24, Rate: 0.3, MinWeight: 0.05, L2: 1, RowShare: 0.7, ColShare: 0.5, Seed: 3})
	if err != nil {
		tb.Fatal(err)
	}
	return f, slices.Concat(d.X...), n
}

func TestProbsIsProbOfEachRow(t *testing.T) {
	f, rows, n := specimen(t)
	width := len(f.Features)
	for _, n := range []int{0, 1, 3, 4, 5, 16, 17, n} {
		out := make([]float32, n)
		f.Probs(rows, width, out)
		for k, p := range out {
			if want := f.Prob(rows[k*width : (k+1)*width]); p != want {
				t.Fatalf("row %d of %d: %v, alone %v", k, n, p, want)
			}
		}
	}
}

func prob(raw float32) float32 { return float32(1 / (1 + math.Exp(-float64(raw)))) }

// Of rows that the first third is sure of, all trees are sure as well.
func TestProbIsNearTheWholeSum(t *testing.T) {
	f, rows, n := specimen(t)
	width := len(f.Features)
	early := 0
	for k := range n {
		row := rows[k*width : (k+1)*width]
		p, whole := f.Prob(row), prob(f.Raw(row))
		if p != whole {
			early++
		}
		if d := p - whole; d > 0.05 || d < -0.05 {
			t.Errorf("row %d: %v, and %v by all trees", k, p, whole)
		}
	}
	if early < n/10 {
		t.Errorf("%d of %d rows were decided early", early, n)
	}
}

func TestReadReturnsWhatWasWritten(t *testing.T) {
	f, rows, n := specimen(t)
	var text, again strings.Builder
	if err := f.Write(&text); err != nil {
		t.Fatal(err)
	}
	g, err := trees.Read(text.String())
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Write(&again); err != nil || again.String() != text.String() {
		t.Errorf("written again it differs (%v)", err)
	}
	width := len(f.Features)
	for k := range n {
		row := rows[k*width : (k+1)*width]
		if d := f.Prob(row) - g.Prob(row); d > 0.01 || d < -0.01 {
			t.Fatalf("row %d: %v written, %v read", k, f.Prob(row), g.Prob(row))
		}
	}
}

func TestNewRefusesAnUnknownColumn(t *testing.T) {
	leaf := &trees.Node{Value: 1}
	for _, column := range []int{-1, 1} {
		_, err := trees.New([]string{"a"}, 0, []*trees.Node{{Column: column, Left: leaf, Right: leaf}})
		if err == nil || !strings.Contains(err.Error(), "is not a column") {
			t.Errorf("column %d: got %v", column, err)
		}
	}
}

// chain is a tree whose right children are leaves.
func chain(splits int) *trees.Node {
	n := &trees.Node{Value: 1}
	for range splits {
		n = &trees.Node{At: 0.5, Left: n, Right: &trees.Node{Value: 2}}
	}
	return n
}

func TestLargestTree(t *testing.T) {
	f, err := trees.New([]string{"a"}, 0, []*trees.Node{chain(63), chain(1)})
	if err != nil {
		t.Fatal(err)
	}
	for v, want := range map[float32]float32{0: 2, 1: 4} {
		if got := f.Raw([]float32{v}); got != want {
			t.Errorf("of %v: %v, want %v", v, got, want)
		}
	}
	// The larger one has two nodes more.
	if f, err = trees.New([]string{"a"}, 0, []*trees.Node{chain(8191), {Value: 3}}); err != nil || f.Raw([]float32{1}) != 5 {
		t.Errorf("of the largest forest: %v", err)
	}
	if _, err = trees.New([]string{"a"}, 0, []*trees.Node{chain(8191), {Value: 3}, {Value: 4}}); err == nil || !strings.Contains(err.Error(), "more than 16384") {
		t.Errorf("of a forest of one leaf more: %v", err)
	}
	if _, err = trees.New([]string{"a"}, 0, []*trees.Node{chain(8192)}); err == nil || !strings.Contains(err.Error(), "more than 16384") {
		t.Errorf("of a larger tree: %v", err)
	}
	text := "a\n0\n" + strings.Repeat("0:0.5 ", 8192) + strings.Repeat("=1 ", 8193) + "\n"
	if _, err = trees.Read(text); err == nil || !strings.Contains(err.Error(), "line 3: the forest has more than 16384 nodes") {
		t.Errorf("of a larger tree that is read: %v", err)
	}
}

// A threshold below 0 is written, and both children with it.
func TestWriteBelowZero(t *testing.T) {
	inner := &trees.Node{Column: 1, At: -2.5, Left: &trees.Node{Value: 1}, Right: &trees.Node{Value: 2}}
	f, err := trees.New([]string{"a", "b"}, 0, []*trees.Node{{At: -1e-3, Left: inner, Right: &trees.Node{Value: 3}}})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if err := f.Write(&text); err != nil {
		t.Fatal(err)
	}
	if want := "a b\n0\n0:-0.001 1:-2.5 =1 =2 =3 \n"; text.String() != want {
		t.Errorf("got %q, want %q", text.String(), want)
	}
}

// Values are compared as keys, in the order that they have as numbers.
func TestOrderOfValues(t *testing.T) {
	inf := float32(math.Inf(1))
	values := []float32{-inf, -3e38, -2, -1.5, -1e-40, 0, 1e-40, 1.5, 2, 3e38, inf}
	for _, at := range values {
		f, err := trees.New([]string{"a"}, 0, []*trees.Node{{At: at, Left: &trees.Node{Value: 1}, Right: &trees.Node{Value: 2}}})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range append(values, float32(math.Copysign(0, -1))) {
			want := float32(1)
			if v > at {
				want = 2
			}
			if got := f.Raw([]float32{v}); got != want {
				t.Errorf("%v beside %v: got %v, want %v", v, at, got, want)
			}
		}
	}
}

func TestWidestRow(t *testing.T) {
	names := strings.Fields(strings.Repeat("c ", 511))
	last := &trees.Node{Column: 510, At: 0.5, Left: &trees.Node{Value: -1}, Right: &trees.Node{Value: 1}}
	f, err := trees.New(names, 0, []*trees.Node{last, last, last, last, last})
	if err != nil {
		t.Fatal(err)
	}
	row := make([]float32, 511)
	if got, want := f.Prob(row), prob(-5); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	row[510] = 1
	if got, want := f.Prob(row), prob(5); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if _, err = trees.New(append(names, "c"), 0, nil); err == nil || !strings.Contains(err.Error(), "512 columns are more than 511") {
		t.Errorf("of one more: %v", err)
	}
}

// What stands in memory after a row is not read.
func TestProbReadsItsRowAlone(t *testing.T) {
	f, rows, n := specimen(t)
	width := len(f.Features)
	room := append(slices.Clone(rows), make([]float32, 511)...)
	for k := range n {
		own := slices.Clip(slices.Clone(rows[k*width : (k+1)*width]))
		if got, want := f.Prob(room[k*width:(k+1)*width]), f.Prob(own); got != want {
			t.Fatalf("row %d: %v among others, %v by itself", k, got, want)
		}
	}
}

func TestReadNamesTheLine(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no bias", "a b", "line 2: no bias"},
		{"bias is no number", "a b\nx\n", "line 2"},
		{"no such column", "a b\n0\n=1 \n2:1 =1 =2 \n", `line 4: "2" is no column`},
		{"threshold is no number", "a b\n0\n1:x =1 =2 \n", "line 3"},
		{"a child is missing", "a b\n0\n1:1 =1 \n", "line 3"},
		{"two trees", "a b\n0\n=1 =2 \n", "line 3: more than one tree"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := trees.Read(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func BenchmarkProbs(b *testing.B) {
	f, rows, n := specimen(b)
	out := make([]float32, n)
	for b.Loop() {
		f.Probs(rows, len(f.Features), out)
	}
}

func BenchmarkProb(b *testing.B) {
	f, rows, n := specimen(b)
	width := len(f.Features)
	for b.Loop() {
		for k := range n {
			f.Prob(rows[k*width : (k+1)*width])
		}
	}
}
