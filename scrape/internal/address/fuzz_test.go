package address

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
)

// FuzzResolve: whatever a page at an address names, what a crawl would fetch is an
// address of the web that a request can be made for, without control characters, a user
// or a fragment, and the same when it is normalised again.
func FuzzResolve(f *testing.F) {
	for _, s := range []string{
		"http://a.example:80/../a/./b?utm_source=x&b=%zz#c", "HTTP://ÄÖ.example/%7e", "//a\\b@c:99/", "http://[::1%25eth0]:080/", "//[::0%25.]", "http://0x7f.1/", "http://a.example:0/", "http:..", "http:../a", "?", "..",
		"https://a.example/;jsessionid=1?sid=aaaaaaaaaaaaaaaa1", "http://a.example/%00%0a", "http://xn--/", "http://a..b/", "http://user:pw@h/", "http:/a", "https:a?b", "//", "/\t/a.example/", "http://a.example/\u202e", "javascript:x",
	} {
		f.Add("https://base.example/x/y?z", s)
		f.Add("http://base.example/", s)
	}
	f.Fuzz(func(t *testing.T, from, ref string) {
		base, err := url.Parse(from)
		if err != nil || base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
			return
		}
		u, err := Resolve(base, ref)
		if err != nil {
			return
		}
		s := u.String()
		if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
			t.Errorf("%q of %q", s, ref)
		}
		if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || r == ' ' || r == unicode.ReplacementChar }) {
			t.Errorf("%q of %q has control characters", s, ref)
		}
		if again, err := Normalize(s); err != nil || again != s {
			t.Errorf("%q, then %q (%v), of %q", s, again, err, ref)
		}
	})
}

// FuzzScopeAndTraps: whatever the address, scope and traps decide in time, and the same
// for the same address; a seed is in its own scope, and no address is in that of another
// domain.
func FuzzScopeAndTraps(f *testing.F) {
	for _, s := range []string{
		"https://news.example/2026/01/02/a", "https://news.example/" + strings.Repeat("a/", 50), "https://news.example/?" + strings.Repeat("a=b&", 100), "https://news.example/calendar/9999/12?month=13&year=0",
		"https://1.2.3.4/", "https://[::1]/a", "https://co.uk/", "https://news.example/a?page=2&sort=x&view=y", "https://news.example/a/page/99999999999999999999", "https://a.example/%2f%2e%2e/", "https://localhost/a;b=c;d",
	} {
		f.Add(s, "https://news.example/a?page=1")
	}
	now := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	f.Fuzz(func(t *testing.T, address, other string) {
		if len(address) > 8<<10 || len(other) > 8<<10 {
			return
		}
		u, err := Resolve(nil, address)
		if err != nil {
			return
		}
		begun := time.Now()
		if a, b := Trap(u, len(u.String()), now), Trap(u, len(u.String()), now); a != b {
			t.Errorf("%s is %q and then %q", u, a, b)
		}
		IsFar(u, now)
		LooksLikePart(u)
		for _, scope := range Scopes() {
			b, err := NewBoundary(Scope(scope), nil, []*regexp.Regexp{regexp.MustCompile(`^$`)})
			if err != nil {
				t.Fatal(err)
			}
			b.AddSeed(u)
			if !b.Contains(u) {
				t.Errorf("%s is outside its own scope %s", u, scope)
			}
			if v, err := Resolve(nil, other); err == nil {
				if b.Contains(v) && Domain(u) != Domain(v) {
					t.Errorf("%s is in the scope %s of %s", v, scope, u)
				}
				if n := PartNumber(u, v); n < 0 || n > MaxParts {
					t.Errorf("%s is part %d of %s", v, n, u)
				}
				NewViews(u, []*url.URL{v, u}).Trap(v)
			}
		}
		if id := Identity(u); id == "" || id != Identity(u) {
			t.Errorf("identity %q of %s", id, u)
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("%d bytes took %v", len(address), took)
		}
	})
}
