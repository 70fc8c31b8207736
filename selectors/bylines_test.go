package selectors

import (
	"strings"
	"testing"
	"unicode/utf8"
)

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

func TestMayBeginBy(t *testing.T) {
	for phrase, groups := range bylines().groups {
		if groups&BylineBy == 0 {
			continue
		}
		for _, s := range []string{phrase, strings.ToUpper(phrase), phrase + ": Jo Doe", phrase + "を"} {
			if strings.HasPrefix(strings.ToLower(s), phrase) && !MayBeginBy(s) { // İ and ı change
				t.Errorf("%q begins with no \"by\"", s)
			}
		}
	}
	for _, s := range []string{"", "12 boats", "Kitchen gardens"} {
		if MayBeginBy(s) {
			t.Errorf("%q may begin with a \"by\"", s)
		}
	}
}

// A reader of labels skips words of ASCII letters alone.
func TestSpacelessDateLabelsAreNotASCII(t *testing.T) {
	labels := SpacelessDateLabels()
	if len(labels) == 0 {
		t.Fatal("no labels")
	}
	for _, l := range labels {
		if strings.IndexFunc(l.Text, func(c rune) bool { return c >= utf8.RuneSelf }) < 0 {
			t.Errorf("%q has no letter outside ASCII", l.Text)
		}
	}
}
