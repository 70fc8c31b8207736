package document

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"strings"
	"time"

	"newsclip/output"
)

var (
	// RSS is an RSS 2.0 feed with the whole articles.
	RSS = output.Format{Name: "rss", Endings: []string{".rss"}, HTML: true, Compressible: true, New: NewRSS}
	// JSONFeed is a JSON Feed 1.1 with the whole articles. It is chosen by its
	// name, since the ending .json is that of records.
	JSONFeed = output.Format{Name: "jsonfeed", HTML: true, Compressible: true, New: NewJSONFeed}
)

// feedOf returns title and address of a feed that begins with r: those of its
// site.
func feedOf(r *output.Record) (title, link string) {
	title = siteName(r)
	if title == "" {
		title = "Articles"
	}
	if u, err := url.Parse(address(linkOf(r))); err == nil && u.Host != "" {
		link = u.Scheme + "://" + u.Host + "/"
	}
	return title, link
}

// NewRSS returns a writer of a feed, whose title and address are those of the
// first article's site.
func NewRSS(w io.Writer) output.Writer { return &rssWriter{w: w} }

type rssWriter struct {
	w     io.Writer
	begun bool
}

func (f *rssWriter) Write(r *output.Record) error {
	if r.Error != nil {
		return nil
	}
	var b strings.Builder
	if !f.begun {
		f.begin(&b, r)
	}
	field := func(name, value string) {
		if value != "" {
			b.WriteString("<" + name + ">" + escape(value) + "</" + strings.Fields(name)[0] + ">\n")
		}
	}
	b.WriteString("<item>\n")
	field("title", titleOf(r))
	field("link", address(linkOf(r)))
	if r.ID != "" {
		field(`guid isPermaLink="false"`, r.ID)
	}
	if t, _, ok := output.ParseDate(r.Published); ok {
		field("pubDate", t.Format(time.RFC1123Z))
	}
	for _, name := range authorNames(r) {
		field("dc:creator", name)
	}
	for _, tag := range r.Tags {
		field("category", tag)
	}
	field("description", summaryOf(r))
	var body strings.Builder
	xhtml(&body, bodyOf(r), false)
	field("content:encoded", body.String())
	b.WriteString("</item>\n")
	_, err := io.WriteString(f.w, b.String())
	return err
}

func (f *rssWriter) begin(b *strings.Builder, r *output.Record) {
	f.begun = true
	title, link := feedOf(r)
	b.WriteString(xmlHead + `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		"\n<channel>\n<title>" + escape(title) + "</title>\n<link>" + escape(link) + "</link>\n<description>" + escape(title) + "</description>\n")
}

func (f *rssWriter) Close() error {
	var b strings.Builder
	if !f.begun {
		f.begin(&b, &output.Record{})
	}
	b.WriteString("</channel>\n</rss>\n")
	_, err := io.WriteString(f.w, b.String())
	return err
}

// summaryOf returns the standfirst, else the description.
func summaryOf(r *output.Record) string {
	if r.Subtitle != "" {
		return r.Subtitle
	}
	return r.Description
}

// NewJSONFeed returns a writer of a feed, whose title and address are those of
// the first article's site.
func NewJSONFeed(w io.Writer) output.Writer { return &jsonFeedWriter{w: w} }

type jsonFeedWriter struct {
	w     io.Writer
	begun bool
}

type feedAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

type feedItem struct {
	ID            string       `json:"id"`
	URL           string       `json:"url,omitempty"`
	Title         string       `json:"title,omitempty"`
	Summary       string       `json:"summary,omitempty"`
	ContentHTML   string       `json:"content_html"`
	Image         string       `json:"image,omitempty"`
	DatePublished string       `json:"date_published,omitempty"`
	DateModified  string       `json:"date_modified,omitempty"`
	Authors       []feedAuthor `json:"authors,omitempty"`
	Tags          []string     `json:"tags,omitempty"`
	Language      string       `json:"language,omitempty"`
}

func (f *jsonFeedWriter) Write(r *output.Record) error {
	if r.Error != nil {
		return nil
	}
	item := feedItem{
		ID: r.ID, URL: address(linkOf(r)), Title: r.Title, Summary: summaryOf(r), DatePublished: feedDate(r.Published), DateModified: feedDate(r.Modified),
		Tags: r.Tags, Language: r.Language,
	}
	for _, a := range r.Authors {
		item.Authors = append(item.Authors, feedAuthor{a.Name, address(a.URL)})
	}
	for _, image := range r.Images {
		if image.Lead {
			item.Image = address(image.URL)
		}
	}
	if item.ID == "" {
		item.ID = item.URL
	}
	var body strings.Builder
	xhtml(&body, bodyOf(r), false)
	item.ContentHTML = body.String()
	var b bytes.Buffer
	if f.begun {
		b.WriteString(",\n")
	} else if err := f.begin(&b, r); err != nil {
		return err
	}
	if err := appendJSON(&b, item); err != nil {
		return err
	}
	_, err := f.w.Write(b.Bytes())
	return err
}

// feedDate is a date as JSON Feed wants it: RFC 3339, with a time.
func feedDate(s string) string {
	t, precision, ok := output.ParseDate(s)
	switch {
	case !ok:
		return ""
	case precision == output.PrecisionDay:
		return t.Format(time.RFC3339)
	}
	return s
}

func appendJSON(b *bytes.Buffer, v any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	b.Truncate(max(0, b.Len()-1)) // the line break
	return err
}

func (f *jsonFeedWriter) begin(b *bytes.Buffer, r *output.Record) error {
	f.begun = true
	title, link := feedOf(r)
	head := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Home    string `json:"home_page_url,omitempty"`
	}{"https://jsonfeed.org/version/1.1", title, link}
	if err := appendJSON(b, head); err != nil {
		return err
	}
	b.Truncate(b.Len() - 1) // the closing brace, which comes after the items
	b.WriteString(",\"items\":[\n")
	return nil
}

func (f *jsonFeedWriter) Close() error {
	var b bytes.Buffer
	if !f.begun {
		if err := f.begin(&b, &output.Record{}); err != nil {
			return err
		}
	}
	b.WriteString("\n]}\n")
	_, err := f.w.Write(b.Bytes())
	return err
}
