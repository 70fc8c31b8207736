package scrape

import (
	"context"
	"net/url"
	"strings"
	"time"

	"newsclip/scrape/frontier"
)

// What is behind an item's URL.
const (
	kindPage    = "page"
	kindSitemap = "sitemap"
	kindFeed    = "feed"
	// kindTwin is a question about the page at the URL, and nothing is fetched
	// for it: did it come to nothing, so that its twin is to be written?
	kindTwin = "twin"
)

// Keys of an item's Meta.
const (
	// metaProbe marks a URL that nobody named: that it is not there is no
	// failure.
	metaProbe = "probe"
	// metaLevel is how many indexes a sitemap stands below.
	metaLevel = "level"
	// metaTwin is the page that stood aside for this one, its canonical URL,
	// and is written where this one comes to nothing.
	metaTwin = "twin"
	// metaForce marks a page that is written although it names another URL as
	// its canonical one, because that one gave no article.
	metaForce = "force"
)

// newItem makes an item of a normalised URL.
func newItem(u *url.URL, kind string, class frontier.Class, depth int) frontier.Item {
	it := frontier.Item{URL: u.String(), Host: sameHost(u), Kind: kind, Class: class, Depth: depth, Key: identity(u)}
	if kind != kindPage {
		it.Key = kind + " " + it.Key
	}
	return it
}

// identity is what a page is known by: its URL, with http and https, and the
// host with and without www., as one.
func identity(u *url.URL) string {
	id := sameHost(u) + u.EscapedPath()
	if u.RawQuery != "" {
		id += "?" + u.RawQuery
	}
	return id
}

// found is a page that something names, before it is known whether it is
// wanted.
type found struct {
	base     *url.URL
	ref      string
	class    frontier.Class
	depth    int
	referrer string
	lastMod  time.Time
}

// admit returns the item for what was found, or the cause why it is left out.
func (c *crawler) admit(f *found) (frontier.Item, SkipCause) {
	u, err := resolve(f.base, f.ref)
	if err != nil {
		return frontier.Item{}, SkipInvalid
	}
	if !c.holds(u) {
		return frontier.Item{}, SkipScope
	}
	if f.depth > c.o.MaxDepth {
		return frontier.Item{}, SkipDepth
	}
	s := u.String()
	if cause := trapOf(u, len(s), time.Now()); cause != "" {
		return frontier.Item{}, cause
	}
	if isMedia(u.Path) {
		return frontier.Item{}, SkipNotPage
	}
	if !c.ground.wanted(s) {
		return frontier.Item{}, SkipExcluded
	}
	it := newItem(u, kindPage, f.class, f.depth)
	it.Referrer, it.LastMod = f.referrer, f.lastMod
	if at, ok := dateOf(u.Path); ok && it.Class == frontier.ClassOther {
		it.Class = frontier.ClassDated
		if it.LastMod.IsZero() {
			it.LastMod = at // so that the newest goes first
		}
	}
	return it, ""
}

func (c *crawler) holds(u *url.URL) bool {
	c.groundMu.RLock()
	defer c.groundMu.RUnlock()
	return c.ground.holds(u)
}

// mediaSuffixes end the paths of what is no page.
var mediaSuffixes = map[string]bool{
	"7z": true, "aac": true, "apk": true, "avi": true, "avif": true, "bmp": true, "css": true, "csv": true,
	"dmg": true, "doc": true, "docx": true, "epub": true, "exe": true, "flac": true, "gif": true, "ico": true,
	"ics": true, "jpeg": true, "jpg": true, "js": true, "m3u8": true, "m4a": true, "m4v": true, "mkv": true,
	"mov": true, "mp3": true, "mp4": true, "mpeg": true, "mpg": true, "msi": true, "ogg": true, "ogv": true,
	"otf": true, "pdf": true, "png": true, "ppt": true, "pptx": true, "rar": true, "svg": true, "tar": true,
	"tif": true, "tiff": true, "ttf": true, "vcf": true, "wav": true, "webm": true, "webp": true, "wmv": true,
	"woff": true, "woff2": true, "xls": true, "xlsx": true, "zip": true,
}

func isMedia(path string) bool {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || len(path)-dot > 6 || strings.IndexByte(path[dot:], '/') >= 0 {
		return false
	}
	return mediaSuffixes[strings.ToLower(path[dot+1:])]
}

// dateOf returns the day or the month that a path names, as articles' paths do:
// /2024/05/, /2024-05-12, /20240512.
func dateOf(path string) (time.Time, bool) {
	for i := 0; i+6 <= len(path); i++ {
		if path[i] != '1' && path[i] != '2' || i > 0 && isDigit(path[i-1]) {
			continue
		}
		if t, ok := dateAt(path[i:]); ok {
			return t, true
		}
	}
	return time.Time{}, false
}

// dateAt reads a year and a month, and the day where there is one, that s
// begins with.
func dateAt(s string) (time.Time, bool) {
	digits := make([]byte, 0, 8)
	rest := s
	for len(rest) > 0 && len(digits) < 8 {
		switch {
		case isDigit(rest[0]):
			digits = append(digits, rest[0])
		case (rest[0] == '/' || rest[0] == '-' || rest[0] == '_') && (len(digits) == 4 || len(digits) == 6):
		default:
			rest = ""
			continue
		}
		rest = rest[1:]
	}
	if len(rest) > 0 && isDigit(rest[0]) {
		return time.Time{}, false // a longer number
	}
	switch len(digits) {
	case 8:
		t, err := time.Parse("20060102", string(digits))
		return t, err == nil && t.Year() >= 1990 && t.Year() < 2100
	case 6:
		if len(s) < 7 || isDigit(s[4]) {
			return time.Time{}, false // 202405 alone is as likely a number
		}
		t, err := time.Parse("200601", string(digits))
		return t, err == nil && t.Year() >= 1990 && t.Year() < 2100
	}
	return time.Time{}, false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// addPages enters pages that were found, and counts what is left out.
func (c *crawler) addPages(ctx context.Context, pages []found) error {
	items := make([]frontier.Item, 0, len(pages))
	skipped := make(map[SkipCause]int)
	for i := range pages {
		it, cause := c.admit(&pages[i])
		if cause != "" {
			skipped[cause]++
			continue
		}
		items = append(items, it)
	}
	c.tally.add(func(s *Summary) {
		for cause, n := range skipped {
			s.Skipped[cause] += n
		}
	})
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(ctx, items...)
	return err
}

// addHost enters what robots.txt names, and what is tried on every host.
func (c *crawler) addHost(ctx context.Context, u *url.URL, rules *robotsRules) error {
	if c.o.NoDiscovery || c.o.MaxDepth < 1 || !c.holds(u) {
		return nil
	}
	var items []frontier.Item
	for _, line := range rules.sitemaps {
		if at, ok := c.normalized(u, line); ok {
			items = append(items, newItem(at, kindSitemap, frontier.ClassControl, 0))
		}
	}
	if at, ok := c.normalized(u, "/sitemap.xml"); ok {
		it := newItem(at, kindSitemap, frontier.ClassControl, 0)
		it.Meta = map[string]string{metaProbe: "1"}
		items = append(items, it)
	}
	if len(items) == 0 {
		return nil
	}
	_, err := c.f.Add(ctx, items...)
	return err
}

// normalized resolves a reference; what cannot be fetched is counted.
func (c *crawler) normalized(base *url.URL, ref string) (*url.URL, bool) {
	u, err := resolve(base, ref)
	if err != nil {
		c.tally.skip(SkipInvalid, 1)
		return nil, false
	}
	return u, true
}

// tooOld and tooYoung judge a time by --since and --until. An unknown time is
// neither.
func (c *crawler) tooOld(t time.Time) bool {
	return !t.IsZero() && !c.o.Since.IsZero() && t.Before(c.o.Since)
}

func (c *crawler) tooYoung(t time.Time) bool {
	return !t.IsZero() && !c.o.Until.IsZero() && t.After(c.o.Until)
}
