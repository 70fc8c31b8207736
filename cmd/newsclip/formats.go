package main

import (
	"net/url"
	"slices"
	"strings"

	"newsclip/output"
	"newsclip/output/document"
	"newsclip/output/natsjs"
	"newsclip/output/parquet"
	"newsclip/output/postgres"
	"newsclip/output/s3"
	"newsclip/output/sqlite"
	"newsclip/output/webhook"
)

// formats lists the formats of records that --format takes, in the order of the
// help.
func formats() []output.Format {
	return slices.Concat(output.Formats(), []output.Format{parquet.Format, sqlite.Format}, document.Formats)
}

// servers lists the formats of records that go to a server, by the scheme of its
// address.
var servers = []struct {
	scheme string
	format output.Format
}{
	{"http", webhook.Format}, {"https", webhook.Format}, {"nats", natsjs.Format}, {"postgres", postgres.Format}, {"postgresql", postgres.Format},
	{"s3", s3.Format},
}

// schemeOf returns what is before :// in the name of an input or output, which
// is empty where that names a file.
func schemeOf(path string) string {
	scheme, _, ok := strings.Cut(path, "://")
	if !ok || strings.ContainsAny(scheme, `/\.`) {
		return ""
	}
	return scheme
}

// serverOf returns the format for the server of an address. It reports false where
// path is not such an address.
func serverOf(path string) (output.Format, bool) {
	scheme := schemeOf(path)
	for _, s := range servers {
		if s.scheme == scheme {
			return s.format, true
		}
	}
	return output.Format{}, false
}

// withoutPassword returns the name of an input or output without the password of
// an address.
func withoutPassword(path string) string {
	if schemeOf(path) == "" {
		return path
	}
	u, err := url.Parse(path)
	if err != nil {
		return schemeOf(path) + "://…"
	}
	return u.Redacted()
}
