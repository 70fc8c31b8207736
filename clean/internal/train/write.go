package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/text"
	"newsclip/clean/internal/trees"
)

// blockColumns are the names of the first n columns of the block models.
func blockColumns(n int) []string {
	names := make([]string, n)
	for k := range names {
		names[k] = judge.BlockColumn(k)
	}
	return names
}

// pageColumns are the names of the columns of the kind models.
func pageColumns() []string {
	names := make([]string, kind.NSigns)
	for k := range names {
		names[k] = kind.SignName(k)
	}
	return names
}

// writeBlockModels writes the block models to the folder dir.
func writeBlockModels(dir string, w io.Writer, ss []*sample, m models) error {
	for _, t := range []struct {
		name string
		odds map[string]float32
	}{{"classes.txt", m.class}, {"words.txt", spelledOdds(ss, m.lex)}} {
		var b strings.Builder
		for _, word := range slices.Sorted(maps.Keys(t.odds)) {
			fmt.Fprintf(&b, "%s %.2f\n", word, t.odds[word])
		}
		if err := writeFile(dir, t.name, w, b.String()); err != nil {
			return err
		}
	}
	return errors.Join(writeForest(dir, "first.txt", w, m.m1), writeForest(dir, "second.txt", w, m.m2))
}

// spelledOdds finds the words of a lexicon, which knows them by their hashes, in
// the pages that it was learnt from. Words whose odds say nothing are left out.
func spelledOdds(ss []*sample, lex *judge.Lexicon) map[string]float32 {
	words := map[string]float32{}
	for _, s := range ss {
		for k := range s.blocks {
			for _, word := range strings.FieldsFunc(strings.ToLower(s.blocks[k].Text), func(r rune) bool { return !text.WordRune(r) || text.CJK(r) }) {
				text.EachWord(word, func(h uint64) {
					if v, ok := lex.Odds.Get(h); ok && math.Abs(float64(v)) >= 0.01 {
						words[word] = v
					}
				})
			}
		}
	}
	return words
}

// writeForest writes a forest, with the names of its columns, to the folder dir.
func writeForest(dir, name string, w io.Writer, f *trees.Forest) error {
	var b strings.Builder
	if err := f.Write(&b); err != nil {
		return err
	}
	return writeFile(dir, name, w, b.String())
}

// writeFile writes a model to the folder dir, which it makes where it is
// missing.
func writeFile(dir, name string, w io.Writer, text string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "wrote %s\n", path)
	return err
}
