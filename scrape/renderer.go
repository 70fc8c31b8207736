package scrape

import (
	"context"
	"net/http"
	"net/url"
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
