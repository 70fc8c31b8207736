package serve

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strings"

	"newsclip/cmd/internal/web"
)

// guard is called before all handlers. It checks the token, the origin of the page
// that makes the request, and the length of the body, and waits where much of other
// answers is unsent.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		if s.answersOrigin(w, r) {
			return
		}
		if s.forms.Check(r) != nil {
			s.refuse(w, r, problem(http.StatusForbidden, "", "pages of other sites may not change anything here: see --origin"))
			return
		}
		if !s.isOwnHost(r.Host) {
			s.refuse(w, r, problem(http.StatusMisdirectedRequest, "", "this server is not %s: call it by the address that it listens on, or name http://%[1]s with --origin", r.Host))
			return
		}
		if !s.isAllowed(r) {
			if web.Owns(r.URL.Path) {
				s.pages.Login(w, r)
				return
			}
			h.Set("WWW-Authenticate", "Bearer")
			write(w, problem(http.StatusUnauthorized, "", "this server asks for its token: Authorization: Bearer TOKEN"))
			return
		}
		if r.ContentLength > s.o.MaxBody && !isStream(r) {
			h.Set("Connection", "close") // the body is not read
			s.refuse(w, r, tooLarge(s.o.MaxBody))
			return
		}
		if r.URL.Path != "/healthz" {
			ctx, cancel := context.WithTimeout(r.Context(), s.o.Wait)
			err := s.room.awaitSent(ctx)
			cancel()
			if err != nil {
				s.refuse(w, r, busy())
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

// refuse answers with a problem, as a page where a page was asked for.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, p *Problem) {
	if web.Owns(r.URL.Path) {
		s.pages.Problem(w, p)
		return
	}
	write(w, p)
}

// isOwnHost reports whether a request is for this server. A page of the web whose
// name leads to this machine is of the same origin for a browser (DNS rebinding);
// where no token is asked for, nothing but the name tells it from the pages of this
// server.
func (s *Server) isOwnHost(host string) bool {
	if s.o.Token != "" || slices.Contains(s.o.Origins, "http://"+host) || slices.Contains(s.o.Origins, "https://"+host) {
		return true
	}
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	return strings.EqualFold(name, "localhost") || net.ParseIP(strings.Trim(name, "[]")) != nil
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
		s.refuse(w, r, problem(http.StatusForbidden, "", "pages of %s may not call this server: see --origin", origin))
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
// says nothing about pages and costs nothing needs no token: whether the server is up,
// the description of the API, and signing in. A browser that has signed in sends a
// cookie, from pages of this server alone (SameSite).
func (s *Server) isAllowed(r *http.Request) bool {
	if s.o.Token == "" || r.URL.Path == "/healthz" || r.URL.Path == "/openapi.json" || web.IsOpen(r.URL.Path) || web.SignedIn(r, s.o.Token) {
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
	_ = json.NewEncoder(w).Encode(p) // the client may have gone
}
