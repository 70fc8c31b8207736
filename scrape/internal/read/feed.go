package read

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

// IsFeedType reports whether pages announce feeds under a media type.
func IsFeedType(mediaType string) bool { return feedTypes[mediaType] }

// FeedPaths are the paths to try on a host whose front page announces no feed: the
// defaults of WordPress, Hugo, Drupal and Ghost.
var FeedPaths = []string{"/feed/", "/index.xml", "/rss.xml", "/rss/"}

// IsFeed reports whether a body of the type XML or JSON is a feed.
func IsFeed(body []byte) bool {
	return gofeed.DetectFeedType(bytes.NewReader(body)) != gofeed.FeedTypeUnknown
}

// Feed reads an RSS, Atom or JSON feed. Entries without a URL are left out.
func Feed(body []byte) ([]Entry, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("reading the feed: %w", err)
	}
	var entries []Entry
	for _, it := range feed.Items {
		e := Entry{Loc: it.Link}
		if e.Loc == "" && len(it.Links) > 0 {
			e.Loc = it.Links[0]
		}
		if e.Loc == "" {
			continue
		}
		switch {
		case it.PublishedParsed != nil:
			e.News = *it.PublishedParsed
		case it.UpdatedParsed != nil:
			e.LastMod = *it.UpdatedParsed
		}
		entries = append(entries, e)
	}
	return entries, nil
}
