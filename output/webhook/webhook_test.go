package webhook

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"newsclip/output"
	"newsclip/output/remote"
)

// hook takes batches as its users are told to: one key once.
type hook struct {
	mu      sync.Mutex
	answers []int // of the first requests; -1 takes the batch and breaks the connection
	keys    map[string]bool
	records []string
	user    string
}

func (h *hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	answer := http.StatusNoContent
	if len(h.answers) > 0 {
		answer, h.answers = h.answers[0], h.answers[1:]
	}
	if answer != http.StatusNoContent && answer != -1 {
		w.WriteHeader(answer)
		return
	}
	h.user, _, _ = r.BasicAuth()
	key := r.Header.Get("Idempotency-Key")
	if r.Method != http.MethodPost || key == "" || r.Header.Get("Content-Type") != "application/x-ndjson" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if !h.keys[key] {
		h.keys[key] = true
		lines := bufio.NewScanner(r.Body)
		for lines.Scan() {
			h.records = append(h.records, lines.Text())
		}
	}
	if answer == -1 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(answer)
}

func send(t *testing.T, answers ...int) (*hook, error) {
	t.Helper()
	h := &hook{answers: answers, keys: make(map[string]bool)}
	s := httptest.NewServer(h)
	defer s.Close()
	address := strings.Replace(s.URL, "http://", "http://mara:secret@", 1)
	w, err := Open(t.Context(), address, remote.Options{MaxRecords: 2, MaxAge: time.Hour, FirstWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 5 {
		r := &output.Record{}
		r.ID = fmt.Sprint(i)
		if err := w.Write(r); err != nil {
			w.Close()
			return h, err
		}
	}
	return h, w.Close()
}

// A server that is away, too busy, or breaks off gets each record once.
func TestEachRecordOnce(t *testing.T) {
	for name, answers := range map[string][]int{"well": nil, "away": {503, 502, 429}, "breaks off after it took a batch": {-1, 500, -1}} {
		t.Run(name, func(t *testing.T) {
			h, err := send(t, answers...)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(h.records, ""); got != `{"id":"0"}{"id":"1"}{"id":"2"}{"id":"3"}{"id":"4"}` || h.user != "mara" {
				t.Errorf("%s by %q", got, h.user)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, status := range []int{301, 401, 404, 422} {
		h, err := send(t, status)
		if err == nil || !strings.Contains(err.Error(), fmt.Sprint(status)) || strings.Contains(err.Error(), "secret") || len(h.records) > 0 {
			t.Errorf("%d: %v, %v", status, err, h.records)
		}
	}
	if _, err := Open(t.Context(), "https://", remote.Options{}); err == nil {
		t.Error("an address without a host is taken")
	}
}
