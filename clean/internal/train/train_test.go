package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"newsclip/clean/internal/corpus"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/kind"
	"newsclip/clean/internal/trees"
)

// vocabulary is what the made-up pages are written with.
var vocabulary = strings.Fields(`harbour council ferry bridge morning winter market river keeper lantern station
	village garden letter window teacher baker engine timber valley quarry orchard meadow tunnel pier
	opened closed repaired counted carried painted measured crossed followed answered promised waited
	old narrow quiet early broken heavy bright distant usual second wooden empty near before after
	under across along between every several most`)

// sentence returns n words with a full stop.
func sentence(r *rand.Rand, n int) string {
	words := make([]string, n)
	for k := range words {
		words[k] = vocabulary[r.IntN(len(vocabulary))]
	}
	s := strings.Join(words, " ")
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// madePage is a page of the made-up corpora.
type madePage struct{ url, html, body, kind string }

// frame puts a page's main part among what every page of its site has.
func frame(r *rand.Rand, title, main string) string {
	var links strings.Builder
	for range 6 {
		fmt.Fprintf(&links, `<li><a href="/%d">%s</a></li>`, r.IntN(1000), sentence(r, 4))
	}
	return `<!doctype html><html lang="en"><head><title>` + title + `</title></head><body>
<nav class="menu"><ul>` + links.String() + `</ul></nav>` + main + `
<aside class="related"><h3>Read more</h3><ul>` + links.String() + `</ul></aside>
<footer class="footer"><p>Copyright, all rights reserved</p><p><a href="/terms">Terms</a></p></footer></body></html>`
}

func madeArticle(r *rand.Rand, site string, n int) madePage {
	title := sentence(r, 7)
	var main strings.Builder
	fmt.Fprintf(&main, `<article class="story"><h1>%s</h1><p class="byline">By Ada Quill</p><time datetime="2025-03-0%dT08:00:00Z">%d March 2025</time><div class="story-body">`, title, n+1, n+1)
	var body []string
	for range 6 {
		body = append(body, sentence(r, 15)+" "+sentence(r, 25))
		fmt.Fprintf(&main, "<p>%s</p>", body[len(body)-1])
	}
	main.WriteString(`</div><p class="share">Share this story</p></article>`)
	url := fmt.Sprintf("https://%s.example/2025/03/0%d/a-story-of-the-harbour", site, n+1)
	return madePage{url, frame(r, title, main.String()), strings.Join(body, "\n\n"), ""}
}

// madeOther is a list of articles or a forum's thread.
func madeOther(r *rand.Rand, site string, n int) madePage {
	var main strings.Builder
	if n%2 == 0 {
		for range 12 {
			fmt.Fprintf(&main, `<div class="card"><h2><a href="/%d">%s</a></h2><p>%s</p></div>`, r.IntN(1000), sentence(r, 6), sentence(r, 9))
		}
		return madePage{fmt.Sprintf("https://%s.example/topics/%d", site, n), frame(r, "All stories", main.String()), "", "listing"}
	}
	for k := range 5 {
		fmt.Fprintf(&main, `<div class="post"><a href="/user/%d">user%d</a><p>%s</p><button>Reply</button></div>`, k, k, sentence(r, 12))
	}
	return madePage{fmt.Sprintf("https://%s.example/thread?id=%d", site, n), frame(r, "A thread", main.String()), "", "forum"}
}

// publisherIn makes up a publisher that is in the given one of two folds.
func publisherIn(t *testing.T, name string, fold int) string {
	t.Helper()
	for k := 0; ; k++ {
		site := fmt.Sprintf("%s-%d", name, k)
		_, of, err := publisher("https://"+site+".example/", 2)
		if err != nil {
			t.Fatal(err)
		}
		if of == fold {
			return site
		}
	}
}

// writeCorpora writes made-up corpora to a new folder, and returns it. Half of
// each is in either of two folds, two pages of a publisher at a time. Of other pages there are as many
// as a listing model needs to split at all.
func writeCorpora(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	r := rand.New(rand.NewPCG(7, 7))
	for _, c := range []struct {
		name  string
		pages int
		make  func(*rand.Rand, string, int) madePage
	}{{newsCorpus, 10, madeArticle}, {webCorpus, 10, madeArticle}, {oldCorpus, 10, madeArticle}, {othersCorpus, 40, madeOther}} {
		var pages, truth bytes.Buffer
		dir := filepath.Join(root, c.name)
		if err := os.MkdirAll(filepath.Join(dir, "pages"), 0o755); err != nil {
			t.Fatal(err)
		}
		for n := range c.pages {
			site := publisherIn(t, fmt.Sprintf("%s-%d", strings.TrimPrefix(c.name, "dev-"), n/2), n/2%2)
			p := c.make(r, site, n%9)
			id := fmt.Sprintf("page/%d", n)
			file := fmt.Sprintf("pages/%d.html.gz", n)
			line(t, &pages, map[string]any{"id": id, "url": p.url, "file": file})
			line(t, &truth, map[string]any{"id": id, "body": p.body, "kind": p.kind})
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			z.Write([]byte(p.html))
			z.Close()
			writeTo(t, filepath.Join(dir, file), b.Bytes())
		}
		writeTo(t, filepath.Join(dir, "pages.jsonl"), pages.Bytes())
		writeTo(t, filepath.Join(dir, "truth.jsonl"), truth.Bytes())
	}
	return root
}

func line(t *testing.T, b *bytes.Buffer, v any) {
	t.Helper()
	if err := json.NewEncoder(b).Encode(v); err != nil {
		t.Fatal(err)
	}
}

func writeTo(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func readFrom(t *testing.T, elem ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// train runs a sub-command and returns what it prints.
func train(t *testing.T, args ...string) string {
	t.Helper()
	var b strings.Builder
	if err := run(args, &b); err != nil {
		t.Fatalf("train %s: %v", strings.Join(args, " "), err)
	}
	return b.String()
}

// figure finds pattern in what train printed and returns the number that its
// group is.
func figure(t *testing.T, out, pattern string) float64 {
	t.Helper()
	m := regexp.MustCompile(`(?m)` + pattern).FindStringSubmatch(out)
	if m == nil {
		t.Fatalf("nothing like %q in\n%s", pattern, out)
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// wantForest loads a forest and compares its columns, of which some split must
// be made of.
func wantForest(t *testing.T, dir, name string, columns []string) {
	t.Helper()
	text := readFrom(t, dir, name)
	f, err := trees.Read(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if !slices.Equal(f.Features, columns) {
		t.Errorf("%s: columns are %q, want %q", name, f.Features, columns)
	}
	if !strings.Contains(text, ":") {
		t.Errorf("%s: no tree has a split", name)
	}
}

// readNumbers loads lines of a name and a number.
func readNumbers(t *testing.T, dir, name string) (names []string, numbers map[string]float64) {
	t.Helper()
	numbers = map[string]float64{}
	for l := range strings.Lines(readFrom(t, dir, name)) {
		word, v, _ := strings.Cut(strings.TrimSuffix(l, "\n"), " ")
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
			t.Fatalf("%s: %q is not a word and a number", name, l)
		}
		names, numbers[word] = append(names, word), x
	}
	return names, numbers
}

func TestBlocks(t *testing.T) {
	root, dir, dump := writeCorpora(t), t.TempDir(), t.TempDir()
	out := train(t, "blocks", "-folds", "2", "-trees", "6", "-worst", "3", "-dump", dump, "-out", dir, root)
	for _, c := range []string{newsCorpus, webCorpus, oldCorpus} {
		if f := figure(t, out, `^ceiling +`+c+` n=10 F1=([\d.]+)`); f != 1 {
			t.Errorf("%s: the ceiling is %v: blocks are labelled wrong", c, f)
		}
		for _, name := range []string{"first", "second0.4", "second0.5", "second0.6", "rules", "pipeline", "best"} {
			if f := figure(t, out, `^`+name+` +`+c+` n=10 F1=([\d.]+)`); f < 0.9 {
				t.Errorf("%s: the F1 of %s is %v", c, name, f)
			}
		}
		b := readFrom(t, dump, c, "page%2F3.txt")
		for _, want := range []string{"page/3 ", ` y=1.00 p1=0.`, ` y=0.00 p1=0.`, `"Share this story"`} {
			if !strings.Contains(b, want) {
				t.Errorf("%s: page/3's blocks have no %q:\n%s", c, want, b)
			}
		}
	}
	if n := strings.Count(out, " page/"); n != 3 {
		t.Errorf("%d pages are listed as worst, want 3:\n%s", n, out)
	}
	wantForest(t, dir, "first.txt", blockColumns(judge.NBase))
	wantForest(t, dir, "second.txt", blockColumns(judge.NAll))
	names, classes := readNumbers(t, dir, "classes.txt")
	if !slices.IsSorted(names) || classes["story"] <= 0 || classes["share"] >= 0 {
		t.Errorf("odds of class words: story %v, share %v, sorted %v", classes["story"], classes["share"], slices.IsSorted(names))
	}
	names, words := readNumbers(t, dir, "words.txt")
	if !slices.IsSorted(names) || words["lantern"] <= 0 || words["share"] >= 0 {
		t.Errorf("odds of words: lantern %v, share %v, sorted %v", words["lantern"], words["share"], slices.IsSorted(names))
	}

	// Without scoring it writes the same, and prints no score.
	again := t.TempDir()
	if out := train(t, "blocks", "-folds", "1", "-trees", "6", "-out", again, root); strings.Contains(out, "F1=") {
		t.Errorf("-folds 1 printed scores:\n%s", out)
	}
	for _, name := range []string{"classes.txt", "words.txt", "first.txt", "second.txt"} {
		if readFrom(t, dir, name) != readFrom(t, again, name) {
			t.Errorf("%s differs with and without scores", name)
		}
	}

	one := train(t, "blocks", "-folds", "2", "-only", "1", "-trees", "2", root)
	n := figure(t, one, `^pipeline +`+newsCorpus+` n=(\d+)`)
	if n < 1 || n > 9 || strings.Contains(one, "fold 0") {
		t.Errorf("-only 1 scored %v pages:\n%s", n, one)
	}
}

// TestPageModels runs kind, confidence and blocks on the same held-out answers.
func TestPageModels(t *testing.T) {
	root, dir := writeCorpora(t), t.TempDir()
	file := filepath.Join(t.TempDir(), "answers")
	args := []string{"-folds", "2", "-trees", "6", "-heldout", file}
	out := train(t, slices.Concat([]string{"kind"}, args, []string{"-out", dir, "-worst", "2", root})...)
	for _, pattern := range []string{
		`^held out: without address: auc ` + webCorpus + ` ([\d.]+)$`,
		`^held out: auc ` + webCorpus + ` ([\d.]+), ` + newsCorpus,
		`^held out: called an article from 0\.400 on: fundus ([\d.]+) kinds`,
		`^held out: listings told from the rest on ([\d.]+) of 40$`,
	} {
		if v := figure(t, out, pattern); v < 0.9 {
			t.Errorf("%q is %v:\n%s", pattern, v, out)
		}
	}
	if v := figure(t, out, `^held out: called an article from 0\.400 on: fundus \S+ kinds ([\d.]+)`); v > 0.1 {
		t.Errorf("%v of the other pages would be called articles:\n%s", v, out)
	}
	if n := strings.Count(out, " page/"); n != 4 {
		t.Errorf("%d pages are listed as worst, want 4:\n%s", n, out)
	}
	wantForest(t, dir, "kind.txt", pageColumns())
	wantForest(t, dir, "listing.txt", pageColumns())

	out = train(t, slices.Concat([]string{"confidence"}, args, []string{"-out", dir, root})...)
	if strings.Contains(out, "fold ") {
		t.Errorf("the held-out answers were not read from their file:\n%s", out)
	}
	figure(t, out, `^held out: 0\.9 or more ([\d.]+) of pages`)
	names, _ := readNumbers(t, dir, "confidence.txt")
	if !slices.Equal(names, kind.TrustNames[:]) {
		t.Errorf("weights of %q, want %q", names, kind.TrustNames)
	}

	out = train(t, "blocks", "-heldout", file, root)
	if f := figure(t, out, `^pipeline +`+newsCorpus+` n=10 F1=([\d.]+)`); f < 0.9 || strings.Contains(out, "fold ") {
		t.Errorf("blocks on held-out answers:\n%s", out)
	}

	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"kind", "-folds", "3", "-trees", "6", "-heldout", file, root}, "is of -folds 2 -trees 6"},
		{[]string{"blocks", "-heldout", file + "-missing", root}, file + "-missing"},
		{[]string{"blocks", "-heldout", filepath.Join(root, newsCorpus, "pages.jsonl"), root}, "not a file of held-out answers"},
	} {
		if err := run(c.args, &strings.Builder{}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("train %q: got %v, want %q", c.args, err, c.want)
		}
	}
	h, err := readHeldOut(file)
	if err != nil {
		t.Fatal(err)
	}
	h.Answers[newsCorpus+"/page/4"] = h.Answers[newsCorpus+"/page/4"][1:]
	if err := h.write(file); err != nil {
		t.Fatal(err)
	}
	if err := run([]string{"blocks", "-heldout", file, root}, &strings.Builder{}); err == nil || !strings.Contains(err.Error(), "out of date") {
		t.Errorf("answers to another number of blocks: got %v", err)
	}
}

func TestRunRefuses(t *testing.T) {
	t.Setenv(corpus.Variable, "")
	for _, c := range []struct{ args, want string }{
		{"", "want a sub-command"},
		{"blcoks DIR", `no sub-command "blcoks"`},
		{"blocks", "no corpora"},
		{"blocks DIR -folds 2", "flags stand before it"},
		{"blocks -folds 1 DIR", "-folds 1 scores nothing"},
		{"blocks -folds 0 DIR", "-folds 0: want at least 2"},
		{"kind -folds 1 -out OUT DIR", "-folds 1: want at least 2"},
		{"blocks -only 5 DIR", "-only 5: want a fold from 0 to 4"},
		{"blocks -trees 0 DIR", "-trees 0: want at least 1"},
		{"kind -worst -1 DIR", "-worst -1: want 0 or more"},
		{"kind -only 1 DIR", "not defined: -only"},
		{"confidence -dump OUT DIR", "not defined: -dump"},
		{"blocks not-there", "not-there"},
	} {
		err := run(strings.Fields(c.args), &strings.Builder{})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("train %s: got %v, want %q", c.args, err, c.want)
		}
		if err != nil && strings.Contains(err.Error(), "\n") {
			t.Errorf("train %s: the error has more than one line: %q", c.args, err)
		}
	}
}

func TestCorporaOfVariable(t *testing.T) {
	t.Setenv(corpus.Variable, "some/where")
	o, err := readOptions("kind", nil, &strings.Builder{})
	if err != nil || o.corpora != "some/where" {
		t.Errorf("got %+v, %v", o, err)
	}
}

// TestLCS compares with the textbook's table, on words that often repeat.
func TestLCS(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		a, b := make([]int, r.IntN(12)), make([]int, r.IntN(12))
		for _, w := range [][]int{a, b} {
			for k := range w {
				w[k] = r.IntN(4)
			}
		}
		hit := make([]bool, len(a))
		lcs(a, b, 0, hit)
		table := make([][]int, len(a)+1)
		for i := range table {
			table[i] = make([]int, len(b)+1)
			for j := 1; i > 0 && j <= len(b); j++ {
				table[i][j] = max(table[i-1][j], table[i][j-1])
				if a[i-1] == b[j-1] {
					table[i][j] = table[i-1][j-1] + 1
				}
			}
		}
		rest, n := b, 0 // what is marked must stand in b, in order
		for k, w := range a {
			if hit[k] {
				at := slices.Index(rest, w)
				if at < 0 {
					t.Fatalf("%v and %v: %v is marked", a, b, hit)
				}
				rest, n = rest[at+1:], n+1
			}
		}
		if want := table[len(a)][len(b)]; n != want {
			t.Fatalf("%v and %v: %d words are marked, want %d", a, b, n, want)
		}
	}
}

func TestAUC(t *testing.T) {
	for _, c := range []struct {
		pos, neg []float64
		want     float64
	}{
		{[]float64{3, 2}, []float64{1, 0}, 1},
		{[]float64{0, 1}, []float64{3, 2}, 0},
		{[]float64{1}, []float64{1}, 0.5},
		{[]float64{1, 3}, []float64{2, 0}, 0.75},
	} {
		if got := auc(c.pos, c.neg); got != c.want {
			t.Errorf("auc of %v over %v is %v, want %v", c.pos, c.neg, got, c.want)
		}
	}
}

// TestFitTrust wants a weight for the column that tells right texts, and a
// probability that is the share of them where nothing tells.
func TestFitTrust(t *testing.T) {
	var rows []trustRow
	for k := range 200 {
		r := trustRow{f1: 1}
		r.x[len(r.x)-1] = 1
		r.x[1] = float64(k % 2) // tells nothing
		r.x[0] = float64(k%10) - 5
		if k%10 < 4 && k%20 != 3 || k%20 == 19 {
			r.f1 = 0
		}
		rows = append(rows, r)
	}
	w := fitTrust(rows)
	if !(w[0] > 0.3) || math.Abs(w[1]) > w[0] {
		t.Errorf("weights are %v", w)
	}
	var sum, right float64
	for _, r := range rows {
		sum += trustProb(w, r)
		right += float64(judge.Bit(r.f1 >= rightF1))
	}
	if math.Abs(sum-right) > 1 {
		t.Errorf("%v of the rows are right, the probabilities sum up to %v", right, sum)
	}
}
