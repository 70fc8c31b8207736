package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"newsclip/output"
	"newsclip/output/chunk"
	"newsclip/scrape"
	"newsclip/scrape/articles"
)

// crawlSink is where a crawl's records go.
type crawlSink interface {
	scrape.Sink
	Close() error
}

// openSink opens the output of a crawl, which is added to while it runs. Where anew is
// set, the first record replaces what a file holds.
func (r *results) openSink(ctx context.Context, e *env, anew bool) (crawlSink, error) {
	sink, err := r.openWholeSink(ctx, e, anew)
	if err == nil && r.chunk > 0 {
		sink = &chunkSink{sink, r.chunk}
	}
	if filter := r.filters.new(); err == nil && filter != nil {
		return &filteredSink{sink, filter, e}, nil
	}
	return sink, err
}

// chunkSink writes the pieces of each record.
type chunkSink struct {
	crawlSink
	words int
}

func (s *chunkSink) Write(record []byte) error {
	r, err := output.Decode(record)
	if err != nil {
		return fmt.Errorf("reading a record back: %w", err)
	}
	for _, piece := range chunk.Split(r, s.words) {
		var b bytes.Buffer
		if err := output.NewJSONL(&b).Write(piece); err != nil {
			return err
		}
		if err := s.crawlSink.Write(b.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// openWholeSink is openSink without the filters.
func (r *results) openWholeSink(ctx context.Context, e *env, anew bool) (crawlSink, error) {
	format := r.chosen()
	if format.Open == nil || r.path == "" {
		sink, err := articles.NewSink(r.path, e.stdout, format)
		if err != nil {
			return nil, fmt.Errorf("--output: %w", err)
		}
		if anew {
			sink.Replace()
		}
		return sink, nil
	}
	w, err := format.Open(warnAway(ctx, e), r.path)
	if err != nil {
		return nil, fmt.Errorf("--output: %w", err)
	}
	return &writerSink{w}, nil
}

// writerSink is the sink of a format that opens its file itself. It needs no
// note, unless it is a [noter]: a record that is written again after a crawl was
// killed takes the place of the one with its id.
type writerSink struct{ w output.Writer }

// noter is a writer that has to take out what was written after the last commit.
type noter interface {
	Note() []byte
	Resume(note []byte) error
}

func (s *writerSink) Resume(note []byte) error {
	if n, ok := s.w.(noter); ok {
		return n.Resume(note)
	}
	return nil
}

func (s *writerSink) Write(record []byte) error {
	r, err := output.Decode(record)
	if err != nil {
		return fmt.Errorf("reading a record back: %w", err)
	}
	if err := s.w.Write(r); err != nil {
		return fmt.Errorf("writing records: %w", err)
	}
	return nil
}

func (s *writerSink) Commit() ([]byte, error) {
	c, ok := s.w.(output.Committer)
	if !ok {
		return nil, errors.New("the format of the output cannot be committed")
	}
	if err := c.Commit(); err != nil {
		return nil, err
	}
	if n, ok := s.w.(noter); ok {
		return n.Note(), nil
	}
	return nil, nil
}

func (s *writerSink) Close() error { return s.w.Close() }
