package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"newsclip/clean"
	"newsclip/scrape"
)

// isRecord says which kinds of page a crawl writes.
func isRecord(kind string) bool {
	switch kind {
	case clean.KindArticle, clean.KindLiveblog, clean.KindGallery, clean.KindVideo:
		return true
	}
	return false
}

// newHandler returns what cleans the pages of a crawl. Articles published
// before since or after until are left out; zero sets no limit.
func newHandler(cleaner *clean.Cleaner, since, until time.Time) scrape.Handler {
	return func(_ context.Context, p *scrape.Page) (*scrape.Outcome, error) {
		if p.Gone {
			return goneOutcome(p), nil
		}
		a, err := cleaner.Article(p.Page)
		if err != nil {
			var ce *clean.Error
			if errors.As(err, &ce) && ce.Code == "no_article" {
				return &scrape.Outcome{Kind: "no_article"}, nil
			}
			return nil, err
		}
		for _, part := range p.Parts {
			// A later page without words of its own adds none.
			if next, err := cleaner.Article(part); err == nil {
				a.Join(next)
			}
		}
		if !isRecord(a.Kind) {
			return &scrape.Outcome{Kind: a.Kind}, nil
		}
		if p.NoAI {
			if a.Rights == nil {
				a.Rights = &clean.Rights{}
			}
			a.Rights.NoAI = true
		}
		out := &scrape.Outcome{
			Article: true, Kind: a.Kind, CanonicalURL: a.CanonicalURL, Text: a.Text, ContentHash: a.ContentHash,
			Record: func(m scrape.Mark) ([]byte, error) { return recordLine(a, m) },
		}
		if outside(a.Published, since, until) {
			out.Skip = scrape.SkipDate
		}
		return out, nil
	}
}

// goneOutcome is the record of an article that is not there any more.
func goneOutcome(p *scrape.Page) *scrape.Outcome {
	a := clean.Failed(p.Input, &clean.Error{Code: "gone", Message: "the page is not there any more"})
	a.Status = p.Status
	return &scrape.Outcome{Article: true, Record: func(m scrape.Mark) ([]byte, error) { return recordLine(a, m) }}
}

// outside judges a record's date by --since and --until. A page that tells none
// is inside.
func outside(published string, since, until time.Time) bool {
	t, err := time.Parse(time.RFC3339, published)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, published); err != nil {
			return false
		}
	}
	return !since.IsZero() && t.Before(since) || !until.IsZero() && t.After(until)
}

// crawled is a record with what only the crawl knows.
type crawled struct {
	*clean.Article
	// DuplicateOf is the URL of an earlier article with nearly the same text.
	DuplicateOf string `json:"duplicate_of,omitempty"`
	// Revision and PreviousHash are of a recrawl that found the page changed.
	Revision     int    `json:"revision,omitempty"`
	PreviousHash string `json:"previous_hash,omitempty"`
}

// recordLine is a record on its way through the frontier: a line of JSON.
func recordLine(a *clean.Article, m scrape.Mark) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(crawled{a, m.DuplicateOf, m.Revision, m.PreviousHash})
	return b.Bytes(), err
}
