package saved

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
)

// isMHTML reports whether a file is a page in a message, alone or with its parts
// (RFC 2557), as browsers save it and mail programs do: mail headers with the
// media type of a multipart or of HTML.
func isMHTML(b []byte) bool {
	head := b[:min(len(b), peekSize)]
	end := bytes.Index(head, []byte("\n\n"))
	if crlf := bytes.Index(head, []byte("\r\n\r\n")); crlf >= 0 && (end < 0 || crlf < end) {
		end = crlf
	}
	if end < 0 {
		return false
	}
	name, _, ok := bytes.Cut(head[:end], []byte(":"))
	if !ok || bytes.ContainsAny(name, "< \t\r\n") {
		return false
	}
	head = bytes.ToLower(head[:end])
	if bytes.Contains(head, []byte("multipart/related")) {
		return true
	}
	msg, err := mail.ReadMessage(bytes.NewReader(append(head, "\n\n"...)))
	if err != nil || msg.Header.Get("Mime-Version") == "" {
		return false
	}
	kind, _, _ := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	return isHTMLType(kind) || strings.HasPrefix(kind, "multipart/")
}

// readMHTML returns the page of the message: the part that the header's start
// names, else the first that is HTML; of a page of frames, the largest frame. Its
// URL is the one that the browser recorded.
func readMHTML(r io.Reader) (clean.Input, error) {
	msg, err := mail.ReadMessage(r)
	if err != nil {
		return clean.Input{}, fmt.Errorf("MHTML: reading the header: %w", err)
	}
	header := textproto.MIMEHeader(msg.Header)
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		return clean.Input{}, fmt.Errorf("MHTML: content type: %w", err)
	}
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] == "" {
		return clean.Input{}, errors.New("MHTML: the header names no boundary")
	}
	in, err := readPart(header, msg.Body, 0)
	switch {
	case err == errTooLarge:
		return clean.Input{}, err
	case err != nil:
		return clean.Input{}, fmt.Errorf("MHTML: %w", err)
	case in.HTML == nil:
		return clean.Input{}, &clean.Error{Code: article.CodeNotHTML, Message: "MHTML: no part of it is HTML"}
	}
	if u := httpOnly(header.Get("Snapshot-Content-Location")); u != "" && !in.frame {
		in.URL = u
	}
	if t, err := msg.Header.Date(); err == nil {
		in.FetchedAt = t.UTC().Truncate(time.Second)
	}
	return in.Input, nil
}

// maxNesting is how many multiparts deep a page may be: related in alternative in
// mixed is as mail programs write it.
const maxNesting = 4

// partPage is a page that was found in a part. Its HTML is nil where there is none.
type partPage struct {
	clean.Input
	frame bool // of a page of frames
}

// readPart returns the page in a part of a message. The header of a multipart may
// say which of its parts is the page.
func readPart(header textproto.MIMEHeader, body io.Reader, depth int) (partPage, error) {
	contentType := header.Get("Content-Type")
	kind, params, _ := mime.ParseMediaType(contentType)
	if isHTMLType(kind) {
		page, err := readPage(transfer(body, header.Get("Content-Transfer-Encoding")), 0)
		return partPage{Input: clean.Input{ContentType: contentType, HTML: page, URL: httpOnly(header.Get("Content-Location"))}}, err
	}
	if !strings.HasPrefix(kind, "multipart/") || params["boundary"] == "" || depth == maxNesting {
		return partPage{}, nil
	}
	start := strings.Trim(params["start"], "<>")
	var page partPage
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF || err != nil && page.HTML != nil {
			return page, nil
		}
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF // before the boundary that ends the parts
		}
		if err != nil {
			return page, err
		}
		if id := strings.Trim(part.Header.Get("Content-Id"), "<>"); start != "" && id != "" && id != start && page.HTML == nil {
			continue
		}
		found, err := readPart(part.Header, part, depth+1)
		switch {
		case page.HTML == nil:
			page = found
			if err != nil || page.HTML != nil && !isFrameset(page.HTML) {
				return page, err
			}
		case err == nil && !isFrameset(found.HTML) && (!page.frame || len(found.HTML) > len(page.HTML)):
			if found.HTML != nil {
				page = found
				page.frame = true
			}
		}
	}
}

// isFrameset reports whether a page is one of frames, which has no text of its own.
func isFrameset(page []byte) bool {
	const most = 64 << 10 // bytes; such a page is small
	return len(page) < most && bytes.Contains(bytes.ToLower(page), []byte("<frameset"))
}

// transfer undoes a Content-Transfer-Encoding (RFC 2045, 6).
func transfer(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	}
	return r
}
