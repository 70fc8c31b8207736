package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// truth is a line of a corpus's truth.jsonl.
type truth struct {
	ID, Body, Title, Date string
	Authors               []string
	With, Without         []string
}

// measures are the columns of the table, in order. What they are stands in
// CONTRIBUTING.md.
var measures = []string{"F1", "exact", "word", "title", "date", "authors", "with", "without", "repeat"}

func quality(o options) error {
	pages, dir, err := loadPages(o)
	if err != nil {
		return err
	}
	if dir == "" {
		return fmt.Errorf("-pages names no corpus: a folder with pages.jsonl and truth.jsonl")
	}
	truths, err := readTruth(filepath.Join(dir, "truth.jsonl"))
	if err != nil {
		return err
	}
	var t table
	t.add(append([]string{fmt.Sprintf("%s, %d pages", filepath.Base(dir), len(pages))}, measures...)...)
	for _, r := range runners() {
		if r.name == parseName {
			continue
		}
		var c card
		for _, in := range pages {
			if want, ok := truths[in.ID]; ok {
				c.grade(&want, r.guarded(in))
			}
		}
		row := []string{r.name}
		values := c.values()
		for _, m := range measures {
			if v, ok := values[m]; ok {
				row = append(row, num("%.3f", v))
			} else {
				row = append(row, "–") // the corpus has no truth for it
			}
		}
		t.add(row...)
	}
	return t.print(o.out)
}

func readTruth(path string) (map[string]truth, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	out := map[string]truth{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		var t truth
		if err := json.Unmarshal(lines.Bytes(), &t); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		out[t.ID] = t
	}
	return out, lines.Err()
}

// A card sums the marks of one extractor.
type card struct {
	precision, recall, word, exact float64
	predicted, bodies              int
	hits, seen                     map[string]int
}

func (c *card) mark(measure string, ok bool) {
	if c.seen == nil {
		c.hits, c.seen = map[string]int{}, map[string]int{}
	}
	c.seen[measure]++
	if ok {
		c.hits[measure]++
	}
}

var spaces = regexp.MustCompile(`\s+`)

func (c *card) grade(t *truth, e extraction) {
	if t.Body != "" {
		want, got := words(t.Body), words(e.text)
		p, r, any := overlap(shingles(want), shingles(got))
		if any {
			c.precision += p
			c.predicted++
		}
		c.recall += r
		p, r, _ = overlap(counts(folded(want)), counts(folded(got)))
		c.word += harmonic(p, r)
		if slices.Equal(want, got) {
			c.exact++
		}
		c.bodies++
		c.mark("repeat", repeats(e.text))
	}
	flat := spaces.ReplaceAllString(e.text, " ")
	for _, s := range t.With {
		c.mark("with", strings.Contains(flat, spaces.ReplaceAllString(s, " ")))
	}
	for _, s := range t.Without {
		c.mark("without", strings.Contains(flat, spaces.ReplaceAllString(s, " ")))
	}
	if t.Title != "" {
		c.mark("title", norm(t.Title) == norm(e.title))
	}
	if t.Date != "" {
		c.mark("date", head(t.Date, 10) == head(e.date, 10))
	}
	if len(t.Authors) > 0 {
		c.mark("authors", wordSet(t.Authors) == wordSet(e.authors))
	}
}

func (c *card) values() map[string]float64 {
	out := map[string]float64{}
	if c.bodies > 0 {
		n := float64(c.bodies)
		out["F1"] = harmonic(c.precision/float64(max(c.predicted, 1)), c.recall/n)
		out["word"], out["exact"] = c.word/n, c.exact/n
	}
	for m, n := range c.seen {
		out[m] = float64(c.hits[m]) / float64(n)
	}
	return out
}

// words are runs of letters, digits and underscores.
func words(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool {
		return r != '_' && !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
}

func folded(ws []string) []string {
	out := make([]string, len(ws))
	for k, w := range ws {
		out[k] = strings.ToLower(w)
	}
	return out
}

func norm(s string) string { return strings.Join(folded(words(s)), " ") }

func wordSet(names []string) string {
	ws := folded(words(strings.Join(names, " ")))
	slices.Sort(ws)
	return strings.Join(slices.Compact(ws), " ")
}

func head(s string, n int) string { return s[:min(len(s), n)] }

func counts(ws []string) map[string]int {
	m := map[string]int{}
	for _, w := range ws {
		m[w]++
	}
	return m
}

// shingles counts the runs of four words; of fewer words, the one run.
func shingles(ws []string) map[string]int {
	m := map[string]int{}
	if len(ws) == 0 {
		return m
	}
	for k := range max(1, len(ws)-3) {
		m[strings.Join(ws[k:min(len(ws), k+4)], " ")]++
	}
	return m
}

// overlap returns precision and recall, and whether anything was predicted.
func overlap(want, got map[string]int) (p, r float64, predicted bool) {
	hit, nw, ng := 0, 0, 0
	for k, n := range want {
		hit += min(n, got[k])
		nw += n
	}
	for _, n := range got {
		ng += n
	}
	if ng > 0 {
		p = float64(hit) / float64(ng)
	}
	if nw > 0 {
		r = float64(hit) / float64(nw)
	}
	return p, r, ng > 0
}

func harmonic(p, r float64) float64 {
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// repeats says that a text has a line of eight words or more twice.
func repeats(text string) bool {
	seen := map[string]bool{}
	for line := range strings.Lines(text) {
		s := norm(line)
		if strings.Count(s, " ") < 7 {
			continue
		}
		if seen[s] {
			return true
		}
		seen[s] = true
	}
	return false
}
