package fetch

import (
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gocolly/colly/v2"
)

// A Response is an answer of a server, whatever its status.
type Response struct {
	// Status is the HTTP status, and Header has the fields of the answer.
	Status int
	Header http.Header
	// ContentType is the Content-Type as the server sent it, with its charset.
	ContentType string
	// Body is the decoded body; nil where a Sink has read it. It is valid until
	// Release.
	Body []byte
	// Cut is set where the body was longer than the request's Limit. Body is
	// its beginning then.
	Cut bool
	// Truncated is set where less came than the server has announced. Body is what
	// came: the connection was closed before the end, or, where Body holds the end
	// of a page, nothing came for Options.Timeout.
	Truncated bool
	// Rendered is set by callers where Body is not what the server has sent, but the
	// page after its scripts have run.
	Rendered bool
	// Cookies is the Cookie field of the request.
	Cookies string
	// FetchedAt is when the request was made, and HeadersIn the time from then to
	// the first byte of the answer.
	FetchedAt time.Time
	HeadersIn time.Duration

	free  freeBodies // where Release puts Body
	share bodyShare  // what Release gives back
}

// A Request is one GET request.
type Request struct {
	// URL is what to fetch, http or https.
	URL *url.URL
	// Header fields are added to those of every request.
	Header http.Header
	// Limit caps the decoded body, in bytes.
	Limit int64
	// Sink, if set, reads the decoded body of a 2xx answer as it comes in, so
	// that it is not held in memory. Its error becomes that of Get.
	Sink func(io.Reader) error
	// Accepts reports whether the body of a 2xx answer with a media type is to
	// be read; nil means always.
	Accepts func(mediaType string) bool
	// Wrote, if set, is called when the request was written to a connection, each
	// time where it was written more than once. It may still be called, from another
	// goroutine, when Get has returned.
	Wrote func(at time.Time)
}

var (
	// ErrNotWanted is returned for an answer that Accepts has refused.
	ErrNotWanted = errors.New("not a page")
	// ErrCut is the error of callers for a Response that is Cut.
	ErrCut = errors.New("longer than --max-body")
)

// Options say how requests are made.
type Options struct {
	// UserAgent is the User-Agent header.
	UserAgent string
	// Header fields are sent with the requests to the hosts of seeds, and to other
	// hosts those that are not secret, such as Accept-Language.
	Header http.Header
	// Logins are URLs with a user and a password, which are sent to their hosts
	// alone (RFC 7617), unless Header has an Authorization.
	Logins []*url.URL
	// CookieJar holds the cookies; nil sends and keeps no cookies.
	CookieJar http.CookieJar
	// Proxies take turns; without any, requests go to the hosts directly.
	Proxies []*url.URL
	// Proxy, if set, returns the proxy of a URL, or nil for none, where there are
	// no Proxies.
	Proxy func(*url.URL) (*url.URL, error)
	// Timeout is how long a connection may be silent. It must be positive.
	Timeout time.Duration
	// Workers is the number of requests at once, and PerHost that of
	// connections to one host.
	Workers, PerHost int
	// Delay is the time between two requests to one host: connections are kept
	// open for longer.
	Delay time.Duration
	// PublicOnly refuses private addresses also where a seed spells them out.
	PublicOnly bool
	// WARC, if set, gets every answer.
	WARC *WARC
	// BoundBodies bounds what the bodies of all answers take together in memory: the
	// caller must Release each Response, or Keep it.
	BoundBodies bool
	// Insecure accepts any certificate of a server.
	Insecure bool
	// Roots are trusted in place of the system's certificates, which nil means.
	Roots *x509.CertPool
}

// A Client makes the requests of a crawl, through Colly. It may be used by any
// number of goroutines.
type Client struct {
	userAgent string
	header    http.Header
	jar       http.CookieJar
	transport *transport
	warc      *WARC
	// idle are collectors that no request uses. A collector has one context and
	// carries one request at a time.
	idle chan *colly.Collector
}

// NewClient returns a client that reaches private addresses only where a seed spells
// them out. The caller must close it.
func NewClient(o Options, seeds []*url.URL) *Client {
	return &Client{
		userAgent: o.UserAgent, header: o.Header, jar: o.CookieJar, transport: newTransport(&o, seeds), warc: o.WARC,
		idle: make(chan *colly.Collector, min(o.Workers, mostIdle)+1),
	}
}

// AddSeed adds a seed to those of NewClient: its host gets the header of the
// options, and its address may be private where the seed spells it out.
func (f *Client) AddSeed(seed *url.URL) { f.transport.seeds.add(seed) }

// AllowsPrivate reports whether a seed spells out the address of u's host.
func (f *Client) AllowsPrivate(u *url.URL) bool { return f.transport.seeds.isSpelled(dialAddr(u)) }

// CookieHeader returns the Cookie field that a request for u would have now.
func (f *Client) CookieHeader(u *url.URL) string {
	r := &http.Request{Header: f.headers(&Request{URL: u})}
	if f.jar != nil {
		for _, c := range f.jar.Cookies(u) {
			r.AddCookie(c)
		}
	}
	return r.Header.Get("Cookie")
}

// Close closes the connections that no request uses.
func (f *Client) Close() {
	f.transport.base.CloseIdleConnections()
	f.transport.lenient.base.CloseIdleConnections()
}

func (f *Client) collector() *colly.Collector {
	select {
	case c := <-f.idle:
		return c
	default:
	}
	// Init instead of NewCollector, which lets COLLY_* variables of the
	// environment override what is set here.
	c := &colly.Collector{}
	c.Init()
	c.UserAgent = f.userAgent
	c.AllowURLRevisit = true        // the frontier knows what was visited
	c.ParseHTTPErrorResponse = true // 304, 429 and Retry-After are answers
	c.IgnoreRobotsTxt = true        // robots.go, for each hop
	c.MaxBodySize = 0               // the transport caps the decoded bytes and says so
	c.SetRequestTimeout(0)          // the transport times idleness
	c.WithTransport(f.transport)
	// A nil *cookiejar.Jar in the interface would be used; a nil interface is not.
	if f.jar != nil {
		c.SetCookieJar(f.jar)
	} else {
		c.DisableCookies()
	}
	// A redirect goes back to the frontier, so that robots.txt and pace hold
	// for each hop.
	c.SetRedirectHandler(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })
	c.OnResponseHeaders(func(r *colly.Response) {
		if x := exchangeOf(r.Ctx); !x.wants(r.StatusCode) {
			x.unwanted = true
			r.Request.Abort()
		}
	})
	return c
}

// mostIdle bounds the collectors, and the buffers of bodies, that are kept for
// requests to come.
const mostIdle = 32

// exchangeKey is where a request's exchange stands in Colly's context.
const exchangeKey = "exchange"

// An exchange is what the transport and the callbacks of one request share.
type exchange struct {
	req      *Request
	resp     *Response
	started  time.Time
	unwanted bool
	sinkErr  error
	spool    *spool // what the Sink has read, for a WARC
	// server is where the answer came from; nil behind a proxy. net/http may set it
	// from another goroutine.
	server atomic.Pointer[netip.AddrPort]
	// conn is what the exchange is over, and dials how many connections were made for it.
	conn  atomic.Pointer[watchedConn]
	dials atomic.Int32
}

func exchangeOf(c *colly.Context) *exchange { return c.GetAny(exchangeKey).(*exchange) }

// wants reports whether the body of an answer with a status is to be read.
func (x *exchange) wants(status int) bool {
	if status < 200 || status > 299 || x.req.Accepts == nil {
		return true
	}
	return x.req.Accepts(MediaType(x.resp.ContentType))
}

// MediaType returns the type/subtype of a Content-Type in lower case, or "" for an
// empty one.
func MediaType(contentType string) string {
	t, _, err := mime.ParseMediaType(contentType)
	if err != nil || strings.ContainsAny(t, ", \t") {
		// As browsers read "text/html charset=utf-8" and "text/html, text/html".
		t = strings.ToLower(strings.TrimSpace(contentType))
		if i := strings.IndexAny(t, ";, \t"); i >= 0 {
			t = t[:i]
		}
	}
	return t
}

type exchangeCtxKey struct{}

// Get makes one request and does not follow redirects. An answer is not an error,
// whatever its status; one that req.Accepts refuses comes without a body and with
// ErrNotWanted.
func (f *Client) Get(ctx context.Context, req *Request) (resp *Response, err error) {
	c := f.collector()
	x := &exchange{req: req, resp: &Response{}, started: time.Now()}
	defer func() {
		// A panic in a callback must not end the process over one page. The
		// collector is not used again.
		if p := recover(); p != nil {
			x.resp.Release()
			resp, err = nil, fmt.Errorf("fetching %s: panic: %v", req.URL, p)
			return
		}
		select {
		case f.idle <- c:
		default:
		}
	}()
	x.resp.FetchedAt = x.started
	c.Context = context.WithValue(ctx, exchangeCtxKey{}, x)
	cctx := colly.NewContext()
	cctx.Put(exchangeKey, x)
	err = c.Request(http.MethodGet, req.URL.String(), nil, cctx, f.headers(req))
	if x.unwanted {
		return x.resp, ErrNotWanted
	}
	if f.warc != nil && (err == nil || x.sinkErr != nil) {
		if warcErr := f.warc.add(x, f.headers(req)); warcErr != nil {
			x.resp.Release()
			return nil, fmt.Errorf("writing the WARC: %w", warcErr)
		}
	}
	switch {
	case x.sinkErr != nil:
		return nil, x.sinkErr
	case err != nil:
		x.resp.Release()
		return nil, err
	}
	return x.resp, nil
}

// ProductToken is the name of newsclip in robots.txt, meta robots and
// X-Robots-Tag, whatever the User-Agent header is.
const ProductToken = "newsclip"
