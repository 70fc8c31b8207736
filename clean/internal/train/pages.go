package main

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"

	"golang.org/x/net/publicsuffix"
	"golang.org/x/sync/errgroup"

	"newsclip/clean/article"
	"newsclip/clean/internal/corpus"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/testdata"
)

// A sample is a page to learn from or to be scored on, as it is before the
// models judge it.
type sample struct {
	corpus, id, url string
	host            string   // the publisher's
	fold            int      // in which it is scored; -1 for none
	kind            string   // the truth of a page that is no article
	truth           []string // words of the standfirst and the text

	tree    *page.Tree
	meta    *meta.Metadata
	pics    []picture.Picture
	blocks  []page.Block
	signals *judge.Signals

	words [][]string // of each block
	y     []float32  // of each block, the share of its words that the truth has
}

// key names a sample among those of all corpora.
func (s *sample) key() string { return s.corpus + "/" + s.id }

func (s *sample) isArticle() bool { return s.corpus != othersCorpus }

// read takes the sample's page through the stages before the models.
func (s *sample) read(in page.Input) error {
	p, err := page.Parse(in)
	if err != nil {
		return fmt.Errorf("%s: %w", s.key(), err)
	}
	s.tree = page.NewTree(p)
	s.meta, s.pics = meta.Read(s.tree, meta.Options{}), picture.Read(s.tree)
	s.blocks = s.tree.Blocks()
	s.signals = judge.Gather(s.tree, s.meta, s.pics)
	s.label()
	return nil
}

// publisher returns the registered domain of a page's address, and which of
// folds it is in. All pages of a publisher are in one fold.
func publisher(pageURL string, folds int) (host string, fold int, err error) {
	u, err := url.Parse(pageURL)
	if err != nil {
		return "", 0, err
	}
	host, err = publicsuffix.EffectiveTLDPlusOne(u.Hostname())
	if err != nil {
		host = u.Hostname()
	}
	return host, int(hash(host)>>4) % folds, nil
}

func hash(s string) uint32 {
	h := fnv.New32a()
	io.WriteString(h, s)
	return h.Sum32()
}

// readCorpora reads all pages of corpora.
func readCorpora(o *options, w io.Writer, names ...string) ([]*sample, error) {
	var out []*sample
	for _, name := range names {
		pages, err := corpus.Pages(o.corpora, name)
		if err != nil {
			return nil, err
		}
		if len(pages) == 0 {
			return nil, fmt.Errorf("%s: no pages", name)
		}
		ss := make([]*sample, len(pages))
		var g errgroup.Group
		g.SetLimit(parallel)
		for k, p := range pages {
			g.Go(func() error {
				host, fold, err := publisher(p.URL, o.folds)
				if err != nil {
					return fmt.Errorf("%s/%s: %w", name, p.ID, err)
				}
				html, err := p.HTML()
				if err != nil {
					return err
				}
				ss[k] = &sample{corpus: name, id: p.ID, url: p.URL, host: host, fold: fold, kind: p.Truth.Kind, truth: corpus.TruthWords(p.Truth.Body)}
				return ss[k].read(page.Input{ID: p.ID, URL: p.URL, HTML: html})
			})
		}
		if err := g.Wait(); err != nil {
			return nil, err
		}
		fmt.Fprintf(w, "read %s: %d pages\n", name, len(ss))
		out = append(out, ss...)
	}
	return out, nil
}

// newsroomOrigin is where the made-up site stands.
const newsroomOrigin = "http://newsroom.example"

// readNewsroom reads the made-up site's articles, which show hazards that the
// corpora have seldom.
func readNewsroom() ([]*sample, error) {
	site, err := testdata.Newsroom()
	if err != nil {
		return nil, err
	}
	expected, err := testdata.Expected(newsroomOrigin)
	if err != nil {
		return nil, err
	}
	var out []*sample
	for _, r := range expected {
		var want article.Article
		if err := json.Unmarshal(r.JSON, &want); err != nil {
			return nil, fmt.Errorf("%s: %w", r.File, err)
		}
		in, err := fetch(site, r.Path)
		if err != nil {
			return nil, err
		}
		s := &sample{corpus: newsroomCorpus, id: r.File, host: newsroomCorpus, fold: -1, truth: corpus.TruthWords(want.Subtitle + "\n\n" + want.Text)}
		if err := s.read(in); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// fetch asks the made-up site for a page, up to three times: some answer with
// 503 at first.
func fetch(site http.Handler, path string) (page.Input, error) {
	status := 0
	for range 3 {
		a := httptest.NewRecorder()
		site.ServeHTTP(a, httptest.NewRequest(http.MethodGet, newsroomOrigin+path, nil))
		if status = a.Code; status == http.StatusOK {
			return page.Input{URL: newsroomOrigin + path, HTML: a.Body.Bytes(), ContentType: a.Header().Get("Content-Type")}, nil
		}
		if status != http.StatusServiceUnavailable {
			break
		}
	}
	return page.Input{}, fmt.Errorf("%s%s: status %d", newsroomOrigin, path, status)
}
