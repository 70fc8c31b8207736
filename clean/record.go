package clean

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
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
		Section: m.Section, Tags: m.Tags, FreeAccess: m.FreeAccess, Rights: m.Rights, Status: p.Status, Truncated: p.Truncated,
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
