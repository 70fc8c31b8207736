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
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
)

// isMHTML reports whether a file is a page with its parts in one message (RFC
// 2557), as browsers save it: mail headers with the media type
// multipart/related.
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
	return bytes.Contains(bytes.ToLower(head[:end]), []byte("multipart/related"))
}

// readMHTML returns the page of the message: the part that the header's start
// names, else the first that is HTML. Its URL is the one that the
// browser recorded.
func readMHTML(r io.Reader) (clean.Input, error) {
	msg, err := mail.ReadMessage(r)
	if err != nil {
		return clean.Input{}, fmt.Errorf("MHTML: reading the header: %w", err)
	}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		return clean.Input{}, fmt.Errorf("MHTML: content type: %w", err)
	}
	if params["boundary"] == "" {
		return clean.Input{}, errors.New("MHTML: the header names no boundary")
	}
	start := strings.Trim(params["start"], "<>")

	parts := multipart.NewReader(msg.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return clean.Input{}, &clean.Error{Code: article.CodeNotHTML, Message: "MHTML: no part of it is HTML"}
		}
		if err != nil {
			return clean.Input{}, fmt.Errorf("MHTML: %w", err)
		}
		contentType := part.Header.Get("Content-Type")
		kind, _, _ := mime.ParseMediaType(contentType)
		id := strings.Trim(part.Header.Get("Content-Id"), "<>")
		if start != "" && id != "" && id != start {
			continue
		}
		if kind != "text/html" && kind != "application/xhtml+xml" {
			continue
		}
		body, err := readPage(transfer(part, part.Header.Get("Content-Transfer-Encoding")), 0)
		if err == errTooLarge {
			return clean.Input{}, err
		}
		if err != nil {
			return clean.Input{}, fmt.Errorf("MHTML: %w", err)
		}
		in := clean.Input{ContentType: contentType, HTML: body}
		for _, u := range []string{msg.Header.Get("Snapshot-Content-Location"), part.Header.Get("Content-Location")} {
			if strings.HasPrefix(u, "http://") || strings.HasPrefix(u, "https://") {
				in.URL = u
				break
			}
		}
		if t, err := msg.Header.Date(); err == nil {
			in.FetchedAt = t.UTC().Truncate(time.Second)
		}
		return in, nil
	}
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
