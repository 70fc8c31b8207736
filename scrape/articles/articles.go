// Package articles turns the pages of a crawl into records. Its [Handler] is
// what [scrape.Crawl] calls for each page, and its [Sink] is where the records
// stay:
//
//	h := articles.New(articles.Options{})
//	sink, err := articles.NewSink("news.jsonl", os.Stdout, output.JSONL)
//	…
//	_, err = scrape.Crawl(ctx, scrape.Options{Seeds: seeds, Sink: sink}, h.Handle)
//	err = errors.Join(err, sink.Close())
//
// # What a handler does with a page
//
// It cleans the page and its parts, joins them to one article, and decides by
// the article's kind whether it is a record. It learns what the articles of a
// host repeat (navigation, notices, advertisements between paragraphs) and
// takes that out of each of them: an article that comes before its host is
// known well enough is marked as [scrape.Outcome.Early], and the crawl holds it
// back. It leaves out what was published before Since or after Until, and notes
// in the record that a host's robots.txt reserves its pages from the training
// of models.
//
// # Guarantees
//
// A Handler may be used by any number of goroutines, for one crawl. A record is
// one line of JSON, a [clean.Article], and the same page gives the same bytes
// wherever the crawl runs. What a host repeats is learnt from articles alone,
// and depends on the order in which they come only where a block is on about a
// fifth of them.
//
// # Limits
//
// What was learnt is lost with the process: a crawl that goes on after a restart
// learns anew.
package articles

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape"
)

// Options say which articles become records, and of what they are made. The
// zero value writes all, cleaned with the zero [clean.Options].
type Options struct {
	// Cleaner cleans the pages; nil means clean.New(clean.Options{}).
	Cleaner *clean.Cleaner
	// NoLearning judges every page by itself, and not by what the other
	// articles of its host repeat.
	NoLearning bool
	// Articles published before Since or after Until are left out; zero sets no
	// limit. An article without a date is written.
	Since, Until time.Time
}

// A Handler makes the records of one crawl.
type Handler struct {
	cleaner      *clean.Cleaner
	repeats      *repeats // nil where nothing is learnt
	since, until time.Time
}

// New returns a handler for one crawl.
func New(o Options) *Handler {
	h := &Handler{cleaner: o.Cleaner, since: o.Since, until: o.Until}
	if h.cleaner == nil {
		h.cleaner = clean.New(clean.Options{})
	}
	if !o.NoLearning {
		h.repeats = newRepeats()
	}
	return h
}

// Handle is a [scrape.Handler]. Its errors are those of [clean.Cleaner.Article],
// but for "no article found", which is an Outcome of the kind "no_article".
func (h *Handler) Handle(ctx context.Context, p *scrape.Page) (*scrape.Outcome, error) {
	release := p.Hold()
	return clean.Within(h.cleaner, func() (*scrape.Outcome, error) {
		defer release() // the work may go on when it was given up
		out, err := h.handle(ctx, p)
		if out != nil {
			out.PageDone = out.Kept == nil
		}
		return out, err
	})
}

func (h *Handler) handle(ctx context.Context, p *scrape.Page) (*scrape.Outcome, error) {
	if p.Gone {
		return goneOutcome(p), nil
	}
	held, _ := p.Kept.(*held)
	if held == nil {
		held = h.draft(p)
	}
	keep := false
	defer func() {
		if !keep {
			held.close()
		}
	}()
	drafts, a, err := held.drafts, held.article, held.err
	if err != nil {
		var ce *clean.Error
		if errors.As(err, &ce) && (ce.Code == article.CodeNoArticle || ce.Code == article.CodeNeedsJavaScript) {
			return &scrape.Outcome{Kind: article.CodeNoArticle, NeedsScripts: ce.Code == article.CodeNeedsJavaScript}, nil
		}
		return nil, err
	}
	kind := a.Kind
	if !article.IsArticle(kind) && !p.Part {
		return &scrape.Outcome{Kind: kind, NeedsScripts: drafts[0].NeedsScripts()}, nil
	}
	out := &scrape.Outcome{Article: true, Kind: kind, PageHash: a.ContentHash}
	out.Title, out.Published, out.Description = a.Title, a.Published, a.Description
	for _, by := range a.Authors {
		out.Authors = append(out.Authors, by.Name)
	}
	if p.Part {
		out.CanonicalURL, out.Text = a.CanonicalURL, a.Text
		return out, nil
	}
	if h.repeats != nil {
		var dropped bool
		// A page whose parts were fetched was handled before without them.
		teach := !p.Last && len(p.Parts) == 0
		dropped, out.Early = h.repeats.drop(ctx, drafts, p.Values, teach, p.Last)
		if dropped {
			if a, err = join(drafts); err != nil {
				return nil, err
			}
			a.Kind = kind
		}
	}
	if out.Early {
		keep, out.Kept = true, held
		values, prints := p.Values, make([]*clean.Footprint, 0, len(drafts))
		for _, d := range drafts {
			prints = append(prints, d.Footprint())
		}
		out.Stands = func(ctx context.Context) bool { return h.repeats.stand(ctx, prints, values) }
	}
	if p.NoAI {
		if a.Rights == nil {
			a.Rights = &clean.Rights{}
		}
		a.Rights.NoAI = true
	}
	out.CanonicalURL, out.Text, out.ContentHash = a.CanonicalURL, a.Text, a.ContentHash
	out.Record = recordOf(a)
	if outside(a.Published, h.since, h.until) {
		out.Skip = scrape.SkipDate
	}
	return out, nil
}

// held is what was made of a page and its parts, before what its host repeats was taken
// out. It is kept for an article that is too early.
type held struct {
	drafts  []*clean.Draft
	article *clean.Article
	err     error
}

func (h *Handler) draft(p *scrape.Page) *held {
	of := h.cleaner.DraftOfArticle
	if p.Part || len(p.Parts) > 0 { // what it says counts, whatever it is
		of = h.cleaner.DraftOf
	}
	k := &held{drafts: []*clean.Draft{of(p.Page)}}
	for _, part := range p.Parts {
		k.drafts = append(k.drafts, h.cleaner.DraftOf(part))
	}
	k.article, k.err = join(k.drafts)
	return k
}

func (k *held) close() {
	for _, d := range k.drafts {
		d.Close()
	}
}

// join returns the article of a page and its parts. A part without words of its
// own adds nothing.
func join(drafts []*clean.Draft) (*clean.Article, error) {
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

// goneOutcome is the outcome of a page that was an article in an earlier crawl
// and answers 404 or 410 now.
func goneOutcome(p *scrape.Page) *scrape.Outcome {
	a := clean.Failed(p.Input, &clean.Error{Code: article.CodeGone, Message: "the page is not there any more"})
	a.Status = p.Status
	return &scrape.Outcome{Article: true, Record: recordOf(a)}
}

// outside reports whether an article was published before since or after until.
// One without a readable date was not.
func outside(published string, since, until time.Time) bool {
	t, err := time.Parse(time.RFC3339, published)
	if err != nil {
		if t, err = time.Parse(time.DateOnly, published); err != nil {
			return false
		}
	}
	return !since.IsZero() && t.Before(since) || !until.IsZero() && t.After(until)
}

// recordOf returns the function that makes an article's record: a line of JSON.
func recordOf(a *clean.Article) func(scrape.Mark) ([]byte, error) {
	return func(m scrape.Mark) ([]byte, error) {
		record := *a
		if m.SiteName != "" && (a.Site == nil || a.Site.Name == "") {
			site := clean.Site{}
			if a.Site != nil {
				site = *a.Site
			}
			site.Name = m.SiteName
			record.Site = &site
		}
		record.Labels, record.Diff = m.Labels, m.Diff
		record.DuplicateOf, record.Revision, record.PreviousHash = m.DuplicateOf, m.Revision, m.PreviousHash
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		err := enc.Encode(&record)
		return b.Bytes(), err
	}
}
