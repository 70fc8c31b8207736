package clean

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/testdata"
)

const newsroomOrigin = "http://newsroom.example"

// newsroomPage fetches a page of the made-up site as a browser would that
// tries three times.
func newsroomPage(t testing.TB, site http.Handler, path string) page.Input {
	t.Helper()
	for range 3 {
		w := httptest.NewRecorder()
		site.ServeHTTP(w, httptest.NewRequest("GET", newsroomOrigin+path, nil))
		if w.Code == http.StatusServiceUnavailable {
			continue
		}
		if w.Code != http.StatusOK {
			t.Fatalf("%s: status %d", path, w.Code)
		}
		return page.Input{URL: newsroomOrigin + path, HTML: w.Body.Bytes(), ContentType: w.Header().Get("Content-Type")}
	}
	t.Fatalf("%s: no answer", path)
	return page.Input{}
}

// followingPages are the second pages of articles that have two.
var followingPages = map[string]string{
	"journal/long-walk.html": "/journal/2025/03/around-the-bay-on-foot-in-two-tides/2/",
}

// TestNewsroomBody compares the body of every article page of the made-up site
// with the record that was written for it by hand.
func TestNewsroomBody(t *testing.T) {
	site, err := testdata.Newsroom()
	if err != nil {
		t.Fatal(err)
	}
	expected, err := testdata.Expected(newsroomOrigin)
	if err != nil {
		t.Fatal(err)
	}
	c := New(Options{Explain: true})
	for _, r := range expected {
		t.Run(strings.TrimSuffix(r.File, ".html"), func(t *testing.T) {
			var want article.Article
			if err := json.Unmarshal(r.JSON, &want); err != nil {
				t.Fatal(err)
			}
			got, err := c.Clean(newsroomPage(t, site, r.Path))
			if err != nil {
				t.Fatal(err)
			}
			if next, ok := followingPages[r.File]; ok {
				part, err := c.Clean(newsroomPage(t, site, next))
				if err != nil {
					t.Fatal(err)
				}
				got.Join(part)
			}
			for _, d := range diffBodies(&want, got) {
				t.Error(d)
			}
		})
	}
}

// diffBodies lists how the text, subtitle and images of two records differ.
func diffBodies(want, got *article.Article) []string {
	var diffs []string
	diff := func(format string, args ...any) { diffs = append(diffs, fmt.Sprintf(format, args...)) }
	if got.Subtitle != want.Subtitle {
		diff("subtitle %q, want %q", got.Subtitle, want.Subtitle)
	}
	w, g := strings.Split(want.Text, "\n\n"), strings.Split(got.Text, "\n\n")
	for _, s := range w {
		if !slices.Contains(g, s) {
			why := ""
			for _, r := range got.Removed {
				if r.Text != "" && (strings.Contains(s, r.Text) || strings.Contains(r.Text, s)) {
					why = " (" + r.Stage + ": " + r.Rule + ")"
				}
			}
			diff("text lacks %q%s", s, why)
		}
	}
	for _, s := range g {
		if !slices.Contains(w, s) {
			diff("text has %q", s)
		}
	}
	if len(diffs) == 0 && got.Text != want.Text {
		diff("text has its blocks in another order, or one twice")
	}
	for k := range max(len(want.Images), len(got.Images)) {
		switch {
		case k >= len(got.Images):
			diff("images lack %+v", want.Images[k])
		case k >= len(want.Images):
			diff("images have %+v", got.Images[k])
		case want.Images[k] != got.Images[k]:
			diff("image %d is %+v, want %+v", k, got.Images[k], want.Images[k])
		}
	}
	return diffs
}
