package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	cookieName = "newsclip"
	// signedInFor is how long a browser stays signed in.
	signedInFor = 30 * 24 * time.Hour
)

// SignedIn reports whether a request has the cookie of a browser that has signed in
// with the token.
func SignedIn(r *http.Request, token string) bool {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return false
	}
	until, mac, ok := strings.Cut(c.Value, ".")
	end, err := strconv.ParseInt(until, 10, 64)
	return ok && err == nil && time.Now().Unix() < end && subtle.ConstantTimeCompare([]byte(mac), []byte(sign(token, until))) == 1
}

// sign returns what only those who have the token can make of the time until which a
// cookie holds, so that the cookie does not tell the token.
func sign(token, until string) string {
	h := hmac.New(sha256.New, []byte(token))
	h.Write([]byte("newsclip signed in until " + until))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil))
}

// loginView is what the template "login" shows.
type loginView struct {
	frame
	Next, Error string
}

// Login answers a request that lacks the token with the form that asks for it.
func (s *Site) Login(w http.ResponseWriter, r *http.Request) {
	next := "/"
	if r.Method == http.MethodGet {
		next = r.URL.RequestURI()
	}
	v := loginView{frame: s.frame("Sign in", ""), Next: next}
	if r.Method == http.MethodPost {
		v.Error = "You were not signed in, and nothing was done: sign in, and send it again."
	}
	s.write(w, http.StatusUnauthorized, "login", v)
}

func (s *Site) loginPage(w http.ResponseWriter, r *http.Request) {
	s.write(w, http.StatusOK, "login", loginView{frame: s.frame("Sign in", ""), Next: localPath(r.FormValue("next"))})
}

func (s *Site) login(w http.ResponseWriter, r *http.Request) {
	if err := s.parseForm(w, r, 4<<10); err != nil {
		s.Problem(w, err)
		return
	}
	next := localPath(r.PostFormValue("next"))
	if subtle.ConstantTimeCompare([]byte(r.PostFormValue("token")), []byte(s.o.Token)) != 1 {
		s.write(w, http.StatusUnauthorized, "login", loginView{s.frame("Sign in", ""), next, "That is not the token of this server."})
		return
	}
	until := strconv.FormatInt(time.Now().Add(signedInFor).Unix(), 10)
	s.setCookie(w, r, until+"."+sign(s.o.Token, until), int(signedInFor/time.Second))
	http.Redirect(w, r, next, http.StatusSeeOther)
}

func (s *Site) logout(w http.ResponseWriter, r *http.Request) {
	s.setCookie(w, r, "", -1)
	http.Redirect(w, r, loginPath, http.StatusSeeOther)
}

func (s *Site) setCookie(w http.ResponseWriter, r *http.Request, value string, age int) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: isSecure(r),
	})
}

// isSecure reports whether the browser has come by HTTPS, here or at a proxy before
// this server.
func isSecure(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https"
}

// localPath returns a path of this server, or "/" where it is none: browsers take //
// and /\ for the beginning of another host.
func localPath(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}
