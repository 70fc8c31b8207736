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

var (
	heldOut   = flag.String("heldout", "", "keep the held-out answers of the block models in this file, to be read again")
	savePages = flag.Bool("save", false, "write the page models that were fitted")
)

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
				t := newTree(pg)
				d := &draft{body: &body{tree: t, blocks: t.blocks()}}
				d.meta = readMetadata(t, metaOptions{})
				d.pics = readPictures(t)
				d.signals = gather(t, d.meta, d.pics)
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
	answers := readHeldOut(t)
	if answers == nil {
		answers = crossJudge(t, ss)
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
		tr, blocks := s.d.body.tree, s.d.body.blocks
		if len(s.d.probs) != len(blocks) {
			t.Fatalf("%s: %d answers for %d blocks: remove %s", s.key(), len(s.d.probs), len(blocks), *heldOut)
		}
		settle(tr, blocks, s.d.probs)
		s.d.body = newBody(tr, blocks, s.d.probs, bestCut(s.d.probs, blocks))
		s.d.subtitle = sweep(s.d.body, s.d.signals)
	}
}

// readHeldOut reads the file that -heldout names; nil where there is none.
func readHeldOut(t *testing.T) (answers map[string][]float32) {
	f, err := os.Open(*heldOut)
	if err != nil {
		return nil
	}
	defer f.Close()
	if err := gob.NewDecoder(f).Decode(&answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

func crossJudge(t *testing.T, ss []*specimen) map[string][]float32 {
	lessons := make([]*lesson, len(ss))
	for k, s := range ss {
		l := &lesson{corpus: s.corpus, id: s.id, host: s.host, truth: s.truth, fold: s.fold,
			f: &featurer{t: s.d.body.tree, bs: s.d.body.blocks, signals: s.d.signals}}
		l.label()
		lessons[k] = l
	}
	lessons = append(lessons, loadNewsroom(t)...)
	answers := map[string][]float32{}
	for _, l := range judgeFolds(lessons, -1) {
		answers[l.corpus+"/"+l.id] = l.p2
	}
	return answers
}

// A pageRow is one row that a page model learns from.
type pageRow struct {
	row  []float32
	y, w float32
	fold int
}

func fitSamples(names []string, ss []pageRow, p trees.Params) *trees.Forest {
	d := trees.Rows{Names: names}
	for _, s := range ss {
		d.X = append(d.X, s.row...)
		d.Y = append(d.Y, s.y)
		d.W = append(d.W, s.w)
	}
	return trees.Fit(d, p)
}

// crossFit answers every row by a forest that has not read its publisher.
func crossFit(names []string, ss []pageRow, p trees.Params) []float64 {
	out := make([]float64, len(ss))
	var wg sync.WaitGroup
	for fold := range *folds {
		wg.Add(1)
		go func() {
			defer wg.Done()
			var others []pageRow
			for _, s := range ss {
				if s.fold != fold {
					others = append(others, s)
				}
			}
			f := fitSamples(names, others, p)
			for k, s := range ss {
				if s.fold == fold {
					out[k] = float64(f.Raw(s.row))
				}
			}
		}()
	}
	wg.Wait()
	return out
}

func columnNames() []string {
	names := make([]string, nSigns)
	for k := range names {
		names[k] = signName(k)
	}
	return names
}

func writeForest(t *testing.T, name string, f *trees.Forest) {
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

func sigmoid(v float64) float64 { return 1 / (1 + math.Exp(-v)) }

// The page models have few rows to learn from: few leaves, many small steps,
// a part of rows and columns for each tree.
var (
	kindParams    = trees.Params{Loss: trees.Logistic, Trees: 400, Leaves: 10, Rate: 0.05, MinWeight: 1, L2: 2, RowShare: 0.7, ColShare: 0.2, Seed: 1}
	listingParams = trees.Params{Loss: trees.Logistic, Trees: 60, Leaves: 4, Rate: 0.1, MinWeight: 1, L2: 5, RowShare: 0.7, ColShare: 0.4, Seed: 1}
)

// otherWeight evens out that the corpora have more articles than other pages.
const otherWeight = 3

// noAddressWeight is what the page without its address counts beside the page
// with it. The corpora's pages all have one; saved files often have none.
const noAddressWeight = 0.3

// withoutAddress returns the page's columns as they are where nobody knows
// where it stands.
func (s *specimen) withoutAddress() []float32 {
	k := s.d.kindPage()
	bd, m := *k.body, *k.meta
	tr, p := *bd.tree, *bd.tree.page
	p.URL, m.canonicalURL = "", ""
	tr.page = &p
	bd.tree = &tr
	k.body, k.meta = &bd, &m
	row, _ := k.signs()
	return row
}

// kindRows are the rows that the kind models learn from: one for each page,
// then one for each without its address.
func kindRows(ss []*specimen) []pageRow {
	var rows, bare []pageRow
	for _, s := range ss {
		row, _ := s.d.kindPage().signs()
		x := pageRow{row: row, fold: s.fold, y: 1, w: 1}
		if !s.article {
			x.y, x.w = 0, otherWeight
		}
		rows = append(rows, x)
		x.row, x.w = s.withoutAddress(), x.w*noAddressWeight
		bare = append(bare, x)
	}
	return append(rows, bare...)
}

// TestTrainKind fits the models of a page's kind, says how well they do on
// publishers that they have not read, and with -save writes them.
func TestTrainKind(t *testing.T) {
	ss := specimens(t)
	judgeHeldOut(t, ss)
	names := columnNames()
	var others []pageRow
	for _, s := range ss {
		if !s.article {
			row, _ := s.d.kindPage().signs()
			others = append(others, pageRow{row: row, fold: s.fold, y: bit(s.kind == "listing" || s.kind == "collection"), w: 1})
		}
	}
	pages := kindRows(ss)
	scores := crossFit(names, pages, kindParams)
	by := map[string][]float64{}
	for k, s := range ss {
		kp := s.d.kindPage()
		switch kp.saidKind(kp.read()) {
		case KindArticle:
			scores[k] = 20
		case KindIndex, KindOther:
			scores[k] = -20
		}
		group := s.corpus
		if !s.article {
			by[group+" "+s.kind] = append(by[group+" "+s.kind], scores[k])
		}
		by[group] = append(by[group], scores[k])
	}
	var good, bad []float64
	for k, s := range ss {
		if s.corpus == "dev-wcxb" {
			good = append(good, scores[len(ss)+k])
		} else if !s.article {
			bad = append(bad, scores[len(ss)+k])
		}
	}
	t.Logf("held out: without address: auc dev-wcxb %.4f", auc(good, bad))
	t.Logf("held out: auc dev-wcxb %.4f, dev-fundus %.4f", auc(by["dev-wcxb"], slices.Clone(by["dev-kinds"])), auc(by["dev-fundus"], slices.Clone(by["dev-kinds"])))
	sorted := slices.Sorted(slices.Values(by["dev-wcxb"]))
	cuts := []float64{math.Log(articleCut / (1 - articleCut))}
	for _, recall := range []float64{0.97, 0.975, 0.98, 0.99} {
		cuts = append(cuts, sorted[int(float64(len(sorted))*(1-recall))])
	}
	for _, cut := range cuts {
		line := fmt.Sprintf("held out: called an article from %.3f on:", sigmoid(cut))
		for _, group := range slices.Sorted(maps.Keys(by)) {
			n := 0
			for _, v := range by[group] {
				if v >= cut {
					n++
				}
			}
			line += fmt.Sprintf(" %s %.3f", strings.TrimPrefix(group, "dev-"), float64(n)/float64(len(by[group])))
		}
		t.Log(line)
	}
	right := 0
	for k, v := range crossFit(names, others, listingParams) {
		if (v >= 0) == (others[k].y == 1) {
			right++
		}
	}
	t.Logf("held out: listings told from the rest on %.3f of %d", float64(right)/float64(len(others)), len(others))
	if *worst > 0 {
		order := make([]int, len(ss))
		for k := range order {
			order[k] = k
		}
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(scores[a], scores[b]) })
		for _, k := range order {
			t.Logf("%6.2f %v %s %s %s %s", scores[k], ss[k].article, ss[k].corpus, ss[k].id, ss[k].kind, ss[k].url)
		}
	}
	if *savePages {
		writeForest(t, "kind.txt", fitSamples(names, pages, kindParams))
		writeForest(t, "listing.txt", fitSamples(names, others, listingParams))
	}
}
