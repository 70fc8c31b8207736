package scrape

import (
	"net/http"
	"strings"
	"testing"
)

// What is secret goes to the hosts of seeds, wherever the crawl is led.
func TestSecretsStayWithSeeds(t *testing.T) {
	w := newWeb(t)
	site := func(rw http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			page(rw, indexHTML("/a", "http://sub.n.example/b"))
		case "/a":
			http.Redirect(rw, r, "http://n.example/c", http.StatusFound)
		default:
			page(rw, articleHTML("a"))
		}
	}
	for _, origin := range []string{"https://www.n.example", "http://n.example", "http://sub.n.example"} {
		w.at[origin] = site
	}
	header := http.Header{"X-Api-Key": {"secret"}, "Cookie": {"sid=secret"}, "Accept-Language": {"de"}}
	w.crawl(t, Options{Scope: ScopeDomain, Header: header}, "https://user:pass@www.n.example/")
	secrets := 0
	for k, r := range w.seen {
		own := strings.HasPrefix(w.asked[k], "https://www.n.example/")
		user, password, ok := r.BasicAuth()
		for name, sent := range map[string]bool{
			"key": r.Header.Get("X-Api-Key") != "", "cookie": strings.Contains(r.Header.Get("Cookie"), "secret"), "login": ok && user == "user" && password == "pass",
		} {
			if sent != own {
				t.Errorf("%s: %s sent: %v", w.asked[k], name, sent)
			}
		}
		if own {
			secrets++
		}
		if r.Header.Get("Accept-Language") != "de" {
			t.Errorf("%s: no Accept-Language", w.asked[k])
		}
	}
	if secrets == 0 || w.count("http://n.example/c") == 0 || w.count("sub.n.example/b") == 0 {
		t.Errorf("asked %q", w.asked)
	}
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"http://user:pass@n.example/a":    "http://n.example/a",
		"http://user:p@ss@n.example/":     "http://n.example/",
		"HTTPS:\\\\user:pass@n.example/":  "HTTPS:\\\\n.example/",
		"http://user:pass@[broken":        "http://[broken",
		"http://n.example/@user?mail=a@b": "http://n.example/@user?mail=a@b",
		"socks5://u:p@127.0.0.1:1080":     "socks5://127.0.0.1:1080",
		"n.example":                       "n.example",
	} {
		if got := Redact(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	_, err := Crawl(t.Context(), Options{Seeds: []string{"http://user:verysecret@[broken/"}}, articleByMeta)
	if err == nil || strings.Contains(err.Error(), "verysecret") {
		t.Errorf("%v", err)
	}
}
