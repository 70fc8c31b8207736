package main

import (
	"slices"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/corpus"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/render"
	"newsclip/clean/internal/sweep"
)

// This file is all that train knows of the stages after the models.

// finish takes a page through the stages after the models, which it gives probs
// for answers. It leaves probs as they are.
func (s *sample) finish(probs []float32) *kind.Page {
	probs = slices.Clone(probs)
	judge.Settle(s.tree, s.blocks, s.signals, probs)
	b := body.New(s.tree, s.blocks, probs, judge.BestCut(probs, s.blocks))
	return &kind.Page{Body: b, Meta: s.meta, Signals: s.signals, Probs: probs, Subtitle: sweep.Sweep(b, s.signals)}
}

// finalWords are the words of the record's standfirst and text.
func finalWords(d *kind.Page) []string {
	text := render.PlainBody(d.Body)
	if d.Subtitle >= 0 {
		text = d.Body.Blocks[d.Subtitle].Text + "\n\n" + text
	}
	return corpus.TruthWords(text)
}

// inRecord reports whether block k is in the record's standfirst or text.
func inRecord(d *kind.Page, k int) bool { return d.Body.Verdicts[k].Keep || k == d.Subtitle }

// signs returns the columns of the kind models.
func signs(d *kind.Page) []float32 {
	row, _ := d.Signs()
	return row
}

// withoutAddress returns the columns of the kind models as they are for a page
// whose address nobody knows.
func withoutAddress(d *kind.Page) []float32 {
	c, b, tree, p, m := *d, *d.Body, *d.Body.Tree, *d.Body.Tree.Page, *d.Meta
	p.Address, m.CanonicalURL = "", ""
	tree.Page, b.Tree = &p, &tree
	c.Body, c.Meta = &b, &m
	return signs(&c)
}
