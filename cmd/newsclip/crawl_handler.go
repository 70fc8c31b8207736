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

// A pageHandler cleans the pages of a crawl.
type pageHandler struct {
	cleaner *clean.Cleaner
	lore    *siteLore // nil judges every page by itself
	// Articles published before since or after until are left out; zero sets
	// no limit.
	since, until time.Time
}

func (h *pageHandler) handle(_ context.Context, p *scrape.Page) (*scrape.Outcome, error) {
	if p.Gone {
		return goneOutcome(p), nil
	}
	drafts := []*clean.Draft{h.cleaner.DraftOf(p.Page)}
	for _, part := range p.Parts {
		drafts = append(drafts, h.cleaner.DraftOf(part))
	}
	defer func() {
		for _, d := range drafts {
			d.Close()
		}
	}()
	a, err := joined(drafts)
	if err != nil {
		var ce *clean.Error
		if errors.As(err, &ce) && ce.Code == "no_article" {
			return &scrape.Outcome{Kind: "no_article"}, nil
		}
		return nil, err
	}
	kind := a.Kind
	if !isRecord(kind) {
		return &scrape.Outcome{Kind: kind}, nil
	}
	out := &scrape.Outcome{Article: true, Kind: kind, PageHash: a.ContentHash}
	if h.lore != nil {
		var dropped bool
		// With its parts a page comes a second time.
		dropped, out.Early = h.lore.correct(drafts, !p.Last && len(p.Parts) == 0, p.Last)
		if dropped {
			if a, err = joined(drafts); err != nil {
				return nil, err
			}
			a.Kind = kind
		}
	}
	if p.NoAI {
		if a.Rights == nil {
			a.Rights = &clean.Rights{}
		}
		a.Rights.NoAI = true
	}
	out.CanonicalURL, out.Text, out.ContentHash = a.CanonicalURL, a.Text, a.ContentHash
	out.Record = func(m scrape.Mark) ([]byte, error) { return recordLine(a, m) }
	if outside(a.Published, h.since, h.until) {
		out.Skip = scrape.SkipDate
	}
	return out, nil
}

// joined is the article of a page and its parts. A later page without words of
// its own adds none.
func joined(drafts []*clean.Draft) (*clean.Article, error) {
	a, err := drafts[0].Article()
	if err != nil {
		return nil, err
	}
	for _, d := range drafts[1:] {
		if next, err := d.Article(); err == nil {
			a.Join(next)
		}
	}
	return a, nil
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
