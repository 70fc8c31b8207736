package main

import (
	"bytes"
	"net/url"
	"strings"
	"time"

	readeck "codeberg.org/readeck/go-readability/v2"
	shiori "github.com/go-shiori/go-readability"
	distiller "github.com/markusmobius/go-domdistiller"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"

	"newsclip/clean"
)

// An extraction is what is compared of an article.
type extraction struct {
	text    string
	title   string
	date    string // 2025-01-31
	authors []string
}

// A runner makes one page's article.
type runner struct {
	name string
	run  func(in clean.Input) extraction
}

const (
	parseName    = "parse (x/net/html)"
	newsclipName = "newsclip"
	shioriName   = "go-shiori/go-readability"
)

func runners() []runner {
	cleaner := clean.New(clean.Options{})
	return []runner{
		{parseName, func(in clean.Input) (e extraction) {
			html.Parse(bytes.NewReader(in.HTML))
			return e
		}},
		{newsclipName, func(in clean.Input) (e extraction) {
			a, err := cleaner.Clean(in)
			if err != nil {
				return e
			}
			e.text, e.title, e.date = a.Text, a.Title, a.Published
			if a.Subtitle != "" {
				e.text = a.Subtitle + "\n\n" + a.Text
			}
			for _, x := range a.Authors {
				e.authors = append(e.authors, x.Name)
			}
			return e
		}},
		{shioriName, func(in clean.Input) (e extraction) {
			a, err := shiori.FromReader(bytes.NewReader(in.HTML), address(in))
			if err != nil {
				return e
			}
			e.text, e.title = a.TextContent, a.Title
			if a.PublishedTime != nil {
				e.date = day(*a.PublishedTime)
			}
			return e.by(a.Byline)
		}},
		{"readeck/go-readability v2", func(in clean.Input) (e extraction) {
			parser := readeck.NewParser()
			a, err := parser.Parse(bytes.NewReader(in.HTML), address(in))
			if err != nil || a.Node == nil {
				return e
			}
			var b strings.Builder
			if a.RenderText(&b) != nil {
				return e
			}
			e.text, e.title = b.String(), a.Title()
			if t, err := a.PublishedTime(); err == nil {
				e.date = day(t)
			}
			return e.by(a.Byline())
		}},
		{"go-trafilatura, fallback", func(in clean.Input) (e extraction) {
			r, err := trafilatura.Extract(bytes.NewReader(in.HTML), trafilatura.Options{OriginalURL: address(in), EnableFallback: true, ExcludeComments: true})
			if err != nil {
				return e
			}
			e.text, e.title, e.date = r.ContentText, r.Metadata.Title, day(r.Metadata.Date)
			return e.by(r.Metadata.Author)
		}},
		{"go-domdistiller", func(in clean.Input) (e extraction) {
			r, err := distiller.ApplyForReader(bytes.NewReader(in.HTML), &distiller.Options{OriginalURL: address(in), SkipPagination: true})
			if err != nil {
				return e
			}
			e.text, e.title, e.date = r.Text, r.Title, r.MarkupInfo.Article.PublishedTime
			return e.by(r.MarkupInfo.Author)
		}},
	}
}

func (e extraction) by(authors string) extraction {
	if authors != "" {
		e.authors = []string{authors}
	}
	return e
}

func address(in clean.Input) *url.URL {
	u, err := url.Parse(in.URL)
	if err != nil {
		return &url.URL{}
	}
	return u
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// guarded runs r; a peer that panics on a page has no article there.
func (r runner) guarded(in clean.Input) (e extraction) {
	defer func() {
		if recover() != nil {
			e = extraction{}
		}
	}()
	return r.run(in)
}
