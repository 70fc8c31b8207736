package clean

import (
	"hash/fnv"
	"net/url"
	"strings"
	"testing"

	"newsclip/clean/internal/corpus/corpustest"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
)

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
		pages := corpustest.Pages(t, c.corpus)
		var all, aside [3]corpustest.Hits
		for _, p := range pages {
			md := &meta.Metadata{}
			if pg, err := page.Parse(page.Input{ID: p.ID, URL: p.URL, HTML: corpustest.HTML(t, p)}); err == nil {
				md = meta.Read(page.NewTree(pg), meta.Options{})
			}
			var names []string
			for _, a := range md.Authors {
				names = append(names, a.Name)
			}
			want := p.Truth
			mark := func(field int, ok bool) {
				all[field].Mark(ok)
				if keptAside(p.URL) {
					aside[field].Mark(ok)
				}
			}
			if want.Title != "" {
				mark(0, strings.Join(corpustest.ScoreWords(want.Title), " ") == strings.Join(corpustest.ScoreWords(md.Title), " "))
			}
			if want.Date != "" {
				mark(1, corpustest.Head(want.Date, 10) == corpustest.Head(md.Published, 10))
			}
			if len(want.Authors) > 0 {
				mark(2, corpustest.WordSet(want.Authors) == corpustest.WordSet(names))
			}
		}
		for i, f := range []struct {
			name  string
			floor float64
		}{{"title", c.title}, {"date", c.date}, {"authors", c.authors}} {
			t.Logf("%s %-7s %.3f of %d pages; kept aside %.3f of %d", c.corpus, f.name,
				all[i].Value(), all[i].Of, aside[i].Value(), aside[i].Of)
			if all[i].Value() < f.floor {
				t.Errorf("%s: %s is right on %.3f of pages, under the floor of %.3f", c.corpus, f.name, all[i].Value(), f.floor)
			}
		}
	}
}
