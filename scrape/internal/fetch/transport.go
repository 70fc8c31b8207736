package fetch

import (
	"bufio"
	"compress/flate"
	"compress/zlib"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// acceptEncoding lists the codings that decodeBody can decode.
const acceptEncoding = "gzip, deflate, br, zstd"

// maxExchange is how many times the timeout for silence an exchange may take in
// all, so that a server which sends a byte now and then cannot hold a worker for
// ever.
const maxExchange = 10

var (
	errPrivateAddress = errors.New("the host has a private address, and no seed is on this host")
	errIdle           = errors.New("no data was received for the time of --timeout")
	// ErrEncoding is returned for a body whose Content-Encoding is unknown or
	// that cannot be decoded.
	ErrEncoding = errors.New("the body cannot be decoded")
)

// A transport is the http.RoundTripper under Colly. It refuses private
// addresses after the name was resolved, ends an exchange that has stopped
// moving, and decodes bodies up to a cap on what comes out.
type transport struct {
	base    *http.Transport
	dns     *resolver
	idle    time.Duration
	proxies []*url.URL
	turn    atomic.Uint64
	bodies  freeBodies

	mu sync.RWMutex
	// named are the addresses of seeds, host:port.
	named map[string]bool
}

func newTransport(o *Options, seeds []*url.URL) *transport {
	t := &transport{idle: o.Timeout, proxies: o.Proxies, dns: newResolver(), named: make(map[string]bool), bodies: make(freeBodies, max(1, o.Workers))}
	for _, s := range seeds {
		t.name(s)
	}
	t.base = &http.Transport{
		DialContext:         t.dial,
		ForceAttemptHTTP2:   true, // a custom dialer turns HTTP/2 off otherwise
		DisableCompression:  true, // decodeBody caps what comes out
		MaxIdleConns:        1024,
		MaxIdleConnsPerHost: max(2, o.PerHost),
		// Polite requests are seconds apart: a connection must outlive the pause.
		IdleConnTimeout:       max(2*time.Minute, 3*o.Delay),
		TLSHandshakeTimeout:   t.idle,
		ResponseHeaderTimeout: t.idle,
		ExpectContinueTimeout: time.Second,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: o.Roots},
	}
	if len(t.proxies) > 0 {
		t.base.Proxy = func(*http.Request) (*url.URL, error) {
			return t.proxies[t.turn.Add(1)%uint64(len(t.proxies))], nil
		}
	}
	return t
}

// name lets the host of a seed be reached although its address is private.
func (t *transport) name(seed *url.URL) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.named[dialAddr(seed)] = true
	// A site may redirect from http to https.
	if seed.Port() == "" {
		t.named[net.JoinHostPort(seed.Hostname(), "80")] = true
		t.named[net.JoinHostPort(seed.Hostname(), "443")] = true
	}
}

func (t *transport) isNamed(addr string) bool {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.named[addr]
}

func dialAddr(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// dial connects to the first address of a host that answers and is public, or that
// of a seed.
func (t *transport) dial(ctx context.Context, network, addr string) (net.Conn, error) {
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
	free := t.isNamed(addr) || t.isProxy(addr)
	d := net.Dialer{KeepAlive: 30 * time.Second}
	err = nil
	for k, ip := range ips {
		if !free && !isPublic(ip) {
			err = fmt.Errorf("%s (%s): %w", host, ip, errPrivateAddress)
			continue
		}
		d.Timeout = t.idle
		if k < len(ips)-1 {
			d.Timeout = min(t.idle, 5*time.Second)
		}
		conn, dialErr := d.DialContext(ctx, network, net.JoinHostPort(ip.String(), port))
		if dialErr == nil {
			return conn, nil
		}
		err = dialErr
		if ctx.Err() != nil {
			break
		}
	}
	return nil, err
}

func (t *transport) isProxy(addr string) bool {
	for _, p := range t.proxies {
		if dialAddr(p) == addr {
			return true
		}
	}
	return false
}

// RoundTrip sends one request. The answer's body is decoded, and ends in an
// error where the server stops sending for the idle time.
func (t *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	x, _ := r.Context().Value(exchangeCtxKey{}).(*exchange)
	if x == nil {
		return nil, errors.New("scrape: a request that no fetcher made")
	}
	// A proxy resolves the name itself; an address that the URL spells out
	// can be judged all the same.
	if len(t.proxies) > 0 {
		if ip, err := netip.ParseAddr(r.URL.Hostname()); err == nil && !isPublic(ip) && !t.isNamed(dialAddr(r.URL)) {
			return nil, fmt.Errorf("%s: %w", r.URL.Host, errPrivateAddress)
		}
	}
	ctx, cancel := context.WithCancelCause(r.Context())
	watch := &watchdog{idle: t.idle, cancel: cancel, deadline: time.Now().Add(maxExchange * t.idle)}
	watch.timer = time.AfterFunc(t.idle, func() { cancel(errIdle) })
	resp, err := t.base.RoundTrip(r.WithContext(ctx))
	if err != nil {
		watch.stop()
		return nil, causeOf(ctx, err)
	}
	x.resp.HeadersIn = time.Since(x.started)
	x.resp.ContentType = resp.Header.Get("Content-Type")
	body := &watchedBody{body: resp.Body, watch: watch, ctx: ctx}
	decoded, err := decodeBody(body, resp.Header.Get("Content-Encoding"))
	if err != nil {
		body.Close()
		return nil, err
	}
	capped := &cappedBody{r: decoded, close: body, left: x.req.Limit, x: x}
	if x.req.Sink != nil && resp.StatusCode >= 200 && resp.StatusCode < 300 {
		resp.Body = &sunkBody{cappedBody: capped, sink: x.req.Sink}
	} else {
		resp.Body = &wholeBody{cappedBody: capped, resp: x.resp, free: t.bodies}
	}
	// Colly must neither undo an encoding again nor convert the charset by the
	// header, which clean's decoder does by the evidence.
	resp.Uncompressed = true
	resp.Header.Set("Content-Type", MediaType(x.resp.ContentType))
	return resp, nil
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

func (w *watchdog) stop() {
	w.timer.Stop()
	w.cancel(nil)
}

type watchedBody struct {
	body  io.ReadCloser
	watch *watchdog
	ctx   context.Context
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	if n > 0 {
		b.watch.moved()
	}
	if err != nil && err != io.EOF {
		err = causeOf(b.ctx, err)
	}
	return n, err
}

func (b *watchedBody) Close() error {
	err := b.body.Close()
	b.watch.stop()
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
		if err := sink(b.cappedBody); err != nil {
			b.x.sinkErr = err
			return 0, err
		}
	}
	return 0, io.EOF
}

// decodeBody undoes a Content-Encoding, which may name several in the order in
// which they were applied. An unknown one is left as it is.
func decodeBody(body io.Reader, encoding string) (io.Reader, error) {
	if encoding == "" {
		return body, nil
	}
	names := strings.Split(strings.ToLower(encoding), ",")
	r := body
	for i := len(names) - 1; i >= 0; i-- {
		switch strings.TrimSpace(names[i]) {
		case "gzip", "x-gzip":
			r = &lazyDecoder{src: r, open: func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }}
		case "deflate":
			r = &lazyDecoder{src: r, open: newDeflateReader}
		case "br":
			r = &lazyDecoder{src: r, open: func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil }}
		case "zstd":
			r = &lazyDecoder{src: r, open: func(r io.Reader) (io.Reader, error) {
				d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(8<<20)) // RFC 9659
				if err != nil {
					return nil, err
				}
				return d.IOReadCloser(), nil
			}}
		case "", "identity":
		default:
			return nil, fmt.Errorf("%w: encoding %q", ErrEncoding, names[i])
		}
	}
	return r, nil
}

// newDeflateReader reads deflate in its zlib wrapping, as RFC 9110, 8.4.1.2, has
// it, and without, as some servers send it.
func newDeflateReader(r io.Reader) (io.Reader, error) {
	br := bufio.NewReader(r)
	head, err := br.Peek(2)
	if err != nil {
		return nil, err
	}
	if head[0]&0x0f == 8 && (uint(head[0])<<8|uint(head[1]))%31 == 0 {
		return zlib.NewReader(br)
	}
	return flate.NewReader(br), nil
}

// lazyDecoder opens its decoder at the first read, because an answer without
// body may name an encoding all the same.
type lazyDecoder struct {
	src  io.Reader
	open func(io.Reader) (io.Reader, error)
	r    io.Reader
}

func (d *lazyDecoder) Read(p []byte) (int, error) {
	if d.r == nil {
		r, err := d.open(d.src)
		if err != nil {
			if err == io.EOF {
				return 0, io.EOF
			}
			return 0, decodeError(err)
		}
		d.r = r
	}
	n, err := d.r.Read(p)
	if err != nil && err != io.EOF {
		err = decodeError(err)
	}
	return n, err
}

func (d *lazyDecoder) Close() error {
	if c, ok := d.r.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// decodeError returns ErrEncoding for a broken body, and the error itself for a
// broken connection.
func decodeError(err error) error {
	var netErr net.Error
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errIdle) || errors.Is(err, ErrEncoding) ||
		errors.Is(err, context.Canceled) || errors.As(err, &netErr) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrEncoding, err)
}

// A resolver caches the answers of DNS, so that a host which gets a request every
// second is not looked up each time its connection was closed.
type resolver struct {
	query func(ctx context.Context, network, host string) ([]netip.Addr, error)
	mu    sync.Mutex
	known map[string]resolved
}

type resolved struct {
	ips     []netip.Addr
	expires time.Time
}

const (
	// dnsLife is how long an address is used: the usual TTL of sites behind a
	// load balancer.
	dnsLife = 5 * time.Minute
	// maxDNSHosts bounds the cache; when it is full it is emptied.
	maxDNSHosts = 20_000
)

func newResolver() *resolver {
	return &resolver{query: net.DefaultResolver.LookupNetIP, known: make(map[string]resolved)}
}

func (r *resolver) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	now := time.Now()
	r.mu.Lock()
	e, ok := r.known[host]
	r.mu.Unlock()
	if ok && now.Before(e.expires) {
		return e.ips, nil
	}
	ips, err := r.query(ctx, "ip", host)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.known) >= maxDNSHosts {
		clear(r.known)
	}
	r.known[host] = resolved{ips, now.Add(dnsLife)}
	return ips, nil
}
