package fetch

import (
	"bufio"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/net/publicsuffix"
)

const (
	// maxSiteCookies is how many cookies a site may set, and maxCookie how long name
	// and value may be together, in bytes: the limits of browsers (RFC 6265, 6.1,
	// asks for 50 and 4096 at least).
	maxSiteCookies = 180
	maxCookie      = 4096
	// maxCookieSites bounds the sites whose cookies are counted; further ones set
	// none.
	maxCookieSites = 50_000
)

// A siteJar is a cookie jar in which each site (a registered domain) has a bounded
// number of cookies. It may be used by any number of goroutines.
type siteJar struct {
	jar *cookiejar.Jar

	mu    sync.Mutex
	sites map[string]map[string]bool // by site, names with domain and path
}

// NewCookieJar returns an empty jar that keeps the cookies of each site (registered
// domain, by the public suffix list) apart, within the limits of browsers.
func NewCookieJar() http.CookieJar {
	jar, _ := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List}) // it never fails
	return &siteJar{jar: jar, sites: make(map[string]map[string]bool)}
}

// Cookies returns the cookies to send to u.
func (j *siteJar) Cookies(u *url.URL) []*http.Cookie { return j.jar.Cookies(u) }

// SetCookies keeps the cookies of an answer of u that are within the limits.
func (j *siteJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	if len(cookies) == 0 {
		return
	}
	site := u.Hostname()
	if d, err := publicsuffix.EffectiveTLDPlusOne(site); err == nil {
		site = d
	}
	j.mu.Lock()
	known := j.sites[site]
	if known == nil && len(j.sites) < maxCookieSites {
		known = make(map[string]bool)
		j.sites[site] = known
	}
	var kept []*http.Cookie
	for _, c := range cookies {
		key := c.Name + ";" + c.Domain + ";" + c.Path
		if known == nil || len(c.Name)+len(c.Value) > maxCookie || !known[key] && len(known) >= maxSiteCookies {
			continue
		}
		known[key] = true
		kept = append(kept, c)
	}
	j.mu.Unlock()
	j.jar.SetCookies(u, kept)
}

// ReadCookies returns a jar with the cookies of a cookies.txt, the Netscape
// format that curl, wget and browsers' exports share: domain, whether subdomains
// count, path, whether https only, expiry in Unix seconds (0 for a session
// cookie), name and value, separated by tabs. An error names file and line.
func ReadCookies(path string) (http.CookieJar, error) {
	jar := NewCookieJar()
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		// The mark of curl for cookies that scripts may not read.
		httpOnly := strings.HasPrefix(line, "#HttpOnly_")
		line = strings.TrimPrefix(line, "#HttpOnly_")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := addCookie(jar, line, httpOnly); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return jar, nil
}

func addCookie(jar http.CookieJar, line string, httpOnly bool) error {
	f := strings.Split(line, "\t")
	if len(f) != 7 {
		return fmt.Errorf("%d fields separated by tabs, instead of 7", len(f))
	}
	expires, err := strconv.ParseInt(f[4], 10, 64)
	if err != nil {
		return fmt.Errorf("expiry %q is not a number", f[4])
	}
	host := strings.TrimPrefix(f[0], ".")
	c := &http.Cookie{Name: f[5], Value: f[6], Path: f[2], Secure: strings.EqualFold(f[3], "TRUE"), HttpOnly: httpOnly}
	if strings.EqualFold(f[1], "TRUE") {
		c.Domain = host
	}
	if expires > 0 {
		c.Expires = time.Unix(expires, 0)
	}
	scheme := "http"
	if c.Secure {
		scheme = "https"
	}
	jar.SetCookies(&url.URL{Scheme: scheme, Host: host, Path: f[2]}, []*http.Cookie{c})
	return nil
}
