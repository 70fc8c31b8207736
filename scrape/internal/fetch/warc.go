package fetch

import (
	"bytes"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A WARC stores answers as WARC 1.1 records (ISO 28500:2017): a request and a
// response record for each. Bodies are stored decoded, as newsclip has read them;
// the values of header fields that would contradict this are stored under names
// that begin with X-Crawler-, as Common Crawl does. A body that was cut at its
// limit has WARC-Truncated. A WARC may be used by any number of goroutines.
type WARC struct {
	mu   sync.Mutex
	f    *os.File
	gzip bool
}

// CreateWARC opens path to add records to it, and begins with a warcinfo
// record. A path that ends in .gz is compressed record by record, as readers
// expect it. The caller must Close it.
func CreateWARC(path, software string) (*WARC, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o666)
	if err != nil {
		return nil, err
	}
	w := &WARC{f: f, gzip: strings.HasSuffix(path, ".gz")}
	info := "software: " + software + "\r\nformat: WARC File Format 1.1\r\n"
	err = w.record("warcinfo", time.Now(), "application/warc-fields", "", "", "", []byte(info))
	if err != nil {
		f.Close()
		return nil, err
	}
	return w, nil
}

// Close closes the file.
func (w *WARC) Close() error { return w.f.Close() }

// add writes a request and its answer, without cookies and credentials.
func (w *WARC) add(req *http.Request, resp *Response) error {
	var q bytes.Buffer
	fmt.Fprintf(&q, "%s %s HTTP/1.1\r\nHost: %s\r\n", req.Method, req.URL.RequestURI(), req.URL.Host)
	h := req.Header.Clone()
	for _, secret := range []string{"Authorization", "Cookie", "Proxy-Authorization"} {
		h.Del(secret)
	}
	h.Write(&q)
	q.WriteString("\r\n")

	var a bytes.Buffer
	fmt.Fprintf(&a, "HTTP/1.1 %d %s\r\n", resp.Status, http.StatusText(resp.Status))
	h = resp.Header.Clone()
	h.Del("Set-Cookie")
	if resp.ContentType != "" {
		h.Set("Content-Type", resp.ContentType)
	}
	for _, name := range []string{"Content-Encoding", "Content-Length", "Transfer-Encoding"} {
		if v := h.Get(name); v != "" {
			h.Del(name)
			h.Set("X-Crawler-"+name, v)
		}
	}
	h.Set("Content-Length", fmt.Sprint(len(resp.Body)))
	h.Write(&a)
	a.WriteString("\r\n")
	a.Write(resp.Body)

	uri := req.URL.String()
	id := newRecordID()
	digest := sha1.Sum(resp.Body)
	extra := "WARC-Payload-Digest: sha1:" + base32.StdEncoding.EncodeToString(digest[:]) + "\r\n"
	if resp.Cut {
		extra += "WARC-Truncated: length\r\n"
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.recordID("response", id, resp.FetchedAt, "application/http;msgtype=response", uri, "", extra, a.Bytes()); err != nil {
		return err
	}
	return w.recordID("request", newRecordID(), resp.FetchedAt, "application/http;msgtype=request", uri, id, "", q.Bytes())
}

func (w *WARC) record(kind string, at time.Time, contentType, uri, concurrent, extra string, block []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.recordID(kind, newRecordID(), at, contentType, uri, concurrent, extra, block)
}

// recordID writes one record with one call to the file; w.mu is held.
func (w *WARC) recordID(kind, id string, at time.Time, contentType, uri, concurrent, extra string, block []byte) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <%s>\r\nWARC-Date: %s\r\n", kind, id, at.UTC().Format("2006-01-02T15:04:05Z"))
	if uri != "" {
		fmt.Fprintf(&b, "WARC-Target-URI: %s\r\n", uri)
	}
	if concurrent != "" {
		fmt.Fprintf(&b, "WARC-Concurrent-To: <%s>\r\n", concurrent)
	}
	fmt.Fprintf(&b, "%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n", extra, contentType, len(block))
	b.Write(block)
	b.WriteString("\r\n\r\n")
	if !w.gzip {
		_, err := w.f.Write(b.Bytes())
		return err
	}
	var z bytes.Buffer
	zw := gzip.NewWriter(&z)
	if _, err := io.Copy(zw, &b); err != nil {
		return err
	}
	if err := zw.Close(); err != nil {
		return err
	}
	_, err := w.f.Write(z.Bytes())
	return err
}

// newRecordID returns a random UUID (RFC 9562, version 4) as a URN.
func newRecordID() string {
	var u [16]byte
	rand.Read(u[:])
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
