package clean

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
)

// newRecord returns a record with the fields that the fetch and the metadata
// have.
func newRecord(p *page.Page, m *meta.Metadata) *article.Article {
	a := &article.Article{
		ID: p.ID, URL: p.URL, File: p.File, Source: p.Source, CanonicalURL: m.CanonicalURL, Title: m.Title, Description: m.Description,
		Authors: m.Authors, Published: m.Published, Modified: m.Modified, Site: m.Site, Language: m.Language,
		Section: m.Section, Tags: m.Tags, FreeAccess: m.FreeAccess, Rights: m.Rights, Status: p.Status, Truncated: p.Truncated, Rendered: p.Rendered,
	}
	if !p.FetchedAt.IsZero() {
		t := p.FetchedAt
		a.FetchedAt = &t
	}
	if a.ID == "" {
		// "-" is standard input, which is another page each time.
		if key := cmp.Or(a.CanonicalURL, p.URL, p.File); key != "" && key != "-" && !strings.HasPrefix(key, "-!/") {
			a.ID = shortHash(key)
		}
	}
	return a
}

func shortHash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:8])
}

// ownStrings makes copies of a record's strings, without control characters. Those of
// the metadata and the pictures may be parts of the page, which the record would keep
// in memory; and preformatted text and attributes may hold controls that no collapsed
// text has. Text, which has none, Markdown and HTML were put together for the record.
func ownStrings(a *article.Article) {
	fields := []*string{&a.CanonicalURL, &a.Title, &a.Subtitle, &a.Description, &a.Published, &a.Modified, &a.Language, &a.Section}
	a.Authors = slices.Clone(a.Authors)
	for k := range a.Authors {
		fields = append(fields, &a.Authors[k].Name, &a.Authors[k].URL)
	}
	if a.Site != nil {
		site := *a.Site
		a.Site = &site
		fields = append(fields, &a.Site.Name, &a.Site.Domain)
	}
	a.Tags = slices.Clone(a.Tags)
	for k := range a.Tags {
		fields = append(fields, &a.Tags[k])
	}
	if a.Rights != nil {
		rights := *a.Rights
		a.Rights = &rights
		fields = append(fields, &a.Rights.License)
	}
	for k := range a.Images {
		i := &a.Images[k]
		fields = append(fields, &i.URL, &i.Alt, &i.Caption, &i.Credit)
	}
	for k := range a.Removed {
		fields = append(fields, &a.Removed[k].Rule, &a.Removed[k].Text)
	}
	for k := range a.Evidence {
		e := &a.Evidence[k]
		fields = append(fields, &e.Field, &e.Value, &e.From, &e.At, &e.Text)
		for k := range e.Others {
			o := &e.Others[k]
			fields = append(fields, &o.Value, &o.From, &o.At, &o.Text)
		}
	}
	for _, s := range fields {
		*s = strings.Clone(page.NoControls(*s))
	}
	a.Markdown, a.HTML = page.NoControls(a.Markdown), page.NoControls(a.HTML)
}

// A Field is a field of a record as text, and where its value was read.
type Field struct{ Name, Value, From string }
