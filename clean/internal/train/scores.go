package main

import (
	"cmp"
	"fmt"
	"io"
	"net/url"
	"newsclip/clean/internal/judge"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsclip/clean/internal/corpus"
)

// report prints the scores of the blocks that keep keeps.
func report(w io.Writer, name string, ls []*lesson, keep func(l *lesson, k int) bool) {
	reportWords(w, name, ls, func(l *lesson) []string {
		var words []string
		for k := range l.blocks {
			if keep(l, k) {
				words = append(words, l.words[k]...)
			}
		}
		return words
	})
}

// scorePipeline prints the scores of what the stages after the models make of
// answers, and sets final by them.
func scorePipeline(w io.Writer, name string, ls []*lesson, answers func(*lesson) []float32) {
	for _, l := range ls {
		l.final = finalWords(l.finish(answers(l)))
	}
	reportWords(w, name, ls, func(l *lesson) []string { return l.final })
}

// reportWords prints the mean scores of words for each corpus.
func reportWords(w io.Writer, name string, ls []*lesson, words func(l *lesson) []string) {
	sum := map[string]corpus.Scores{}
	n := map[string]float64{}
	for _, l := range ls {
		sc := corpus.Score(l.truth, words(l))
		t := sum[l.corpus]
		t.P += sc.P
		t.R += sc.R
		t.Exact += sc.Exact
		t.F += sc.F
		sum[l.corpus] = t
		n[l.corpus]++
	}
	for _, c := range []string{newsCorpus, webCorpus, oldCorpus} {
		t, k := sum[c], n[c]
		if k == 0 {
			continue
		}
		p, r := t.P/k, t.R/k
		fmt.Fprintf(w, "%-8s %s n=%.0f F1=%.4f P=%.4f R=%.4f exact=%.3f meanF=%.4f\n", name, c, k, 2*p*r/(p+r), p, r, t.Exact/k, t.F/k)
	}
}

// printWorst lists the n pages with the lowest scores of final.
func printWorst(w io.Writer, ls []*lesson, n int) {
	score := map[*lesson]corpus.Scores{}
	for _, l := range ls {
		score[l] = corpus.Score(l.truth, l.final)
	}
	sorted := slices.Clone(ls)
	slices.SortStableFunc(sorted, func(a, b *lesson) int { return cmp.Compare(score[a].F, score[b].F) })
	for _, l := range sorted[:min(n, len(sorted))] {
		sc := score[l]
		fmt.Fprintf(w, "%.3f P=%.3f R=%.3f %s %s %s\n", sc.F, sc.P, sc.R, l.corpus, l.id, l.host)
	}
}

// dumpBlocks writes the blocks of each page to a file in the folder dir, unless
// that is "".
func dumpBlocks(dir string, ls []*lesson) error {
	if dir == "" {
		return nil
	}
	for _, l := range ls {
		sub := filepath.Join(dir, l.corpus)
		if err := os.MkdirAll(sub, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(sub, url.PathEscape(l.id)+".txt"), []byte(l.dump()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// dump returns a line for each block of the page.
func (l *lesson) dump() string {
	var b strings.Builder
	d := l.finish(l.p2)
	fmt.Fprintf(&b, "%s %s, cut at %.3f\n", l.id, l.host, judge.BestCut(d.Probs, l.blocks))
	for k := range l.blocks {
		x := &l.blocks[k]
		mark := " "
		if inRecord(d, k) != (l.y[k] >= inTruth) {
			mark = "!"
		}
		if k == d.Subtitle {
			mark += "S"
		}
		fmt.Fprintf(&b, "%s%3d y=%.2f p1=%.2f p2=%.2f %s %dw %dl %.300q\n", mark, k, l.y[k], l.p1[k], l.p2[k], x.Tag, x.Words, x.LinkWords, x.Text)
	}
	return b.String()
}
