package scrape

import (
	"testing"
	"time"

	"newsclip/scrape/frontier"
)

func TestIsDue(t *testing.T) {
	page := func(m memo) frontier.Item {
		return frontier.Item{Kind: kindPage, Class: frontier.ClassDated, Memo: m.bytes()}
	}
	bare := frontier.Item{Kind: kindPage, Class: frontier.ClassOther}
	bareAside := bare
	bareAside.Memo = asideMemo(&bareAside)
	twice := bareAside
	twice.Memo = asideMemo(&twice)
	kept := page(memo{Hash: "h", Steady: 1})
	kept.Memo = asideMemo(&kept)
	seed := page(memo{Hash: "h", Steady: 9})
	seed.Class = frontier.ClassSeed
	tests := []struct {
		name  string
		it    frontier.Item
		after time.Duration
		due   bool
	}{
		{"a sitemap", frontier.Item{Kind: kindSitemap}, 0, true},
		{"a feed", frontier.Item{Kind: kindFeed}, 0, true},
		{"a seed", seed, 0, true},
		{"a page of links", page(memo{}), 0, true},
		{"a page that failed", bare, 0, true},
		{"a memo that does not read", frontier.Item{Kind: kindPage, Memo: []byte("x")}, 0, true},
		{"an article at once", page(memo{Hash: "h", Steady: 1}), 59 * time.Minute, false},
		{"an article after an hour", page(memo{Hash: "h", Steady: 1}), time.Hour, true},
		{"an article found unchanged twice", page(memo{Hash: "h", Steady: 3}), 3 * time.Hour, false},
		{"the same later", page(memo{Hash: "h", Steady: 3}), 4 * time.Hour, true},
		{"an article of years", page(memo{Hash: "h", Steady: 100}), recrawlMax - 1, false},
		{"the same after a month", page(memo{Hash: "h", Steady: 100}), recrawlMax, true},
		{"an article that is gone", page(memo{Hash: "h", Gone: true}), 2 * recrawlMax, false},
		{"a page that is not there", bareAside, 59 * time.Minute, false},
		{"the same after an hour", bareAside, time.Hour, true},
		{"the same, found so twice", twice, time.Hour, false},
		{"an article whose page stood aside once", kept, time.Hour, true},
		{"a question about a page", frontier.Item{Kind: kindTwin}, 2 * recrawlMax, false},
	}
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, tt := range tests {
		if got := isDue(&tt.it, now.Add(-tt.after), now); got != tt.due {
			t.Errorf("%s, after %v: due is %v", tt.name, tt.after, got)
		}
	}
}
