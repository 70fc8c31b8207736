package scrape

import (
	"newsclip/clean"
)

// goneInput is a page without a tree, for an article that is not there.
func goneInput(url string, resp *response) *clean.Page {
	return &clean.Page{Input: clean.Input{URL: url, Status: resp.status, FetchedAt: resp.fetchedAt}}
}

func (t *task) joinParts(page *Page, l *pageLinks) error { return nil }
