package kind

import (
	"strings"
	"testing"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/source"
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
	for s, want := range map[source.Kind]float32{
		source.Nowhere: 0, source.Tail: 1, source.LDModified: 1, source.Address: 2, source.LDPage: 3, source.LDCreated: 3, source.LDUploaded: 3,
		source.LDPublished: 6, source.Meta: 5, source.Time: 4, source.VisibleDate: 4,
	} {
		if got := dateRank(s); got != want {
			t.Errorf("the date of %q has rank %v, want %v", s, got, want)
		}
	}
	for s, want := range map[source.Kind]float32{
		source.Nowhere: 0, source.Tail: 1, source.LDPerson: 1, source.LDAuthor: 4, source.MetaAuthor: 3, source.TwitterData: 2, source.BylineClass: 2, source.BesideDate: 2,
	} {
		if got := authorRank(s); got != want {
			t.Errorf("the authors of %q have rank %v, want %v", s, got, want)
		}
	}
}
