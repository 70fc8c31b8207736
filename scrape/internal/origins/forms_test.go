package origins

import (
	"net/url"
	"strings"
	"testing"
)

func TestForms(t *testing.T) {
	for u, want := range map[string]string{
		"http://n.example/a":             "https://n.example/a https://www.n.example/a http://www.n.example/a",
		"https://www.n.example/a?b=c":    "http://www.n.example/a?b=c https://n.example/a?b=c http://n.example/a?b=c",
		"https://news.n.example/":        "http://news.n.example/",
		"http://n.example:8080/a":        "http://www.n.example:8080/a",
		"http://192.0.2.7/a":             "https://192.0.2.7/a",
		"http://[2001:db8::1]/a":         "https://[2001:db8::1]/a",
		"http://www.news.n.example/a":    "https://www.news.n.example/a https://news.n.example/a http://news.n.example/a",
		"http://shop.example.co.uk/":     "https://shop.example.co.uk/",
		"http://localhost:8080/":         "",
		"https://www.n.example:8443/a/b": "https://n.example:8443/a/b",
	} {
		at, _ := url.Parse(u)
		var got []string
		for _, form := range Forms(at) {
			got = append(got, form.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q, want %q", u, got, want)
		}
	}
}
