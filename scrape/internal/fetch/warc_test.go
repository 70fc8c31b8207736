package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsclip/scrape/internal/fetch/fetchtest"
)

func TestWARC(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("Set-Cookie", "secret=1")
		w.Write(fetchtest.Encode("gzip", "hello"))
	}))
	defer srv.Close()
	for _, name := range []string{"a.warc", "a.warc.gz"} {
		path := filepath.Join(t.TempDir(), name)
		w, err := CreateWARC(path, "newsclip/1")
		if err != nil {
			t.Fatal(err)
		}
		f := testClient(t, Options{WARC: w, Header: http.Header{"Authorization": {"secret"}}}, srv)
		u, _ := url.Parse(srv.URL + "/a")
		if _, err := f.Get(context.Background(), &Request{URL: u, Limit: 100}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".gz") {
			zr, err := gzip.NewReader(bytes.NewReader(b))
			if err != nil {
				t.Fatal(err)
			}
			if b, err = io.ReadAll(zr); err != nil {
				t.Fatal(err)
			}
		}
		text := string(b)
		for _, want := range []string{"WARC/1.1\r\nWARC-Type: warcinfo\r\n", "WARC-Type: response\r\n", "WARC-Target-URI: " + srv.URL + "/a\r\n",
			"X-Crawler-Content-Encoding: gzip\r\n", "Content-Length: 5\r\n", "\r\n\r\nhello\r\n\r\n", "WARC-Type: request\r\n", "GET /a HTTP/1.1\r\n",
			"WARC-Payload-Digest: sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N\r\n"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", name, want, text)
			}
		}
		if strings.Contains(text, "secret") {
			t.Errorf("%s: a secret is kept", name)
		}
	}
}

// A body that was cut at its limit is marked as such, as the standard asks for, and
// a whole one is not.
func TestWARCTruncated(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat("x", 100))
	}))
	defer srv.Close()
	for limit, truncated := range map[int64]bool{99: true, 100: false} {
		path := filepath.Join(t.TempDir(), "a.warc")
		w, err := CreateWARC(path, "newsclip/1")
		if err != nil {
			t.Fatal(err)
		}
		f := testClient(t, Options{WARC: w}, srv)
		u, err := url.Parse(srv.URL + "/a")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Get(t.Context(), &Request{URL: u, Limit: limit}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, response, _ := strings.Cut(string(b), "WARC-Type: response\r\n")
		fields, _, _ := strings.Cut(response, "\r\n\r\n")
		if got := strings.Contains(fields, "\r\nWARC-Truncated: length\r\n"); got != truncated {
			t.Errorf("limit %d: truncated is %v in\n%s", limit, got, fields)
		}
	}
}
