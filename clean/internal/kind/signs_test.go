package kind

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/meta"
)

// TestColumnNames looks that each column has a name of its own that a model's
// file can hold.
func TestColumnNames(t *testing.T) {
	for _, c := range []struct {
		columns int
		name    func(int) string
	}{{judge.NAll, judge.BlockColumn}, {NSigns, SignName}} {
		seen := map[string]int{}
		for k := range c.columns {
			name := c.name(k)
			if other, ok := seen[name]; ok || name == "" || strings.ContainsAny(name, " \t\n") {
				t.Errorf("column %d is named %q, as is column %d", k, name, other)
			}
			seen[name] = k
		}
	}
}

// TestSourceRanks holds what the kind models read of a source against what
// they were fitted on.
func TestSourceRanks(t *testing.T) {
	for s, want := range map[meta.SourceOf]float32{
		meta.FromNowhere: 0, meta.FromTail: 1, meta.FromLDModified: 1, meta.FromAddress: 2, meta.FromLDPage: 3, meta.FromLDCreated: 3, meta.FromLDUploaded: 3,
		meta.FromLDPublished: 6, meta.FromMeta: 5, meta.FromTime: 4, meta.FromVisibleDate: 4,
	} {
		if got := dateRank(s); got != want {
			t.Errorf("the date of %q has rank %v, want %v", s, got, want)
		}
	}
	for s, want := range map[meta.SourceOf]float32{
		meta.FromNowhere: 0, meta.FromTail: 1, meta.FromLDPerson: 1, meta.FromLDAuthor: 4, meta.FromMetaAuthor: 3, meta.FromTwitterData: 2, meta.FromBylineClass: 2, meta.FromBesideDate: 2,
	} {
		if got := authorRank(s); got != want {
			t.Errorf("the authors of %q have rank %v, want %v", s, got, want)
		}
	}
}
