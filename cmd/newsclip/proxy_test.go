package main

import (
	"net/url"
	"testing"
)

func TestEnvironmentProxy(t *testing.T) {
	for _, tt := range []struct {
		env         map[string]string
		http, https string
	}{
		{nil, "", ""},
		{map[string]string{"HTTP_PROXY": "http://a.example:1"}, "http://a.example:1", ""},
		{map[string]string{"https_proxy": "a.example:1"}, "", "http://a.example:1"},
		{map[string]string{"ALL_PROXY": "socks5://a.example:1"}, "socks5://a.example:1", "socks5://a.example:1"},
		{map[string]string{"all_proxy": "http://a.example:1", "HTTPS_PROXY": "http://b.example:2"}, "http://a.example:1", "http://b.example:2"},
		{map[string]string{"ALL_PROXY": "http://a.example:1", "no_proxy": "news.example"}, "", ""},
	} {
		for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy", "REQUEST_METHOD"} {
			t.Setenv(name, tt.env[name])
		}
		choose := environmentProxy()
		for scheme, want := range map[string]string{"http": tt.http, "https": tt.https} {
			got := ""
			if p, err := choose(&url.URL{Scheme: scheme, Host: "www.news.example"}); err != nil {
				t.Error(err)
			} else if p != nil {
				got = p.String()
			}
			if got != want {
				t.Errorf("%v: %s by %q, want %q", tt.env, scheme, got, want)
			}
		}
	}
}
