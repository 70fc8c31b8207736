package clean

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
)

// newRecord returns a record with the fields that the fetch and the metadata
// have.
func newRecord(p *Page, m *metadata) *Article {
	a := &Article{
		ID: p.ID, URL: p.URL, CanonicalURL: m.canonicalURL, Title: m.title, Description: m.description,
		Authors: m.authors, Published: m.published, Modified: m.modified, Site: m.site, Language: m.language,
		Section: m.section, Tags: m.tags, FreeAccess: m.freeAccess, Rights: m.rights, Status: p.Status,
	}
	if !p.FetchedAt.IsZero() {
		t := p.FetchedAt
		a.FetchedAt = &t
	}
	if address := cmp.Or(a.CanonicalURL, p.URL); a.ID == "" && address != "" {
		a.ID = shortHash(address)
	}
	return a
}

func shortHash(s string) string {
	h := sha256.Sum256([]byte(s))
	return hex.EncodeToString(h[:8])
}
