package selectors

import "testing"

func TestBylineGroupsOf(t *testing.T) {
	for phrase, want := range map[string]BylineGroups{
		"by": BylineBy, "written by": BylineBy, "und": BylineAnd, "staff writer": BylineJob, "admin": BylineNobody,
		"reviewed by": BylineReview, "aktualisiert": BylineUpdated, "phd": BylineCredential, "storm": 0,
	} {
		if got := BylineGroupsOf(phrase); got != want {
			t.Errorf("BylineGroupsOf(%q) = %b, want %b", phrase, got, want)
		}
	}
}
