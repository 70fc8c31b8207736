package agents

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
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
