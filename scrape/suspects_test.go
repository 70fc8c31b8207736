package scrape

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestDeadlyPageIsNotTriedAgain crawls a site with a page that two processes have
// died with: it is a failure that says so, it is not asked for, and the other pages
// are written.
func TestDeadlyPageIsNotTriedAgain(t *testing.T) {
	asked := 0
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		switch r.URL.Path {
		case "/":
			w.Write([]byte(`<a href="/2026/01/02/bad">a</a><a href="/2026/01/02/fine">b</a>`))
		case "/2026/01/02/bad":
			asked++
			fallthrough
		case "/2026/01/02/fine":
			w.Write([]byte(`<title>A story</title><p>Words.</p>`))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	defer srv.Close()
	dir := t.TempDir()
	bad := srv.URL + "/2026/01/02/bad"
	if err := os.WriteFile(filepath.Join(dir, "suspects.json"), []byte(`{"deaths":{"`+bad+`":1},"now":["`+bad+`"]}`), 0o666); err != nil {
		t.Fatal(err)
	}
	var said error
	o := Options{Seeds: []string{srv.URL + "/"}, NoDiscovery: true}
	o.Frontier.Dir = dir
	o.Delay = time.Millisecond
	s, err := Crawl(t.Context(), o, func(_ context.Context, p *Page) (*Outcome, error) {
		if p.RequestedURL == bad {
			said = errors.New("it was cleaned")
		}
		return &Outcome{}, nil
	})
	if err != nil || said != nil || asked != 0 {
		t.Errorf("%v, %v, asked for %d times", err, said, asked)
	}
	if s.Errors[errCauseDeadly] != 1 || s.Pages != 2 {
		t.Errorf("%+v", s)
	}
}
