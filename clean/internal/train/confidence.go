package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"newsclip/clean/internal/corpus"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
)

const (
	// rightF1 is the F1 from which on a text is right as confidence means it.
	rightF1 = 0.86
	// lowF1 is the F1 under which a text is bad: those that the quality test
	// calls low.
	lowF1 = 0.8
	// sureFrom is the confidence from which on newsclip is sure.
	sureFrom = 0.9
)

// A trustRow is one page that confidence learns from.
type trustRow struct {
	x    [kind.NTrust]float64
	f1   float64
	fold int
}

// trustRows takes what other models say of a page from models that have not
// read its publisher.
func trustRows(ps []finished, folds int) ([]trustRow, error) {
	isArticle, err := crossFit(kindRows(ps), folds, kindParams)
	if err != nil {
		return nil, err
	}
	var rows []trustRow
	for k, p := range ps {
		if len(p.truth) == 0 {
			continue
		}
		r := trustRow{f1: corpus.Score(p.truth, finalWords(p.d)).F, fold: p.fold}
		for c, v := range p.d.Trust(float32(sigmoid(isArticle[k]))) {
			r.x[c] = float64(v)
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// fitTrust is logistic regression by Newton's method, with a little ridge so
// that it always has an answer.
func fitTrust(rows []trustRow) (w [kind.NTrust]float64) {
	const (
		steps = 30 // it settles within ten
		ridge = 0.1
	)
	for range steps {
		var g [kind.NTrust]float64
		var h [kind.NTrust][kind.NTrust]float64
		for k := range h {
			h[k][k] = ridge
			g[k] = ridge * w[k]
		}
		for _, r := range rows {
			p := trustProb(w, r)
			e := p - float64(judge.Bit(r.f1 >= rightF1))
			for i := range kind.NTrust {
				g[i] += e * r.x[i]
				for j := range kind.NTrust {
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
func solve(h [kind.NTrust][kind.NTrust]float64, g [kind.NTrust]float64) [kind.NTrust]float64 {
	for i := range kind.NTrust {
		for j := i + 1; j < kind.NTrust; j++ {
			f := h[j][i] / h[i][i]
			for k := i; k < kind.NTrust; k++ {
				h[j][k] -= f * h[i][k]
			}
			g[j] -= f * g[i]
		}
	}
	for i := kind.NTrust - 1; i >= 0; i-- {
		for j := i + 1; j < kind.NTrust; j++ {
			g[i] -= h[i][j] * g[j]
		}
		g[i] /= h[i][i]
	}
	return g
}

func trustProb(w [kind.NTrust]float64, r trustRow) float64 {
	v := 0.0
	for k := range w {
		v += w[k] * r.x[k]
	}
	return sigmoid(v)
}

// trainConfidence is the sub-command confidence.
func trainConfidence(o *options, w io.Writer) error {
	ps, err := finishAll(o, w)
	if err != nil {
		return err
	}
	rows, err := trustRows(ps, o.folds)
	if err != nil {
		return err
	}
	conf := make([]float64, len(rows))
	for fold := range o.folds {
		var others []trustRow
		for _, r := range rows {
			if r.fold != fold {
				others = append(others, r)
			}
		}
		weights := fitTrust(others)
		for k, r := range rows {
			if r.fold == fold {
				conf[k] = trustProb(weights, r)
			}
		}
	}
	printRanking(w, rows, conf)
	printTenths(w, rows, conf)
	weights := fitTrust(rows)
	var b strings.Builder
	for k, name := range kind.TrustNames {
		fmt.Fprintf(&b, "%s %.4f\n", name, weights[k])
	}
	fmt.Fprint(w, b.String())
	if o.out == "" {
		return nil
	}
	return writeFile(o.out, "confidence.txt", w, b.String())
}

// printRanking prints how well confidence ranks pages by their F1.
func printRanking(w io.Writer, rows []trustRow, conf []float64) {
	order := make([]int, len(rows))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(conf[b], conf[a]) })
	best := ""
	var sum, sure, sureSum float64
	for n, k := range order {
		sum += rows[k].f1
		if conf[k] >= sureFrom {
			sure++
			sureSum += rows[k].f1
		}
		for _, share := range []float64{0.5, 0.8, 1} {
			if n+1 == int(share*float64(len(rows))) {
				best += fmt.Sprintf(", best %.2f %.4f", share, sum/float64(n+1))
			}
		}
	}
	var good, bad []float64
	for k, r := range rows {
		if r.f1 < lowF1 {
			bad = append(bad, conf[k])
		} else {
			good = append(good, conf[k])
		}
	}
	fmt.Fprintf(w, "held out: %.1f or more %.3f of pages, mean F1 %.4f; auc %.4f for %d under %.1f%s\n",
		sureFrom, sure/float64(len(rows)), sureSum/sure, auc(good, bad), len(bad), lowF1, best)
}

// printTenths prints how many pages of each tenth of confidence are right.
func printTenths(w io.Writer, rows []trustRow, conf []float64) {
	for lo := 0.0; lo < 1; lo += 0.1 {
		var n, right, sum float64
		for k, r := range rows {
			if conf[k] >= lo && conf[k] < lo+0.1 {
				n++
				right += float64(judge.Bit(r.f1 >= rightF1))
				sum += r.f1
			}
		}
		if n > 0 {
			fmt.Fprintf(w, "held out: confidence %.1f to %.1f: %3.0f pages, right %.3f, mean F1 %.3f\n", lo, lo+0.1, n, right/n, sum/n)
		}
	}
}
