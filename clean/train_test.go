//go:build train

package clean

import (
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
	"sort"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html/atom"
	"golang.org/x/net/publicsuffix"

	"newsclip/clean/internal/trees"
	"newsclip/selectors"
	"newsclip/testdata"
)

var (
	folds  = flag.Int("folds", 5, "publishers are split in so many parts; 1 fits on all and saves")
	nTrees = flag.Int("trees", 120, "trees of each forest")
	only   = flag.Int("only", -1, "run this fold alone")
	worst  = flag.Int("worst", 0, "print the worst pages")
	rate   = flag.Float64("rate", 0.1, "learning rate")
	leaves = flag.Int("leaves", 24, "leaves of a tree")
	blind  = flag.Float64("blind", 0.5, "weight of the pages' copies without classes and words")
	dump   = flag.String("dump", "", "print the blocks of the page with this id")
)

type lesson struct {
	corpus, id, host string
	truth            []string
	f                *featurer
	meta             *metadata
	pics             []picture
	final            []string
	words            [][]string // of each block
	y                []float32  // share of the block's words in the truth
	fold             int
	rows             []float32
	p1, p2           []float32
	// blind marks the copy of a page whose rows tell nothing of classes and
	// words.
	blind bool
}

func loadCorpus(t *testing.T, name string) []*lesson {
	dir := filepath.Join(os.Getenv("NEWSCLIP_CORPORA"), name)
	truth := map[string][]string{}
	eachLine(t, filepath.Join(dir, "truth.jsonl"), func(b []byte) {
		var r struct{ ID, Body string }
		json.Unmarshal(b, &r)
		truth[r.ID] = truthWords(r.Body)
	})
	var out []*lesson
	var in []Input
	for _, r := range corpusPages(t, name) {
		if len(truth[r.ID]) == 0 {
			continue
		}
		u, _ := url.Parse(r.URL)
		host, err := publicsuffix.EffectiveTLDPlusOne(u.Hostname())
		if err != nil {
			host = u.Hostname()
		}
		h := fnv.New32a()
		h.Write([]byte(host))
		out = append(out, &lesson{corpus: name, id: r.ID, host: host, truth: truth[r.ID], fold: int(h.Sum32()>>4) % max(*folds, 1)})
		in = append(in, Input{ID: r.ID, URL: r.URL, HTML: r.html(t)})
	}
	var wg sync.WaitGroup
	sem := make(chan bool, 2)
	for k, s := range out {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- true
			defer func() { <-sem }()
			p, err := Parse(in[k])
			if err != nil {
				t.Error(s.id, err)
				return
			}
			tr := newTree(p)
			s.meta, s.pics = readMetadata(tr, metaOptions{}), readPictures(tr)
			s.f = &featurer{t: tr, bs: tr.blocks(), signals: gather(tr, s.meta, s.pics)}
			s.label()
		}()
	}
	wg.Wait()
	return out
}

// loadNewsroom adds the made-up site's articles, which show hazards that the
// corpora have seldom. They are only learnt from.
func loadNewsroom(t *testing.T) []*lesson {
	site, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	expected, err := testdata.Expected(newsroomOrigin)
	if err != nil {
		t.Fatal(err)
	}
	var out []*lesson
	for _, r := range expected {
		var want Article
		if err := json.Unmarshal(r.JSON, &want); err != nil {
			t.Fatal(err)
		}
		p, err := Parse(newsroomPage(t, site, r.Path))
		if err != nil {
			t.Fatal(err)
		}
		s := &lesson{corpus: "newsroom", id: r.File, host: "newsroom", truth: truthWords(want.Subtitle + "\n\n" + want.Text), fold: -1}
		tr := newTree(p)
		s.meta, s.pics = readMetadata(tr, metaOptions{}), readPictures(tr)
		s.f = &featurer{t: tr, bs: tr.blocks(), signals: gather(tr, s.meta, s.pics)}
		s.label()
		out = append(out, s)
	}
	return out
}

func (s *lesson) label() {
	var a, b []int
	ids := map[string]int{}
	id := func(w string) int {
		w = strings.ToLower(w)
		n, ok := ids[w]
		if !ok {
			n = len(ids)
			ids[w] = n
		}
		return n
	}
	for k := range s.f.bs {
		w := truthWords(s.f.bs[k].text)
		s.words = append(s.words, w)
		for _, x := range w {
			a = append(a, id(x))
		}
	}
	for _, x := range s.truth {
		b = append(b, id(x))
	}
	hit := make([]bool, len(a))
	lcs(a, b, 0, hit)
	s.y = make([]float32, len(s.f.bs))
	k := 0
	for j, w := range s.words {
		n := 0
		for range w {
			if hit[k] {
				n++
			}
			k++
		}
		if len(w) > 0 {
			s.y[j] = float32(n) / float32(len(w))
		}
	}
}

// lcs marks the words of a that a longest common subsequence with b has
// (Myers, An O(ND) difference algorithm, 1986, linear space).
func lcs(a, b []int, off int, hit []bool) {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		hit[off] = true
		a, b, off = a[1:], b[1:], off+1
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		hit[off+len(a)-1] = true
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a) == 0 || len(b) == 0 {
		return
	}
	x, y, u, v := middle(a, b)
	if x == 0 && y == 0 || u == len(a) && v == len(b) && x == u && y == v {
		return
	}
	for k := x; k < u; k++ {
		hit[off+k] = true
	}
	lcs(a[:x], b[:y], off, hit)
	lcs(a[u:], b[v:], off+u, hit)
}

func middle(a, b []int) (x, y, u, v int) {
	n, m := len(a), len(b)
	most := (n+m+1)/2 + 1
	fw, bw := make([]int, 2*most+2), make([]int, 2*most+2)
	delta := n - m
	for d := 0; d <= most; d++ {
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && fw[most+k-1] < fw[most+k+1] {
				x = fw[most+k+1]
			} else {
				x = fw[most+k-1] + 1
			}
			y := x - k
			x0, y0 := x, y
			for x < n && y < m && x >= 0 && y >= 0 && a[x] == b[y] {
				x++
				y++
			}
			fw[most+k] = x
			if delta&1 != 0 && k >= delta-(d-1) && k <= delta+(d-1) && x+bw[most+delta-k] >= n {
				return x0, y0, x, y
			}
		}
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && bw[most+k-1] < bw[most+k+1] {
				x = bw[most+k+1]
			} else {
				x = bw[most+k-1] + 1
			}
			y := x - k
			x0, y0 := x, y
			for x < n && y < m && x >= 0 && y >= 0 && a[n-1-x] == b[m-1-y] {
				x++
				y++
			}
			bw[most+k] = x
			if delta&1 == 0 && delta-k >= -d && delta-k <= d && x+fw[most+delta-k] >= n {
				return n - x, m - y, n - x0, m - y0
			}
		}
	}
	return 0, 0, 0, 0
}

// classStats sums for each class word, over pages, the share of the page's
// words under it that are in the truth and not.
type classStat struct {
	in, out float64
	pages   int
}

func classCounts(s *lesson) map[string]*classStat {
	t := s.f.t
	in := make([]float64, len(t.nodes))
	out := make([]float64, len(t.nodes))
	for k := range s.f.bs {
		b := &s.f.bs[k]
		w := float64(b.words)
		for e := b.el; e >= 0; e = t.nodes[e].parent {
			in[e] += w * float64(s.y[k])
			out[e] += w * float64(1-s.y[k])
		}
	}
	m := map[string]*classStat{}
	seen := map[string]float64{}
	for i := range t.nodes {
		if in[i]+out[i] == 0 {
			continue
		}
		for _, a := range t.nodes[i].Attr {
			if a.Key != "class" && a.Key != "id" {
				continue
			}
			var buf [64]byte
			for word, k := selectors.NextWord(a.Val, 0, buf[:0]); len(word) > 0; word, k = selectors.NextWord(a.Val, k, buf[:0]) {
				w := string(word)
				st := m[w]
				if st == nil {
					st = &classStat{pages: 1}
					m[w] = st
				}
				st.in += in[i]
				st.out += out[i]
				seen[w] += in[i] + out[i]
			}
		}
	}
	for _, st := range m {
		n := st.in + st.out
		st.in /= n
		st.out /= n
	}
	return m
}

func classOdds(total map[string]*classStat, own map[string]*classStat) *classTable {
	c := &classTable{odds: map[string]float32{}}
	for w, st := range total {
		in, out, n := st.in, st.out, st.pages
		if o := own[w]; o != nil {
			in, out, n = in-o.in, out-o.out, n-1
		}
		if n < 8 {
			continue
		}
		c.odds[w] = float32(math.Log((in + 0.5) / (out + 0.5)))
	}
	return c
}

var (
	p1 = trees.Params{Loss: trees.Logistic, Leaves: 24, Rate: 0.1, MinWeight: 0.05, L2: 1, RowShare: 0.6, ColShare: 0.4, Seed: 1}
)

func weight(s *lesson, k int) float32 {
	b := &s.f.bs[k]
	w := (float32(math.Sqrt(float64(b.words))) + 1) / (float32(math.Sqrt(float64(len(s.truth)))) + 10)
	// The news corpus is the smaller by far, and counts for as much.
	if s.corpus != "dev-wcxb" {
		w *= 4
	}
	if s.blind {
		w *= float32(*blind)
	}
	return w
}

func wordCounts(s *lesson) map[uint64]*classStat {
	m := map[uint64]*classStat{}
	for k := range s.f.bs {
		y := float64(label01(s.y[k]))
		n := 0
		eachWord(s.f.bs[k].text, func(h uint64) {
			n++
			if n > 60 {
				return
			}
			st := m[h]
			if st == nil {
				st = &classStat{pages: 1}
				m[h] = st
			}
			// A block counts once per word, so that label words in short
			// lines weigh as much as they do on the page.
			w := 1 / math.Sqrt(float64(max(s.f.bs[k].words, 1)))
			st.in += y * w
			st.out += (1 - y) * w
		})
	}
	for _, st := range m {
		n := st.in + st.out
		st.in /= n
		st.out /= n
	}
	return m
}

func wordOdds(total, own map[uint64]*classStat) *lexicon {
	l := &lexicon{}
	for w, st := range total {
		if st.pages < 15 {
			continue
		}
		in, out := st.in, st.out
		if o := own[w]; o != nil {
			in, out = in-o.in, out-o.out
		}
		l.odds.set(w, float32(math.Log((in+1)/(out+1))))
	}
	return l
}

type models struct {
	lex   *lexicon
	class *classTable
	m1    *trees.Forest
	m2    *trees.Forest
}

// blinded returns a copy of s, for rows that tell nothing of classes and words:
// as they are on sites that give classes names that nobody can read, and in
// languages that the corpora have seldom.
func (s *lesson) blinded() *lesson {
	c, f := *s, *s.f
	f.scratch = nil
	c.f, c.blind = &f, true
	return &c
}

// readRows fills rows from what the page's class words and words are worth.
func (s *lesson) readRows() {
	s.rows = s.f.rows()
	if !s.blind {
		return
	}
	for k := range s.f.bs {
		r := s.rows[k*nAll : (k+1)*nAll]
		for _, c := range []int{fClassOwn, fClassParent, fClassMin, fClassMax, fClassSum, fHeadRoles} {
			r[c] = 0
		}
		for j := range roleCount {
			r[fRole0+j] = 20
		}
		if s.corpus == "dev-wcxb" {
			continue // is in English throughout
		}
		for _, c := range []int{fLex, fLexMin, fLexMax, fLexHead, fLexPrev} {
			r[c] = 0
		}
	}
}

func fit(train []*lesson, n int, second bool) models {
	var m models
	total := map[string]*classStat{}
	counts := make([]map[string]*classStat, len(train))
	wtotal := map[uint64]*classStat{}
	wcounts := make([]map[uint64]*classStat, len(train))
	for k, s := range train {
		wcounts[k] = wordCounts(s)
		for w, st := range wcounts[k] {
			tt := wtotal[w]
			if tt == nil {
				tt = &classStat{}
				wtotal[w] = tt
			}
			tt.in += st.in
			tt.out += st.out
			tt.pages++
		}
	}
	m.lex = wordOdds(wtotal, nil)
	// only the words that the table has are worth taking out again
	for _, c := range wcounts {
		for w := range c {
			if !m.lex.odds.has(w) {
				delete(c, w)
			}
		}
	}
	for k, s := range train {
		counts[k] = classCounts(s)
		for w, st := range counts[k] {
			tt := total[w]
			if tt == nil {
				tt = &classStat{}
				total[w] = tt
			}
			tt.in += st.in
			tt.out += st.out
			tt.pages++
		}
	}
	m.class = classOdds(total, nil)
	for k, s := range train {
		s.f.cls = classOdds(total, counts[k]).sums(s.f.t)
		s.f.lex = wordOdds(wtotal, wcounts[k])
		s.readRows()
		if s.corpus != "newsroom" && *blind > 0 {
			b := s.blinded()
			b.readRows()
			b.f.lex = nil
			train = append(train, b)
		}
		s.f.lex = nil
	}
	m.m1 = fitRows(train, featureNames(nBase), n, func(*lesson) []float32 { return nil })
	if !second {
		return m
	}
	// The second model must see answers of the first as they are on pages it
	// has not read, so the first is fitted again without each part.
	const parts = 3
	for part := range parts {
		var a, b []*lesson
		for _, s := range train {
			h := fnv.New32a()
			h.Write([]byte(s.host))
			if s.corpus == "newsroom" {
				h.Write([]byte(s.id)) // its templates are to be learnt by heart
			}
			if int(h.Sum32()>>9)%parts == part {
				b = append(b, s)
			} else {
				a = append(a, s)
			}
		}
		f := fitRows(a, featureNames(nBase), n, nil)
		for _, s := range b {
			s.p1 = predict(f, s)
		}
	}
	for _, s := range train {
		s.f.second(s.rows, s.p1)
	}
	m.m2 = fitRows(train, featureNames(nAll), n, nil)
	return m
}

func featureNames(n int) []string {
	out := make([]string, n)
	for k := range out {
		out[k] = blockColumn(k)
	}
	return out
}

func fitRows(ss []*lesson, names []string, n int, _ func(*lesson) []float32) *trees.Forest {
	d := trees.Rows{Names: names}
	for _, s := range ss {
		for k := range s.f.bs {
			d.X = append(d.X, s.rows[k*nAll:k*nAll+len(names)]...)
			d.Y = append(d.Y, label01(s.y[k]))
			d.W = append(d.W, weight(s, k))
		}
	}
	p := p1
	p.Trees, p.Rate, p.Leaves = n, *rate, *leaves
	return trees.Fit(d, p)
}

func label01(y float32) float32 {
	if y >= 0.6 {
		return 1
	}
	return 0
}

func predict(f *trees.Forest, s *lesson) []float32 {
	p := make([]float32, len(s.f.bs))
	for k := range p {
		p[k] = f.Prob(s.rows[k*nAll : (k+1)*nAll])
	}
	return p
}

// sums returns what c says of t's elements.
func (c *classTable) sums(t *tree) *classSums {
	s := new(classSums)
	s.begin(c, t)
	return s
}

func apply(m models, s *lesson) {
	s.f.cls = m.class.sums(s.f.t)
	s.f.lex = m.lex
	s.rows = s.f.rows()
	s.p1 = predict(m.m1, s)
	if m.m2 != nil {
		s.f.second(s.rows, s.p1)
		s.p2 = predict(m.m2, s)
	} else {
		s.p2 = s.p1
	}
}

func kept(s *lesson, keep func(k int) bool) []string {
	var w []string
	for k := range s.f.bs {
		if keep(k) {
			w = append(w, s.words[k]...)
		}
	}
	return w
}

func report(name string, ss []*lesson, keep func(s *lesson, k int) bool) {
	reportWords(name, ss, func(s *lesson) []string { return kept(s, func(k int) bool { return keep(s, k) }) })
}

func reportWords(name string, ss []*lesson, words func(s *lesson) []string) {
	sum := map[string]scores{}
	n := map[string]float64{}
	for _, s := range ss {
		sc := score(s.truth, words(s))
		t := sum[s.corpus]
		t.p += sc.p
		t.r += sc.r
		t.exact += sc.exact
		t.f += sc.f
		sum[s.corpus] = t
		n[s.corpus]++
	}
	for _, c := range []string{"dev-fundus", "dev-wcxb"} {
		t, k := sum[c], n[c]
		if k == 0 {
			continue
		}
		p, r := t.p/k, t.r/k
		fmt.Printf("%-8s %s n=%.0f F1=%.4f P=%.4f R=%.4f exact=%.3f meanF=%.4f\n", name, c, k, 2*p*r/(p+r), p, r, t.exact/k, t.f/k)
	}
}

// whole runs the stages after the models on held-out answers.
func (s *lesson) whole() []string {
	probs := slices.Clone(s.p2)
	settle(s.f.t, s.f.bs, probs)
	bd := newBody(s.f.t, s.f.bs, probs, bestCut(probs, s.f.bs))
	sf := sweep(bd, s.f.signals)
	text := plainBody(bd)
	if sf >= 0 {
		text = bd.blocks[sf].text + "\n\n" + text
	}
	return truthWords(text)
}

// byRules answers as well as rules alone do: what reads like text in the
// smallest element that has most of what reads like paragraphs, without boxes
// that their class or element calls something else, captions, bylines, lines
// that are links for the most part and lines that say what furniture says.
func (s *lesson) byRules() []float32 {
	t := s.f.t
	p := make([]float32, len(s.f.bs))
	s.f.cls, s.f.lex = new(classTable).sums(t), new(lexicon)
	s.f.rows() // for the words of each element
	box, last := int32(0), -1
	for k := range s.f.bs {
		if isLong(&s.f.bs[k]) {
			last = k
		}
	}
	for i := range t.nodes {
		if s.f.areas[i].long*10 >= s.f.total.long*8 {
			box = int32(i)
		}
	}
	for k := range s.f.bs {
		b := &s.f.bs[k]
		if b.from < box || b.from >= t.nodes[box].end || b.where&(inNav|inFooter|inForm|inButton|inDialog|inFigcaption|inHidden) != 0 ||
			b.linkWords*5 > b.words*3 || s.f.signals.captions.has(b) || s.f.signals.bylines.has(b) || s.f.signals.dates.has(b) ||
			k > last && !isLong(b) || b.words <= 40 && selectors.MatchPhrase(b.text).Line != 0 {
			continue
		}
		p[k] = 1
		for e := b.el; e > box; e = t.nodes[e].parent {
			if nd := &t.nodes[e]; (nd.roles&boxRoles != 0 || nd.DataAtom == atom.Aside) && s.f.areas[e].words*5 < s.f.areas[box].words {
				p[k] = 0
			}
		}
	}
	return p
}

func report2(name string, ss []*lesson) {
	for _, s := range ss {
		s.final = s.whole()
	}
	reportWords(name, ss, func(s *lesson) []string { return s.final })
}

// byRulesAlone prints what the stages after the models make of rules.
func byRulesAlone(held []*lesson) {
	p2 := make([][]float32, len(held))
	for k, s := range held {
		p2[k], s.p2 = s.p2, s.byRules()
	}
	report2("rules", held)
	for k, s := range held {
		s.p2 = p2[k]
	}
}

// judgeFolds gives each page the answers of models that were fitted on the
// other folds' pages, and returns the pages that it gave them to: copies of ss.
// It is of one fold alone where only is not negative.
func judgeFolds(ss []*lesson, only int) (held []*lesson) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	sem := make(chan bool, 2)
	for fold := range *folds {
		if only >= 0 && fold != only {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- true
			defer func() { <-sem }()
			var a, b []*lesson
			for _, s := range ss {
				c, f := *s, *s.f
				c.f = &f
				if s.fold == fold {
					b = append(b, &c)
				} else if len(s.truth) > 0 {
					a = append(a, &c)
				}
			}
			m := fit(a, *nTrees, true)
			for _, s := range b {
				apply(m, s)
				s.rows = nil
			}
			mu.Lock()
			held = append(held, b...)
			mu.Unlock()
		}()
	}
	wg.Wait()
	return held
}

func TestTrain(t *testing.T) {
	if os.Getenv("NEWSCLIP_CORPORA") == "" {
		t.Skip("NEWSCLIP_CORPORA is not set")
	}
	ss := append(loadCorpus(t, "dev-fundus"), loadCorpus(t, "dev-wcxb")...)
	ss = append(ss, loadNewsroom(t)...)
	report("ceiling", ss, func(s *lesson, k int) bool { return s.y[k] >= 0.6 })
	if *folds == 1 {
		save(t, ss, fit(ss, *nTrees, true))
		return
	}
	if held := answered(t, ss); held != nil {
		byRulesAlone(held)
		report2("pipeline", held)
		printWorst(held)
		return
	}
	held := judgeFolds(ss, *only)
	report("first", held, func(s *lesson, k int) bool { return s.p1[k] >= 0.5 })
	for _, th := range []float32{0.4, 0.5, 0.6} {
		report(fmt.Sprintf("second%.1f", th), held, func(s *lesson, k int) bool { return s.p2[k] >= th })
	}
	byRulesAlone(held)
	report2("pipeline", held)
	cuts := map[string]float32{}
	for _, s := range held {
		cuts[s.id] = bestCut(s.p2, s.f.bs)
	}
	report("best", held, func(s *lesson, k int) bool { return s.p2[k] >= cuts[s.id] })
	printWorst(held)
}

// answered gives the pages the held-out answers that -heldout names, for trying
// what comes after the models. It returns nil where there are none.
func answered(t *testing.T, ss []*lesson) []*lesson {
	answers := readHeldOut(t)
	var held []*lesson
	for _, s := range ss {
		if p := answers[s.corpus+"/"+s.id]; len(p) > 0 {
			if len(p) != len(s.f.bs) {
				t.Fatalf("%s: %d answers for %d blocks: remove %s", s.id, len(p), len(s.f.bs), *heldOut)
			}
			s.p1, s.p2 = p, p
			held = append(held, s)
		}
	}
	return held
}

func printWorst(held []*lesson) {
	if *worst > 0 {
		type row struct {
			f  float64
			s  *lesson
			sc scores
		}
		var rows []row
		for _, s := range held {
			sc := score(s.truth, s.final)
			rows = append(rows, row{sc.f, s, sc})
		}
		sort.Slice(rows, func(i, j int) bool { return rows[i].f < rows[j].f })
		for _, r := range rows[:min(*worst, len(rows))] {
			fmt.Printf("%.3f P=%.3f R=%.3f %s %s %s\n", r.f, r.sc.p, r.sc.r, r.s.corpus, r.s.id, r.s.host)
		}
	}
	if *dump != "" {
		os.MkdirAll(*dump, 0o755)
		for _, s := range held {
			var b strings.Builder
			th := bestCut(s.p2, s.f.bs)
			bd := newBody(s.f.t, s.f.bs, s.p2, th)
			sf := sweep(bd, s.f.signals)
			fmt.Fprintln(&b, s.id, s.host, th)
			for k := range s.f.bs {
				x := &s.f.bs[k]
				mark := " "
				if (bd.verdicts[k].keep || k == sf) != (s.y[k] >= 0.6) {
					mark = "!"
				}
				if k == sf {
					mark += "S"
				}
				fmt.Fprintf(&b, "%s%3d y=%.2f p1=%.2f p2=%.2f %s %dw %dl %.300q\n", mark, k, s.y[k], s.p1[k], s.p2[k], x.tag, x.words, x.linkWords, x.text)
			}
			os.WriteFile(filepath.Join(*dump, s.id), []byte(b.String()), 0o644)
		}
	}
}

// save writes the models as the data that the package embeds.
func save(t *testing.T, ss []*lesson, m models) {
	odds := func(name string, of map[string]float32) {
		var b strings.Builder
		for _, w := range slices.Sorted(maps.Keys(of)) {
			fmt.Fprintf(&b, "%s %.2f\n", w, of[w])
		}
		if err := os.WriteFile(filepath.Join("model", name), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	odds("classes.txt", m.class.odds)
	words := map[string]float32{}
	for _, s := range ss {
		for k := range s.f.bs {
			for _, w := range strings.FieldsFunc(strings.ToLower(s.f.bs[k].text), func(r rune) bool { return !wordRune(r) || cjk(r) }) {
				eachWord(w, func(h uint64) {
					if v, ok := m.lex.odds.get(h); ok && math.Abs(float64(v)) >= 0.01 {
						words[w] = v
					}
				})
			}
		}
	}
	odds("words.txt", words)
	for name, f := range map[string]*trees.Forest{"first.txt": m.m1, "second.txt": m.m2} {
		fl, err := os.Create(filepath.Join("model", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Write(fl); err != nil {
			t.Fatal(err)
		}
		if err := fl.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
