package main

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"newsclip/scrape"
)

// parseDate parses --since and --until. A date without a time means its first
// moment, or with whole its last.
func parseDate(flag, s string, whole bool) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, usagef("write a date as in 2026-01-31 or 2026-01-31T12:00:00Z", "--%s: %q is not a date", flag, s)
	}
	if whole {
		t = t.AddDate(0, 0, 1).Add(-time.Nanosecond)
	}
	return t, nil
}

func compileAll(flag string, exprs []string) ([]*regexp.Regexp, error) {
	all, err := scrape.CompilePatterns(exprs)
	if err != nil {
		return nil, usagef("see https://pkg.go.dev/regexp/syntax", "--%s: %v", flag, err)
	}
	return all, nil
}

func parseHeaders(lines []string) (http.Header, error) {
	h := make(http.Header)
	for _, l := range lines {
		name, value, ok := strings.Cut(l, ":")
		name = strings.TrimSpace(name)
		if !ok || name == "" || strings.ContainsAny(name, " \t") || strings.ContainsAny(value, "\r\n") {
			return nil, usagef(`write it as --header "Accept-Language: de"`, "--header: %q is not a header field", l)
		}
		h.Add(name, strings.TrimSpace(value))
	}
	return h, nil
}

func parseProxies(proxies []string) ([]*url.URL, error) {
	var us []*url.URL
	for _, p := range proxies {
		u, err := url.Parse(p)
		if err != nil || u.Host == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, u.Scheme) {
			return nil, usagef("write it as --proxy http://host:3128 or socks5://host:1080", "--proxy: %q is not the URL of a proxy", scrape.Redact(p))
		}
		us = append(us, u)
	}
	return us, nil
}
