package robots

import (
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/jimsmart/grobotstxt"

	"newsclip/scrape/internal/fetch"
)

// The longest rules that match decide as all rules of the group do.
func TestAllowedAsByTheWholeGroup(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"/", "/a", "a", "b", "ab", "*", "*", "?", "=", "$", "/index.html", "/index.htm", "."}
	words := func(most int) string {
		var b strings.Builder
		for range 1 + r.IntN(most) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		return b.String()
	}
	closed := 0
	for range 20_000 {
		var body strings.Builder
		body.WriteString("user-agent: *\n")
		for range 1 + r.IntN(5) {
			body.WriteString([]string{"allow: ", "disallow: ", "disallow: "}[r.IntN(3)] + "/" + words(5) + "\n")
		}
		path := "/" + strings.NewReplacer("*", "c", "$", "", "?", "").Replace(words(6))
		u := &url.URL{Scheme: "http", Host: "a.example", Path: path}
		rules := Parse(body.String(), fetch.ProductToken)
		var group strings.Builder
		group.WriteString("user-agent: *\n")
		for _, x := range rules.rules {
			x.writeTo(&group)
		}
		want := grobotstxt.AgentAllowed(group.String(), fetch.ProductToken, "http://h"+escape(path))
		if got := rules.Allows(u); got != want {
			t.Fatalf("%s is allowed: %v, want %v, by\n%s", path, got, want, &body)
		}
		if !want {
			closed++
		}
	}
	if closed < 2000 {
		t.Errorf("only %d paths are disallowed: the test tells little", closed)
	}
}

// A file of many stars takes milliseconds for each URL.
func TestManyStars(t *testing.T) {
	var body strings.Builder
	body.WriteString("user-agent: *\n")
	for i := range 12_000 {
		body.WriteString("disallow: /" + strings.Repeat("*a", 10+i%8) + strings.Repeat("b", 1+i%3) + "$\n")
	}
	rules := Parse(body.String(), fetch.ProductToken)
	u := &url.URL{Scheme: "http", Host: "a.example", Path: "/" + strings.Repeat("a", 1000)}
	begun := time.Now()
	for range 100 {
		if !rules.Allows(u) {
			t.Fatal("disallowed")
		}
	}
	if took := time.Since(begun); took > 20*time.Second {
		t.Errorf("100 URLs took %v", took)
	}
}
