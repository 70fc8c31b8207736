package main

import (
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"newsclip/clean/internal/kind"
	"os"
)

// A heldOut holds answers of block models to pages of publishers that they have
// not read.
type heldOut struct {
	Folds, Trees int // the flags that the models were fitted with
	Answers      map[string][]float32
}

// of returns the answers to a page's blocks.
func (h *heldOut) of(s *sample) ([]float32, error) {
	p := h.Answers[s.key()]
	if len(p) != len(s.blocks) {
		return nil, fmt.Errorf("%d answers for the %d blocks of %s: the file is out of date, remove it", len(p), len(s.blocks), s.key())
	}
	return p, nil
}

func readHeldOut(path string) (*heldOut, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	h := &heldOut{}
	if err := gob.NewDecoder(f).Decode(h); err != nil {
		return nil, fmt.Errorf("%s: not a file of held-out answers: %w", path, err)
	}
	return h, nil
}

func (h *heldOut) write(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	err = gob.NewEncoder(f).Encode(h)
	return errors.Join(err, f.Close())
}

// heldOutAnswers reads the file of held-out answers that o names. Where there is
// none, it fits the block models for each fold and writes the file, if o names
// one.
func heldOutAnswers(o *options, w io.Writer, ss []*sample) (*heldOut, error) {
	if o.heldOut != "" {
		h, err := readHeldOut(o.heldOut)
		if err == nil && (h.Folds != o.folds || h.Trees != o.trees) {
			return nil, fmt.Errorf("%s: is of -folds %d -trees %d: give the same, or remove it", o.heldOut, h.Folds, h.Trees)
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return h, err
		}
	}
	newsroom, err := readNewsroom()
	if err != nil {
		return nil, err
	}
	held, err := judgeFolds(o, w, append(ss[:len(ss):len(ss)], newsroom...))
	if err != nil {
		return nil, err
	}
	h := &heldOut{o.folds, o.trees, map[string][]float32{}}
	for _, l := range held {
		h.Answers[l.key()] = l.p2
	}
	if o.heldOut != "" {
		return h, h.write(o.heldOut)
	}
	return h, nil
}

// A finished is a page that the stages after the models have been on, by
// held-out answers.
type finished struct {
	*sample
	d *kind.Page
}

// finishAll reads all corpora and takes their pages through all stages, by
// held-out answers.
func finishAll(o *options, w io.Writer) ([]finished, error) {
	ss, err := readCorpora(o, w, newsCorpus, webCorpus, oldCorpus, othersCorpus)
	if err != nil {
		return nil, err
	}
	h, err := heldOutAnswers(o, w, ss)
	if err != nil {
		return nil, err
	}
	var out []finished
	for _, s := range ss {
		if s.corpus == oldCorpus {
			continue // what tells pages of its time is not what tells articles
		}
		p, err := h.of(s)
		if err != nil {
			return nil, fmt.Errorf("held-out answers %s: %w", o.heldOut, err)
		}
		out = append(out, finished{s, s.finish(p)})
	}
	return out, nil
}
