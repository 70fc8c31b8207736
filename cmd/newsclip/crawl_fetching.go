package main

import (
	"cmp"
	"crypto/x509"
	"net/url"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/net/http/httpproxy"

	"newsclip/scrape"
)

// fetching are the flags of "newsclip crawl" that say how requests are made.
type fetching struct {
	headers            []string
	cookieFile         string
	noCookies          bool
	insecure           bool
	caCert             string
	maxRedirects       int
	followSeedRedirect bool
	randomDelay        bool
}

func (f *fetching) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringArrayVar(&f.headers, "header", nil, "send `\"NAME: VALUE\"` to the hosts of the start URLs, and to no others what is secret; may be repeated")
	fs.StringVar(&f.cookieFile, "cookie-file", "", "start with the cookies in `FILE` (cookies.txt)")
	fs.BoolVar(&f.noCookies, "no-cookies", false, "neither keep nor send cookies")
	fs.BoolVar(&f.insecure, "insecure", false, "accept any certificate")
	fs.StringVar(&f.caCert, "ca-cert", "", "trust the certificates in `FILE` (PEM) beside those of the system")
	fs.IntVar(&f.maxRedirects, "max-redirects", scrape.DefaultMaxRedirects, "follow at most `N` redirects to one page")
	fs.BoolVar(&f.followSeedRedirect, "follow-seed-redirect", false, "crawl the site that a start URL redirects to, whatever it is")
	fs.BoolVar(&f.randomDelay, "random-delay", false, "vary the time between two requests between half and one and a half times --delay")
}

// options sets what the flags come to.
func (f *fetching) options(o *scrape.Options) error {
	var err error
	if o.Header, err = parseHeaders(f.headers); err != nil {
		return err
	}
	if f.cookieFile != "" {
		if f.noCookies {
			return usagef("leave one of them out", "--cookie-file and --no-cookies exclude each other")
		}
		if o.CookieJar, err = scrape.ReadCookies(f.cookieFile); err != nil {
			return usagef("export the browser's cookies as cookies.txt, in the Netscape format", "--cookie-file: %v", err)
		}
	}
	if f.caCert != "" {
		if o.Roots, err = readRoots(f.caCert); err != nil {
			return err
		}
	}
	if f.maxRedirects < 0 {
		return usagef("--max-redirects takes 0 or more", "--max-redirects: %d is too small", f.maxRedirects)
	}
	if o.MaxRedirects = f.maxRedirects; f.maxRedirects == 0 {
		o.MaxRedirects = -1
	}
	if len(o.Proxies) == 0 {
		o.Proxy = environmentProxy()
	}
	o.NoCookies, o.Insecure, o.RandomDelay = f.noCookies, f.insecure, f.randomDelay
	o.FollowSeedRedirect = f.followSeedRedirect
	return nil
}

// environmentProxy returns the function that chooses the proxy of a URL by HTTP_PROXY,
// HTTPS_PROXY and NO_PROXY, in capitals or not, and, as curl does, by ALL_PROXY where
// there is none of the first two.
func environmentProxy() func(*url.URL) (*url.URL, error) {
	c := httpproxy.FromEnvironment()
	all := cmp.Or(os.Getenv("ALL_PROXY"), os.Getenv("all_proxy"))
	c.HTTPProxy, c.HTTPSProxy = cmp.Or(c.HTTPProxy, all), cmp.Or(c.HTTPSProxy, all)
	return c.ProxyFunc()
}

// readRoots returns the certificates of the system and those of a PEM file.
func readRoots(path string) (*x509.CertPool, error) {
	const most = 16 << 20 // bytes; the certificates of a system are some 200 kB
	pem, err := readStart(path, most)
	if err != nil {
		return nil, usagef("name a file of certificates in the form PEM", "--ca-cert: %v", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // a system without certificates
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, usagef("name a file of certificates in the form PEM", "--ca-cert: %s has no certificate", path)
	}
	return roots, nil
}
