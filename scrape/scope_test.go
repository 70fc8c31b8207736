package scrape

import (
	"net/netip"
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
		g, err := newTerritory(&Options{Scope: tt.scope}, []*url.URL{seed})
		if err != nil {
			t.Fatal(err)
		}
		if got := g.holds(u); got != tt.want {
			t.Errorf("scope %q of %s holds %s: %v", tt.scope, tt.seed, tt.url, got)
		}
	}
	if _, err := newTerritory(&Options{Scope: "planet"}, nil); err == nil {
		t.Error("an unknown scope is no error")
	}
}

func TestWanted(t *testing.T) {
	g := &territory{include: []*regexp.Regexp{regexp.MustCompile(`/2024/`)}, exclude: []*regexp.Regexp{regexp.MustCompile(`/sport/`)}}
	for u, want := range map[string]bool{
		"https://a.example/2024/x": true, "https://a.example/2023/x": false, "https://a.example/sport/2024/x": false,
	} {
		if got := g.wanted(u); got != want {
			t.Errorf("wanted(%s) = %v", u, got)
		}
	}
}

func TestIsPublic(t *testing.T) {
	for addr, want := range map[string]bool{
		"93.184.216.34": true, "2606:2800:220:1::1": true,
		"127.0.0.1": false, "10.1.2.3": false, "172.16.0.1": false, "192.168.1.1": false, "169.254.169.254": false,
		"100.64.0.1": false, "0.0.0.0": false, "0.1.2.3": false, "224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false,
		"::1": false, "::": false, "fe80::1": false, "fc00::1": false, "::ffff:127.0.0.1": false, "64:ff9b::7f00:1": false,
	} {
		if got := isPublic(netip.MustParseAddr(addr)); got != want {
			t.Errorf("isPublic(%s) = %v", addr, got)
		}
	}
}
