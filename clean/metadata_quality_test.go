package clean

import (
	"encoding/json"
	"hash/fnv"
	"net/url"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode"
)

// corpusTruth is what a corpus says of a page's metadata.
type corpusTruth struct {
	ID, Title, Date string
	Authors         []string
}

// keptAside says that a page's publisher belongs to the fifth that is reported
// apart, and on which no rule should be tuned.
func keptAside(pageURL string) bool {
	u, err := url.Parse(pageURL)
	if err != nil {
		return false
	}
	h := fnv.New32a()
	h.Write([]byte(strings.TrimPrefix(u.Hostname(), "www.")))
	return h.Sum32()%5 == 0
}

// scoreWords are a text's words as the corpora's score compares them.
func scoreWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '_'
	})
}

func wordSet(list []string) string {
	words := scoreWords(strings.Join(list, " "))
	sort.Strings(words)
	set := words[:0]
	for i, w := range words {
		if i == 0 || w != words[i-1] {
			set = append(set, w)
		}
	}
	return strings.Join(set, " ")
}

// hits counts pages on which a field is right.
type hits struct{ right, of int }

func (s *hits) mark(ok bool) {
	s.of++
	if ok {
		s.right++
	}
}

func (s hits) value() float64 { return float64(s.right) / float64(max(1, s.of)) }

// TestMetadataQuality measures title, date and authors on real pages. The
// floors are a little under what was measured, so that a change that costs
// more than a page or two fails.
func TestMetadataQuality(t *testing.T) {
	for _, c := range []struct {
		corpus               string
		title, date, authors float64
	}{
		{"dev-fundus", 0.94, 0.98, 0.89},
		{"dev-wcxb", 0.89, 0.87, 0.82},
	} {
		pages := corpusPages(t, c.corpus)
		truth := make(map[string]corpusTruth)
		eachLine(t, filepath.Join(pages[0].dir, "truth.jsonl"), func(line []byte) {
			var tr corpusTruth
			if err := json.Unmarshal(line, &tr); err != nil {
				t.Fatal(err)
			}
			truth[tr.ID] = tr
		})
		var all, aside [3]hits
		for _, p := range pages {
			md := &metadata{}
			if pg, err := Parse(Input{ID: p.ID, URL: p.URL, HTML: p.html(t)}); err == nil {
				md = readMetadata(newTree(pg), metaOptions{})
			}
			var names []string
			for _, a := range md.authors {
				names = append(names, a.Name)
			}
			want := truth[p.ID]
			mark := func(field int, ok bool) {
				all[field].mark(ok)
				if keptAside(p.URL) {
					aside[field].mark(ok)
				}
			}
			if want.Title != "" {
				mark(0, strings.Join(scoreWords(want.Title), " ") == strings.Join(scoreWords(md.title), " "))
			}
			if want.Date != "" {
				mark(1, head(want.Date, 10) == head(md.published, 10))
			}
			if len(want.Authors) > 0 {
				mark(2, wordSet(want.Authors) == wordSet(names))
			}
		}
		for i, f := range []struct {
			name  string
			floor float64
		}{{"title", c.title}, {"date", c.date}, {"authors", c.authors}} {
			t.Logf("%s %-7s %.3f of %d pages; kept aside %.3f of %d", c.corpus, f.name,
				all[i].value(), all[i].of, aside[i].value(), aside[i].of)
			if all[i].value() < f.floor {
				t.Errorf("%s: %s is right on %.3f of pages, under the floor of %.3f", c.corpus, f.name, all[i].value(), f.floor)
			}
		}
	}
}

func head(s string, n int) string { return s[:min(n, len(s))] }
