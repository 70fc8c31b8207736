//go:build train

package clean

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// rightF1 is the F1 from which on a text is right as confidence means it.
const rightF1 = 0.86

// final is the shingle F1 of the record's text.
func (s *specimen) final() float64 {
	text := plainBody(s.d.body)
	if s.d.subtitle >= 0 {
		text = s.d.body.blocks[s.d.subtitle].text + "\n\n" + text
	}
	return score(s.truth, truthWords(text)).f
}

// A trustRow is one page that confidence learns from.
type trustRow struct {
	x    [nTrust]float64
	f1   float64
	fold int
}

// trustRows takes what other models say of a page from models that have not
// read its publisher.
func trustRows(ss []*specimen) []trustRow {
	article := crossFit(columnNames(), kindRows(ss), kindParams)
	var rows []trustRow
	for k, s := range ss {
		if len(s.truth) == 0 {
			continue
		}
		r := trustRow{f1: s.final(), fold: s.fold}
		for c, v := range s.d.kindPage().trust(float32(sigmoid(article[k]))) {
			r.x[c] = float64(v)
		}
		rows = append(rows, r)
	}
	return rows
}

// fitTrust is logistic regression by Newton's method, with a little ridge so
// that it always has an answer.
func fitTrust(rows []trustRow) (w [nTrust]float64) {
	for range 30 {
		var g [nTrust]float64
		var h [nTrust][nTrust]float64
		for k := range h {
			h[k][k] = 0.1
			g[k] = 0.1 * w[k]
		}
		for _, r := range rows {
			p := trustProb(w, r)
			e := p - float64(bit(r.f1 >= rightF1))
			for i := range nTrust {
				g[i] += e * r.x[i]
				for j := range nTrust {
					h[i][j] += p * (1 - p) * r.x[i] * r.x[j]
				}
			}
		}
		for k, v := range solve(h, g) {
			w[k] -= v
		}
	}
	return w
}

// solve solves h x = g for a positive definite h.
func solve(h [nTrust][nTrust]float64, g [nTrust]float64) [nTrust]float64 {
	for i := range nTrust {
		for j := i + 1; j < nTrust; j++ {
			f := h[j][i] / h[i][i]
			for k := i; k < nTrust; k++ {
				h[j][k] -= f * h[i][k]
			}
			g[j] -= f * g[i]
		}
	}
	for i := nTrust - 1; i >= 0; i-- {
		for j := i + 1; j < nTrust; j++ {
			g[i] -= h[i][j] * g[j]
		}
		g[i] /= h[i][i]
	}
	return g
}

func trustProb(w [nTrust]float64, r trustRow) float64 {
	v := 0.0
	for k := range w {
		v += w[k] * r.x[k]
	}
	return sigmoid(v)
}

func trustReport(t *testing.T, name string, rows []trustRow, conf []float64) {
	order := make([]int, len(rows))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(conf[b], conf[a]) })
	line := ""
	var sum, sure, sureSum float64
	for n, k := range order {
		sum += rows[k].f1
		if conf[k] >= 0.9 {
			sure++
			sureSum += rows[k].f1
		}
		for _, share := range []float64{0.5, 0.8, 1} {
			if n+1 == int(share*float64(len(rows))) {
				line += fmt.Sprintf(", best %.2f %.4f", share, sum/float64(n+1))
			}
		}
	}
	var good, bad []float64
	for k, r := range rows {
		if r.f1 < 0.8 {
			bad = append(bad, conf[k])
		} else {
			good = append(good, conf[k])
		}
	}
	t.Logf("%s: 0.9 or more %.3f of pages, mean F1 %.4f; auc %.4f for %d under 0.8%s",
		name, sure/float64(len(rows)), sureSum/sure, auc(good, bad), len(bad), line)
}

// TestTrainConfidence fits confidence on answers of models that have not read
// the page's publisher, says what it is worth on such pages, and with -save
// writes it.
func TestTrainConfidence(t *testing.T) {
	ss := specimens(t)
	judgeHeldOut(t, ss)
	rows := trustRows(ss)
	conf := make([]float64, len(rows))
	for fold := range *folds {
		var others []trustRow
		for _, r := range rows {
			if r.fold != fold {
				others = append(others, r)
			}
		}
		w := fitTrust(others)
		for k, r := range rows {
			if r.fold == fold {
				conf[k] = trustProb(w, r)
			}
		}
	}
	trustReport(t, "held out", rows, conf)
	for lo := 0.0; lo < 1; lo += 0.1 {
		var n, right, sum float64
		for k, r := range rows {
			if conf[k] >= lo && conf[k] < lo+0.1 {
				n++
				right += float64(bit(r.f1 >= rightF1))
				sum += r.f1
			}
		}
		if n > 0 {
			t.Logf("held out: confidence %.1f to %.1f: %3.0f pages, right %.3f, mean F1 %.3f", lo, lo+0.1, n, right/n, sum/n)
		}
	}
	w := fitTrust(rows)
	var b strings.Builder
	for k, name := range trustNames {
		fmt.Fprintf(&b, "%s %.4f\n", name, w[k])
	}
	t.Log("\n" + b.String())
	if *savePages {
		if err := os.WriteFile("model/confidence.txt", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
