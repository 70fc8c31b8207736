package address

import (
	"net/url"
	"strings"
	"testing"
)

func TestNormalize(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"as it is", "https://news.example/2024/05/a-story", "https://news.example/2024/05/a-story"},
		{"empty path", "https://news.example", "https://news.example/"},
		{"scheme and host in capitals", "HTTPS://News.Example/Story", "https://news.example/Story"},
		{"default port", "https://news.example:443/a", "https://news.example/a"},
		{"default port of http", "http://news.example:80/a", "http://news.example/a"},
		{"port with zeros", "http://news.example:08080/a", "http://news.example:8080/a"},
		{"default port with zeros", "https://news.example:00443/a", "https://news.example/a"},
		{"other port", "http://news.example:8080/a", "http://news.example:8080/a"},
		{"port of the other scheme", "https://news.example:80/a", "https://news.example:80/a"},
		{"fragment", "https://news.example/a#comments", "https://news.example/a"},
		{"user and password", "https://u:p@news.example/a", "https://news.example/a"},
		{"dot segments", "https://news.example/a/./b/../c", "https://news.example/a/c"},
		{"dot segments at the end", "https://news.example/a/b/..", "https://news.example/a/"},
		{"escaped dot segments", "https://news.example/a/%2e%2E/c", "https://news.example/c"},
		{"two slashes stay", "https://news.example/a//b", "https://news.example/a//b"},
		{"escapes in capitals", "https://news.example/%e2%82%ac", "https://news.example/%E2%82%AC"},
		{"needless escapes", "https://news.example/%61%2Db%7E", "https://news.example/a-b~"},
		{"escaped slash stays", "https://news.example/a%2Fb", "https://news.example/a%2Fb"},
		{"letters beyond ASCII", "https://news.example/grüße", "https://news.example/gr%C3%BC%C3%9Fe"},
		{"a space", "https://news.example/a story", "https://news.example/a%20story"},
		{"white space around", " \thttps://news.example/a\n", "https://news.example/a"},
		{"a line break inside", "https://news.exa\nmple/a", "https://news.example/a"},
		{"backslashes", `https:\\news.example\a`, "https://news.example/a"},
		{"a bare percent sign", "https://news.example/100%", "https://news.example/100%25"},
		{"a host beyond ASCII", "https://zeitung.bücher.example/a", "https://zeitung.xn--bcher-kva.example/a"},
		{"the root's dot", "https://news.example./a", "https://news.example/a"},
		{"IPv6", "http://[::1]:8080/a", "http://[::1]:8080/a"},
		{"campaign", "https://news.example/a?utm_source=x&utm_medium=y", "https://news.example/a"},
		{"campaign among others", "https://news.example/a?id=1&utm_source=x&page=2", "https://news.example/a?id=1&page=2"},
		{"campaign in capitals", "https://news.example/a?UTM_Source=x", "https://news.example/a"},
		{"click id", "https://news.example/a?fbclid=IwAR1&gclid=2", "https://news.example/a"},
		{"order stays", "https://news.example/a?b=1&a=2", "https://news.example/a?b=1&a=2"},
		{"empty parameters", "https://news.example/a?&&b=1&", "https://news.example/a?b=1"},
		{"empty query", "https://news.example/a?", "https://news.example/a"},
		{"query beyond ASCII", "https://news.example/a?q=grüße", "https://news.example/a?q=gr%C3%BC%C3%9Fe"},
		{"Java's session", "https://news.example/a;jsessionid=0A1B2C3D?x=1", "https://news.example/a?x=1"},
		{"PHP's session", "https://news.example/a?PHPSESSID=abc", "https://news.example/a"},
		{"ASP's session", "https://news.example/(S(lit3py55t21z5v55vlm25s55))/a", "https://news.example/a"},
		{"a sid that is a visit's", "https://news.example/a?sid=9f8e7d6c5b4a39281706", "https://news.example/a"},
		{"a sid that is a story's", "https://news.example/a?sid=1234", "https://news.example/a?sid=1234"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Normalize(tt.in)
			if err != nil || got != tt.want {
				t.Fatalf("Normalize(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
			}
			if again, err := Normalize(got); err != nil || again != got {
				t.Errorf("a second time: %q, %v", again, err)
			}
		})
	}
}

func TestNormalizeRefuses(t *testing.T) {
	for _, in := range []string{"", "/a", "mailto:a@news.example", "javascript:void(0)", "ftp://news.example/a", "https://", "https:///a", "http://[::1/a"} {
		if got, err := Normalize(in); err == nil {
			t.Errorf("Normalize(%q) = %q, want an error", in, got)
		}
	}
}

// TestLongAddresses reads addresses of many segments, for which the parser of the standard
// takes seconds, and some in its own time.
func TestLongAddresses(t *testing.T) {
	base := &url.URL{Scheme: "https", Host: "news.example", Path: "/" + strings.Repeat("a/", 1_000_000)}
	for name, tc := range map[string]struct {
		base *url.URL
		ref  string
		ok   bool
	}{
		"whole":            {nil, "https://news.example/" + strings.Repeat("a/", 1_000_000), false},
		"whole, backward":  {nil, `https:\news.example\` + strings.Repeat(`a\`, 1_000_000), false},
		"under a long one": {base, `a\b`, false},
		"as long as may":   {nil, `https:\news.example\` + strings.Repeat("a/", 8000), true},
	} {
		if _, err := Resolve(tc.base, tc.ref); (err == nil) != tc.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestResolve(t *testing.T) {
	base, err := url.Parse("https://news.example/world/europe/story.html?id=1")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ ref, want string }{
		{"next.html", "https://news.example/world/europe/next.html"},
		{"../asia/", "https://news.example/world/asia/"},
		{"/", "https://news.example/"},
		{"?page=2", "https://news.example/world/europe/story.html?page=2"},
		{"//cdn.example/a", "https://cdn.example/a"},
		{"http://other.example", "http://other.example/"},
		{`\politics\a b`, "https://news.example/politics/a%20b"},
		{"../../../../up", "https://news.example/up"},
	}
	for _, tt := range tests {
		if got, err := Resolve(base, tt.ref); err != nil || got.String() != tt.want {
			t.Errorf("Resolve(%q) = %q, %v; want %q", tt.ref, got, err, tt.want)
		}
	}
}

func FuzzNormalize(f *testing.F) {
	f.Add("https://news.example/a?b=%zz#c")
	f.Add(`http:\\x\..\%2e`)
	f.Add("https://a/;jsessionid=1/..;sid=2?&utm_a")
	f.Add("http:.%2e")
	f.Add("http://a../")
	f.Fuzz(func(t *testing.T, in string) {
		once, err := Normalize(in)
		if err != nil {
			return
		}
		if twice, err := Normalize(once); err != nil || twice != once {
			t.Errorf("%q -> %q -> %q, %v", in, once, twice, err)
		}
	})
}
