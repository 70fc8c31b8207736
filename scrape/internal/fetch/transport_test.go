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
	"sync"
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

// --timeout is of silence: a body that keeps coming may take longer in all, but
// not for ever.
func TestTimeoutIsOfSilence(t *testing.T) {
	const idle = 600 * time.Millisecond
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for n := 0; n < 24 || r.URL.Path == "/endless"; n++ {
			if _, err := io.WriteString(w, "x"); err != nil || r.Context().Err() != nil {
				return
			}
			w.(http.Flusher).Flush()
			if n == 3 && r.URL.Path == "/stalls" {
				<-r.Context().Done()
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
	}))
	defer srv.Close()
	f := testClient(t, Options{Timeout: idle}, srv)
	var wg sync.WaitGroup
	for _, tt := range []struct {
		path        string
		err         error
		least, most time.Duration
	}{
		{"/slow", nil, 2 * idle, 20 * idle},
		{"/stalls", errIdle, idle, 5 * idle},
		{"/endless", errIdle, 8 * idle, 20 * idle},
	} {
		wg.Go(func() {
			u, _ := url.Parse(srv.URL + tt.path)
			start := time.Now()
			_, err := f.Get(t.Context(), &Request{URL: u, Limit: 1 << 20})
			if took := time.Since(start); !errors.Is(err, tt.err) || took < tt.least || took > tt.most {
				t.Errorf("%s: %v after %v", tt.path, err, took)
			}
		})
	}
	wg.Wait()
}

// loopback answers every question to DNS with the loopback address.
func loopback(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}
