package scrape

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"newsclip/clean"
	"newsclip/scrape/internal/fetch"
)

// What came of a page is its page, marked; one without its end is asked for again
// first, and may come whole then.
func TestTruncatedPages(t *testing.T) {
	whole := articleHTML("a")
	for name, tt := range map[string]struct {
		body      func(n int32) string // of the nth request
		truncated bool
		asked     int32
	}{
		"with its end":    {func(int32) string { return whole }, true, 1},
		"without its end": {func(int32) string { return whole[:len(whole)-200] }, true, truncatedAttempts},
		"whole the second time": {func(n int32) string {
			if n == 1 {
				return whole[:len(whole)-200]
			}
			return whole + strings.Repeat(" ", 99999-len(whole))
		}, false, 2},
	} {
		var asked atomic.Int32
		w := newWeb(t)
		w.at["http://n.example"] = func(rw http.ResponseWriter, r *http.Request) {
			raw(rw, fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999\r\nConnection: close\r\n\r\n%s", tt.body(asked.Add(1))))
		}
		truncated := false
		handle := func(p *Page) { truncated = p.Truncated }
		s, got := w.crawlWith(t, handle, "http://n.example/a")
		if len(got) != 1 || truncated != tt.truncated || asked.Load() != tt.asked {
			t.Errorf("%s: written %q, truncated %v, asked for %d times; %v", name, got, truncated, asked.Load(), s.Errors)
		}
	}
	a, err := clean.New(clean.Options{}).Clean(inputOf("http://n.example/a", &fetch.Response{Body: []byte(whole), ContentType: "text/html", Truncated: true}))
	if err != nil || !a.Truncated {
		t.Errorf("%+v, %v", a, err)
	}
	first := &clean.Article{Text: strings.Repeat("One. ", 9)}
	if first.Join(&clean.Article{Text: "Two.", Truncated: true}); !first.Truncated {
		t.Error("a part's mark is lost")
	}
}
