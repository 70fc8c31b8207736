package serve

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"os"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/danielgtaylor/huma/v2/sse"
)

// CrawlID is the parameter of the operations on one crawl.
type CrawlID struct {
	ID string `path:"id" doc:"The id that the crawl got when it was begun"`
}

type crawlAnswer struct{ Body crawlInfo }

// eventEvery is the time between two events of a crawl.
const eventEvery = time.Second

// registerCrawls registers the operations on crawls.
func (s *Server) registerCrawls() {
	c := s.crawls
	op := func(method, id, path, summary string, status int, errs ...int) huma.Operation {
		return huma.Operation{OperationID: id, Method: method, Path: "/v1/crawls" + path, Summary: summary, DefaultStatus: status, Errors: append(errs, http.StatusInternalServerError)}
	}
	begin := op(http.MethodPost, "begin-crawl", "", "Begin a crawl", http.StatusCreated, 413, 422, 429)
	begin.MaxBodyBytes = maxCrawlRequest
	huma.Register(s.api, begin, func(_ context.Context, in *struct{ Body crawlRequest }) (*crawlAnswer, error) {
		info, err := c.begin(&in.Body)
		return answerOf(info, err)
	})
	list := op(http.MethodGet, "list-crawls", "", "List the crawls, the newest first", http.StatusOK)
	infos := s.api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[[]crawlInfo](), true, "Crawls")
	list.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"application/json": {Schema: infos}}}}
	huma.Register(s.api, list, func(context.Context, *struct{}) (*huma.StreamResponse, error) {
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			ctx.SetHeader("Content-Type", "application/json")
			_ = sendList(ctx.BodyWriter(), c.list()) // the client may have gone
		}}, nil
	})
	huma.Register(s.api, op(http.MethodGet, "get-crawl", "/{id}", "Tell the state of a crawl", http.StatusOK, 404), func(_ context.Context, in *CrawlID) (*crawlAnswer, error) {
		info, _, err := c.get(in.ID)
		return answerOf(info, err)
	})
	huma.Register(s.api, op(http.MethodPost, "pause-crawl", "/{id}/pause", "Pause a crawl", http.StatusOK, 404), func(ctx context.Context, in *CrawlID) (*crawlAnswer, error) {
		info, err := c.halt(ctx, in.ID)
		return answerOf(info, err)
	})
	huma.Register(s.api, op(http.MethodPost, "resume-crawl", "/{id}/resume", "Let a paused crawl go on", http.StatusOK, 404, 429), func(_ context.Context, in *CrawlID) (*crawlAnswer, error) {
		info, err := c.resume(in.ID)
		return answerOf(info, err)
	})
	huma.Register(s.api, op(http.MethodDelete, "delete-crawl", "/{id}", "End a crawl and remove its records", http.StatusNoContent, 404, 409), func(ctx context.Context, in *CrawlID) (*struct{}, error) {
		return nil, c.remove(ctx, in.ID)
	})
	records := op(http.MethodGet, "crawl-records", "/{id}/records", "Return the records of a crawl so far", http.StatusOK, 404)
	records.Responses = map[string]*huma.Response{"200": {Description: "A record a line", Content: map[string]*huma.MediaType{"application/jsonl": {}}}}
	huma.Register(s.api, records, func(_ context.Context, in *struct {
		CrawlID
		Skip int `query:"skip" minimum:"0" doc:"Leave out so many records from the start"`
	}) (*huma.StreamResponse, error) {
		path, err := c.records(in.ID)
		if err != nil {
			return nil, err
		}
		return &huma.StreamResponse{Body: func(ctx huma.Context) {
			ctx.SetHeader("Content-Type", "application/jsonl; charset=utf-8")
			if err := copyLines(ctx.BodyWriter(), path, in.Skip); err != nil {
				s.o.Log.Warn("sending records", "crawl", in.ID, "error", err)
			}
		}}, nil
	})
	events := op(http.MethodGet, "crawl-events", "/{id}/events", "Follow the progress of a crawl", http.StatusOK, 404, 429)
	events.Middlewares = huma.Middlewares{func(ctx huma.Context, next func(huma.Context)) {
		if !s.room.followers.TryAcquire(1) {
			_, w := humago.Unwrap(ctx)
			write(w, busy())
			return
		}
		defer s.room.followers.Release(1)
		next(ctx)
	}}
	sse.Register(s.api, events, map[string]any{"progress": crawlInfo{}, "gone": goneEvent{}}, s.sendEvents)
}

// maxCrawlRequest is how long a request for a crawl may be, in bytes: its seeds are in
// each answer about it.
const maxCrawlRequest = 256 << 10

// sendList writes a list as JSON, an element at a time.
func sendList[T any](w io.Writer, list iter.Seq[T]) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	mark := "["
	for v := range list {
		if _, err := io.WriteString(w, mark); err != nil {
			return err
		}
		if err := enc.Encode(v); err != nil {
			return err
		}
		mark = ","
	}
	if mark == "[" {
		_, err := io.WriteString(w, "[]\n")
		return err
	}
	_, err := io.WriteString(w, "]\n")
	return err
}

// goneEvent ends the events of a crawl that is not there.
type goneEvent struct {
	Detail string `json:"detail"`
}

// sendEvents sends the state of a crawl now, each second, and when its run ends.
func (s *Server) sendEvents(ctx context.Context, in *CrawlID, send sse.Sender) {
	tick := time.NewTicker(eventEvery)
	defer tick.Stop()
	for {
		info, done, err := s.crawls.get(in.ID)
		if err != nil {
			_ = send.Data(goneEvent{err.Error()})
			return
		}
		if s.room.awaitSent(ctx) != nil || send.Data(info) != nil || done == nil {
			return
		}
		select {
		case <-tick.C:
		case <-done:
		case <-ctx.Done():
			return
		}
	}
}

func answerOf(info crawlInfo, err error) (*crawlAnswer, error) {
	if err != nil {
		return nil, err
	}
	return &crawlAnswer{info}, nil
}

// copyLines copies the whole lines of a file that grows, but for the first ones.
func copyLines(w io.Writer, path string, skip int) error {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	r := bufio.NewReaderSize(f, 1<<16)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil // what follows the last line break is being written
		}
		if err != nil {
			return err
		}
		if skip--; skip >= 0 {
			continue
		}
		if _, err := w.Write(line); err != nil {
			return err
		}
	}
}
