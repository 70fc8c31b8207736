package read

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	"newsclip/scrape/internal/fetch"
)

const (
	// MaxSitemap is the size of a sitemap that sitemaps.org allows, decoded,
	// and some more for those that do not count exactly.
	MaxSitemap = 64 << 20
	// maxLocLength is the length in bytes of the longest address that is read;
	// a longer one is left out.
	maxLocLength = 64 << 10
	// headLength is how many bytes of a document tell what it is.
	headLength = 16 << 10
)

// maxWraps is how many times a document may be compressed: as a file, by a program that
// compresses files again, and by the server.
const maxWraps = 4

// ErrNoSitemap is returned for a document that is neither a sitemap nor a feed.
var ErrNoSitemap = errors.New("neither a sitemap nor a feed")

// Kind is what an answer holds.
type Kind string

// The kinds.
const (
	KindNone    Kind = "" // none of the others
	KindPage    Kind = "page"
	KindFeed    Kind = "feed"    // RSS, RDF, Atom, JSON Feed
	KindSitemap Kind = "sitemap" // a sitemap, an index of sitemaps, a list of URLs
)

// An Entry is one line of a sitemap, of an index of sitemaps or of a feed.
type Entry struct {
	// Loc is the address, as written.
	Loc string
	// Also are other addresses that may be the page's: a feed has a link that
	// counts its readers and a permanent one beside it. The likeliest is first.
	Also []string
	// Alternates are the addresses of the page in other languages.
	Alternates []string
	// Base is the entry's xml:base; empty means that of the document.
	Base string
	// Index reports whether Loc is another sitemap.
	Index bool
	// LastMod is when the page or the sitemap last changed, zero where that is
	// not said or cannot be.
	LastMod time.Time
	// Published is when the page was published, by the news extension of
	// sitemaps or by a feed, zero where that is not said or cannot be.
	Published time.Time
	// IsNews reports whether the entry has the news extension.
	IsNews bool
}

// A Document is a sitemap or a feed, in any of their forms, that is read entry by
// entry. The zero value is ready for use.
type Document struct {
	// ContentType is that of the answer. Only its charset is used, where the
	// document itself names none.
	ContentType string
	// Kind is known when the first entry comes.
	Kind Kind
	// Site is the address of the site that a feed is of, and Base its xml:base,
	// as written. Feeds name both before their entries.
	Site, Base string
	// Pages are the addresses of the other parts of a paged or archived feed
	// (RFC 5005), as written. They are complete when Read returns.
	Pages []string
}

// Read reads XML sitemaps, indexes of them, plain lists of URLs, RSS, RDF, Atom
// and JSON feeds, each compressed or not and in any charset, and calls each for one
// entry after the other. It keeps no more of the document than one entry. What
// stood before an error was given to each; an entry that cannot be read does not
// hinder the others. An error of each ends Read, and is returned.
func (d *Document) Read(r io.Reader, each func(Entry) error) error {
	br, err := unwrap(r)
	if err != nil {
		return err
	}
	br = decoded(br, d.ContentType)
	head, _ := br.Peek(headLength)
	switch form := formOf(head); form {
	case formXML:
		return d.readXML(br, each)
	case formJSON:
		d.Kind = KindFeed
		return d.readJSON(br, each)
	case formList:
		d.Kind = KindSitemap
		return readList(br, each)
	}
	// The decoder keeps an error of the connection for the read after the head.
	if len(head) < headLength {
		if _, err := br.Peek(headLength); err != nil && err != io.EOF {
			return err
		}
	}
	return ErrNoSitemap
}

// KindOf returns what an answer holds, by its bytes, and where they do not tell by
// its media type.
func KindOf(contentType string, body []byte) Kind {
	if startsPage(body) {
		return KindPage
	}
	br, err := unwrap(bytes.NewReader(body))
	if err != nil {
		return KindNone
	}
	head, _ := decoded(br, contentType).Peek(headLength)
	switch formOf(head) {
	case formXML:
		if name, _ := rootOf(head); sitemapRoots[name] {
			return KindSitemap
		}
		return KindFeed
	case formJSON:
		if bytes.Contains(body, []byte("jsonfeed.org/version")) || fetch.MediaType(contentType) == "application/feed+json" {
			return KindFeed
		}
		return KindNone
	case formList:
		return KindSitemap
	}
	if isJSON(body) {
		return KindNone // whatever its type says
	}
	if fetch.DetectsHTML(contentType, head) {
		return KindPage
	}
	if strings.Contains(fetch.MediaType(contentType), "xml") {
		return KindSitemap // read as one, it fails and says why
	}
	return KindNone
}

// startsPage reports whether a body begins as pages do, which saves a closer look.
func startsPage(body []byte) bool {
	body = bytes.TrimLeft(body[:min(len(body), 512)], " \t\r\n\ufeff")
	for _, begin := range []string{"<!doctype html", "<html"} {
		if len(body) > len(begin) && strings.EqualFold(string(body[:len(begin)]), begin) {
			return !wrapsFeed().Match(body)
		}
	}
	return false
}

// wrapsFeed matches the beginning of a feed or sitemap that a program has put into a
// page.
var wrapsFeed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)<(?:rss|feed|rdf:rdf|urlset|sitemapindex)[\s>]`) })

// The forms of documents.
const (
	formXML  = "xml"
	formJSON = "json"
	formList = "list"
)

// formOf returns the form of the sitemap or feed that begins with head, or "".
func formOf(head []byte) string {
	text := bytes.TrimLeft(head, " \t\r\n\x00\ufeff")
	switch {
	case len(text) == 0:
		return ""
	case text[0] == '{':
		if bytes.Contains(text, []byte(`"items"`)) || bytes.Contains(text, []byte("jsonfeed.org/")) {
			return formJSON
		}
		return ""
	case isList(text):
		return formList
	}
	if _, ok := rootOf(text); ok {
		return formXML
	}
	return ""
}

// unwrap decompresses a document that was compressed as a file, whether or not its
// name and the header fields say so: the first bytes tell.
func unwrap(r io.Reader) (*bufio.Reader, error) {
	br := bufio.NewReaderSize(r, 32<<10)
	for range maxWraps {
		head, _ := br.Peek(4)
		zr, err := decompress(head, br)
		if err != nil {
			return nil, err
		}
		if zr == nil {
			break
		}
		br = bufio.NewReaderSize(&limitedReader{zr, MaxSitemap}, 32<<10)
	}
	return br, nil
}

// limitedReader ends in ErrCut where io.LimitReader would end in silence.
type limitedReader struct {
	r    io.Reader
	left int64
}

func (l *limitedReader) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, fetch.ErrCut
	}
	if int64(len(p)) > l.left {
		p = p[:l.left]
	}
	n, err := l.r.Read(p)
	l.left -= int64(n)
	return n, err
}
