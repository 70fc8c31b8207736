package clean

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/corpus"
	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/page"
)

// TestQuality cleans the corpora's pages and prints how near the records are
// to the truth: the measures that CONTRIBUTING.md explains. It fails where
// one is worse than its line in testdata/floors.txt.
func TestQuality(t *testing.T) {
	got := map[string]float64{}
	for _, corpus := range []string{"dev-fundus", "dev-wcxb", "dev-langs", "dev-kinds"} {
		for k, v := range measure(t, corpus) {
			got[corpus+" "+k] = v
		}
	}
	for _, k := range sortedKeys(got) {
		t.Logf("%-22s %.3f", k, got[k])
	}
	for name, f := range readFloors(t) {
		v, ok := got[name]
		switch {
		case !ok:
			t.Errorf("testdata/floors.txt: nothing is measured as %q", name)
		case f.most && v > f.at, !f.most && v < f.at:
			t.Errorf("%s is %.3f, the floor is %s", name, v, f)
		}
	}
}

type floor struct {
	at   float64
	most bool // at is a ceiling
}

func (f floor) String() string {
	if f.most {
		return fmt.Sprintf("%.3f at most", f.at)
	}
	return fmt.Sprintf("%.3f", f.at)
}

// readFloors reads lines of corpus, measure, >= or <=, and number.
func readFloors(t *testing.T) map[string]floor {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "floors.txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	out := map[string]floor{}
	sc := bufio.NewScanner(file)
	for n := 1; sc.Scan(); n++ {
		line, _, _ := strings.Cut(sc.Text(), "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		if len(f) != 4 || f[2] != ">=" && f[2] != "<=" {
			t.Fatalf("testdata/floors.txt:%d: want CORPUS MEASURE >= NUMBER", n)
		}
		v, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			t.Fatalf("testdata/floors.txt:%d: %v", n, err)
		}
		out[f[0]+" "+f[1]] = floor{v, f[2] == "<="}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

var spaces = regexp.MustCompile(`\s+`)

// cleanAll cleans the pages, each by itself.
func cleanAll(t *testing.T, pages []corpus.Page) []*article.Article {
	records := make([]*article.Article, len(pages))
	c := New(Options{})
	var wg sync.WaitGroup
	next := make(chan int)
	for range 2 {
		wg.Go(func() {
			for k := range next {
				in := page.Input{ID: pages[k].ID, URL: pages[k].URL, HTML: corpustest.HTML(t, pages[k])}
				a, err := c.Clean(in)
				if err != nil {
					a = Failed(in, err)
				}
				records[k] = a
			}
		})
	}
	for k := range pages {
		next <- k
	}
	close(next)
	wg.Wait()
	return records
}

// measure cleans a corpus's pages and returns its measures by name.
func measure(t *testing.T, name string) map[string]float64 {
	pages := corpustest.Pages(t, name)
	records := cleanAll(t, pages)
	byID := map[string]*article.Article{}
	called := 0.0
	for _, a := range records {
		byID[a.ID] = a
		switch a.Kind {
		case article.KindArticle, article.KindLiveblog, article.KindGallery, article.KindVideo:
			called++
		}
	}
	m := map[string]float64{"article": called / float64(len(records))}
	tally := map[string]*corpustest.Hits{}
	mark := func(key string, ok bool) {
		if tally[key] == nil {
			tally[key] = &corpustest.Hits{}
		}
		tally[key].Mark(ok)
	}
	var p, r, word, n float64
	var grades []graded
	for _, pg := range pages {
		want, a := pg.Truth, byID[pg.ID]
		if a == nil {
			t.Fatalf("%s: no record for %s", name, pg.ID)
		}
		text := a.Subtitle + "\n\n" + a.Text
		if want.Body != "" {
			sc := corpus.Score(corpus.TruthWords(want.Body), corpus.TruthWords(text))
			p, r, n = p+sc.P, r+sc.R, n+1
			word += corpustest.WordF1(corpus.TruthWords(strings.ToLower(want.Body)), corpus.TruthWords(strings.ToLower(text)))
			mark("exact", sc.Exact == 1)
			mark("low", sc.F < 0.8)
			mark("repeat", corpustest.Repeats(a.Text, want.Body))
			grades = append(grades, graded{a.Confidence, sc.F})
		}
		flat := spaces.ReplaceAllString(text, " ")
		for _, s := range want.With {
			mark("with", strings.Contains(flat, spaces.ReplaceAllString(s, " ")))
		}
		for _, s := range want.Without {
			mark("without", strings.Contains(flat, spaces.ReplaceAllString(s, " ")))
		}
		if want.Title != "" {
			mark("title", corpustest.Folded(want.Title) == corpustest.Folded(a.Title))
		}
		if want.Date != "" {
			mark("date", corpustest.Head(want.Date, 10) == corpustest.Head(a.Published, 10))
		}
		if len(want.Authors) > 0 {
			var names []string
			for _, x := range a.Authors {
				names = append(names, x.Name)
			}
			mark("authors", corpustest.WordSet(want.Authors) == corpustest.WordSet(names))
		}
		if cover := coverOf(want.Images); len(cover) > 0 {
			mark("lead", slices.ContainsFunc(a.Images, func(im article.Image) bool {
				return im.Lead && slices.ContainsFunc(cover, func(u string) bool { return isSameFile(im.URL, u) })
			}))
		}
		for _, im := range want.Images {
			caption, credit := false, false
			for _, x := range a.Images {
				caption = caption || corpustest.Folded(im.Caption) == corpustest.Folded(x.Caption)
				credit = credit || corpustest.Subset(corpustest.ScoreWords(strings.Join(im.Authors, " ")), corpustest.ScoreWords(x.Credit))
			}
			if im.Caption != "" {
				mark("caption", caption)
			}
			if len(im.Authors) > 0 {
				mark("credit", credit)
			}
		}
	}
	for k, h := range tally {
		m[k] = h.Value()
	}
	if n > 0 {
		p, r = p/n, r/n
		m["P"], m["R"], m["F1"], m["word"] = p, r, 2*p*r/(p+r), word/n
		addConfidence(m, grades)
	}
	return m
}

// graded is a page's confidence with the F1 that it had.
type graded struct{ conf, f float64 }

// addConfidence adds what tells how well confidence fits.
func addConfidence(m map[string]float64, grades []graded) {
	var sure, sum, pairs, right float64
	for _, g := range grades {
		if g.conf >= 0.9 {
			sure++
			sum += g.f
		}
		for _, h := range grades {
			if g.f < 0.8 && h.f >= 0.8 {
				pairs++
				if g.conf < h.conf {
					right++
				} else if g.conf == h.conf {
					right += 0.5
				}
			}
		}
	}
	m["sure"] = sure / float64(len(grades))
	if sure > 0 {
		m["sureF1"] = sum / sure
	}
	if pairs > 0 {
		m["confAUC"] = right / pairs
	}
}
