package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsclip/clean"
	"newsclip/clean/saved"
	"newsclip/scrape"
)

// fetchItem is the page at an address that was named on the command line.
func fetchItem(ctx context.Context, address string) saved.Item {
	return saved.Item{Name: address, Load: func() (clean.Input, error) {
		in, err := scrape.FetchPage(ctx, address, scrape.Options{UserAgent: userAgent(), MaxBody: saved.MaxPage})
		if err != nil {
			code := "fetch"
			var ce *clean.Error
			if errors.As(err, &ce) {
				code = ce.Code
			}
			err = &clean.Error{Code: code, Message: fmt.Sprintf("%s: %v", address, err)}
		}
		return in, err
	}}
}

// userAgent names newsclip and its version, as a site's log expects a robot to.
func userAgent() string { return "newsclip/" + strings.TrimPrefix(versionString(), "v") }
