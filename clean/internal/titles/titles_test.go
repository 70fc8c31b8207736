package titles

import (
	"slices"
	"strings"
	"testing"

	"newsclip/clean/internal/names"
)

func TestBounds(t *testing.T) {
	for title, want := range map[string][]string{
		"A storm at sea": {"A storm at sea"},
		"A storm at sea | Weather | Harbour Post": {"A storm at sea", "Weather", "Harbour Post"},
		"A storm - the night after":               {"A storm", "the night after"},
		"A well-known storm":                      {"A well-known storm"},
		"":                                        nil,
	} {
		var got []string
		for _, b := range Bounds(title) {
			got = append(got, strings.TrimSpace(title[b[0]:b[1]]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: parts %q, want %q", title, got, want)
		}
	}
}

// TestBegins: the site's name as the first part of a title, and not as the first words.
func TestBegins(t *testing.T) {
	for title, want := range map[string]bool{"Hafenblatt - Sturm": true, "Hafenblatt: Sturm": true, "Hafenblatt Sturm": false, "Hafenblatt": false, "Sturm - Hafenblatt": false} {
		if got := Begins(title, "Hafenblatt"); got != want {
			t.Errorf("%s: got %v", title, got)
		}
	}
}

func TestOverlap(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{{"A storm at sea", "a storm at sea", 1}, {"A storm", "A storm at sea", 0.5}, {"storm storm", "storm sea", 0.5}, {"", "storm", 0}} {
		if got := Overlap(names.Words(c.a), names.Words(c.b)); got != c.want {
			t.Errorf("%q and %q: %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestParts(t *testing.T) {
	if !IsPart(names.Key("A storm at sea"), "A storm at sea | Harbour Post") {
		t.Error("the first part is none")
	}
	if IsPart(names.Key("A storm"), "A storm at sea | Harbour Post") {
		t.Error("a part of a part is one")
	}
	if got := SiteAffix("A storm at sea - Harbour Post", "Harbour Post: A storm at sea"); got != names.Key("Harbour Post") {
		t.Errorf("site %q", got)
	}
	if got := SiteAffix("A storm at sea - Harbour Post", "A calm at sea - Harbour Post"); got != "" {
		t.Errorf("site %q", got)
	}
	for s, want := range map[string]bool{"Weather": false, "Harbour Post": false, "A storm at sea": true, "嵐が港を襲った夜に": true, "天気": false} {
		if IsLong(s) != want {
			t.Errorf("%q long: %v", s, !want)
		}
	}
}

// TestInAddress: the part of a title that an address spells out.
func TestInAddress(t *testing.T) {
	address := strings.Fields("storm closes three harbours")
	for _, c := range []struct{ title, want string }{
		{"Storm closes three harbours - News - Harbour Post", "Storm closes three harbours"},
		{"Harbour Post | News | Storm closes three harbours", "Storm closes three harbours"},
		{"Storm closes three harbours: what we know", ""},
		{"Three harbours are shut - News", ""},
	} {
		if got := InAddress(c.title, address); got != c.want {
			t.Errorf("InAddress(%q) = %q, want %q", c.title, got, c.want)
		}
	}
}
