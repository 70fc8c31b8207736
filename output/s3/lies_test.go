package s3

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

// endlessServer answers requests but HEAD with a status and a body without an end, and
// counts what it has sent.
func endlessServer(t *testing.T, status int, begin string) (*httptest.Server, *atomic.Int64) {
	t.Helper()
	var sent atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			return
		}
		w.WriteHeader(status)
		io.WriteString(w, begin)
		for block := []byte(strings.Repeat("x", 64<<10)); ; {
			n, err := w.Write(block)
			if sent.Add(int64(n)); err != nil {
				return
			}
		}
	}))
	t.Cleanup(s.Close)
	return s, &sent
}

// mostSent is what the system takes of a body that is not read, and some.
const mostSent = 64 << 20

// Errors of a store that have no end are errors all the same.
func TestEndlessErrors(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "mara")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	s, sent := endlessServer(t, http.StatusBadRequest, "<Error><Message>")
	w := openAt(t, "s3://press?endpoint="+url.QueryEscape(s.URL), kindJSONL, limits{fullBytes, committedBytes})
	write(t, w, 0, 1)
	if err := w.Commit(); err == nil {
		t.Error("a part is stored")
	}
	if _, err := w.get(1, 1); err == nil {
		t.Error("a part is read")
	}
	if n := sent.Load(); n == 0 || n > 2*mostSent {
		t.Errorf("%d bytes were sent", n)
	}
}

// Of the keys that the server of a machine's role gives, no more is read than keys have.
func TestEndlessKeys(t *testing.T) {
	for _, name := range []string{"AWS_ACCESS_KEY_ID", "AWS_ACCESS_KEY", "AWS_SECRET_ACCESS_KEY", "AWS_SECRET_KEY", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	s, sent := endlessServer(t, http.StatusOK, `{"AccessKeyId":"`)
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", s.URL)
	_, _ = open(t.Context(), "s3://press?endpoint="+url.QueryEscape(s.URL), kindJSONL, quick, limits{}) // without keys
	if n := sent.Load(); n == 0 || n > 2*mostSent {
		t.Errorf("%d bytes were sent", n)
	}
}
