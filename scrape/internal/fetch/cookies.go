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
	"time"

	"golang.org/x/net/publicsuffix"
)

// ReadCookies returns a jar with the cookies of a cookies.txt, the Netscape
// format that curl, wget and browsers' exports share: domain, whether subdomains
// count, path, whether https only, expiry in Unix seconds (0 for a session
// cookie), name and value, separated by tabs. An error names file and line.
func ReadCookies(path string) (http.CookieJar, error) {
	jar, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
	if err != nil {
		return nil, err
	}
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
