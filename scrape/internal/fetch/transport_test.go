package fetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestProxy(t *testing.T) {
	var through []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		through = append(through, r.URL.String())
		io.WriteString(w, "<!doctype html><p>A page.</p>")
	}))
	defer proxy.Close()
	p, _ := url.Parse(proxy.URL)
	f := testClient(t, Options{Proxies: []*url.URL{p}})
	u, _ := url.Parse("http://news.example/a")
	if _, err := f.Get(context.Background(), &Request{URL: u, Limit: 1 << 20}); err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"10.0.0.1", "[::1]", "localhost", "a.localhost", "127.1", "2130706433", "0x7f.1", "169.254.169.254"} {
		u, _ = url.Parse("http://" + private + "/a")
		if _, err := f.Get(context.Background(), &Request{URL: u, Limit: 1 << 20}); !errors.Is(err, errPrivateAddress) {
			t.Errorf("%s behind the proxy: %v", private, err)
		}
	}
	// A function takes the place of a list.
	only := testClient(t, Options{Proxy: func(u *url.URL) (*url.URL, error) {
		if u.Host == "direct.example" {
			return nil, nil
		}
		return p, nil
	}})
	only.transport.dns.query = loopback
	u, _ = url.Parse("http://other.example/b")
	if _, err := only.Get(context.Background(), &Request{URL: u, Limit: 1 << 20}); err != nil || len(through) != 2 {
		t.Errorf("%v, through the proxy: %q", err, through)
	}
	u, _ = url.Parse("http://direct.example/b")
	if _, err := only.Get(context.Background(), &Request{URL: u, Limit: 1 << 20}); !errors.Is(err, errPrivateAddress) {
		t.Errorf("a name without proxy: %v", err)
	}
	if through[0] != "http://news.example/a" {
		t.Errorf("through the proxy: %q", through)
	}
}

// What DNS said is kept for a while, what it did not know is asked again.
func TestResolver(t *testing.T) {
	asked := make(map[string]int)
	r := newResolver()
	r.query = func(_ context.Context, _, host string) ([]netip.Addr, error) {
		if asked[host]++; host == "gone.example" {
			return nil, &net.DNSError{Name: host, IsNotFound: true}
		}
		return []netip.Addr{netip.MustParseAddr("192.0.2.7")}, nil
	}
	for range 3 {
		if ips, err := r.lookup(t.Context(), "news.example"); err != nil || len(ips) != 1 {
			t.Errorf("%v, %v", ips, err)
		}
		if _, err := r.lookup(t.Context(), "gone.example"); CauseOf(err) != CauseDNS {
			t.Errorf("a name that is not there: %v", err)
		}
	}
	e := r.known["news.example"]
	e.expires = time.Now().Add(-time.Second)
	r.known["news.example"] = e
	r.lookup(t.Context(), "news.example")
	if asked["news.example"] != 2 || asked["gone.example"] != 3 {
		t.Errorf("asked %v", asked)
	}
}

// The timeout is one of silence: each read of data starts it anew, but not beyond
// the deadline of the whole exchange. Nothing here fails because a machine is slow:
// the timer begins with an hour, so that only a read can have ended the exchange.
func TestTimeoutIsOfSilence(t *testing.T) {
	const idle = 50 * time.Millisecond
	open := func(data string, deadline time.Duration) (*watchedBody, context.Context) {
		ctx, cancel := context.WithCancelCause(t.Context())
		w := &watchdog{idle: idle, deadline: time.Now().Add(deadline), cancel: cancel}
		w.timer = time.AfterFunc(time.Hour, func() { cancel(errIdle) })
		return &watchedBody{left: 1 << 20, body: io.NopCloser(strings.NewReader(data)), watch: w, ctx: ctx}, ctx
	}
	b, ctx := open("data", time.Hour)
	start := time.Now()
	if n, err := b.Read(make([]byte, 2)); n != 2 || err != nil {
		t.Fatal(n, err)
	}
	<-ctx.Done()
	if took := time.Since(start); took < idle || !errors.Is(context.Cause(ctx), errIdle) {
		t.Errorf("%v after the last data: %v", took, context.Cause(ctx))
	}
	if err := causeOf(ctx, context.Canceled); !errors.Is(err, errIdle) {
		t.Errorf("the error is %v", err)
	}

	b, ctx = open("data", -time.Second)
	b.watch.idle = time.Hour
	b.Read(make([]byte, 2))
	<-ctx.Done() // at once: the deadline has passed

	// A read without data is silence, too.
	b, ctx = open("", time.Hour)
	b.Read(make([]byte, 2))
	select {
	case <-ctx.Done():
		t.Error("the end of a body has started the time anew")
	case <-time.After(4 * idle):
	}
}

// A server that stops in the middle of a body, or never ends one, costs a request
// and not a worker; one that is done is not waited for.
func TestSilentServer(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "xxx")
		w.(http.Flusher).Flush()
		switch r.URL.Path {
		case "/stalls":
			<-r.Context().Done()
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := io.WriteString(w, "x"); err != nil {
					return
				}
				w.(http.Flusher).Flush()
				time.Sleep(time.Millisecond)
			}
		}
	}))
	defer srv.Close()
	for path, want := range map[string]struct {
		timeout time.Duration
		err     error
	}{
		"/whole": {time.Minute, nil}, "/stalls": {200 * time.Millisecond, errIdle}, "/endless": {100 * time.Millisecond, errIdle},
	} {
		f := testClient(t, Options{Timeout: want.timeout}, srv)
		u, err := url.Parse(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Get(t.Context(), &Request{URL: u, Limit: 1 << 30}); !errors.Is(err, want.err) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// loopback answers every question to DNS with the loopback address.
func loopback(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}
