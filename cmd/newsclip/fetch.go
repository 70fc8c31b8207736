package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/clean/saved"
	"newsclip/scrape"
)

// fetchOptions are those of fetching the addresses among args.
func fetchOptions(args []string, delay time.Duration) scrape.Options {
	o := scrape.Options{UserAgent: userAgent(), MaxBody: saved.MaxPage, Proxy: environmentProxy(), Delay: delay}
	for _, arg := range args {
		// One that is wrong fails by itself.
		if _, err := scrape.Normalize(arg); err == nil && isURL(arg) {
			o.Seeds = append(o.Seeds, arg)
		}
	}
	return o
}

// fetchItem returns the page at an address as an input.
func fetchItem(ctx context.Context, f *pageFetcher, address string) saved.Item {
	return saved.Item{Name: scrape.Redact(address), Load: func() (clean.Input, error) {
		in, err := f.page(ctx, address)
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
