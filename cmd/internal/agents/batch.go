package agents

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/go-json-experiment/json/jsontext"
	"golang.org/x/sync/semaphore"
)

const (
	// maxCalls is how many calls a request may hold: what is called is done at once.
	maxCalls = 100
	// smallBodies is for the bodies in hand that have up to smallBody, in bytes. Of larger
	// ones, and of those whose length is not announced, one is in hand at a time: the
	// protocol's library copies each some four times.
	smallBodies, smallBody = 32 << 20, 1 << 20
	// bodyTime is how long a body may take to arrive, and bodyWait how long a request
	// waits for its room.
	bodyTime = 20 * time.Second
	bodyWait = 10 * time.Second
)

// bounded reads the body of each request, of maxBody bytes at most, where there is room
// for it, and hands it on where it has no more calls than [maxCalls].
func bounded(next http.Handler, maxBody int64) http.Handler {
	small, large := semaphore.NewWeighted(smallBodies), semaphore.NewWeighted(maxBody)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			next.ServeHTTP(w, r)
			return
		}
		maxBody := maxBody // of this request
		if r.Header.Get("Mcp-Session-Id") == "" {
			maxBody = maxOpening
		}
		n, room := r.ContentLength, small
		if n < 0 || n > smallBody {
			n, room = maxBody, large
		}
		wait, cancel := context.WithTimeout(r.Context(), bodyWait)
		defer cancel()
		if room.Acquire(wait, n) != nil {
			w.Header().Set("Retry-After", "5")
			refuse(w, http.StatusTooManyRequests, "the server has as much in hand as it may; try again")
			return
		}
		defer room.Release(n)
		body, err := readBody(w, r, maxBody)
		var long *http.MaxBytesError
		switch {
		case errors.As(err, &long):
			refuse(w, http.StatusRequestEntityTooLarge, fmt.Sprintf("the body is larger than %d bytes", maxBody))
			return
		case err != nil:
			refuse(w, http.StatusBadRequest, "the body could not be read: "+err.Error())
			return
		case calls(body) > maxCalls:
			refuse(w, http.StatusBadRequest, fmt.Sprintf("more than %d calls in a request", maxCalls))
			return
		}
		setBody(r, body)
		if len(body) > maxOpening {
			defer letGo(next, r)
		}
		next.ServeHTTP(w, r)
	})
}

func setBody(r *http.Request, body []byte) {
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

// letGo has a session take a small message, which nobody answers, behind a large one: the
// protocol's library keeps the last that it took.
func letGo(next http.Handler, r *http.Request) {
	small := r.Clone(context.WithoutCancel(r.Context()))
	setBody(small, []byte(`{"jsonrpc":"2.0","method":"notifications/roots/list_changed"}`))
	next.ServeHTTP(&unheard{}, small)
}

// unheard is a response that nobody gets.
type unheard struct{ header http.Header }

func (u *unheard) Header() http.Header {
	if u.header == nil {
		u.header = make(http.Header)
	}
	return u.header
}
func (*unheard) Write(b []byte) (int, error) { return len(b), nil }
func (*unheard) WriteHeader(int)             {}

// refuse answers with an error: an invalid request, by JSON-RPC 2.0, section 5.1. What the
// client still sends is not awaited.
func refuse(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Connection", "close")
	w.WriteHeader(status)
	quoted, _ := jsontext.AppendQuote(nil, message) // its error is that of bytes that are no UTF-8
	fmt.Fprintf(w, `{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":%s}}`+"\n", quoted)
}

// readBody reads a body within maxBody bytes and [bodyTime].
func readBody(w http.ResponseWriter, r *http.Request, maxBody int64) ([]byte, error) {
	control := http.NewResponseController(w)
	// A connection that cannot have a deadline is bounded by the server's own.
	_ = control.SetReadDeadline(time.Now().Add(bodyTime))
	var whole bytes.Buffer
	if n := r.ContentLength; n > 0 && n <= maxBody {
		whole.Grow(int(n) + bytes.MinRead)
	}
	_, err := whole.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody))
	if err == nil { // else the connection, on which the rest may never come, ends by it
		_ = control.SetReadDeadline(time.Time{})
	}
	return whole.Bytes(), err
}

// calls returns how many calls a body holds, counted up to one more than [maxCalls]. Of
// one that is no list it reads the beginning alone.
func calls(body []byte) int {
	dec := jsontext.NewDecoder(bytes.NewReader(body))
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
