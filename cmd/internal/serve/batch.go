package serve

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/sync/semaphore"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/clean/saved"
	"newsclip/output"
)

// registerBatch registers the operation on many pages.
func (s *Server) registerBatch() {
	record := s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[article.Article](), true, "Article")
	huma.Register(s.api, huma.Operation{
		OperationID: "clean-batch", Method: http.MethodPost, Path: "/v1/batch", Summary: "Clean pages line by line",
		Description: "Each line of the body is an object with url and html, and each gives one line of the answer, in the same order and as soon as it is there. " +
			"A line that cannot be read, or whose page has no article, gives a record whose field error says why.",
		Errors:    []int{403, 429, 500},
		Responses: map[string]*huma.Response{"200": {Description: "A record a line", Content: map[string]*huma.MediaType{"application/jsonl": {Schema: record}}}},
	}, func(ctx context.Context, in *struct {
		With    []string `query:"with" enum:"markdown,html" doc:"Further fields of the records"`
		Explain bool     `query:"explain" doc:"List in each record the blocks that were removed"`
		body
	}) (*huma.StreamResponse, error) {
		o := CleanOptions{With: in.With, Explain: in.Explain}
		return &huma.StreamResponse{Body: func(c huma.Context) {
			c.SetHeader("Content-Type", "application/jsonl; charset=utf-8")
			s.batch(ctx, &in.body, o.wanted(output.JSONL))
		}}, nil
	})
	s.describeBody("/v1/batch", map[string]*huma.MediaType{"application/jsonl": {Schema: pageSchema()}, "application/x-ndjson": {Schema: pageSchema()}})
}

// batch answers each line of the request with a line.
func (s *Server) batch(ctx context.Context, b *body, w wanted) {
	control := http.NewResponseController(b.response)
	// HTTP/1 servers read the whole request first where this is not said.
	_ = control.EnableFullDuplex()
	out := output.NewJSONL(b.response)
	// Lines are cleaned side by side, and written in order.
	results := make(chan *lineAtWork, s.o.Workers)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		defer close(results)
		r := bufio.NewReaderSize(b.limit(1<<62, s.o.Timeout), 1<<16)
		if mark, _ := r.Peek(len(byteOrderMark)); string(mark) == byteOrderMark {
			_, _ = r.Discard(len(mark))
		}
		for {
			skipBlank(r)
			one := &lineAtWork{s: s, done: make(chan *clean.Article, 1)}
			line, err := one.read(ctx, r)
			// A client may pause between two lines, but not within one.
			_ = b.limit(1<<62, s.o.Timeout)
			if len(bytes.TrimSpace(line)) > 0 || err != nil && !errors.Is(err, io.EOF) {
				select {
				case results <- one:
				case <-ctx.Done():
					one.release()
					return
				}
				readErr := err
				if errors.Is(err, io.EOF) {
					readErr = nil
				}
				go func() { one.done <- s.cleanLine(ctx, line, readErr, w) }()
			} else {
				one.release()
			}
			if err != nil && !errors.Is(err, errLongLine) {
				return
			}
		}
	}()
	defer func() {
		cancel()
		for one := range results { // what is still read gives its memory back
			<-one.done
			one.release()
		}
	}()
	for one := range results {
		a := <-one.done
		err := out.Write(&output.Record{Article: *a})
		if err == nil {
			err = control.Flush()
		}
		one.release()
		if err != nil {
			return // the client has gone
		}
	}
}

// A lineAtWork is a line of a batch, from when it is read until its record is written.
type lineAtWork struct {
	s    *Server
	held *semaphore.Weighted
	n    int64 // bytes of held
	done chan *clean.Article
}

// grow takes room for a line of n bytes, and waits for it. It gives back first what the
// line has, so that lines do not wait for each other.
func (l *lineAtWork) grow(ctx context.Context, n int64) error {
	l.release()
	b := l.s.room.bodies(n)
	if err := b.Acquire(ctx, n); err != nil {
		return err
	}
	l.held, l.n = b, n
	return nil
}

func (l *lineAtWork) release() {
	if l.held != nil {
		l.held.Release(l.n)
		l.held = nil
	}
}

// lineRoom is the length in bytes up to which lines are read without more room.
const lineRoom = 256 << 10

var errLongLine = errors.New("the line is too long")

// read reads the next line, for which it takes room: a little when it has begun, and
// room for the longest where it turns out to be long. Of one that is longer than a body
// may be, the rest is passed over.
func (l *lineAtWork) read(ctx context.Context, r *bufio.Reader) ([]byte, error) {
	if _, err := r.Peek(1); err != nil {
		return nil, err
	}
	if err := l.grow(ctx, min(lineRoom, l.s.o.MaxBody)); err != nil {
		return nil, err
	}
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		if n := int64(len(line) + len(part)); n > l.n && l.n < l.s.o.MaxBody && n <= l.s.o.MaxBody {
			if err := l.grow(ctx, l.s.o.MaxBody); err != nil {
				return nil, err
			}
		}
		if int64(len(line)+len(part)) > l.s.o.MaxBody {
			for errors.Is(err, bufio.ErrBufferFull) {
				_, err = r.ReadSlice('\n')
			}
			if err != nil && !errors.Is(err, io.EOF) {
				return nil, err
			}
			return nil, errLongLine // where it ends the body, the next read tells
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

// byteOrderMark begins the files that some editors write.
const byteOrderMark = "\ufeff"

// skipBlank passes over the blank lines that have arrived: with a deadline set for each, a
// body of nothing else would take seconds.
func skipBlank(r *bufio.Reader) {
	for r.Buffered() > 0 {
		if b, err := r.Peek(1); err != nil || b[0] != '\n' && b[0] != '\r' {
			return
		}
		_, _ = r.Discard(1)
	}
}

// cleanLine returns the record of a line.
func (s *Server) cleanLine(ctx context.Context, line []byte, err error, w wanted) *clean.Article {
	var in clean.Input
	switch {
	case errors.Is(err, errLongLine):
		err = &clean.Error{Code: article.CodeTooLarge, Message: tooLarge(s.o.MaxBody).Detail}
	case err != nil:
		err = &clean.Error{Code: article.CodeRead, Message: problemOf(err).Detail}
	default:
		var ce *clean.Error
		if in, err = saved.Object(line); err != nil && !errors.As(err, &ce) {
			err = &clean.Error{Code: article.CodeRead, Message: fmt.Sprintf("not a page: %v", err)}
		}
	}
	if err != nil {
		return clean.Failed(in, err)
	}
	for {
		a, err := s.clean(ctx, in, w)
		var p *Problem
		switch {
		case err == nil:
			return a
		case errors.As(err, &p) && p.Status == http.StatusTooManyRequests && ctx.Err() == nil:
			continue // the stream waits, rather than lose a line
		case p != nil:
			err = &clean.Error{Code: article.CodeRead, Message: p.Detail}
		}
		return clean.Failed(in, err)
	}
}
