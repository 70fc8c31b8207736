package scrape

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/scrape/internal/fetch"
	"newsclip/scrape/internal/read"
)

// A RenderMode says which pages are rendered: their scripts are run in a browser.
type RenderMode string

const (
	// RenderNever renders no page. It is what the zero value means.
	RenderNever RenderMode = "never"
	// RenderAuto renders the pages whose HTML holds no article and that plainly show
	// their text by scripts.
	RenderAuto RenderMode = "auto"
	// RenderAlways renders every page.
	RenderAlways RenderMode = "always"
)

// RenderModes lists the modes.
func RenderModes() []string {
	return []string{string(RenderNever), string(RenderAuto), string(RenderAlways)}
}

// A Renderer runs the scripts of pages. The package [newsclip/scrape/browser] has
// one. Its method is called from several goroutines.
type Renderer interface {
	// Render returns the HTML of a page after its scripts have run. The page itself
	// is not requested again, and everything that it loads comes from load: a
	// Renderer makes no request of its own. An error is of this page alone.
	Render(ctx context.Context, p *Unrendered, load LoadFunc) (*Rendered, error)
}

// Unrendered is a page as its server has sent it.
type Unrendered struct {
	// URL is where the page came from.
	URL *url.URL
	// Header has the fields of the answer. It is not to be changed.
	Header http.Header
	// ContentType is the Content-Type as it was sent, and HTML the decoded body.
	ContentType string
	HTML        []byte
	// MaxBytes is the size over which Rendered.HTML is an error.
	MaxBytes int64
}

// Rendered is a page after its scripts have run.
type Rendered struct {
	// HTML is the page, in UTF-8.
	HTML []byte
	// Location is set where the page's scripts have led to another page, which was
	// not loaded. HTML is empty then.
	Location string
}

// A Resource is what a page asks for while it is rendered, by GET.
type Resource struct {
	URL  *url.URL
	Kind ResourceKind
	// Header has the fields that the page's scripts have set, and in Cookie the
	// cookies that they have set.
	Header http.Header
}

// A ResourceKind is what a page uses a [Resource] for.
type ResourceKind uint8

const (
	// ResourceData is what a script reads, by XMLHttpRequest or fetch.
	ResourceData ResourceKind = iota
	// ResourceScript is a script or a module.
	ResourceScript
	// ResourcePage is the page itself, which its scripts have loaded again.
	ResourcePage
)

// Loaded is the answer to a [Resource], whatever its status. Redirects are answers:
// what they lead to is asked for by the page.
type Loaded struct {
	Status int
	Header http.Header
	// Body is the decoded body. It is shared: it is not to be changed.
	Body []byte
}

// A LoadFunc answers what a page asks for. An error means that it is not to be had:
// because the rules of the crawl do not allow it, or because the request has failed.
type LoadFunc func(ctx context.Context, r *Resource) (*Loaded, error)

// errNeedsScripts is the failure of a page that is not rendered and needs it.
var errNeedsScripts = &article.Error{
	Code: article.CodeNeedsJavaScript, Message: "no article found: the page shows its text by JavaScript, which was not run",
}

// renders reports whether pages are rendered in a mode.
func (o *Options) renders(mode RenderMode) bool { return o.Renderer != nil && o.Render == mode }

// render renders the page that an answer holds. The caller is done where rendered is
// nil.
func (t *task) render(resp *fetch.Response) (rendered *fetch.Response, err error) {
	t.putDown()
	to, location, err := t.c.renderer.page(t.ctx, t.requestURL(), resp)
	t.renew() // the paces of hosts may have taken their time
	if to != nil {
		_ = t.weigh(clean.Input{HTML: to.Body}) // it fails where ctx has ended
	}
	t.takeUp()
	switch {
	case t.ctx.Err() != nil:
		t.lease.Release()
		return nil, nil
	case err != nil:
		return nil, t.fail(errCauseRender, err)
	case location != "":
		return nil, t.leadOn(resp, location)
	}
	t.c.tally.add(func(s *Summary) { s.Rendered++ })
	return to, nil
}

// renderAndRead renders a page whose HTML holds no article, and reads it again.
func (t *task) renderAndRead(resp *fetch.Response) error {
	rendered, err := t.render(resp)
	if rendered == nil {
		return err
	}
	p, err := t.parse(rendered)
	if err != nil {
		return t.fail(parseCause(err), err)
	}
	return t.read(p, read.Links(p), rendered)
}

// countLoad counts a request of a page that is rendered.
func (c *crawler) countLoad(resp *fetch.Response) {
	c.requests.Add(1)
	if resp != nil {
		c.tally.add(func(s *Summary) { s.Bytes += int64(len(resp.Body)) })
	}
}

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

// page renders the page at u, and returns it as its answer would be. Where its scripts
// lead to another page, it returns that one's address.
func (r *pageRenderer) page(ctx context.Context, u *url.URL, resp *fetch.Response) (*fetch.Response, string, error) {
	l := &pageLoads{r: r, page: u, asked: make(map[string]int)}
	got, err := r.r.Render(ctx, &Unrendered{
		URL: u, Header: resp.Header, ContentType: resp.ContentType, HTML: resp.Body, MaxBytes: r.o.MaxBody,
	}, l.load)
	switch {
	case err != nil:
		return nil, "", fmt.Errorf("rendering it: %w", err)
	case got.Location != "":
		return nil, got.Location, nil
	case len(got.HTML) == 0:
		return nil, "", errors.New("rendering it: the browser has returned an empty page")
	}
	to := *resp
	to.DropBody()
	to.Body, to.ContentType, to.Rendered, to.Truncated = got.HTML, "text/html; charset=utf-8", true, false
	// They are of what the server has sent, which stays the same where the article
	// does not.
	to.Header = resp.Header.Clone()
	to.Header.Del("Etag")
	to.Header.Del("Last-Modified")
	return &to, "", nil
}
