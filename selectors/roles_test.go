package selectors

import (
	"slices"
	"strings"
	"testing"
)

func TestRoleTable(t *testing.T) {
	last := ""
	for n, row := range strings.Split(rolesTxt, "\n") {
		if row == "" || row[0] == '#' {
			continue
		}
		f := strings.Fields(row)
		if f[0] <= last {
			t.Errorf("roles.txt:%d: role %q does not stand after %q", n+1, f[0], last)
		}
		last = f[0]
		words := f[1:]
		if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
			t.Errorf("roles.txt:%d: words are not sorted, or one stands twice", n+1)
		}
		for _, w := range words {
			// What Words would split, or fold, can never be found.
			if got := strings.Join(Words(w), "-"); got != w {
				t.Errorf("roles.txt:%d: %q is looked up as %q", n+1, w, got)
			}
			if f[0] != "none" && RolesOf(w)&roleNames[f[0]] == 0 {
				t.Errorf("roles.txt:%d: %q is no %s", n+1, w, f[0])
			}
		}
	}
	for name := range roleNames {
		if !strings.Contains(rolesTxt, "\n"+name+" ") {
			t.Errorf("no row for %s", name)
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
		{"a whole token before its words", "content-sidebar-wrap", Body},
		{"two tokens", "newsletter promo", Newsletter | Promo},
		{"a token that says how the page is set up", "sidebar-right", 0},
		{"a part of a word", "shadow adapted", 0},
		{"nothing", "", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := RolesOf(c.attr); got != c.want {
				t.Errorf("RolesOf(%q) = %v, want %v", c.attr, got, c.want)
			}
		})
	}
}

func TestWords(t *testing.T) {
	for _, c := range []struct{ attr, want string }{
		{"", ""},
		{"a", "a"},
		{"story-footer", "story footer"},
		{"storyFooter  lead2x", "story footer lead x"},
		{"IMG_box", "img box"},
		{"ABCd", "abcd"},
		{"bildunterschrift-GRÖßE", "bildunterschrift größe"},
		{"-x-", "x"},
		{strings.Repeat("a", 100) + "-b", strings.Repeat("a", 100) + " b"},
	} {
		if got := strings.Join(Words(c.attr), " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.attr, got, c.want)
		}
	}
}

func TestNextWordAllocatesNothing(t *testing.T) {
	n := testing.AllocsPerRun(100, func() {
		var buf [64]byte
		for w, k := NextWord("story-footer storyFooter2", 0, buf[:0]); len(w) > 0; w, k = NextWord("story-footer storyFooter2", k, buf[:0]) {
		}
		RolesOf("story-footer c-related__list wp-block")
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
