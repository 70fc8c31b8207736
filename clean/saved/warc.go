package saved

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"newsclip/clean"
)

func isWARC(b []byte) bool { return bytes.HasPrefix(b, []byte("WARC/")) }

// warcPages yields the HTML pages of a WARC archive (ISO 28500): responses with
// a 2xx status, and resources. Other records are passed over. A record that
// cannot be read is an item that says so; where the archive itself is broken,
// that item is the last. It returns false when yield did.
//
// The archive is read as it comes, a page at a time, since archives are larger
// than memory. So a page is read before it is yielded, and not by Load.
func warcPages(name string, r io.Reader, yield func(Item) bool) bool {
	br := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		h, err := readWARCHeader(br)
		if err == io.EOF {
			return true
		}
		where := fmt.Sprintf("%s: record %d", name, n)
		if err != nil {
			return yield(failed(where, "read", err))
		}
		length, err := strconv.ParseInt(h.Get("Content-Length"), 10, 64)
		if err != nil || length < 0 {
			return yield(failed(where, "read", fmt.Errorf("content length %q is no number", h.Get("Content-Length"))))
		}
		block := &io.LimitedReader{R: br, N: length}
		in, ok, err := readWARCPage(h, block)
		if _, skipErr := io.Copy(io.Discard, block); skipErr != nil || block.N > 0 {
			if skipErr == nil {
				skipErr = io.ErrUnexpectedEOF
			}
			return yield(failed(where, "read", skipErr))
		}
		var it Item
		switch {
		case err != nil:
			if in.URL != "" {
				where += " (" + in.URL + ")"
			}
			e := failure(where, "read", err)
			it = Item{Name: where, Load: func() (clean.Input, error) {
				return clean.Input{URL: in.URL}, e
			}}
		case ok:
			it = Item{Name: in.URL, Held: len(in.HTML), Load: func() (clean.Input, error) { return in, nil }}
		default:
			continue
		}
		if !yield(it) {
			return false
		}
	}
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
	maxWARCLine   = 64 << 10 // bytes
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

// readWARCPage returns the page that a record's block holds; false means that
// it holds none.
func readWARCPage(h textproto.MIMEHeader, block io.Reader) (clean.Input, bool, error) {
	// WARC 1.0's grammar put addresses between angle brackets, and some
	// writers did so.
	in := clean.Input{URL: strings.Trim(h.Get("Warc-Target-Uri"), "<>")}
	if !strings.HasPrefix(in.URL, "http://") && !strings.HasPrefix(in.URL, "https://") {
		return in, false, nil
	}
	if t, err := time.Parse(time.RFC3339, h.Get("Warc-Date")); err == nil {
		in.FetchedAt = t.UTC()
	}
	switch h.Get("Warc-Type") {
	case "resource":
		in.ContentType = h.Get("Content-Type")
		if !isHTMLType(in.ContentType) {
			return in, false, nil
		}
		b, err := readPage(block)
		in.HTML = b
		return in, err == nil, err
	case "response":
		return readWARCResponse(in, block)
	}
	return in, false, nil
}

func readWARCResponse(in clean.Input, block io.Reader) (clean.Input, bool, error) {
	br := bufio.NewReader(block)
	resp, err := http.ReadResponse(br, nil)
	if err != nil {
		return in, false, fmt.Errorf("reading the HTTP response: %w", err)
	}
	in.Status = resp.StatusCode
	in.ContentType = resp.Header.Get("Content-Type")
	if in.Status < 200 || in.Status > 299 || !isHTMLType(in.ContentType) {
		return in, false, nil
	}
	in.Header = rightsHeader(resp.Header)
	// Some archivers keep the header Transfer-Encoding and store the body
	// without the chunks that it speaks of. A Content-Length that counts
	// other bytes than those stored is as common, so the block's end counts.
	body := io.Reader(br)
	if len(resp.TransferEncoding) > 0 && startsChunk(br) {
		body = resp.Body
	}
	body, err = decode(body, resp.Header.Get("Content-Encoding"))
	if err != nil {
		return in, false, err
	}
	in.HTML, err = readPage(body)
	return in, err == nil, err
}

// startsChunk says whether a chunk's size line comes next (RFC 9112, 7.1).
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

// rightsHeader picks, for [clean.Input], the fields of a response that say what
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
