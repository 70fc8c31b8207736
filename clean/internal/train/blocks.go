package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/trees"
	"newsclip/clean/internal/trees/fit"
)

// blockParams are those of both block models, but for the number of trees.
var blockParams = fit.Params{Leaves: 24, Rate: 0.1, MinWeight: 0.05, L2: 1, RowShare: 0.3, ColShare: 0.4, Seed: 1}

// inTruth is the share of a block's words from which on it counts as the
// article's: a block of which the truth has a few words shares them by chance.
const inTruth = 0.6

// blindWeight is what the copy of a page without classes and words counts beside
// the page.
const blindWeight = 0.5

// newsWeight is what a page of newsCorpus counts beside one of another. The
// corpus of news is the smallest by far, and is to count for as much.
const newsWeight = 4

// A lesson is a sample as one pair of block models learns from it or answers it.
type lesson struct {
	*sample
	f    *judge.Featurer
	rows []float32 // judge.NAll columns for each block
	p1   []float32 // the first model's answers
	p2   []float32 // the second model's
	// blind marks the copy of a page whose rows tell nothing of classes and
	// words.
	blind bool
	final []string // words of the record, set by scorePipeline
}

func newLesson(s *sample) *lesson {
	return &lesson{sample: s, f: &judge.Featurer{T: s.tree, Bs: s.blocks, Signals: s.signals}}
}

// blinded returns a copy of l, for rows that tell nothing of classes and words:
// as they are on sites that give classes names that nobody can read, and in
// languages that the corpora have seldom.
func (l *lesson) blinded() *lesson {
	b := newLesson(l.sample)
	b.f.Cls, b.f.Lex, b.blind = l.f.Cls, l.f.Lex, true
	return b
}

// farRole is the distance to the nearest element of a role where there is none.
const farRole = 20

// readRows fills rows from what the page's class words and words are worth.
func (l *lesson) readRows() {
	l.rows = l.f.Rows()
	if !l.blind {
		return
	}
	for k := range l.blocks {
		r := l.rows[k*judge.NAll : (k+1)*judge.NAll]
		for _, c := range []int{judge.FClassOwn, judge.FClassParent, judge.FClassMin, judge.FClassMax, judge.FClassSum, judge.FHeadRoles} {
			r[c] = 0
		}
		for j := range page.RoleCount {
			r[judge.FRole0+j] = farRole
		}
		if l.corpus == webCorpus {
			continue // is in English throughout
		}
		for _, c := range []int{judge.FLex, judge.FLexMin, judge.FLexMax, judge.FLexHead, judge.FLexPrev} {
			r[c] = 0
		}
	}
}

// weight is what block k counts for. Long pages would else count for many short
// ones, and long blocks for nearly the whole page.
func (l *lesson) weight(k int) float32 {
	w := (float32(math.Sqrt(float64(l.blocks[k].Words))) + 1) / (float32(math.Sqrt(float64(len(l.truth)))) + 10)
	if l.corpus == newsCorpus || l.corpus == newsroomCorpus {
		w *= newsWeight
	}
	if l.blind {
		w *= blindWeight
	}
	return w
}

// label01 is the answer that a model is to learn for a block with this share of
// its words in the truth.
func label01(y float32) float32 {
	if y >= inTruth {
		return 1
	}
	return 0
}

// A models is what the block models are made of.
type models struct {
	lex   *judge.Lexicon
	class map[string]float32
	m1    *trees.Forest
	m2    *trees.Forest
}

// fitBlocks fits the block models on samples.
func fitBlocks(ss []*sample, nTrees int) (m models, err error) {
	lessons := m.learnWords(lessonsOf(ss))
	if m.m1, err = fitRows(lessons, judge.NBase, nTrees); err != nil {
		return m, err
	}
	// The second model must see answers of the first as they are on pages it
	// has not read, so the first is fitted again without each part.
	if _, err := firstAnswers(lessons, 3, nTrees); err != nil {
		return m, err
	}
	m.m2, err = fitRows(lessons, judge.NAll, nTrees)
	return m, err
}

func lessonsOf(ss []*sample) []*lesson {
	lessons := make([]*lesson, len(ss))
	for k, s := range ss {
		lessons[k] = newLesson(s)
	}
	return lessons
}

// part is which of parts a lesson is in. All pages of a publisher are in one,
// and in that which [publisher] names.
func (l *lesson) part(parts int) int {
	of := l.host
	if l.corpus == newsroomCorpus {
		of += l.id // its templates are to be learnt by heart
	}
	return int(hash(of)>>4) % parts
}

// without returns the lessons that are not in a part.
func without(lessons []*lesson, part, parts int) []*lesson {
	var out []*lesson
	for _, l := range lessons {
		if l.part(parts) != part {
			out = append(out, l)
		}
	}
	return out
}

// firstAnswers answers each lesson by a first model that was fitted without its
// part, fills the columns that stand on these answers, and returns the models.
func firstAnswers(lessons []*lesson, parts, nTrees int) ([]*trees.Forest, error) {
	forests := make([]*trees.Forest, parts)
	for part := range parts {
		f, err := fitRows(without(lessons, part, parts), judge.NBase, nTrees)
		if err != nil {
			return nil, err
		}
		forests[part] = f
		for _, l := range lessons {
			if l.part(parts) == part {
				l.p1 = predict(f, l)
			}
		}
	}
	for _, l := range lessons {
		l.f.Second(l.rows, l.p1)
	}
	return forests, nil
}

// learnWords learns the odds of words and class words, fills the rows of lessons
// by odds that have not seen the page, and returns lessons with the blinded
// copies.
func (m *models) learnWords(lessons []*lesson) []*lesson {
	classes, words := map[string]*stat{}, map[uint64]*stat{}
	ownClasses := make([]map[string]*stat, len(lessons))
	ownWords := make([]map[uint64]*stat, len(lessons))
	for k, l := range lessons {
		ownWords[k], ownClasses[k] = wordCounts(l.sample), classCounts(l.sample)
		addStats(words, ownWords[k])
		addStats(classes, ownClasses[k])
	}
	m.lex, m.class = wordOdds(words), classOdds(classes)
	// Only the words that the table has are worth taking out again.
	for _, own := range ownWords {
		for w := range own {
			if !m.lex.Odds.Has(w) {
				delete(own, w)
			}
		}
	}
	all := lessons
	for k, l := range lessons {
		// The tables are those of all pages but for the words of this one.
		setOdds := func(own bool) {
			for w, st := range ownWords[k] {
				if !own {
					st = nil
				}
				m.lex.Odds.Set(w, wordOdd(words[w], st))
			}
			for w, st := range ownClasses[k] {
				if _, ok := m.class[w]; !ok {
					continue
				}
				if !own {
					st = nil
				}
				m.class[w] = classOdd(classes[w], st)
			}
		}
		setOdds(true)
		// A table of its own, as what elements say is remembered by table.
		l.f.Cls, l.f.Lex = sums(m.class, l.tree), m.lex
		l.readRows()
		if l.corpus == newsCorpus || l.corpus == webCorpus {
			b := l.blinded()
			b.readRows()
			b.f.Cls, b.f.Lex = nil, nil
			all = append(all, b)
		}
		l.f.Cls, l.f.Lex = nil, nil // large, and not needed any more
		setOdds(false)
		ownWords[k], ownClasses[k] = nil, nil
	}
	return all
}

// fitRows fits a forest on the first columns of the lessons' rows.
func fitRows(lessons []*lesson, columns, nTrees int) (*trees.Forest, error) {
	d := fit.Rows{Names: blockColumns(columns)}
	for _, l := range lessons {
		for k := range l.blocks {
			if columns == judge.NAll && l.p1[k] <= judge.Doubt {
				continue // the second model is not asked
			}
			d.X = append(d.X, l.rows[k*judge.NAll:k*judge.NAll+columns])
			d.Y = append(d.Y, label01(l.y[k]))
			d.W = append(d.W, l.weight(k))
		}
	}
	p := blockParams
	p.Trees = nTrees
	return fit.Forest(d, p)
}

func predict(f *trees.Forest, l *lesson) []float32 {
	p := make([]float32, len(l.blocks))
	for k := range p {
		p[k] = f.Prob(l.rows[k*judge.NAll : (k+1)*judge.NAll])
	}
	return p
}

// second answers by both models where the first one leaves doubt; f is the second.
func (l *lesson) second(f *trees.Forest) []float32 {
	p := slices.Clone(l.p1)
	for k := range p {
		if p[k] > judge.Doubt {
			p[k] = judge.Blend(p[k], f.Prob(l.rows[k*judge.NAll:(k+1)*judge.NAll]))
		}
	}
	return p
}

// answer has the models judge a page.
func (m models) answer(s *sample) *lesson {
	l := newLesson(s)
	l.f.Cls, l.f.Lex = sums(m.class, s.tree), m.lex
	l.readRows()
	l.p1 = predict(m.m1, l)
	l.f.Second(l.rows, l.p1)
	l.p2 = l.second(m.m2)
	l.rows, l.f = nil, nil
	return l
}

// judgeFolds answers each page by models that were fitted on the other folds'
// pages, fold after fold. It is of one fold alone where o.only is not -1. Pages
// without a truth are answered and not learnt from. The answers of the first
// model that a fold's second model learns from are of models that have read the
// fold; its own first model and its tables of words have not.
func judgeFolds(o *options, w io.Writer, ss []*sample) ([]*lesson, error) {
	var in []*sample
	for _, s := range ss {
		if len(s.truth) > 0 {
			in = append(in, s)
		}
	}
	var m models
	lessons := m.learnWords(lessonsOf(in))
	first, err := firstAnswers(lessons, o.folds, o.trees)
	if err != nil {
		return nil, err
	}
	var held []*lesson
	for fold := range o.folds {
		if o.only >= 0 && fold != o.only {
			continue
		}
		var others []*sample
		for _, l := range without(lessons, fold, o.folds) {
			if !l.blind {
				others = append(others, l.sample)
			}
		}
		m := tablesOf(others)
		m.m1 = first[fold]
		if m.m2, err = fitRows(without(lessons, fold, o.folds), judge.NAll, o.trees); err != nil {
			return nil, fmt.Errorf("fold %d: %w", fold, err)
		}
		n := len(held)
		for _, s := range ss {
			if s.fold == fold {
				held = append(held, m.answer(s))
			}
		}
		fmt.Fprintf(w, "fold %d: fitted on %d pages, answered %d\n", fold, len(others), len(held)-n)
	}
	return held, nil
}

// tablesOf returns models that have the odds of the samples' words alone.
func tablesOf(ss []*sample) models {
	classes, words := map[string]*stat{}, map[uint64]*stat{}
	for _, s := range ss {
		addStats(classes, classCounts(s))
		addStats(words, wordCounts(s))
	}
	return models{lex: wordOdds(words), class: classOdds(classes)}
}

// trainBlocks is the sub-command blocks.
func trainBlocks(o *options, w io.Writer) error {
	all, err := readCorpora(o, w, newsCorpus, webCorpus, oldCorpus)
	if err != nil {
		return err
	}
	var ss []*sample
	for _, s := range all {
		if len(s.truth) > 0 {
			ss = append(ss, s)
		}
	}
	newsroom, err := readNewsroom()
	if err != nil {
		return err
	}
	ss = append(ss, newsroom...)
	if o.folds > 1 {
		if err := scoreBlocks(o, w, ss); err != nil {
			return err
		}
	}
	if o.out == "" {
		return nil
	}
	m, err := fitBlocks(ss, o.trees)
	if err != nil {
		return err
	}
	return writeBlockModels(o.out, w, ss, m)
}

// scoreBlocks prints what block models are worth that have not read the pages'
// publishers. With a file of held-out answers, that is what the stages after
// them make of those.
func scoreBlocks(o *options, w io.Writer, ss []*sample) error {
	report(w, "ceiling", unanswered(ss), func(l *lesson, k int) bool { return l.y[k] >= inTruth })
	var held []*lesson
	var err error
	if o.heldOut != "" {
		if held, err = answered(o, ss); err != nil {
			return err
		}
	} else {
		if held, err = judgeFolds(o, w, ss); err != nil {
			return err
		}
		report(w, "first", held, func(l *lesson, k int) bool { return l.p1[k] >= 0.5 })
		for _, p := range []float32{0.4, 0.5, 0.6} {
			report(w, fmt.Sprintf("second%.1f", p), held, func(l *lesson, k int) bool { return l.p2[k] >= p })
		}
	}
	scorePipeline(w, "rules", held, (*lesson).byRules)
	scorePipeline(w, "pipeline", held, func(l *lesson) []float32 { return l.p2 })
	if o.heldOut == "" {
		cuts := map[*lesson]float32{}
		for _, l := range held {
			cuts[l] = judge.BestCut(l.p2, l.blocks)
		}
		report(w, "best", held, func(l *lesson, k int) bool { return l.p2[k] >= cuts[l] })
	}
	printWorst(w, held, o.worst)
	return dumpBlocks(o.dump, held)
}

func unanswered(ss []*sample) []*lesson {
	out := make([]*lesson, len(ss))
	for k, s := range ss {
		out[k] = &lesson{sample: s}
	}
	return out
}

// answered gives the pages the held-out answers of a file that kind or
// confidence has written.
func answered(o *options, ss []*sample) ([]*lesson, error) {
	h, err := readHeldOut(o.heldOut)
	if err != nil {
		return nil, err
	}
	var held []*lesson
	for _, s := range ss {
		if s.corpus == newsroomCorpus || o.only >= 0 && s.fold != o.only {
			continue
		}
		p, err := h.of(s)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.heldOut, err)
		}
		held = append(held, &lesson{sample: s, p1: p, p2: p})
	}
	return held, nil
}
