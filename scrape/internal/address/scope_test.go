package address

import (
	"net/url"
	"regexp"
	"testing"
)

func TestScope(t *testing.T) {
	tests := []struct {
		scope     Scope
		seed, url string
		want      bool
	}{
		{ScopeHost, "https://news.example.co.uk/", "https://news.example.co.uk/a", true},
		{ScopeHost, "https://www.example.co.uk/", "http://example.co.uk/a", true},
		{ScopeHost, "https://example.co.uk/", "https://www.example.co.uk/a", true},
		{ScopeHost, "https://example.co.uk/", "https://sport.example.co.uk/a", false},
		{ScopeHost, "http://127.0.0.1:8080/", "http://127.0.0.1:9090/", false},
		{"", "https://example.com/", "https://other.com/", false},
		{ScopeDomain, "https://news.example.co.uk/", "https://sport.example.co.uk/a", true},
		{ScopeDomain, "https://news.example.co.uk/", "https://other.co.uk/a", false},
		{ScopeDomain, "https://one.github.io/", "https://two.github.io/", false},
		{ScopeDomain, "http://127.0.0.1:8080/", "http://127.0.0.2:8080/", false},
		{ScopePrefix, "https://example.com/world/index.html", "https://example.com/world/asia/a", true},
		{ScopePrefix, "https://example.com/world/", "https://www.example.com/world/a", true},
		{ScopePrefix, "https://example.com/world/", "https://example.com/worldcup/a", false},
		{ScopePrefix, "https://example.com/world/", "https://example.com/", false},
	}
	for _, tt := range tests {
		seed, _ := url.Parse(tt.seed)
		u, _ := url.Parse(tt.url)
		g, err := NewBoundary(tt.scope, nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		g.AddSeed(seed)
		if got := g.Contains(u); got != tt.want {
			t.Errorf("scope %q of %s holds %s: %v", tt.scope, tt.seed, tt.url, got)
		}
	}
	if _, err := NewBoundary("planet", nil, nil); err == nil {
		t.Error("an unknown scope is no error")
	}
}

func TestWanted(t *testing.T) {
	g := &Boundary{include: []*regexp.Regexp{regexp.MustCompile(`/2024/`)}, exclude: []*regexp.Regexp{regexp.MustCompile(`/sport/`)}}
	for u, want := range map[string]bool{
		"https://a.example/2024/x": true, "https://a.example/2023/x": false, "https://a.example/sport/2024/x": false,
	} {
		if got := !g.Excludes(u) && g.Includes(u); got != want {
			t.Errorf("wanted(%s) = %v", u, got)
		}
	}
}
