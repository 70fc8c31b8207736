package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"newsclip/scrape/browser"
)

// scriptedStory is a page whose article its script writes.
func scriptedStory(k int) string {
	story := storyHTML(k)
	return `<!doctype html><html lang="en"><head><title>News</title></head><body><noscript>Please enable JavaScript.</noscript><div id="root"></div>
<script>fetch("/story.html").then((r) => r.text()).then((s) => { document.getElementById("root").innerHTML = s; });</script></body></html>` + "<!-- " + fmt.Sprint(len(story)) + " -->"
}

func scriptedSite(t *testing.T) *httptest.Server {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		switch r.URL.Path {
		case "/2026/01/02/story":
			fmt.Fprint(w, scriptedStory(1))
		case "/story.html":
			fmt.Fprint(w, storyHTML(1))
		default:
			w.WriteHeader(http.StatusNotFound)
		}
	}))
	t.Cleanup(srv.Close)
	return srv
}

func needsBrowser(t *testing.T) {
	t.Helper()
	b, err := browser.New(browser.Options{})
	if errors.Is(err, browser.ErrNotFound) {
		t.Skip("needs a browser: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
}

func TestCommandsRender(t *testing.T) {
	srv := scriptedSite(t)
	address := srv.URL + "/2026/01/02/story"
	for _, args := range [][]string{{"clean", "--delay", "0"}, {"crawl", "--delay", "0", "--max-depth", "0", "--sitemaps-only"}} {
		var out, errs bytes.Buffer
		if code := run(append(args, address), strings.NewReader(""), &out, &errs); code != exitNoArticle || out.Len() > 0 || !strings.Contains(errs.String(), "hint: --render auto") {
			t.Errorf("%v: %d, %s%s", args, code, out.String(), errs.String())
		}
	}
	needsBrowser(t)
	for _, args := range [][]string{
		{"clean", "--delay", "0", "--render", "always"},
		{"clean", "--delay", "0", "--render", "auto"},
		{"crawl", "--delay", "0", "--quiet", "--max-depth", "0", "--sitemaps-only", "--render", "auto"},
	} {
		var out, errs bytes.Buffer
		code := run(append(args, address), strings.NewReader(""), &out, &errs)
		var record struct {
			Rendered bool
			Text     string
		}
		if code != exitOK || json.Unmarshal(out.Bytes(), &record) != nil || !record.Rendered || len(record.Text) < 200 {
			t.Errorf("%v: %d, %s%s", args, code, out.String(), errs.String())
		}
	}
}

// TestNoBrowserIsSaid: --render always fails at once where there is none, and auto
// warns once.
func TestNoBrowserIsSaid(t *testing.T) {
	srv := scriptedSite(t)
	t.Setenv("PATH", t.TempDir())
	needsNone := func() bool { _, err := browser.New(browser.Options{}); return errors.Is(err, browser.ErrNotFound) }
	if !needsNone() {
		t.Skip("a browser is installed outside of PATH")
	}
	for mode, want := range map[string]struct {
		code int
		says string
	}{
		"auto":   {exitNoArticle, "warning: --render auto: no browser was found"},
		"always": {exitUsage, "hint: install Chromium, or name a browser with --browser"},
	} {
		var out, errs bytes.Buffer
		code := run([]string{"clean", "--render", mode, srv.URL + "/2026/01/02/story"}, strings.NewReader(""), &out, &errs)
		if code != want.code || strings.Count(errs.String(), want.says) != 1 {
			t.Errorf("%s: %d, %s", mode, code, errs.String())
		}
	}
}
