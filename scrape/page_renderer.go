package scrape

import (
	"net/url"

	"newsclip/scrape/internal/fetch"
)

// A pageRenderer renders pages by the rules of a crawl.
type pageRenderer struct {
	r Renderer
	o *Options
	// own makes the requests to the site of a page, and others those to other sites,
	// without cookies and credentials.
	own, others *asker
	cache       loadCache
}

// newPageRenderer returns nil where no pages are rendered.
func newPageRenderer(o *Options, own *asker, seeds []*url.URL) *pageRenderer {
	if o.Renderer == nil {
		return nil
	}
	bare := o.forClient()
	bare.CookieJar, bare.Header, bare.Logins = nil, nil, nil
	others := *own
	others.client = fetch.NewClient(bare, seeds)
	return &pageRenderer{r: o.Renderer, o: o, own: own, others: &others}
}

func (r *pageRenderer) close() {
	if r != nil {
		r.others.client.Close()
	}
}

// addSeed adds a seed to those of newPageRenderer.
func (r *pageRenderer) addSeed(u *url.URL) {
	if r != nil {
		r.others.client.AddSeed(u)
	}
}
