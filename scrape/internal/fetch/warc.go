package fetch

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"crypto/sha1"
	"encoding/base32"
	"fmt"
	"hash"
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
	err = w.write(&warcRecord{
		kind: "warcinfo", id: newRecordID(), at: time.Now(), contentType: "application/warc-fields",
		size: int64(len(info)), block: func() io.Reader { return strings.NewReader(info) },
	})
	if err != nil {
		f.Close()
		return nil, err
	}
	return w, nil
}

// Close closes the file.
func (w *WARC) Close() error { return w.f.Close() }

// add writes a request, which had the header sent, and its answer, without cookies
// and credentials.
func (w *WARC) add(x *exchange, sent http.Header) error {
	u, resp := x.req.URL, x.resp
	var q bytes.Buffer
	fmt.Fprintf(&q, "GET %s HTTP/1.1\r\nHost: %s\r\n", u.RequestURI(), u.Host)
	h := sent.Clone()
	for name := range h {
		if !isPublicField(name) && !conditional[name] {
			h.Del(name)
		}
	}
	h.Write(&q)
	q.WriteString("\r\n")

	size := int64(len(resp.Body))
	open := func() io.Reader { return bytes.NewReader(resp.Body) }
	if x.spool != nil {
		size, open = x.spool.size, x.spool.open
	}
	var a bytes.Buffer
	fmt.Fprintf(&a, "HTTP/1.1 %d %s\r\n", resp.Status, http.StatusText(resp.Status))
	h = resp.Header.Clone()
	h.Del("Set-Cookie")
	for _, name := range []string{"Content-Encoding", "Content-Length", "Transfer-Encoding"} {
		if v := h.Get(name); v != "" {
			h.Del(name)
			h.Set("X-Crawler-"+name, v)
		}
	}
	h.Set("Content-Length", fmt.Sprint(size))
	h.Write(&a)
	a.WriteString("\r\n")

	payload := sha1.New()
	if _, err := io.Copy(payload, open()); err != nil {
		return err
	}
	extra := "WARC-Payload-Digest: " + digestOf(payload) + "\r\n"
	switch {
	case resp.Cut:
		extra += "WARC-Truncated: length\r\n"
	case resp.Truncated:
		extra += "WARC-Truncated: disconnect\r\n"
	case x.spool != nil && x.spool.part:
		extra += "WARC-Truncated: unspecified\r\n"
	}
	server := ""
	if at := x.server.Load(); at != nil {
		server = "WARC-IP-Address: " + at.Addr().Unmap().WithZone("").String() + "\r\n"
	}
	id := newRecordID()
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.write(&warcRecord{
		kind: "response", id: id, at: resp.FetchedAt, contentType: "application/http;msgtype=response", uri: u.String(),
		extra: server + extra, size: int64(a.Len()) + size,
		block: func() io.Reader { return io.MultiReader(bytes.NewReader(a.Bytes()), open()) },
	})
	if err != nil {
		return err
	}
	return w.write(&warcRecord{
		kind: "request", id: newRecordID(), at: resp.FetchedAt, contentType: "application/http;msgtype=request", uri: u.String(),
		concurrent: id, extra: server, size: int64(q.Len()), block: func() io.Reader { return bytes.NewReader(q.Bytes()) },
	})
}

// conditional are the request fields that a recrawl adds.
var conditional = map[string]bool{"If-Modified-Since": true, "If-None-Match": true}

// A warcRecord is one record. block returns its content, of size bytes, each time
// that it is called.
type warcRecord struct {
	kind, id         string
	at               time.Time
	contentType, uri string
	concurrent       string // the id of the record that belongs to it
	extra            string // further header lines
	size             int64
	block            func() io.Reader
}

// digestOf returns the value of a digest field.
func digestOf(h hash.Hash) string {
	return "sha1:" + base32.StdEncoding.EncodeToString(h.Sum(nil))
}

// write adds one record; w.mu is held.
func (w *WARC) write(r *warcRecord) error {
	sum := sha1.New()
	if _, err := io.Copy(sum, r.block()); err != nil {
		return err
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "WARC/1.1\r\nWARC-Type: %s\r\nWARC-Record-ID: <%s>\r\nWARC-Date: %s\r\n", r.kind, r.id, r.at.UTC().Format("2006-01-02T15:04:05Z"))
	if r.uri != "" {
		fmt.Fprintf(&b, "WARC-Target-URI: %s\r\n", r.uri)
	}
	if r.concurrent != "" {
		fmt.Fprintf(&b, "WARC-Concurrent-To: <%s>\r\n", r.concurrent)
	}
	fmt.Fprintf(&b, "%sWARC-Block-Digest: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", r.extra, digestOf(sum), r.contentType, r.size)
	out := bufio.NewWriterSize(w.f, 64<<10)
	var to io.Writer = out
	var z *gzip.Writer
	if w.gzip {
		z = gzip.NewWriter(out)
		to = z
	}
	if _, err := io.Copy(to, io.MultiReader(&b, r.block(), strings.NewReader("\r\n\r\n"))); err != nil {
		return err
	}
	if z != nil {
		if err := z.Close(); err != nil {
			return err
		}
	}
	return out.Flush()
}

// A spool keeps, compressed, what a Sink reads of a body.
type spool struct {
	buf  bytes.Buffer
	z    *gzip.Writer
	size int64
	part bool // the Sink has not read all
}

// Write adds to what is kept.
func (s *spool) Write(p []byte) (int, error) {
	if s.z == nil {
		s.z, _ = gzip.NewWriterLevel(&s.buf, gzip.BestSpeed) // the level is a valid one
	}
	s.size += int64(len(p))
	return s.z.Write(p)
}

// finish ends what is kept. r is what the Sink has read from.
func (s *spool) finish(r io.Reader) {
	var one [1]byte
	n, err := io.ReadFull(r, one[:])
	s.part = n > 0 || err != io.EOF
	if s.z != nil {
		s.z.Close() // to memory
	}
}

// open returns a reader of what is kept.
func (s *spool) open() io.Reader {
	if s.size == 0 {
		return bytes.NewReader(nil)
	}
	z, err := gzip.NewReader(bytes.NewReader(s.buf.Bytes()))
	if err != nil {
		return errReader{err}
	}
	return z
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

// newRecordID returns a random UUID (RFC 9562, version 4) as a URN.
func newRecordID() string {
	var u [16]byte
	rand.Read(u[:])
	u[6], u[8] = u[6]&0x0f|0x40, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}
