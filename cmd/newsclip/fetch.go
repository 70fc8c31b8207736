package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/clean/saved"
	"newsclip/scrape"
)

// fetchItem returns the page at an address as an input.
func fetchItem(ctx context.Context, address string) saved.Item {
	return saved.Item{Name: scrape.Redact(address), Load: func() (clean.Input, error) {
		in, err := scrape.FetchPage(ctx, address, scrape.Options{
			UserAgent: userAgent(), MaxBody: saved.MaxPage, Proxy: environmentProxy(),
		})
		if err != nil {
			code := article.CodeFetch
			var ce *clean.Error
			if errors.As(err, &ce) {
				code = ce.Code
			}
			err = &clean.Error{Code: code, Message: fmt.Sprintf("%s: %v", scrape.Redact(address), err)}
		}
		return in, err
	}}
}

// userAgent returns the default User-Agent header, newsclip/VERSION.
func userAgent() string { return "newsclip/" + strings.TrimPrefix(versionString(), "v") }
