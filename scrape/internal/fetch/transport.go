package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// maxExchange is how many times the timeout for silence an exchange may take in
// all, so that a server which sends a byte now and then cannot hold a worker for
// ever.
const maxExchange = 10

const (
	// maxIdleConns bounds the connections that are kept, some 25 kB each.
	maxIdleConns = 8192
	// maxHeader is the most bytes that the header of an answer may have. Browsers take
	// 256 KiB.
	maxHeader = 1 << 20
	// maxTLSSessions bounds the TLS sessions that are kept, so that a host which has
	// closed its connection costs half a handshake; some 5 kB each.
	maxTLSSessions = 2048
)

// mostIdleConns returns how many connections are kept: as many as half of the process's
// descriptors.
func mostIdleConns() int { return min(maxIdleConns, Descriptors()/2) }

var (
	errPrivateAddress = errors.New("the address is private, and no seed is at this address: a name that leads to one is refused")
	errTunnel         = errors.New("the proxy has not connected to the host")
	errIdle           = errors.New("no data was received for the time of --timeout")
)

// A transport is the http.RoundTripper under Colly. It refuses private
// addresses after the name was resolved, ends an exchange that has stopped
// moving, and decodes bodies up to a cap on what comes out.
type transport struct {
	base    *http.Transport
	lenient *lenient
	seeds   *seedHosts
	dns     *resolver
	idle    time.Duration
	delay   time.Duration
	proxies []*url.URL
	proxy   func(*url.URL) (*url.URL, error)
	turn    atomic.Uint64
	bodies  freeBodies
	room    bodyRoom
	spools  bool // keep what a Sink reads, for a WARC

	mu sync.RWMutex
	// proxied are the addresses of proxies, host:port.
	proxied map[string]bool
}

func newTransport(o *Options, seeds []*url.URL) *transport {
	t := &transport{
		idle: o.Timeout, delay: o.Delay, proxies: o.Proxies, proxy: o.Proxy, dns: newResolver(), spools: o.WARC != nil,
		seeds: newSeedHosts(seeds, o.Logins, o.PublicOnly), proxied: make(map[string]bool), bodies: make(freeBodies, max(1, min(o.Workers, mostIdle))),
	}
	if o.BoundBodies {
		t.room = newBodyRoom()
	}
	t.base = &http.Transport{
		Proxy:       func(r *http.Request) (*url.URL, error) { return chosenProxy(r.Context()), nil },
		DialContext: t.dial,
		OnProxyConnectResponse: func(_ context.Context, _ *url.URL, _ *http.Request, resp *http.Response) error {
			if resp.StatusCode != http.StatusOK {
				return fmt.Errorf("%w: %s", errTunnel, resp.Status)
			}
			return nil
		},
		ForceAttemptHTTP2:      true, // a custom dialer turns HTTP/2 off otherwise
		DisableCompression:     true, // decodeBody caps what comes out
		MaxIdleConns:           mostIdleConns(),
		MaxResponseHeaderBytes: maxHeader,
		// A server that reads nothing must not hold what is written to it for ever.
		HTTP2: &http.HTTP2Config{MaxReceiveBufferPerStream: http2Stream, WriteByteTimeout: t.idle},
		// A host has no more than PerHost requests at once, but a proxy as many as
		// there are.
		MaxIdleConnsPerHost: max(2, o.PerHost, o.Workers),
		// Polite requests are seconds apart: a connection must outlive the pause.
		IdleConnTimeout:       max(2*time.Minute, 3*o.Delay),
		TLSHandshakeTimeout:   t.idle,
		ResponseHeaderTimeout: t.idle,
		ExpectContinueTimeout: time.Second,
		TLSClientConfig: &tls.Config{
			MinVersion: tls.VersionTLS12, RootCAs: o.Roots, InsecureSkipVerify: o.Insecure,
			ClientSessionCache: tls.NewLRUClientSessionCache(maxTLSSessions),
		},
	}
	t.lenient = newLenient(t)
	return t
}

// choose returns the proxy of a request, or nil.
func (t *transport) choose(u *url.URL) (*url.URL, error) {
	var p *url.URL
	switch {
	case len(t.proxies) > 0:
		p = t.proxies[t.turn.Add(1)%uint64(len(t.proxies))]
	case t.proxy != nil:
		var err error
		if p, err = t.proxy(u); err != nil {
			return nil, fmt.Errorf("choosing a proxy: %w", err)
		}
	}
	if p != nil {
		t.mu.Lock()
		t.proxied[dialAddr(p)] = true
		t.mu.Unlock()
	}
	return p, nil
}

type proxyCtxKey struct{}

// chosenProxy returns the proxy of the request with a context, or nil.
func chosenProxy(ctx context.Context) *url.URL {
	p, _ := ctx.Value(proxyCtxKey{}).(*url.URL)
	return p
}

// dialAddr returns the host:port that a connection for u is made to.
func dialAddr(u *url.URL) string {
	port := u.Port()
	if port == "" {
		switch u.Scheme {
		case "https":
			port = "443"
		case "socks5", "socks5h":
			port = "1080"
		default:
			port = "80"
		}
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// dial connects to the first address of a host that answers and is public, or that
// a seed spells out.
func (t *transport) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	if x, ok := ctx.Value(exchangeCtxKey{}).(*exchange); ok && x.dials.Add(1) > maxDials {
		return nil, errDials
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	var ips []netip.Addr
	if ip, err := netip.ParseAddr(host); err == nil {
		ips = []netip.Addr{ip}
	} else if ips, err = t.dns.lookup(ctx, host); err != nil {
		return nil, err
	}
	free := t.isProxy(addr)
	d := net.Dialer{KeepAlive: 30 * time.Second}
	err = nil
	for k, ip := range ips {
		if !free && !t.seeds.allows(addr, host, ip) {
			err = fmt.Errorf("%s (%s): %w", host, ip, errPrivateAddress)
			continue
		}
		d.Timeout = t.idle
		if k < len(ips)-1 {
			d.Timeout = min(t.idle, 5*time.Second)
		}
		conn, dialErr := d.DialContext(ctx, network, net.JoinHostPort(ip.String(), port))
		if dialErr == nil {
			return &watchedConn{Conn: conn}, nil
		}
		err = dialErr
		if ctx.Err() != nil {
			break
		}
	}
	return nil, err
}

func (t *transport) isProxy(addr string) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.proxied[addr]
}

// RoundTrip sends one request. The answer's body is decoded, and ends in an
// error where the server stops sending for the idle time.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	x, _ := r.Context().Value(exchangeCtxKey{}).(*exchange)
	if x == nil {
		return nil, errors.New("scrape: a request that no fetcher made")
	}
	p, err := t.choose(r.URL)
	if err != nil {
		return nil, err
	}
	// A proxy resolves the name itself; an address that the URL spells out
	// can be judged all the same.
	if p != nil && !t.seeds.allowsProxied(r.URL) {
		return nil, fmt.Errorf("%s: %w", r.URL.Host, errPrivateAddress)
	}
	ctx, cancel := context.WithCancelCause(context.WithValue(r.Context(), proxyCtxKey{}, p))
	watch := &watchdog{idle: t.idle, cancel: cancel, deadline: time.Now().Add(maxExchange * t.idle)}
	watch.timer = time.AfterFunc(t.idle, func() { cancel(errIdle) })
	resp, err := t.send(x.traced(ctx, p == nil), r, watch)
	if err != nil {
		watch.stop()
		x.leaves()
		return nil, causeOf(ctx, err)
	}
	x.resp.HeadersIn = time.Since(x.started)
	x.resp.Status, x.resp.Header = resp.StatusCode, resp.Header.Clone()
	x.resp.ContentType = resp.Header.Get("Content-Type")
	x.resp.Cookies = r.Header.Get("Cookie")
	// net/http gives an answer up whose Location it cannot parse.
	resp.Header.Del("Location")
	limit := x.bodyLimit()
	body := &watchedBody{body: resp.Body, left: mostSent(limit), watch: watch, ctx: ctx, leave: x.leaves, malformed: func() { t.lenient.remember(r.URL.Host) }}
	decoded, err := decodeBody(body, strings.Join(resp.Header.Values("Content-Encoding"), ","))
	if err != nil {
		body.Close()
		return nil, err
	}
	capped := &cappedBody{r: decoded, close: body, left: limit, x: x}
	if x.req.Sink != nil && resp.StatusCode >= 200 && resp.StatusCode < 300 {
		if t.spools {
			x.spool = &spool{}
		}
		resp.Body = &sunkBody{cappedBody: capped, sink: x.req.Sink}
	} else {
		resp.Body = &wholeBody{cappedBody: capped, resp: x.resp, free: t.bodies, size: resp.ContentLength, share: bodyShare{room: t.room}, watch: watch, ctx: ctx}
	}
	// Colly must neither undo an encoding again nor convert the charset by the
	// header, which clean's decoder does by the evidence.
	resp.Uncompressed = true
	resp.Header.Set("Content-Type", MediaType(x.resp.ContentType))
	return resp, nil
}

// traced returns a context in which it is noted when the request was written, and, where
// the connection is a direct one, the address of the server.
func (x *exchange) traced(ctx context.Context, direct bool) context.Context {
	trace := &httptrace.ClientTrace{}
	if x.req.Wrote != nil {
		trace.WroteRequest = func(httptrace.WroteRequestInfo) { x.req.Wrote(time.Now()) }
	}
	trace.GotConn = func(c httptrace.GotConnInfo) {
		x.uses(c.Conn)
		if at, err := netip.ParseAddrPort(c.Conn.RemoteAddr().String()); direct && err == nil {
			x.server.Store(&at)
		}
	}
	return httptrace.WithClientTrace(ctx, trace)
}

// send sends a request, and once more over a connection that repairs the answer
// where net/http refuses it as malformed.
func (t *transport) send(ctx context.Context, r *http.Request, watch *watchdog) (*http.Response, error) {
	r = r.WithContext(ctx)
	if t.lenient.knows(r.URL.Host) && t.lenient.reaches(ctx) {
		return t.lenient.RoundTrip(r)
	}
	resp, err := t.base.RoundTrip(r)
	switch {
	case err == nil || !isMalformed(err) || ctx.Err() != nil:
		return resp, err
	case !t.lenient.reaches(ctx):
		return nil, fmt.Errorf("%w (an answer behind an https proxy cannot be repaired)", err)
	}
	t.lenient.remember(r.URL.Host)
	// The host's pace let one request through.
	timer := time.NewTimer(min(t.delay, t.idle/2))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	watch.moved()
	return t.lenient.RoundTrip(r)
}

// causeOf returns errIdle in place of "context canceled" where that was the cause.
func causeOf(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, errIdle) {
		return cause
	}
	return err
}

// A watchdog ends an exchange in which nothing moves.
type watchdog struct {
	idle     time.Duration
	deadline time.Time
	timer    *time.Timer
	cancel   context.CancelCauseFunc
}

// moved starts the time of silence anew.
func (w *watchdog) moved() {
	w.timer.Reset(max(0, min(w.idle, time.Until(w.deadline))))
}

// pause stops the time while the exchange waits for this program and not for the
// server, until resume is called.
func (w *watchdog) pause() (resume func()) {
	w.timer.Stop()
	at := time.Now()
	return func() {
		w.deadline = w.deadline.Add(time.Since(at))
		w.moved()
	}
}

func (w *watchdog) stop() {
	w.timer.Stop()
	w.cancel(nil)
}

// unusedBody is how many bytes are read of a body that nobody looks at: what comes of most
// of them, so that the connection can be used again.
const unusedBody = 16 << 10

// bodyLimit returns how many bytes of the answer's body are read.
func (x *exchange) bodyLimit() int64 {
	if x.resp.Location() != "" || x.resp.Status == http.StatusSwitchingProtocols {
		return min(x.req.Limit, unusedBody)
	}
	return x.req.Limit
}

// mostSent returns how many bytes of a body are received at most of which limit are kept when
// it is decoded: what cannot be compressed becomes a little longer by it, and what comes to
// nothing when it is decoded could go on for ever.
func mostSent(limit int64) int64 { return limit + limit/8 + 1<<20 }

type watchedBody struct {
	body  io.ReadCloser
	left  int64 // bytes that may come
	watch *watchdog
	ctx   context.Context
	// malformed is called where net/http has refused the chunks of the body: the
	// next request can have them repaired.
	malformed func()
	// leave is called when the exchange has ended.
	leave func()
	begun bool // something was read
}

func (b *watchedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errEndless
	}
	n, err := b.body.Read(p[:min(int64(len(p)), b.left)])
	b.left -= int64(n)
	if n > 0 {
		b.begun = true
		b.watch.moved()
	}
	if err != nil && err != io.EOF {
		err = causeOf(b.ctx, err)
		// A body without a line that is announced in chunks ends before the first.
		if isMalformedChunk(err) || !b.begun && errors.Is(err, io.ErrUnexpectedEOF) {
			b.malformed()
		}
	}
	return n, err
}

func (b *watchedBody) Close() error {
	err := b.body.Close()
	b.watch.stop()
	b.leave()
	return err
}

// cappedBody ends after left bytes, and sets Cut where there would have been more.
type cappedBody struct {
	r     io.Reader
	close io.Closer
	left  int64
	x     *exchange
}

func (b *cappedBody) Read(p []byte) (int, error) {
	if b.left <= 0 {
		// A body of exactly the limit is not cut: read one byte more.
		var one [1]byte
		n, err := io.ReadFull(b.r, one[:])
		if n > 0 {
			b.x.resp.Cut = true
			return 0, io.EOF
		}
		return 0, err
	}
	if int64(len(p)) > b.left {
		p = p[:b.left]
	}
	n, err := b.r.Read(p)
	b.left -= int64(n)
	return n, err
}

func (b *cappedBody) Close() error {
	if c, ok := b.r.(io.Closer); ok && c != b.close {
		c.Close()
	}
	return b.close.Close()
}

// sunkBody hands the body to a sink at the first read, and looks empty.
type sunkBody struct {
	*cappedBody
	sink func(io.Reader) error
}

func (b *sunkBody) Read([]byte) (int, error) {
	if b.sink != nil {
		sink := b.sink
		b.sink = nil
		var r io.Reader = b.cappedBody
		if b.x.spool != nil {
			r = io.TeeReader(r, b.x.spool)
		}
		err := sink(r)
		if b.x.spool != nil {
			b.x.spool.finish(r)
		}
		if err != nil {
			b.x.sinkErr = err
			return 0, err
		}
	}
	return 0, io.EOF
}
