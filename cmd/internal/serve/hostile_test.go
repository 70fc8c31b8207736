package serve

import (
	"net/http"
	"runtime"
	"strings"
	"testing"
)

// Passwords in seeds are the crawl's, and in none of the answers about it.
func TestPasswordsOfSeedsAreNotTold(t *testing.T) {
	folder := t.TempDir()
	o := Options{Folder: folder}
	base := start(t, o)
	_, body := ask(t, "POST", base+"/v1/crawls", `{"seeds":["http://mara:harbour@127.0.0.1:1/"]}`, "Content-Type", "application/json")
	id := decode[crawlInfo](t, body).ID
	answers := []string{body}
	for _, path := range []string{"GET /v1/crawls", "GET /v1/crawls/" + id, "POST /v1/crawls/" + id + "/pause", "POST /v1/crawls/" + id + "/resume", "GET /crawls", "GET /crawls/" + id} {
		method, path, _ := strings.Cut(path, " ")
		resp, body := ask(t, method, base+path, "")
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", path, resp.Status)
		}
		answers = append(answers, body)
	}
	for _, a := range answers {
		if strings.Contains(a, "harbour") || !strings.Contains(a, "127.0.0.1:1") {
			t.Errorf("%.400s", a)
		}
	}
}

// Blank lines that have arrived are passed over at once, and lines after them are read.
func TestBlankLines(t *testing.T) {
	base := start(t, Options{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, body := ask(t, "POST", base+"/v1/batch", strings.Repeat("\n", 4<<20)+"\r\n \n"+`{"html":"<p>a"}`+"\n\n", "Content-Type", "application/x-ndjson")
	runtime.ReadMemStats(&after)
	if strings.Count(body, "\n") != 1 {
		t.Errorf("%.300s", body)
	}
	// Each line that is read has room of its own.
	if n := after.Mallocs - before.Mallocs; n > 1<<20 {
		t.Errorf("%d allocations for %d blank lines", n, 4<<20)
	}
}
