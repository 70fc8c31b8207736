package read

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
	"golang.org/x/net/html/charset"

	"newsclip/scrape/internal/fetch"
)

const (
	// MaxSitemap is the largest sitemap that is read, in bytes when decoded: the
	// 50 MB of sitemaps.org, and some more for those that exceed it slightly.
	MaxSitemap = 64 << 20
	// maxLocLength bounds a line of a plain-text sitemap, in bytes.
	maxLocLength = 64 << 10
)

// ErrNoSitemap is returned for a file that is neither a sitemap nor a feed.
var ErrNoSitemap = errors.New("neither a sitemap nor a feed")

// An Entry is an entry of a sitemap, of an index of sitemaps, or of a feed.
type Entry struct {
	// Loc is the URL, as written.
	Loc string
	// Index is set where Loc is another sitemap.
	Index bool
	// LastMod is when the page or the sitemap last changed, zero if unknown.
	LastMod time.Time
	// News is when the page was published, by the news extension or by a feed;
	// zero if unknown.
	News time.Time
	// IsNews is set where the entry has the news extension.
	IsNews bool
}

// Sitemap reads an XML sitemap, an index of sitemaps, a feed used as a sitemap or a
// plain list of URLs, gzipped or not, and calls each with one entry after the
// other. It holds one entry in memory. Where it returns an error, each was called
// with the entries before it. An error of each ends it, and is returned.
func Sitemap(r io.Reader, each func(Entry) error) error {
	br := bufio.NewReaderSize(r, 32<<10)
	// A file named .gz is sent with or without Content-Encoding: the first
	// bytes decide.
	for range 2 {
		magic, _ := br.Peek(2)
		if !bytes.Equal(magic, []byte{0x1f, 0x8b}) {
			break
		}
		zr, err := gzip.NewReader(br)
		if err != nil {
			return fmt.Errorf("%w: %w", fetch.ErrEncoding, err)
		}
		defer zr.Close()
		br = bufio.NewReaderSize(&limitedReader{zr, MaxSitemap}, 32<<10)
	}
	head, _ := br.Peek(512)
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(head) == 0:
		return ErrNoSitemap
	case bytes.HasPrefix(head, []byte("<")), bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		return readXMLSitemap(br, each)
	case bytes.HasPrefix(head, []byte("http://")), bytes.HasPrefix(head, []byte("https://")):
		return readTextSitemap(br, each)
	}
	return ErrNoSitemap
}

// limitedReader ends in fetch.ErrCut where io.LimitReader would end in io.EOF.
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

func readTextSitemap(br *bufio.Reader, each func(Entry) error) error {
	lines := bufio.NewScanner(br)
	lines.Buffer(make([]byte, 0, 4096), maxLocLength)
	for lines.Scan() {
		loc := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if !strings.HasPrefix(loc, "http://") && !strings.HasPrefix(loc, "https://") {
			continue
		}
		if err := each(Entry{Loc: loc}); err != nil {
			return err
		}
	}
	return lines.Err()
}

// readXMLSitemap walks the tokens of a sitemap, an index, an RSS or an Atom
// document. Elements are told by their local names, because sitemaps with a
// wrong or a missing namespace are common; the image and video extensions have
// a loc of their own, which is told by where it stands.
func readXMLSitemap(br *bufio.Reader, each func(Entry) error) error {
	d := xml.NewDecoder(br)
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	var (
		e      Entry
		inside string   // the entry's element: url, sitemap, item or entry
		below  []string // open elements below the entry
		text   strings.Builder
		root   string // the root element, one of ours
		closed bool   // the root has ended
	)
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			switch {
			case root == "":
				return ErrNoSitemap
			case !closed:
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		var syntax *xml.SyntaxError
		if errors.As(err, &syntax) {
			return fmt.Errorf("%w: %w", ErrNoSitemap, err)
		}
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			name := strings.ToLower(t.Name.Local)
			if root == "" {
				switch name {
				case "urlset", "sitemapindex", "rss", "feed", "rdf":
					root = name
				default:
					return ErrNoSitemap
				}
			}
			switch {
			case inside == "":
				switch name {
				case "url", "sitemap", "item", "entry":
					inside, below = name, below[:0]
					e = Entry{Index: name == "sitemap"}
				}
			default:
				below = append(below, name)
				text.Reset()
				if name == "link" && inside == "entry" {
					if href := atomLink(t.Attr); href != "" && e.Loc == "" {
						e.Loc = href
					}
				}
				if name == "news" {
					e.IsNews = true
				}
			}
		case xml.CharData:
			if inside != "" && len(below) > 0 && text.Len() < maxLocLength {
				text.Write(t)
			}
		case xml.EndElement:
			name := strings.ToLower(t.Name.Local)
			switch {
			case inside == "":
				closed = closed || name == root
			case name == inside && len(below) == 0:
				if e.Loc != "" {
					if err := each(e); err != nil {
						return err
					}
				}
				inside = ""
			case len(below) > 0:
				// A tag that was never closed ends with what is around it.
				for k := len(below) - 1; k >= 0; k-- {
					if below[k] == name {
						e.take(inside, below[:k+1], strings.TrimSpace(text.String()))
						below = below[:k]
						break
					}
				}
				text.Reset()
			}
		}
	}
}

// take files the text of an element that stands at path below the entry.
func (e *Entry) take(inside string, path []string, text string) {
	if text == "" {
		return
	}
	name := path[len(path)-1]
	if len(path) > 1 {
		if name == "publication_date" && path[0] == "news" {
			e.News = parseTime(text)
		}
		return
	}
	switch name {
	case "loc":
		e.Loc = text
	case "link":
		if inside == "item" {
			e.Loc = text
		}
	case "lastmod", "pubdate", "updated", "published", "date":
		if t := parseTime(text); e.LastMod.IsZero() {
			e.LastMod = t
		}
	}
}

// atomLink returns the address of an Atom entry's page.
func atomLink(attrs []xml.Attr) string {
	href, rel := "", "alternate"
	for _, a := range attrs {
		switch strings.ToLower(a.Name.Local) {
		case "href":
			href = strings.TrimSpace(a.Value)
		case "rel":
			rel = a.Value
		}
	}
	if rel != "alternate" {
		return ""
	}
	return href
}

// timeLayouts are the forms of sitemaps' W3C dates and of feeds' RFC 822 ones,
// with the slips that are common in them.
var timeLayouts = []string{
	time.RFC3339Nano,
	"2006-01-02T15:04:05",
	"2006-01-02T15:04:05-0700", // no colon in the offset
	"2006-01-02T15:04Z07:00",   // W3C, without seconds
	"2006-01-02T15:04",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04:05 -0700", // Rails
	"2006-01-02",
	"2006-01",
	"2006",
	time.RFC1123Z,
	time.RFC1123,
	"Mon, 2 Jan 2006 15:04:05 -0700",
	"Mon, 2 Jan 2006 15:04:05 MST",
	"2 Jan 2006 15:04:05 -0700",
}

// parseTime reads a date in one of the timeLayouts, or returns the zero time.
func parseTime(s string) time.Time {
	for _, layout := range timeLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}
