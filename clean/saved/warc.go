package saved

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"newsclip/clean"
)

// warc yields the HTML pages of a WARC archive (ISO 28500): responses with a
// 2xx status, and resources. Records of other pages are passed over, and
// records about the crawl itself are not counted. A record that cannot be read
// is an item that fails; where the archive itself is broken, that item is the
// last.
//
// The archive is read as it comes, a page at a time, since archives are larger
// than memory. So a page is read before it is yielded, and not by Load.
func (w *walk) warc(b blob, r io.Reader) bool {
	br := bufio.NewReaderSize(r, maxWARCLine)
	for n := 1; ; n++ {
		h, err := readWARCHeader(br)
		if err == io.EOF {
			return true
		}
		rec := record{blob: b.member(strconv.Itoa(n)), where: fmt.Sprintf("%s: record %d", b.name, n)}
		if err != nil {
			return w.record(rec, "", err)
		}
		length, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
		if err != nil || length < 0 {
			return w.record(rec, "", fmt.Errorf("content length %q is no number", h.Get("Content-Length")))
		}
		block := &io.LimitedReader{R: br, N: length}
		in, cause, err := readWARCPage(h, block, length, b.budget)
		rec.in = in
		if broken := skipBlock(block); broken != nil {
			rec.in = clean.Input{}
			return w.record(rec, "", broken)
		}
		if cause != bookkeeping && !w.record(rec, cause, err) {
			return false
		}
	}
}

// record is one record of an archive of responses.
type record struct {
	blob
	where string // in messages about a record that cannot be read
	in    clean.Input
}

// record yields the page of a record, or the error that reading it gave, or
// passes it over where there is a cause to.
func (w *walk) record(rec record, cause string, err error) bool {
	switch {
	case err != nil:
		if rec.in.URL != "" {
			rec.where += " (" + rec.in.URL + ")"
		}
		rec.in.HTML = nil
		rec.in.File = rec.file
		return w.yield(failed(rec.where, rec.in, "read", err))
	case cause != "":
		return w.skip(rec.blob, cause)
	}
	rec.name = rec.in.URL
	return w.page(rec.blob, rec.in, nil)
}

// skipBlock reads what is left of a record's block. The error is that of an
// archive that ends in it.
func skipBlock(block *io.LimitedReader) error {
	_, err := io.Copy(io.Discard, block)
	if err == nil && block.N > 0 {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// readWARCHeader reads up to the empty line before the block. It returns io.EOF
// at the end of the archive.
func readWARCHeader(br *bufio.Reader) (textproto.MIMEHeader, error) {
	for {
		line, err := readHeaderLine(br)
		if err != nil {
			return nil, err
		}
		if line == "" {
			continue // after the block of the record before
		}
		if !strings.HasPrefix(line, "WARC/") {
			return nil, errors.New("no WARC record begins here")
		}
		break
	}
	h := make(textproto.MIMEHeader)
	for range maxWARCFields {
		line, err := readHeaderLine(br)
		if err == io.EOF {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		if line == "" {
			return h, nil
		}
		if name, value, ok := strings.Cut(line, ":"); ok {
			h.Add(strings.TrimSpace(name), strings.TrimSpace(value))
		}
	}
	return nil, errors.New("the record's header does not end")
}

// A record has a dozen fields; an address may be long.
const (
	maxWARCFields = 200
	maxWARCLine   = 64 << 10 // bytes, the size of warc's buffer
	maxHTTPHeader = 1 << 20  // bytes of a response's header; browsers stop at a quarter of it
)

func readHeaderLine(br *bufio.Reader) (string, error) {
	line, err := br.ReadSlice('\n')
	switch {
	case err == bufio.ErrBufferFull:
		return "", errors.New("a line of the record's header does not end")
	case err == io.EOF && len(line) > 0:
		return "", io.ErrUnexpectedEOF
	case err != nil:
		return "", err
	}
	return string(bytes.TrimRight(line, "\r\n")), nil
}

// bookkeeping is the cause for skipping records that are the crawler's own and
// not of a site. They are not counted.
const bookkeeping = "bookkeeping"

// readWARCPage returns the page in a record's block, or the cause for skipping
// it.
func readWARCPage(h textproto.MIMEHeader, block io.Reader, length int64, b *budget) (in clean.Input, cause string, err error) {
	// WARC 1.0's grammar put addresses between angle brackets, and some
	// writers did so.
	in.URL = strings.Trim(h.Get("Warc-Target-Uri"), "<>")
	kind := h.Get("Warc-Type")
	switch kind {
	case "response", "resource":
	case "revisit", "conversion", "continuation":
		return in, "WARC " + kind, nil
	default: // warcinfo, request, metadata
		return in, bookkeeping, nil
	}
	if httpOnly(in.URL) == "" {
		// Crawlers keep their notes in the archive: dns:, metadata://, urn:.
		return in, bookkeeping, nil
	}
	if t, err := time.Parse(time.RFC3339, h.Get("Warc-Date")); err == nil {
		in.FetchedAt = t.UTC()
	}
	if kind == "response" {
		return readResponse(in, block, length, b)
	}
	in.ContentType = h.Get("Content-Type")
	if !isHTMLType(in.ContentType) {
		return in, mediaCause(in.ContentType), nil
	}
	in.HTML, err = readPage(block, length)
	return in, "", err
}

// mediaCause is why a response of a media type that is not HTML is passed over.
func mediaCause(contentType string) string {
	kind, _, _ := mime.ParseMediaType(contentType)
	if kind == "" {
		return "no media type"
	}
	return kind
}

// readResponse reads the page in an HTTP response, or returns the cause for
// skipping it.
func readResponse(in clean.Input, block io.Reader, length int64, b *budget) (_ clean.Input, cause string, err error) {
	if length == 0 {
		return in, "empty", nil
	}
	limit := &io.LimitedReader{R: block, N: maxHTTPHeader}
	br := bufio.NewReader(limit)
	resp, err := http.ReadResponse(br, nil)
	switch {
	case err != nil && limit.N <= 0:
		return in, "", fmt.Errorf("the header of the HTTP response is larger than %d MiB", maxHTTPHeader>>20)
	case err != nil:
		return in, "", fmt.Errorf("reading the HTTP response: %w", err)
	}
	limit.N = math.MaxInt64
	in.Status = resp.StatusCode
	in.ContentType = resp.Header.Get("Content-Type")
	if in.Status < 200 || in.Status > 299 {
		return in, fmt.Sprintf("status %d", in.Status), nil
	}
	if !isHTMLType(in.ContentType) {
		return in, mediaCause(in.ContentType), nil
	}
	in.Header = rightsHeader(resp.Header)
	// Some archivers keep the header Transfer-Encoding and store the body
	// without chunks. A Content-Length that counts
	// other bytes than those stored is as common, so the block's end counts.
	body := io.Reader(br)
	if len(resp.TransferEncoding) > 0 && startsChunk(br) {
		body = resp.Body
	}
	decoded, err := decode(body, resp.Header.Get("Content-Encoding"))
	if err != nil {
		return in, "", err
	}
	if decoded != body {
		decoded = b.reader(memberBudget(length).reader(decoded))
	}
	in.HTML, err = readPage(decoded, length)
	return in, "", err
}

// startsChunk reports whether a chunk's size line comes next (RFC 9112, 7.1).
func startsChunk(br *bufio.Reader) bool {
	head, _ := br.Peek(18)
	line, _, ok := bytes.Cut(head, []byte("\r\n"))
	if !ok {
		return false
	}
	size, _, _ := bytes.Cut(line, []byte(";"))
	_, err := strconv.ParseUint(string(bytes.TrimSpace(size)), 16, 64)
	return err == nil
}

func isHTMLType(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	return kind == "text/html" || kind == "application/xhtml+xml"
}

// rightsHeader picks, for [clean.Input], the fields of a response that state what
// a machine may do with a page.
func rightsHeader(h http.Header) map[string]string {
	var m map[string]string
	for _, name := range [...]string{"X-Robots-Tag", "Tdm-Reservation", "Tdm-Policy", "Link", "Content-Language", "Last-Modified"} {
		if v := h.Values(name); len(v) > 0 {
			if m == nil {
				m = make(map[string]string)
			}
			m[strings.ToLower(name)] = strings.Join(v, "\n")
		}
	}
	return m
}
