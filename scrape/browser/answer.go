package browser

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"newsclip/scrape"
)

// answer answers a request of the page.
func (t *tab) answer(ev *fetch.EventRequestPaused) {
	defer t.ended()
	u, err := url.Parse(ev.Request.URL)
	if err != nil {
		t.refuse(ev)
		return
	}
	u.Fragment, u.RawFragment = "", ""
	if ev.Request.Method == http.MethodOptions && field(ev, "Access-Control-Request-Method") != "" {
		t.preflight(ev)
		return
	}
	switch ev.ResourceType {
	case network.ResourceTypeDocument:
		t.document(ev, u)
	case network.ResourceTypeImage:
		t.fulfill(ev, http.StatusOK, http.Header{"Content-Type": {"image/gif"}}, onePixel)
	case network.ResourceTypeStylesheet:
		t.fulfill(ev, http.StatusOK, http.Header{"Content-Type": {"text/css"}}, nil)
	case network.ResourceTypeScript:
		t.resource(ev, u, scrape.ResourceScript)
	case network.ResourceTypeXHR, network.ResourceTypeFetch:
		if field(ev, "Accept") == "text/event-stream" || strings.Contains(field(ev, "Sec-Purpose"), "prefetch") {
			t.refuse(ev) // an answer without an end; another page
			return
		}
		t.resource(ev, u, scrape.ResourceData)
	default:
		t.refuse(ev)
	}
}

// onePixel is a picture that shows nothing: pages take pictures that fail away.
var onePixel, _ = base64.StdEncoding.DecodeString("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")

// maxServed is how often a page may load itself, the first time included: some do once
// they have set a cookie.
const maxServed = 3

// document answers the request for a document: the page itself.
func (t *tab) document(ev *fetch.EventRequestPaused, u *url.URL) {
	switch {
	case ev.FrameID != t.main, ev.Request.Method != http.MethodGet:
		t.refuse(ev)
		return
	case !sameAddress(u, t.u.URL):
		t.mu.Lock()
		t.location = u.String()
		t.mu.Unlock()
		t.refuse(ev)
		return
	}
	t.mu.Lock()
	t.served++
	n := t.served
	t.mu.Unlock()
	switch {
	case n > maxServed:
		t.refuse(ev)
	case n > 1:
		t.mu.Lock()
		t.loaded = false
		t.mu.Unlock()
		t.resource(ev, u, scrape.ResourcePage)
	default:
		header := t.u.Header.Clone()
		if header == nil {
			header = http.Header{}
		}
		header.Set("Content-Type", cmp.Or(documentType(t.u.ContentType), "text/html"))
		t.fulfill(ev, http.StatusOK, header, t.u.HTML)
	}
}

// documentType returns a Content-Type under which a browser shows a page, or "".
func documentType(contentType string) string {
	for _, t := range []string{"text/html", "application/xhtml+xml"} {
		if len(contentType) >= len(t) && strings.EqualFold(contentType[:len(t)], t) {
			return contentType
		}
	}
	return ""
}

// sameAddress reports whether two addresses differ in nothing that is requested, but
// for how it is written.
func sameAddress(a, b *url.URL) bool {
	return a.Scheme == b.Scheme && a.Host == b.Host && a.RawQuery == b.RawQuery &&
		(a.EscapedPath() == b.EscapedPath() || cmp.Or(a.Path, "/") == cmp.Or(b.Path, "/"))
}

// resource answers with what the crawl loads.
func (t *tab) resource(ev *fetch.EventRequestPaused, u *url.URL, kind scrape.ResourceKind) {
	t.mu.Lock()
	stopped := t.stopped || t.location != ""
	t.mu.Unlock()
	if ev.Request.Method != http.MethodGet || stopped {
		t.refuse(ev)
		return
	}
	header := make(http.Header, len(ev.Request.Headers))
	for name, value := range ev.Request.Headers {
		header.Set(name, fmt.Sprint(value))
	}
	if cookies := t.cookies(u); cookies != "" {
		header.Set("Cookie", cookies)
	}
	got, err := t.load(t.ctx, &scrape.Resource{URL: u, Kind: kind, Header: header})
	if err != nil {
		t.refuse(ev)
		return
	}
	t.fulfill(ev, got.Status, got.Header, got.Body)
}

// cookies returns the cookies that the page's scripts have set and that go to u.
func (t *tab) cookies(u *url.URL) string {
	got, err := chromedp.Call(t.ctx, network.GetCookies, network.GetCookiesParams{URLs: []string{u.String()}})
	if err != nil {
		return ""
	}
	var pairs []string
	for _, c := range got.Cookies {
		if !c.HTTPOnly {
			pairs = append(pairs, c.Name+"="+c.Value)
		}
	}
	return strings.Join(pairs, "; ")
}

// preflight allows a request to another origin that needs its consent (Fetch standard,
// 3.2.2), so that no request is made for that: the answer itself must consent too.
func (t *tab) preflight(ev *fetch.EventRequestPaused) {
	t.fulfill(ev, http.StatusNoContent, http.Header{
		"Access-Control-Allow-Origin":      {field(ev, "Origin")},
		"Access-Control-Allow-Methods":     {http.MethodGet},
		"Access-Control-Allow-Headers":     {field(ev, "Access-Control-Request-Headers")},
		"Access-Control-Allow-Credentials": {"true"},
	}, nil)
}

// field returns a header field of a request, or "".
func field(ev *fetch.EventRequestPaused, name string) string {
	for k, v := range ev.Request.Headers {
		if strings.EqualFold(k, name) {
			return fmt.Sprint(v)
		}
	}
	return ""
}

// fulfill gives the page an answer.
func (t *tab) fulfill(ev *fetch.EventRequestPaused, status int, header http.Header, body []byte) {
	p := fetch.FulfillRequestParams{RequestID: ev.RequestID, ResponseCode: int64(status), Body: body}
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if _, not := fieldsNotSent[name]; not {
			continue
		}
		for _, value := range header[name] {
			p.ResponseHeaders = append(p.ResponseHeaders, &fetch.HeaderEntry{Name: name, Value: value})
		}
	}
	if ev.ResourceType == network.ResourceTypeDocument {
		p.ResponseHeaders = append(p.ResponseHeaders, &fetch.HeaderEntry{Name: "Content-Security-Policy", Value: documentPolicy})
	}
	if _, err := chromedp.Call(t.ctx, fetch.FulfillRequest, p); err != nil {
		t.refuse(ev)
	}
}

// refuse makes a request fail.
func (t *tab) refuse(ev *fetch.EventRequestPaused) {
	reason := network.ErrorReasonBlockedByClient
	if ev.ResourceType == network.ResourceTypeDocument {
		reason = network.ErrorReasonAborted // the page that is shown stays
	}
	_, _ = chromedp.Call(t.ctx, fetch.FailRequest, fetch.FailRequestParams{RequestID: ev.RequestID, ErrorReason: reason})
}

// documentPolicy closes, for a page, the ways of loading that a browser does not show
// to the protocol: WebSockets, WebTransport, workers and plugins.
const documentPolicy = "connect-src http: https: data: blob:; worker-src 'none'; object-src 'none'; media-src 'none'; form-action 'none'"
