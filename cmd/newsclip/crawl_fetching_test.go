package main

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A site with a certificate of its own and a password is crawled by who has both.
func TestCertificatesAndPasswords(t *testing.T) {
	story := "<!doctype html><title>Lock gates reopen at Harrow Mill</title><meta property=og:type content=article><article><h1>Lock gates reopen at Harrow Mill</h1>" +
		"<p>The gates at the mill were hung again on Tuesday, and barges that had waited since the autumn went through one after the other, the keeper said.</p>" +
		"<p>Eleven crews had spent the winter in the basin below. Some had taken work in the town, and one opened a bakery on deck that the council wants to keep.</p>" +
		"<p>The repair took four months longer than planned because the oak had to be felled, dried and shaped for a lock that no drawing exists of.</p></article>"
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, ok := r.BasicAuth(); !ok || user != "editor" || password != "verysecret" {
			w.Header().Set("WWW-Authenticate", `Basic realm="news"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<!doctype html><title>News</title><a href="/story">Lock gates</a>`)
		case "/story":
			w.Header().Set("Content-Type", "text/html")
			io.WriteString(w, story)
		default:
			http.NotFound(w, r)
		}
	}))
	srv.StartTLS()
	defer srv.Close()
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw}), 0o666); err != nil {
		t.Fatal(err)
	}
	login := strings.Replace(srv.URL, "https://", "https://editor:verysecret@", 1)
	for name, tt := range map[string]struct {
		args []string
		code int
	}{
		"neither":            {[]string{srv.URL}, exitFailed},
		"no certificate":     {[]string{login}, exitFailed},
		"no password":        {[]string{"--ca-cert", ca, srv.URL}, exitNoArticle},
		"both":               {[]string{"--ca-cert", ca, login}, exitOK},
		"insecure":           {[]string{"--insecure", "--random-delay", login}, exitOK},
		"password in header": {[]string{"--insecure", "--header", "Authorization: Basic ZWRpdG9yOnZlcnlzZWNyZXQ=", srv.URL}, exitOK},
	} {
		var out, msgs bytes.Buffer
		code := run(append([]string{"crawl", "--delay", "0", "--no-learn"}, tt.args...), strings.NewReader(""), &out, &msgs)
		if code != tt.code || strings.Contains(out.String(), "Lock gates reopen") != (tt.code == exitOK) {
			t.Errorf("%s: exit code %d\n%s\n%s", name, code, out.String(), msgs.String())
		}
		if strings.Contains(out.String()+msgs.String(), "verysecret") {
			t.Errorf("%s: the password is printed", name)
		}
	}
}
