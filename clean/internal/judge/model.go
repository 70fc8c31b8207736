package judge

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/clean/internal/trees"
)

// The model's weights are data: what the training program learnt of which
// blocks belong to articles. CONTRIBUTING.md says how they are made.
//
// They are strings, and not a file system, because that copies what is read.
var (
	//go:embed model/classes.txt
	classesText string
	//go:embed model/confidence.txt
	confidenceText string
	//go:embed model/first.txt
	firstText string
	//go:embed model/kind.txt
	kindText string
	//go:embed model/listing.txt
	listingText string
	//go:embed model/second.txt
	secondText string
	//go:embed model/words.txt
	wordsText string
)

// modelText returns the text of a file of the folder model.
func modelText(name string) (string, error) {
	switch name {
	case "model/classes.txt":
		return classesText, nil
	case "model/confidence.txt":
		return confidenceText, nil
	case "model/first.txt":
		return firstText, nil
	case "model/kind.txt":
		return kindText, nil
	case "model/listing.txt":
		return listingText, nil
	case "model/second.txt":
		return secondText, nil
	case "model/words.txt":
		return wordsText, nil
	}
	return "", fmt.Errorf("%s: there is no such model", name)
}

// blockModel tells the article's blocks from the page's others: first each
// block by itself, then each again with what was said of those around it.
type blockModel struct {
	class  *ClassTable
	lex    *Lexicon
	first  *trees.Forest
	second *trees.Forest
}

// Model reads the weights at first use. They are tested, so a fault in them
// is a fault of the build.
var Model = sync.OnceValue(func() *blockModel {
	m, err := readModel()
	if err != nil {
		panic("clean: model: " + err.Error())
	}
	return m
})

// The tables of odds have room for so many classes and words before they grow.
const (
	manyClasses = 4000
	manyWords   = 12_000
)

func readModel() (*blockModel, error) {
	m := &blockModel{class: &ClassTable{}, lex: &Lexicon{}}
	m.class.odds.Room(manyClasses)
	m.lex.Odds.Room(manyWords)
	err := ReadOdds("model/classes.txt", m.class.Set)
	if err != nil {
		return nil, err
	}
	err = ReadOdds("model/words.txt", func(w string, v float32) { m.lex.Odds.Set(text.HashOfWord(w), v) })
	if err != nil {
		return nil, err
	}
	if m.first, err = ReadForest("model/first.txt", NBase, BlockColumn); err != nil {
		return nil, err
	}
	m.second, err = ReadForest("model/second.txt", NAll, BlockColumn)
	return m, err
}

// ReadForest reads a forest, whose columns must be those that the program
// computes: weights of other columns would judge without an error, and wrongly.
func ReadForest(name string, columns int, column func(int) string) (*trees.Forest, error) {
	s, err := modelText(name)
	if err != nil {
		return nil, err
	}
	f, err := trees.Read(s)
	if err == nil {
		err = checkColumns(f.Features, columns, column)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}

// checkColumns compares a model's columns with those that the program
// computes, and names the first that differs.
func checkColumns(got []string, columns int, column func(int) string) error {
	for k := range min(len(got), columns) {
		if want := column(k); got[k] != want {
			return fmt.Errorf("column %d is %q, want %q", k, got[k], want)
		}
	}
	switch {
	case len(got) < columns:
		return fmt.Errorf("column %d is missing, want %q", len(got), column(len(got)))
	case len(got) > columns:
		return fmt.Errorf("column %d is %q, want no more than %d columns", columns, got[columns], columns)
	}
	return nil
}

// ReadOdds reads lines of a word and its log odds.
func ReadOdds(name string, add func(string, float32)) error {
	rest, err := modelText(name)
	if err != nil {
		return err
	}
	rest = strings.TrimSpace(rest)
	for n := 1; rest != ""; n++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		w, v, ok := strings.Cut(line, " ")
		x, err := trees.ParseNumber(v)
		if !ok || err != nil {
			return fmt.Errorf("%s:%d: want a word and a number", name, n)
		}
		add(w, x)
	}
	return nil
}

// A workspace is what judging one page needs and the next can use again.
type workspace struct {
	scratch
	sums  ClassSums
	first []float32 // the first model's answers
	keys  trees.Keys
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// release gives a workspace back, unless a huge page has swollen it.
func (w *workspace) release() {
	if cap(w.sums.of) <= page.MaxPooledNodes {
		w.sums.t = nil
		workspaces.Put(w)
	}
}

// mostSecond is the number of blocks from which on the first model's answers stand: ten
// times what the longest pages of publishers have, so that such a page does not take
// seconds.
const mostSecond = 50_000

// judge returns for each block of f how likely it is the article's, and which are
// about consent.
func (m *blockModel) judge(f *Featurer) (probs []float32, consent []consentMark) {
	work := workspaces.Get().(*workspace)
	defer work.release()
	work.sums.Begin(m.class, f.T)
	f.scratch, f.Cls, f.Lex = &work.scratch, &work.sums, m.lex
	n := len(f.Bs)
	base := f.walk()
	consent = aboutConsent(f.T, f.Bs, work.phrases)
	p := zeroed(&work.first, n)
	var rows []float32
	for from := 0; from < n; from += rowsAtOnce {
		to := min(from+rowsAtOnce, n)
		rows = base.rows(from, to)
		m.first.Probs(rows, NAll, p[from:to])
	}
	if n > mostSecond {
		return slices.Clone(p), consent
	}
	second := f.secondWalk(p)
	if n > rowsAtOnce {
		base.restart()
	}
	probs = slices.Clone(p)
	for from := 0; from < n; from += rowsAtOnce {
		to := min(from+rowsAtOnce, n)
		if n > rowsAtOnce {
			rows = base.rows(from, to)
		}
		second.fill(from, to, rows)
		for k := from; k < to; k++ {
			if probs[k] > Doubt {
				probs[k] = Blend(p[k], m.second.ProbIn(rows[(k-from)*NAll:(k-from+1)*NAll], &work.keys))
			}
		}
	}
	return probs, consent
}
