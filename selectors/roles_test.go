package selectors

import (
	"strings"
	"testing"
)

// TestEveryRoleHasWords: a role that no word stands for is a fault of the table.
func TestEveryRoleHasWords(t *testing.T) {
	var have Roles
	for _, r := range roles().roles.entries {
		have |= r.value
	}
	for name, r := range roleNames {
		if have&r != r {
			t.Errorf("no word stands for %s", name)
		}
	}
}

func TestRolesOf(t *testing.T) {
	for _, c := range []struct {
		name, attr string
		want       Roles
	}{
		{"a word of a token", "c-related__list", Related},
		{"camel case", "relatedStories", Related},
		{"two words of a token under a headline", "StoryPage-subHeadline", Headline | Standfirst},
		{"two such words between others", "c-artikel__key-points--wide", Standfirst},
		{"a whole token before its words", "content-sidebar-wrap", Body},
		{"two tokens", "newsletter promo", Newsletter | Promo},
		{"a token that says how the page is set up", "sidebar-right", 0},
		{"a part of a word", "shadow adapted", 0},
		{"a name that a tool made by chance", "css-1ad8q2", 0},
		{"a number behind a word", "ad300x250", Ad},
		{"the main column beside a rail", "c-stack b-right-rail__main", 0},
		{"the rail", "c-stack b-right-rail__right-rail", Sidebar},
		{"nothing", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got Roles
			for token, rest := CutToken(c.attr); token != ""; token, rest = CutToken(rest) {
				got |= RolesOf(token)
			}
			if got != c.want {
				t.Errorf("of %q: %v, want %v", c.attr, got, c.want)
			}
		})
	}
}

func TestNextWord(t *testing.T) {
	for _, c := range []struct{ attr, want string }{
		{"", ""},
		{"a", "a"},
		{"story-footer", "story-footer"},
		{"storyFooter  lead2x", "story-footer-lead-x"},
		{"IMG_box", "img-box"},
		{"ABCd", "abcd"},
		{"bildunterschrift-GRÖßE", "bildunterschrift-größe"},
		{"-x-", "x"},
		{strings.Repeat("a", 100) + "_b", strings.Repeat("a", 100) + "-b"},
	} {
		if got := matchedRole(nil, c.attr); got != c.want {
			t.Errorf("%q: %q, want %q", c.attr, got, c.want)
		}
	}
}

func TestNextWordAllocatesNothing(t *testing.T) {
	n := testing.AllocsPerRun(100, func() {
		var buf [64]byte
		for w, k := NextWord("story-footer storyFooter2", 0, buf[:0]); len(w) > 0; w, k = NextWord("story-footer storyFooter2", k, buf[:0]) {
		}
		RolesOf("story-footer")
		RolesOf("c-related__list")
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestRolesString(t *testing.T) {
	for want, r := range map[string]Roles{"": 0, "ad": Ad, "promo+share+streamed": Streamed | Share | Promo} {
		if got := r.String(); got != want {
			t.Errorf("%b is %q, want %q", uint64(r), got, want)
		}
	}
}

// TestRolesOfBylines: a byline's class that also names the icons in it marks no box of them.
func TestRolesOfBylines(t *testing.T) {
	if r := RolesOf("bh__byline_social_wrapper"); r&Share != 0 {
		t.Errorf("roles %b", r)
	}
	if r := RolesOf("arbo"); r&Breadcrumb == 0 {
		t.Errorf("roles %b", r)
	}
}
