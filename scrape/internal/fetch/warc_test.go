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
