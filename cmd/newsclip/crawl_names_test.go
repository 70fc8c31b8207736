package main

import "testing"

// The names of other programs lead to flags of a crawl, and to none that has its own.
func TestOtherNames(t *testing.T) {
	cmd := newCrawlCommand(&env{})
	for other, ours := range otherNames {
		if f := cmd.Flags().Lookup(other); f == nil || f.Name != ours {
			t.Errorf("--%s is not --%s", other, ours)
		}
	}
}
