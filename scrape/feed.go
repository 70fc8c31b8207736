package scrape

import (
	"bytes"
	"fmt"

	"github.com/mmcdole/gofeed"
)

// feedTypes are the media types under which pages announce their feeds and
// servers send them.
var feedTypes = map[string]bool{
	"application/atom+xml":  true,
	"application/feed+json": true,
	"application/rdf+xml":   true,
	"application/rss+xml":   true,
	"application/xml":       true,
	"text/xml":              true,
}

// isFeedType reports whether pages announce feeds under a media type.
func isFeedType(mediaType string) bool { return feedTypes[mediaType] }

// feedPaths are tried on a host whose front page announces no feed: the
// default places of WordPress, Hugo, Drupal and Ghost.
var feedPaths = []string{"/feed/", "/index.xml", "/rss.xml", "/rss/"}

// isFeed says whether a body that came as XML or JSON is a feed and no page.
func isFeed(body []byte) bool {
	return gofeed.DetectFeedType(bytes.NewReader(body)) != gofeed.FeedTypeUnknown
}

// readFeed reads an RSS, Atom or JSON feed.
func readFeed(body []byte) ([]sitemapEntry, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("reading the feed: %w", err)
	}
	var entries []sitemapEntry
	for _, it := range feed.Items {
		e := sitemapEntry{loc: it.Link}
		if e.loc == "" && len(it.Links) > 0 {
			e.loc = it.Links[0]
		}
		if e.loc == "" {
			continue
		}
		switch {
		case it.PublishedParsed != nil:
			e.news = *it.PublishedParsed
		case it.UpdatedParsed != nil:
			e.lastMod = *it.UpdatedParsed
		}
		entries = append(entries, e)
	}
	return entries, nil
}
