package agents

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestCallsAreBounded(t *testing.T) {
	h := Handler(options(t))
	for _, c := range []struct {
		calls   int
		refused bool
	}{{maxCalls, false}, {maxCalls + 1, true}, {20_000, true}} {
		var list []string
		for i := range c.calls {
			list = append(list, fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"ping"}`, i))
		}
		r := httptest.NewRequest("POST", "http://127.0.0.1/mcp", strings.NewReader(" ["+strings.Join(list, ", ")+"]"))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		r.Header.Set("Mcp-Session-Id", "none")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		refused := w.Code == http.StatusBadRequest && strings.Contains(w.Body.String(), `"code":-32600,"message":"more than 100 calls`)
		if refused != c.refused {
			t.Errorf("%d calls: %d %.300s", c.calls, w.Code, w.Body)
		}
	}
}

// deadlines keeps the last deadline for reading.
type deadlines struct {
	http.ResponseWriter
	last time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error { d.last = t; return nil }

// TestSlowBodyEndsItsConnection: the time of a body that does not come holds for what
// comes after it on the connection.
func TestSlowBodyEndsItsConnection(t *testing.T) {
	for name, c := range map[string]struct {
		body io.Reader
		ends bool
	}{"whole": {strings.NewReader("{}"), false}, "late": {iotest.ErrReader(os.ErrDeadlineExceeded), true}} {
		w := &deadlines{ResponseWriter: httptest.NewRecorder()}
		_, err := readBody(w, httptest.NewRequest("POST", "/mcp", c.body), 1<<10)
		if (err != nil) != c.ends || w.last.IsZero() == c.ends {
			t.Errorf("%s: %v, deadline %v", name, err, w.last)
		}
	}
}
