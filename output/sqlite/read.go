package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"

	"newsclip/clean"
	"newsclip/output"
)

// ReadFile yields the records of a database: those that were replaced, then the
// last one of each id, both in the order in which they were written.
func ReadFile(path string) iter.Seq2[*output.Record, error] {
	return func(yield func(*output.Record, error) bool) {
		if err := readAll(path, yield); err != nil && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errStopped is returned where yield wants no more records.
var errStopped = errors.New("stopped")

func readAll(path string, yield func(*output.Record, error) bool) error {
	if _, err := os.Stat(path); err != nil {
		return err
	}
	// Not mode=ro, which leaves the files of the write-ahead log behind.
	db, err := open(path, "&mode=rw&_pragma=query_only(1)")
	if err != nil {
		return err
	}
	defer db.Close()
	application, version, err := identify(db)
	if err != nil {
		return err
	}
	if application != applicationID {
		return errors.New("not a database of newsclip")
	}
	if err := checkVersion(version); err != nil {
		return err
	}
	// In one transaction, so that what a crawl writes meanwhile does not tear a
	// record from its authors.
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := readRevisions(tx, yield); err != nil {
		return err
	}
	return readArticles(tx, yield)
}

func readRevisions(tx *sql.Tx, yield func(*output.Record, error) bool) error {
	rows, err := tx.Query("SELECT key, record FROM revisions ORDER BY key")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var key int64
		var object []byte
		if err := rows.Scan(&key, &object); err != nil {
			return err
		}
		r, err := output.Decode(object)
		if err != nil {
			r, err = nil, fmt.Errorf("revision %d: %w", key, err)
		}
		if !yield(r, err) {
			return errStopped
		}
	}
	return rows.Err()
}

// pageSize is how many articles are read at once. Their authors, images and
// tags are read between two pages, since a connection has one query at a time.
const pageSize = 100

func readArticles(tx *sql.Tx, yield func(*output.Record, error) bool) error {
	names, err := storedNamesIn(tx)
	if err != nil {
		return err
	}
	for last := int64(-1 << 63); ; {
		keys, records, err := readPage(tx, names, last)
		if err != nil {
			return err
		}
		for i, r := range records {
			if err := readParts(tx, keys[i], r); err != nil {
				return err
			}
			if !yield(r, nil) {
				return errStopped
			}
		}
		if len(records) < pageSize {
			return nil
		}
		last = keys[len(keys)-1]
	}
}

func readPage(tx *sql.Tx, names string, after int64) (keys []int64, records []*output.Record, err error) {
	rows, err := tx.Query("SELECT key, "+names+" FROM articles WHERE key > ? ORDER BY key LIMIT ?", after, pageSize)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var key int64
		r, err := scan(rows, &key)
		if err != nil {
			return nil, nil, fmt.Errorf("after article %d: %w", after, err)
		}
		keys, records = append(keys, key), append(records, r)
		after = key
	}
	return keys, records, rows.Err()
}

// readParts reads what other tables have of an article.
func readParts(tx *sql.Tx, key int64, r *output.Record) error {
	err := each(tx, "SELECT name, url FROM authors WHERE article = ? ORDER BY position", key, func(rows *sql.Rows) error {
		var name, url sql.NullString
		err := rows.Scan(&name, &url)
		r.Authors = append(r.Authors, clean.Author{Name: name.String, URL: url.String})
		return err
	})
	if err != nil {
		return err
	}
	err = each(tx, "SELECT url, alt, caption, credit, width, height, lead FROM images WHERE article = ? ORDER BY position", key, func(rows *sql.Rows) error {
		var url, alt, caption, credit sql.NullString
		var width, height sql.NullInt64
		var lead bool
		err := rows.Scan(&url, &alt, &caption, &credit, &width, &height, &lead)
		r.Images = append(r.Images, clean.Image{
			URL: url.String, Alt: alt.String, Caption: caption.String, Credit: credit.String,
			Width: int(width.Int64), Height: int(height.Int64), Lead: lead,
		})
		return err
	})
	if err != nil {
		return err
	}
	return each(tx, "SELECT tag FROM tags WHERE article = ? ORDER BY position", key, func(rows *sql.Rows) error {
		var tag string
		err := rows.Scan(&tag)
		r.Tags = append(r.Tags, tag)
		return err
	})
}

// each calls row for every row of a query.
func each(tx *sql.Tx, query string, key int64, row func(*sql.Rows) error) error {
	rows, err := tx.Query(query, key)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}
