package serve

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// FuzzRequests: whatever the body, its type and the parameters of a request, the answer
// is a record or a problem, in JSON, with a status that says which, and none is a fault
// of the server's own.
func FuzzRequests(f *testing.F) {
	for _, c := range []struct{ path, query, mediaType, body string }{
		{"/v1/clean", "url=https://news.example/a", "text/html", page("The ferry")},
		{"/v1/clean", "with=html&explain=true", "application/json", `{"html":"<p>x","id":1,"url":"javascript:x"}`},
		{"/v1/clean", "format=markdown", "application/json", `{"html":null}`},
		{"/v1/clean", "format=text", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"page\"; filename=\"../a\"\r\n\r\n<p>x\r\n--b--\r\n"},
		{"/v1/clean", "", "multipart/form-data; boundary=", "--"},
		{"/v1/clean", "format=x&with=y&explain=z", "text/html; charset=\xff", "\x1f\x8b\x08"},
		{"/v1/clean", "", "", "WARC/1.0\r\nContent-Length: 9999999999\r\n\r\n"},
		{"/v1/batch", "with=markdown", "application/jsonl", "{\"html\":\"<p>x\"}\n[]\n\n{\"html\":1}\nnull\n{"},
	} {
		f.Add(c.path, c.query, c.mediaType, c.body)
	}
	s, err := New(Options{Folder: f.TempDir(), MaxBody: 64 << 10})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { s.Close() })
	f.Fuzz(func(t *testing.T, path, query, mediaType, body string) {
		// Crawls would be begun by what is valid.
		if path != "/v1/clean" && path != "/v1/batch" || len(body) > 128<<10 || strings.ContainsAny(query+mediaType, "\x00\r\n") {
			return
		}
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, path, strings.NewReader(body))
		r.URL.RawQuery = query
		r.Header.Set("Content-Type", mediaType)
		w := httptest.NewRecorder()
		begun := time.Now()
		s.ServeHTTP(w, r)
		if took := time.Since(begun); took > 20*time.Second {
			t.Errorf("%d bytes took %v", len(body), took)
		}
		status, answer := w.Code, w.Body.Bytes()
		switch {
		case status >= 500:
			t.Errorf("status %d: %s", status, answer)
		case status >= 400:
			var p Problem
			if err := json.Unmarshal(answer, &p); err != nil || p.Status != status || p.Detail == "" && p.Title == "" {
				t.Errorf("status %d, %v: %s", status, err, answer)
			}
		case path == "/v1/batch":
			lines := strings.Split(strings.TrimSuffix(string(answer), "\n"), "\n")
			for _, line := range lines {
				if line != "" && !json.Valid([]byte(line)) {
					t.Errorf("line %q", line)
				}
			}
			want := 0
			for line := range strings.SplitSeq(body, "\n") {
				if strings.TrimSpace(line) != "" {
					want++
				}
			}
			if got := strings.Count(string(answer), "\n"); got != want {
				t.Errorf("%d lines for %d", got, want)
			}
		case strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") && !json.Valid(answer):
			t.Errorf("answer %q", answer)
		}
	})
}
