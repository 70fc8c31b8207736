//go:build train

package clean

import (
	"cmp"
	"encoding/gob"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"maps"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/publicsuffix"

	"newsclip/clean/internal/trees"
)

var search = flag.Bool("search", false, "try other parameters")

var heldOut = flag.String("heldout", "", "keep the held-out answers of the block models in this file, to be read again")

// A specimen is one page that the page models learn from. Its draft has been
// through pick and sweep with answers of block models that have not read its
// publisher.
type specimen struct {
	corpus, id, host, url string
	fold                  int
	article               bool
	kind                  string   // the truth of a page that is no article
	truth                 []string // the body's words
	d                     *draft
}

func (s *specimen) key() string { return s.corpus + "/" + s.id }

func publisher(pageURL string) (host string, fold int) {
	u, err := url.Parse(pageURL)
	if err != nil {
		return pageURL, 0
	}
	host, err = publicsuffix.EffectiveTLDPlusOne(u.Hostname())
	if err != nil {
		host = u.Hostname()
	}
	h := fnv.New32a()
	h.Write([]byte(host))
	return host, int(h.Sum32()>>4) % max(*folds, 1)
}

// specimens reads all pages of the corpora.
func specimens(t *testing.T) []*specimen {
	var out []*specimen
	for _, corpus := range []string{"dev-fundus", "dev-wcxb", "dev-kinds"} {
		pages := corpusPages(t, corpus)
		type truth struct{ ID, Body, Kind string }
		truths := map[string]truth{}
		eachLine(t, filepath.Join(pages[0].dir, "truth.jsonl"), func(b []byte) {
			var r truth
			if err := json.Unmarshal(b, &r); err != nil {
				t.Fatal(err)
			}
			truths[r.ID] = r
		})
		ss := make([]*specimen, len(pages))
		var wg sync.WaitGroup
		sem := make(chan bool, 2)
		for k, p := range pages {
			tr := truths[p.ID]
			s := &specimen{corpus: corpus, id: p.ID, url: p.URL, article: corpus != "dev-kinds", kind: tr.Kind, truth: truthWords(tr.Body)}
			s.host, s.fold = publisher(p.URL)
			ss[k] = s
			html := p.html(t)
			wg.Add(1)
			sem <- true
			go func() {
				defer wg.Done()
				defer func() { <-sem }()
				pg, err := Parse(Input{ID: p.ID, URL: p.URL, HTML: html})
				if err != nil {
					return
				}
				d := &draft{t: newTree(pg)}
				d.meta = readMetadata(d.t)
				d.pics = readPictures(d.t)
				d.bs = d.t.blocks()
				d.facts = gather(d.t, d.meta, d.pics)
				s.d = d
			}()
		}
		wg.Wait()
		for _, s := range ss {
			if s.d != nil {
				out = append(out, s)
			}
		}
	}
	return out
}

// judgeHeldOut gives every specimen the answers of block models that were
// fitted without its publisher.
func judgeHeldOut(t *testing.T, ss []*specimen) {
	answers := map[string][]float32{}
	if f, err := os.Open(*heldOut); err == nil {
		err = gob.NewDecoder(f).Decode(&answers)
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
	} else {
		answers = crossJudge(ss)
		if *heldOut != "" {
			f, err := os.Create(*heldOut)
			if err != nil {
				t.Fatal(err)
			}
			if err := gob.NewEncoder(f).Encode(answers); err != nil {
				t.Fatal(err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, s := range ss {
		s.d.probs = answers[s.key()]
		if len(s.d.probs) != len(s.d.bs) {
			t.Fatalf("%s: %d answers for %d blocks: remove %s", s.key(), len(s.d.probs), len(s.d.bs), *heldOut)
		}
		s.d.decide()
		s.d.sweep()
	}
}

func crossJudge(ss []*specimen) map[string][]float32 {
	lessons := make([]*lesson, len(ss))
	for k, s := range ss {
		l := &lesson{corpus: s.corpus, id: s.id, host: s.host, truth: s.truth, fold: s.fold,
			f: &featurer{t: s.d.t, bs: s.d.bs, facts: s.d.facts}}
		l.label()
		lessons[k] = l
	}
	answers := map[string][]float32{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	sem := make(chan bool, 2)
	for fold := range *folds {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- true
			defer func() { <-sem }()
			var a, b []*lesson
			for _, l := range lessons {
				c, f := *l, *l.f
				c.f = &f
				if l.fold == fold {
					b = append(b, &c)
				} else if len(l.truth) > 0 {
					a = append(a, &c)
				}
			}
			m := fit(a, *nTrees, true)
			for _, l := range b {
				apply(m, l)
				mu.Lock()
				answers[l.corpus+"/"+l.id] = l.p2
				mu.Unlock()
				l.rows = nil
			}
		}()
	}
	wg.Wait()
	return answers
}

// tokenSet numbers the tokens that enough publishers have.
type tokenSet struct {
	index map[string]int32
	names []string
}

func tokensOf(s *specimen, families string) []string {
	seen := map[string]bool{}
	var out []string
	s.d.eachToken(func(b []byte) {
		if seen[string(b)] {
			return
		}
		fam, _, _ := strings.Cut(string(b), ":")
		if families != "" && !slices.Contains(strings.Split(families, ","), fam) {
			return
		}
		seen[string(b)] = true
		out = append(out, string(b))
	})
	return out
}

func chooseTokens(ss []*specimen, toks map[*specimen][]string, least int) *tokenSet {
	hosts := map[string]map[string]bool{}
	for _, s := range ss {
		for _, tok := range toks[s] {
			if hosts[tok] == nil {
				hosts[tok] = map[string]bool{}
			}
			hosts[tok][s.host] = true
		}
	}
	ts := &tokenSet{index: map[string]int32{}}
	for _, tok := range slices.Sorted(maps.Keys(hosts)) {
		if len(hosts[tok]) >= least {
			ts.index[tok] = int32(len(ts.names))
			ts.names = append(ts.names, tok)
		}
	}
	return ts
}

type tokenModel struct {
	set  *tokenSet
	w    []float64
	bias float64
}

func (m *tokenModel) row(toks []string) []int32 {
	var r []int32
	for _, t := range toks {
		if k, ok := m.set.index[t]; ok {
			r = append(r, k)
		}
	}
	return r
}

func (m *tokenModel) score(toks []string) float64 {
	v := 0.0
	r := m.row(toks)
	for _, k := range r {
		v += m.w[k]
	}
	return v + m.bias
}

// fitTokens is logistic regression with an elastic net, by accelerated
// proximal gradient steps.
func fitTokens(ss []*specimen, toks map[*specimen][]string, least int, l1, l2 float64) *tokenModel {
	m := &tokenModel{set: chooseTokens(ss, toks, least)}
	rows := make([][]int32, len(ss))
	y := make([]float64, len(ss))
	wt := make([]float64, len(ss))
	var pos, neg float64
	for k, s := range ss {
		rows[k] = m.row(toks[s])
		if s.article {
			y[k] = 1
			pos++
		} else {
			neg++
		}
	}
	for k := range wt {
		wt[k] = 0.5 / pos
		if y[k] == 0 {
			wt[k] = 0.5 / neg
		}
	}
	n := len(m.set.names)
	m.w = make([]float64, n)
	z := make([]float64, n)
	zb := 0.0
	g := make([]float64, n)
	old := make([]float64, n)
	oldb := 0.0
	tk := 1.0
	// rows have up to some hundreds of ones: the curvature is at most a
	// quarter of the mean squared length
	lip := 0.0
	for k := range rows {
		lip += wt[k] * float64(len(rows[k])+1) / 4
	}
	lip = lip*1.2 + l2
	for range 400 {
		clear(g)
		gb := 0.0
		for k, r := range rows {
			v := zb
			for _, j := range r {
				v += z[j]
			}
			e := wt[k] * (1/(1+math.Exp(-v)) - y[k])
			gb += e
			for _, j := range r {
				g[j] += e
			}
		}
		tn := (1 + math.Sqrt(1+4*tk*tk)) / 2
		mom := (tk - 1) / tn
		tk = tn
		for j := range z {
			v := z[j] - (g[j]+l2*z[j])/lip
			switch {
			case v > l1/lip:
				v -= l1 / lip
			case v < -l1/lip:
				v += l1 / lip
			default:
				v = 0
			}
			m.w[j] = v
			z[j] = v + mom*(v-old[j])
			old[j] = v
		}
		m.bias = zb - gb/lip
		zb = m.bias + mom*(m.bias-oldb)
		oldb = m.bias
	}
	return m
}

var kindParams = trees.Params{Loss: trees.Logistic, Trees: 150, Leaves: 6, Rate: 0.05, MinWeight: 3, L2: 5, RowShare: 0.7, ColShare: 0.4, Seed: 1}

func fitKind(ss []*specimen, rows map[*specimen][]float32, cols []int, p trees.Params) *trees.Forest {
	var d trees.Rows
	for _, c := range cols {
		d.Names = append(d.Names, kindColumn(c))
	}
	for _, s := range ss {
		for _, c := range cols {
			d.X = append(d.X, rows[s][c])
		}
		d.Y = append(d.Y, bit(s.article))
		w := float32(1)
		if !s.article {
			w = 3
		}
		d.W = append(d.W, w)
	}
	return trees.Fit(d, p)
}

func auc(pos, neg []float64) float64 {
	slices.Sort(neg)
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

func kindReport(t *testing.T, name string, ss []*specimen, score map[*specimen]float64) {
	by := map[string][]float64{}
	for _, s := range ss {
		by[s.corpus] = append(by[s.corpus], score[s])
	}
	var b strings.Builder
	for _, recall := range []float64{0.97, 0.975, 0.98, 0.99} {
		w := slices.Sorted(slices.Values(by["dev-wcxb"]))
		cut := w[int(float64(len(w))*(1-recall))]
		var fp, fn int
		for _, v := range by["dev-kinds"] {
			if v >= cut {
				fp++
			}
		}
		for _, v := range by["dev-fundus"] {
			if v < cut {
				fn++
			}
		}
		fmt.Fprintf(&b, "  @%.3f cut %.2f: kinds %.3f fundus %.3f", recall, cut, float64(fp)/float64(len(by["dev-kinds"])), 1-float64(fn)/float64(len(by["dev-fundus"])))
	}
	t.Logf("%-28s auc wcxb %.4f fundus %.4f%s", name, auc(by["dev-wcxb"], slices.Clone(by["dev-kinds"])), auc(by["dev-fundus"], slices.Clone(by["dev-kinds"])), b.String())
}

func split(ss []*specimen, fold int) (a, b []*specimen) {
	for _, s := range ss {
		if s.fold == fold {
			b = append(b, s)
		} else {
			a = append(a, s)
		}
	}
	return a, b
}

func crossTokens(ss []*specimen, toks map[*specimen][]string, least int, l1, l2 float64) map[*specimen]float64 {
	out := map[*specimen]float64{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for fold := range *folds {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a, b := split(ss, fold)
			if len(b) == 0 {
				return
			}
			m := fitTokens(a, toks, least, l1, l2)
			mu.Lock()
			defer mu.Unlock()
			for _, s := range b {
				out[s] = m.score(toks[s])
			}
		}()
	}
	wg.Wait()
	return out
}

func crossForest(ss []*specimen, rows map[*specimen][]float32, cols []int, p trees.Params) map[*specimen]float64 {
	out := map[*specimen]float64{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	for fold := range *folds {
		wg.Add(1)
		go func() {
			defer wg.Done()
			a, b := split(ss, fold)
			f := fitKind(a, rows, cols, p)
			mu.Lock()
			defer mu.Unlock()
			for _, s := range b {
				r := make([]float32, 0, nKind)
				for _, c := range cols {
					r = append(r, rows[s][c])
				}
				out[s] = float64(f.Raw(r))
			}
		}()
	}
	wg.Wait()
	return out
}

func TestTrainKind(t *testing.T) {
	ss := specimens(t)
	judgeHeldOut(t, ss)
	rows := map[*specimen][]float32{}
	for _, s := range ss {
		r := make([]float32, nKind)
		s.d.kindRow(r)
		rows[s] = r
	}
	for c := 1; c < nKind; c++ {
		var pos, neg []float64
		for _, s := range ss {
			v := float64(rows[s][c])
			if s.corpus == "dev-wcxb" {
				pos = append(pos, v)
			} else if s.corpus == "dev-kinds" {
				neg = append(neg, v)
			}
		}
		t.Logf("%-16s %.3f", kindColumn(c), auc(pos, neg))
	}
	var cols []int
	for c := 1; c < nKind; c++ {
		cols = append(cols, c)
	}
	grid := []trees.Params{kindParams}
	if *search {
		for _, leaves := range []int{3, 4, 6, 10} {
			for _, n := range []int{150, 400} {
				for _, mw := range []float64{1, 4} {
					p := kindParams
					p.Leaves, p.Trees, p.MinWeight = leaves, n, mw
					grid = append(grid, p)
				}
			}
		}
	}
	var dense map[*specimen]float64
	for _, p := range grid {
		sc := crossForest(ss, rows, cols, p)
		if dense == nil {
			dense = sc
		}
		kindReport(t, fmt.Sprint("dense ", p.Trees, " ", p.Leaves, " ", p.MinWeight), ss, sc)
	}
	if *worst > 0 {
		toks := map[*specimen][]string{}
		for _, s := range ss {
			toks[s] = tokensOf(s, "type,og,prop,host,url,query,title,page,made,class,line")
		}
		sc := crossTokens(ss, toks, 6, 0.0005, 0.003)
		slices.SortFunc(ss, func(a, b *specimen) int { return cmp.Compare(sc[a]+dense[a], sc[b]+dense[b]) })
		for _, s := range ss {
			t.Logf("%6.2f %6.2f %6.2f %v %s %s %s %s", sc[s]+dense[s], sc[s], dense[s], s.article, s.corpus, s.id, s.kind, s.url)
		}
		return
	}
	for _, fam := range []string{"type,og,prop", "host,url,query", "title", "page,made", "class", "line", "text", "type,og,prop,host,url,query,title,page,made", "type,og,prop,host,url,query,title,page,made,class", "type,og,prop,host,url,query,title,page,made,line", ""} {
		toks := map[*specimen][]string{}
		for _, s := range ss {
			toks[s] = tokensOf(s, fam)
		}
		for _, l2 := range []float64{0.003, 0.03} {
			sc := crossTokens(ss, toks, 6, 0.0005, l2)
			kindReport(t, fmt.Sprint(fam, l2), ss, sc)
			sum := map[*specimen]float64{}
			for s := range sc {
				sum[s] = sc[s] + dense[s]
			}
			kindReport(t, " + dense", ss, sum)
		}
	}
}
