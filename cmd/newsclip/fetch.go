package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/jimsmart/grobotstxt"

	"newsclip/clean"
	"newsclip/clean/saved"
)

const (
	// productToken is what robots.txt files know newsclip by.
	productToken = "newsclip"
	// fetchTimeout is for one page with its redirects and robots.txt.
	fetchTimeout = 60 * time.Second
	// maxRobots is what RFC 9309, 2.5, asks to read at least.
	maxRobots = 500 << 10 // bytes
	// maxRedirects is the one of RFC 9309, 2.3.1.2, and enough for pages.
	maxRedirects = 5
)

// fetchItem is the page at an address that was named on the command line. It
// is asked for once, with robots.txt respected at every redirect.
func fetchItem(ctx context.Context, address string) saved.Item {
	return saved.Item{Name: address, Load: func() (clean.Input, error) {
		in, err := fetchPage(ctx, address)
		if err != nil {
			var ce *clean.Error
			code := "fetch"
			if errors.As(err, &ce) {
				code = ce.Code
			}
			err = &clean.Error{Code: code, Message: fmt.Sprintf("%s: %v", address, err)}
		}
		return in, err
	}}
}

func fetchPage(ctx context.Context, address string) (clean.Input, error) {
	in := clean.Input{URL: address}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return in, errors.New("not an address")
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	f := &pageFetcher{named: u.Hostname()}
	f.client = &http.Client{
		Transport:     f.transport(),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer f.client.CloseIdleConnections()

	var resp *http.Response
	for hop := 0; ; hop++ {
		if err := f.checkRobots(ctx, u); err != nil {
			return in, err
		}
		in.URL = u.String()
		in.FetchedAt = time.Now().UTC().Truncate(time.Second)
		if resp, err = f.get(ctx, u); err != nil {
			return in, err
		}
		next, err := redirectOf(resp, u)
		if err != nil {
			resp.Body.Close()
			return in, err
		}
		if next == nil {
			break
		}
		resp.Body.Close()
		if hop == maxRedirects {
			return in, fmt.Errorf("redirected more than %d times", maxRedirects)
		}
		u = next
	}
	defer resp.Body.Close()
	in.Status = resp.StatusCode
	in.ContentType = resp.Header.Get("Content-Type")
	if in.Status < 200 || in.Status > 299 {
		return in, fmt.Errorf("the server answered %s", resp.Status)
	}
	in.Header = saved.RightsHeader(resp.Header)
	in.HTML, err = saved.ReadPage(resp.Body)
	return in, err
}

// pageFetcher fetches the few things that one page takes.
type pageFetcher struct {
	client *http.Client
	named  string // the host that the user named
}

// transport reaches private addresses only on the host that the user named: a
// public page must not lead into the network that newsclip runs in.
func (f *pageFetcher) transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		d := net.Dialer{Timeout: 15 * time.Second}
		if host, _, err := net.SplitHostPort(addr); err == nil && host != f.named {
			d.Control = func(_, address string, _ syscall.RawConn) error {
				ap, err := netip.ParseAddrPort(address)
				if err != nil {
					return err
				}
				if ip := ap.Addr().Unmap(); !ip.IsGlobalUnicast() || ip.IsPrivate() {
					return fmt.Errorf("%s is a private address (%s), to which a page may not lead", host, ip)
				}
				return nil
			}
		}
		return d.DialContext(ctx, network, addr)
	}
	return t
}

func (f *pageFetcher) get(ctx context.Context, u *url.URL) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", userAgent())
	req.Header.Set("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1")
	resp, err := f.client.Do(req)
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err // a message says the address before it
	}
	return resp, err
}

// userAgent names newsclip and its version, as a site's log expects a robot to.
func userAgent() string { return productToken + "/" + strings.TrimPrefix(versionString(), "v") }

// redirectOf returns where a response leads, nil where it leads nowhere.
func redirectOf(resp *http.Response, from *url.URL) (*url.URL, error) {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil, nil
	}
	to, err := from.Parse(resp.Header.Get("Location"))
	if err != nil || to.Scheme != "http" && to.Scheme != "https" || to.Host == "" {
		return nil, fmt.Errorf("redirected to %q, which is no address", resp.Header.Get("Location"))
	}
	to.Fragment = ""
	return to, nil
}

// checkRobots returns an error where robots.txt keeps newsclip from u. By RFC
// 9309, 2.3.1, a file that is not there allows everything and one that cannot
// be had allows nothing.
func (f *pageFetcher) checkRobots(ctx context.Context, u *url.URL) error {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	for range maxRedirects + 1 {
		resp, err := f.get(ctx, at)
		if err != nil {
			return fmt.Errorf("reading robots.txt: %w", err)
		}
		body, err := io.ReadAll(io.LimitReader(resp.Body, maxRobots))
		resp.Body.Close()
		if next, rerr := redirectOf(resp, at); rerr == nil && next != nil {
			at = next
			continue
		}
		switch {
		case resp.StatusCode >= 500:
			return fmt.Errorf("robots.txt cannot be had (the server answered %s), and so the page may not be fetched", resp.Status)
		case resp.StatusCode < 200 || resp.StatusCode > 299:
			return nil
		case err != nil:
			return fmt.Errorf("reading robots.txt: %w", err)
		case !grobotstxt.AgentAllowed(string(body), productToken, u.String()):
			return errors.New("robots.txt does not allow it")
		}
		return nil
	}
	return nil // too many redirects count as a file that is not there
}
