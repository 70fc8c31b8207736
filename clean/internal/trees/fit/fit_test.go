package fit

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

var small = Params{Trees: 60, Leaves: 24, Rate: 0.3, MinWeight: 0.05, L2: 1, RowShare: 0.7, ColShare: 0.5, Seed: 3}

// countedRows are rows of 40 columns whose truth is how many of the first five
// are over 4.
func countedRows(n int) Rows {
	const columns = 40
	rng := rand.New(rand.NewPCG(1, 2))
	d := Rows{Names: strings.Fields(strings.Repeat("c ", columns))}
	for range n {
		row := make([]float32, columns)
		over := 0
		for c := range columns {
			v := float32(rng.IntN(9))
			row[c] = v
			if c < 5 && v > 4 {
				over++
			}
		}
		d.X = append(d.X, row)
		d.Y = append(d.Y, float32(math.Floor(float64(over)/3)))
	}
	return d
}

func TestForestLearns(t *testing.T) {
	d := countedRows(400)
	f, err := Forest(d, small)
	if err != nil {
		t.Fatal(err)
	}
	low, high := float32(0), float32(1)
	for k := range d.Y {
		row := d.X[k]
		over := 0
		for _, v := range row[:5] {
			if v > 4 {
				over++
			}
		}
		switch over {
		case 0:
			low = max(low, f.Prob(row))
		case 5:
			high = min(high, f.Prob(row))
		}
	}
	if low >= high || low == 0 || high == 1 {
		t.Errorf("rows with nothing reach %v, rows with everything %v", low, high)
	}
}

func TestForestIsTheSameEachTime(t *testing.T) {
	text := func(d Rows, p Params) string {
		f, err := Forest(d, p)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		if err := f.Write(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	d := countedRows(100)
	one := text(d, small)
	if text(d, small) != one {
		t.Error("the same rows and params gave another forest")
	}
	seeded := small
	seeded.Seed++
	if text(d, seeded) == one {
		t.Error("another seed gave the same forest")
	}
	d.W = slices.Repeat([]float32{1}, len(d.Y))
	if text(d, small) != one {
		t.Error("weights of 1 gave another forest than none")
	}
	d.W[0] = 9
	if text(d, small) == one {
		t.Error("a weight made no difference")
	}
}

func TestForestRefuses(t *testing.T) {
	for _, c := range []struct {
		d    Rows
		want string
	}{
		{Rows{Names: []string{"a"}}, "no rows"},
		{Rows{Names: []string{"a", "b"}, X: [][]float32{{1, 2}, {3}}, Y: []float32{0, 1}}, "a row of 1 numbers for 2 columns"},
		{Rows{Names: []string{"a"}, X: [][]float32{{1}}, Y: []float32{0, 1}}, "1 rows for 2 answers"},
		{Rows{Names: []string{"a"}, X: [][]float32{{1}, {2}}, Y: []float32{0, 1}, W: []float32{1}}, "1 weights for 2 rows"},
	} {
		if _, err := Forest(c.d, small); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}
