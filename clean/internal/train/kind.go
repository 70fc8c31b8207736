package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"newsclip/clean/article"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/trees"
	"newsclip/clean/internal/trees/fit"
)

// The page models have few rows to learn from: few leaves, many small steps,
// a part of rows and columns for each tree.
var (
	kindParams    = fit.Params{Trees: 400, Leaves: 10, Rate: 0.05, MinWeight: 1, L2: 2, RowShare: 0.7, ColShare: 0.2, Seed: 1}
	listingParams = fit.Params{Trees: 60, Leaves: 4, Rate: 0.1, MinWeight: 1, L2: 5, RowShare: 0.7, ColShare: 0.4, Seed: 1}
)

// otherWeight evens out that the corpora have more articles than other pages.
const otherWeight = 3

// noAddressWeight is what the page without its address counts beside the page
// with it. The corpora's pages all have one; saved files often have none.
const noAddressWeight = 0.3

// certain is the score of a page whose kind rules tell, and the models are not
// asked for: beyond any that the models give.
const certain = 20

// A pageRow is one row that a page model learns from.
type pageRow struct {
	row  []float32
	y, w float32
	fold int
}

// fitPages fits a page model.
func fitPages(rows []pageRow, p fit.Params) (*trees.Forest, error) {
	d := fit.Rows{Names: pageColumns()}
	for _, r := range rows {
		d.X = append(d.X, r.row)
		d.Y = append(d.Y, r.y)
		d.W = append(d.W, r.w)
	}
	return fit.Forest(d, p)
}

// crossFit answers every row by a page model that has not read its publisher.
func crossFit(rows []pageRow, folds int, p fit.Params) ([]float64, error) {
	out := make([]float64, len(rows))
	var g errgroup.Group
	g.SetLimit(parallel)
	for fold := range folds {
		g.Go(func() error {
			var others []pageRow
			for _, r := range rows {
				if r.fold != fold {
					others = append(others, r)
				}
			}
			f, err := fitPages(others, p)
			if err != nil {
				return fmt.Errorf("fold %d: %w", fold, err)
			}
			for k, r := range rows {
				if r.fold == fold {
					out[k] = float64(f.Raw(r.row))
				}
			}
			return nil
		})
	}
	return out, g.Wait()
}

// kindRows are the rows that the kind model learns from: one for each page,
// then one for each without its address.
func kindRows(ps []finished) []pageRow {
	var rows, bare []pageRow
	for _, p := range ps {
		r := pageRow{row: signs(p.d), fold: p.fold, y: 1, w: 1}
		if !p.isArticle() {
			r.y, r.w = 0, otherWeight
		}
		rows = append(rows, r)
		r.row, r.w = withoutAddress(p.d), r.w*noAddressWeight
		bare = append(bare, r)
	}
	return append(rows, bare...)
}

// listingRows are the rows that the listing model learns from: the pages that
// are no articles.
func listingRows(ps []finished) []pageRow {
	var rows []pageRow
	for _, p := range ps {
		if !p.isArticle() {
			lists := p.kind == "listing" || p.kind == "collection"
			rows = append(rows, pageRow{row: signs(p.d), fold: p.fold, y: judge.Bit(lists), w: 1})
		}
	}
	return rows
}

// trainKind is the sub-command kind.
func trainKind(o *options, w io.Writer) error {
	ps, err := finishAll(o, w)
	if err != nil {
		return err
	}
	pages, listings := kindRows(ps), listingRows(ps)
	if err := scoreKind(o, w, ps, pages); err != nil {
		return err
	}
	if err := scoreListing(o, w, listings); err != nil {
		return err
	}
	if o.out == "" {
		return nil
	}
	k, err := fitPages(pages, kindParams)
	if err != nil {
		return err
	}
	l, err := fitPages(listings, listingParams)
	if err != nil {
		return err
	}
	return errors.Join(writeForest(o.out, "kind.txt", w, k), writeForest(o.out, "listing.txt", w, l))
}

// scoreKind prints what the kind model, with the rules that go before it, is
// worth on publishers that it has not read.
func scoreKind(o *options, w io.Writer, ps []finished, rows []pageRow) error {
	scores, err := crossFit(rows, o.folds, kindParams)
	if err != nil {
		return err
	}
	by := map[string][]float64{} // by corpus, and of others also by kind
	var good, bad []float64      // without address
	for k, p := range ps {
		switch p.d.SaidKind(p.d.Read()) {
		case article.KindArticle:
			scores[k] = certain
		case article.KindIndex, article.KindOther:
			scores[k] = -certain
		}
		by[p.corpus] = append(by[p.corpus], scores[k])
		bare := scores[len(ps)+k]
		switch {
		case !p.isArticle():
			group := p.corpus + " " + p.kind
			by[group] = append(by[group], scores[k])
			bad = append(bad, bare)
		case p.corpus == webCorpus:
			good = append(good, bare)
		}
	}
	fmt.Fprintf(w, "held out: without address: auc %s %.4f\n", webCorpus, auc(good, bad))
	fmt.Fprintf(w, "held out: auc %s %.4f, %s %.4f\n", webCorpus, auc(by[webCorpus], by[othersCorpus]), newsCorpus, auc(by[newsCorpus], by[othersCorpus]))
	sorted := slices.Sorted(slices.Values(by[webCorpus]))
	cuts := []float64{math.Log(kind.ArticleCut / (1 - kind.ArticleCut))}
	for _, recall := range []float64{0.97, 0.975, 0.98, 0.99} {
		cuts = append(cuts, sorted[int(float64(len(sorted))*(1-recall))])
	}
	for _, cut := range cuts {
		fmt.Fprintf(w, "held out: called an article from %.3f on:", sigmoid(cut))
		for _, group := range slices.Sorted(maps.Keys(by)) {
			n := 0
			for _, v := range by[group] {
				if v >= cut {
					n++
				}
			}
			fmt.Fprintf(w, " %s %.3f", strings.TrimPrefix(group, "dev-"), float64(n)/float64(len(by[group])))
		}
		fmt.Fprintln(w)
	}
	printMisjudged(w, ps, scores, o.worst)
	return nil
}

// printMisjudged lists the n articles with the lowest scores and the n other
// pages with the highest.
func printMisjudged(w io.Writer, ps []finished, scores []float64, n int) {
	for _, articles := range []bool{true, false} {
		var of []int
		for k, p := range ps {
			if p.isArticle() == articles {
				of = append(of, k)
			}
		}
		slices.SortStableFunc(of, func(a, b int) int {
			if articles {
				return cmp.Compare(scores[a], scores[b])
			}
			return cmp.Compare(scores[b], scores[a])
		})
		for _, k := range of[:min(n, len(of))] {
			p := ps[k]
			fmt.Fprintf(w, "%6.2f %s %s %s %s\n", scores[k], p.corpus, p.id, cmp.Or(p.kind, article.KindArticle), p.url)
		}
	}
}

// scoreListing prints what the listing model is worth on publishers that it has
// not read.
func scoreListing(o *options, w io.Writer, rows []pageRow) error {
	scores, err := crossFit(rows, o.folds, listingParams)
	if err != nil {
		return err
	}
	right := 0
	for k, v := range scores {
		if (v >= 0) == (rows[k].y == 1) {
			right++
		}
	}
	_, err = fmt.Fprintf(w, "held out: listings told from the rest on %.3f of %d\n", float64(right)/float64(len(rows)), len(rows))
	return err
}

// auc is the area under the ROC curve: how likely one of pos is over one of
// neg.
func auc(pos, neg []float64) float64 {
	neg = slices.Sorted(slices.Values(neg))
	var n float64
	for _, p := range pos {
		lo, _ := slices.BinarySearch(neg, p)
		hi := lo
		for hi < len(neg) && neg[hi] == p {
			hi++
		}
		n += float64(lo) + float64(hi-lo)/2
	}
	return n / float64(len(pos)) / float64(len(neg))
}

func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
