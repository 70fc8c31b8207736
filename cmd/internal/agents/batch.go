package agents

import (
	"bytes"
	"fmt"
	"io"
	"net/http"

	"github.com/go-json-experiment/json/jsontext"
)

// maxCalls is how many calls a request may hold: what is called is done at once.
const maxCalls = 100

// boundCalls answers a request with more calls than [maxCalls] with an error, and hands
// the others on. A body has maxBody bytes at most.
func boundCalls(next http.Handler, maxBody int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			next.ServeHTTP(w, r)
			return
		}
		var read bytes.Buffer
		body := r.Body
		if calls(io.TeeReader(io.LimitReader(body, maxBody), &read)) > maxCalls {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			// An invalid request, by JSON-RPC 2.0, section 5.1.
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"more than %d calls in a request"}}`+"\n", maxCalls)
			return
		}
		r.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(&read, body), body}
		next.ServeHTTP(w, r)
	})
}

// calls returns how many calls a body holds, counted up to one more than [maxCalls]. Of
// one that is no list it reads the beginning alone.
func calls(body io.Reader) int {
	dec := jsontext.NewDecoder(body)
	if dec.PeekKind() != jsontext.KindBeginArray {
		return 1
	}
	if _, err := dec.ReadToken(); err != nil {
		return 1
	}
	n := 0
	for n <= maxCalls && dec.PeekKind() != jsontext.KindEndArray {
		if dec.SkipValue() != nil {
			return n // a broken one is the next handler's to refuse
		}
		n++
	}
	return n
}
