package fetch

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsclip/scrape/internal/fetch/fetchtest"
)

func TestFetchCookiesAndHeaders(t *testing.T) {
	var got []string
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.Header.Get("Cookie")+"|"+r.Header.Get("X-Key")+"|"+r.UserAgent())
		http.SetCookie(w, &http.Cookie{Name: "visit", Value: "1"})
	}))
	defer srv.Close()
	u, _ := url.Parse(srv.URL + "/")
	for _, keep := range []bool{false, true} {
		o := Options{UserAgent: "newsclip/1", Header: http.Header{"X-Key": {"k"}}}
		if keep {
			path := filepath.Join(t.TempDir(), "empty.txt")
			os.WriteFile(path, nil, 0o666)
			jar, err := ReadCookies(path)
			if err != nil {
				t.Fatal(err)
			}
			o.CookieJar = jar
		}
		f := testClient(t, o, srv)
		for range 2 {
			if _, err := f.Get(context.Background(), &Request{URL: u, Limit: 100}); err != nil {
				t.Fatal(err)
			}
		}
	}
	if want := "[|k|newsclip/1 |k|newsclip/1 |k|newsclip/1 visit=1|k|newsclip/1]"; fmt.Sprint(got) != want {
		t.Errorf("sent %v, want %v", got, want)
	}
}

// Variables of the environment that Colly reads change nothing.
func TestCollyEnvironment(t *testing.T) {
	t.Setenv("COLLY_USER_AGENT", "other")
	t.Setenv("COLLY_MAX_BODY_SIZE", "3")
	t.Setenv("COLLY_ALLOWED_DOMAINS", "nowhere.example")
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.UserAgent()) }))
	defer srv.Close()
	f := testClient(t, Options{UserAgent: "newsclip/1"}, srv)
	u, _ := url.Parse(srv.URL)
	resp, err := f.Get(context.Background(), &Request{URL: u, Limit: 100})
	if err != nil || string(resp.Body) != "newsclip/1" {
		t.Errorf("%+v, %v", resp, err)
	}
}

func TestFetchCapIsExact(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := strings.Repeat("x", 1000)
		if enc := r.URL.Query().Get("enc"); enc != "" {
			name, _, _ := strings.Cut(enc, ",")
			w.Header().Set("Content-Encoding", name)
			w.Write(fetchtest.Encode(enc, body))
			return
		}
		io.WriteString(w, body)
	}))
	defer srv.Close()
	f := testClient(t, Options{}, srv)
	for _, enc := range []string{"", "?enc=gzip", "?enc=br", "?enc=zstd", "?enc=deflate", "?enc=deflate,+bare"} {
		for limit, cut := range map[int64]bool{999: true, 1000: false, 1001: false} {
			u, _ := url.Parse(srv.URL + "/" + enc)
			resp, err := f.Get(context.Background(), &Request{URL: u, Limit: limit})
			if err != nil || resp.Cut != cut || int64(len(resp.Body)) != min(limit, 1000) {
				t.Errorf("%s, cap %d: %d bytes, cut %v, %v", enc, limit, len(resp.Body), resp.Cut, err)
			}
		}
	}
}

// The charset that the server says reaches clean's decoder, and Colly does not
// convert by it.
func TestFetchKeepsBytes(t *testing.T) {
	const raw = "<meta charset=windows-1251>\xcf\xf0\xe8\xe2\xe5\xf2"
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=iso-8859-1")
		io.WriteString(w, raw)
	}))
	defer srv.Close()
	f := testClient(t, Options{}, srv)
	u, _ := url.Parse(srv.URL)
	resp, err := f.Get(context.Background(), &Request{URL: u, Limit: 100})
	if err != nil || string(resp.Body) != raw || resp.ContentType != "text/html; charset=iso-8859-1" {
		t.Errorf("%q, %q, %v", resp.Body, resp.ContentType, err)
	}
}

// testClient returns a client that may reach loopback servers.
func testClient(t *testing.T, o Options, servers ...*httptest.Server) *Client {
	t.Helper()
	if o.Timeout == 0 {
		o.Timeout = time.Minute
	}
	var seeds []*url.URL
	for _, s := range servers {
		u, err := url.Parse(s.URL)
		if err != nil {
			t.Fatal(err)
		}
		seeds = append(seeds, u)
	}
	c := NewClient(o, seeds)
	t.Cleanup(c.Close)
	return c
}
