package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Hit is an article that Search has found.
type Hit struct {
	ID        string `json:"id,omitempty"`
	URL       string `json:"url,omitempty"`
	Title     string `json:"title,omitempty"`
	Subtitle  string `json:"subtitle,omitempty"`
	Published string `json:"published,omitempty"`
	Site      string `json:"site,omitempty"`
	Language  string `json:"language,omitempty"`
	// Snippet is the part of the text that fits the query best, about forty words.
	Snippet string `json:"snippet,omitempty"`
}

// Search returns the articles in the database at path whose title, standfirst or
// text has all words of the query, the best first (BM25); words in double quotes
// stand together. An empty query finds the newest articles. At most limit of them
// are returned, after the first skip. The database is not changed.
func Search(ctx context.Context, path, query string, limit, skip int) ([]Hit, error) {
	db, err := open(path, "&mode=ro")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	application, version, err := identify(db)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if application != applicationID {
		return nil, fmt.Errorf("%s is not a database of newsclip", path)
	}
	if err := checkVersion(version); err != nil {
		return nil, err
	}
	const columns = "articles.id, coalesce(articles.canonical_url, articles.url), articles.title, articles.subtitle, articles.published, coalesce(site_name, site_domain), language, "
	var rows *sql.Rows
	if match := matchOf(query); match != "" {
		rows, err = db.QueryContext(ctx, "SELECT "+columns+"snippet(articles_fts, 2, '', '', '…', 40) FROM articles_fts JOIN articles ON key = articles_fts.rowid "+
			"WHERE articles_fts MATCH ? AND error_code IS NULL ORDER BY bm25(articles_fts, 8, 4, 1), key LIMIT ? OFFSET ?", match, limit, skip)
	} else {
		rows, err = db.QueryContext(ctx, "SELECT "+columns+"substr(articles.text, 1, 240) FROM articles "+
			"WHERE error_code IS NULL ORDER BY published_at DESC, key DESC LIMIT ? OFFSET ?", limit, skip)
	}
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	hits := []Hit{}
	for rows.Next() {
		var f [8]sql.NullString
		if err := rows.Scan(&f[0], &f[1], &f[2], &f[3], &f[4], &f[5], &f[6], &f[7]); err != nil {
			return nil, err
		}
		hits = append(hits, Hit{f[0].String, f[1].String, f[2].String, f[3].String, f[4].String, f[5].String, f[6].String, f[7].String})
	}
	return hits, rows.Err()
}

// matchOf returns the expression of the full-text index for a query, in which only
// double quotes have a meaning: signs that SQLite knows are words like others.
func matchOf(query string) string {
	var terms []string
	for k, part := range strings.Split(query, `"`) {
		if k%2 == 1 { // between quotes
			if strings.TrimSpace(part) != "" {
				terms = append(terms, `"`+part+`"`)
			}
			continue
		}
		for _, word := range strings.Fields(part) {
			terms = append(terms, `"`+word+`"`)
		}
	}
	return strings.Join(terms, " ")
}
