package serve

import (
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"mime"
	"mime/multipart"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"newsclip/clean"
	"newsclip/clean/saved"
)

// body gives an operation the request's body unread, so that it is bounded while it
// is read and belongs to the operation.
type body struct {
	request  *http.Request
	response http.ResponseWriter
	// releases give back what is held for the body.
	releases []func()
}

// end gives back what is held for the body.
func (b *body) end() {
	for _, release := range b.releases {
		release()
	}
}

// Resolve keeps the request.
func (b *body) Resolve(ctx huma.Context) []error {
	b.request, b.response = humago.Unwrap(ctx)
	return nil
}

// limit bounds what is read of the body, in bytes and in time.
func (b *body) limit(bytes int64, d time.Duration) io.Reader {
	// A connection that cannot have a deadline is bounded by the server's own.
	_ = http.NewResponseController(b.response).SetReadDeadline(time.Now().Add(d))
	return http.MaxBytesReader(b.response, b.request.Body, bytes)
}

// leave makes the server answer without the body: it reads what a handler has left of
// one before it answers otherwise, however slowly that comes.
func (b *body) leave() { b.response.Header().Set("Connection", "close") }

// read reads the whole body. Where its length is announced, no more than that is taken
// in memory.
func (b *body) read(r io.Reader) ([]byte, error) {
	var whole bytes.Buffer
	if n := b.request.ContentLength; n > 0 { // guard has bounded it
		whole.Grow(int(n) + bytes.MinRead)
	}
	_, err := whole.ReadFrom(r)
	return whole.Bytes(), err
}

// size is how many bytes the body may have, as far as is known before it is read.
func (b *body) size(most int64) int64 {
	if n := b.request.ContentLength; n >= 0 {
		return n
	}
	return most
}

// page reads the page in a request: an object in JSON, a form with the field "page",
// or any form of saved page.
func (s *Server) page(ctx context.Context, b *body, pageURL string) (clean.Input, error) {
	r := b.limit(s.o.MaxBody, s.o.Timeout)
	mediaType, params, _ := mime.ParseMediaType(b.request.Header.Get("Content-Type"))
	var in clean.Input
	var err error
	switch mediaType {
	case "application/json":
		var raw []byte
		if raw, err = b.read(r); err == nil {
			in, err = saved.Object(raw)
		}
	case "multipart/form-data":
		in, err = s.formPage(ctx, b, r, params["boundary"])
	default:
		var raw []byte
		if raw, err = b.read(r); err == nil {
			in, err = s.savedPage(ctx, b, raw)
		}
		if in.ContentType == "" && mediaType == "text/html" {
			in.ContentType = b.request.Header.Get("Content-Type")
		}
	}
	if pageURL != "" {
		in.URL = pageURL
	}
	return in, err
}

// formPage reads the page in a form: the file or field "page", and the field "url".
func (s *Server) formPage(ctx context.Context, b *body, r io.Reader, boundary string) (clean.Input, error) {
	form := multipart.NewReader(r, boundary)
	var in clean.Input
	var pageURL string
	found := false
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return in, err
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return in, err
		}
		switch part.FormName() {
		case "url":
			pageURL = string(value)
		case "page":
			if in, err = s.savedPage(ctx, b, value); err != nil {
				return in, err
			}
			if name := part.FileName(); name != "" {
				in.File = name
			}
			found = true
		}
	}
	if pageURL != "" {
		in.URL = pageURL
	}
	if !found {
		return in, errors.New(`the form has no field "page"`)
	}
	return in, nil
}

// savedPage returns the one page in a file of any form that saved pages have.
func (s *Server) savedPage(ctx context.Context, b *body, raw []byte) (clean.Input, error) {
	var in clean.Input
	n := 0
	for page, err := range s.savedPages(ctx, raw) {
		if n++; n > 1 {
			return in, errors.New("the file holds several pages; newsclip clean reads all of them")
		}
		if err != nil {
			return page, err
		}
		// A page that was packed takes room of its own.
		if size := int64(len(page.HTML)); size > int64(len(raw)) {
			release, err := s.hold(ctx, size)
			if err != nil {
				return in, err
			}
			b.releases = append(b.releases, release)
		}
		in = page
	}
	if n == 0 {
		return in, errors.New("the file holds no page")
	}
	in.File = "" // "-" says nothing here
	return in, nil
}

// savedPages returns the pages in a file of any form that saved pages have. They are bounded
// as bodies are, and where they may be far longer than the file, one file is read at a time.
func (s *Server) savedPages(ctx context.Context, raw []byte) iter.Seq2[clean.Input, error] {
	return func(yield func(clean.Input, error) bool) {
		if isPacked(raw) {
			wait, cancel := context.WithTimeout(ctx, s.o.Wait)
			defer cancel()
			if s.room.unpacking.Acquire(wait, 1) != nil {
				yield(clean.Input{}, busy())
				return
			}
			defer s.room.unpacking.Release(1)
		}
		for item := range saved.Paths(bytes.NewReader(raw), saved.Stdin) {
			in, err := item.Load()
			if err == nil && int64(len(in.HTML)) > s.o.MaxBody {
				in.HTML, err = nil, tooLarge(s.o.MaxBody)
			}
			if !yield(in, err) {
				return
			}
		}
	}
}

// isPacked reports whether what saves a page may be of another form than HTML: HTML begins
// with a tag, and has no archive, and so no NUL, in it.
func isPacked(raw []byte) bool {
	text := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte(byteOrderMark)), " \t\r\n")
	return !bytes.HasPrefix(text, []byte("<")) || bytes.IndexByte(raw, 0) >= 0
}
