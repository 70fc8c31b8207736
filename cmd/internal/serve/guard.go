package serve

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// guard stands before all handlers: who may ask, from which pages, and how large a
// body may be.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		if s.answersOrigin(w, r) {
			return
		}
		if !s.isAllowed(r) {
			h.Set("WWW-Authenticate", "Bearer")
			write(w, problem(http.StatusUnauthorized, "", "this server asks for its token: Authorization: Bearer TOKEN"))
			return
		}
		if r.ContentLength > s.o.MaxBody && !isStream(r) {
			h.Set("Connection", "close") // the body is not read
			write(w, tooLarge(s.o.MaxBody))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isStream reports whether the request's body is read a line at a time, so that
// only its lines are bounded.
func isStream(r *http.Request) bool { return r.URL.Path == "/v1/batch" }

// answersOrigin sets the fields that let pages of the origins in the options call
// the API (Fetch standard, 3.2), and refuses those of others what would change
// something. It reports whether the request is answered.
func (s *Server) answersOrigin(w http.ResponseWriter, r *http.Request) bool {
	origin := r.Header.Get("Origin")
	if origin == "" || origin == "http://"+r.Host || origin == "https://"+r.Host {
		return false
	}
	h := w.Header()
	h.Add("Vary", "Origin")
	if !slices.Contains(s.o.Origins, origin) {
		write(w, problem(http.StatusForbidden, "", "pages of %s may not call this server: see --origin", origin))
		return true
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", "Retry-After")
	if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
		return false
	}
	h.Set("Access-Control-Allow-Methods", "GET, POST, DELETE")
	h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept")
	h.Set("Access-Control-Max-Age", "600")
	// Chromium asks before a page of the web calls a local server.
	if r.Header.Get("Access-Control-Request-Private-Network") == "true" {
		h.Set("Access-Control-Allow-Private-Network", "true")
	}
	w.WriteHeader(http.StatusNoContent)
	return true
}

// isAllowed reports whether the request has the token, where one is asked for. What
// tells nothing of pages and costs nothing is open: whether the server lives, and
// the description of the API.
func (s *Server) isAllowed(r *http.Request) bool {
	if s.o.Token == "" || r.URL.Path == "/healthz" || r.URL.Path == "/openapi.json" {
		return true
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return ok && subtle.ConstantTimeCompare([]byte(token), []byte(s.o.Token)) == 1
}

// write answers with a problem outside of the API's own operations.
func write(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", p.ContentType(""))
	for name, values := range p.GetHeaders() {
		w.Header()[name] = values
	}
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // who has gone does not read it
}
