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
	db, err := open(path, "&mode=rw&_pragma=query_only(1)"+distrust)
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
	size, err := sizeOf(path)
	if err != nil {
		return err
	}
	if err := secure(db); err != nil {
		return err
	}
	// In one transaction, so that what a crawl writes meanwhile does not tear a
	// record from its authors.
	tx, err := db.BeginTx(context.Background(), &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	r := reader{tx: tx, left: spareBytes + 2*size}
	if err := r.revisions(yield); err != nil {
		return err
	}
	return r.articles(yield)
}

// reader reads the records of a database in one transaction.
type reader struct {
	tx *sql.Tx
	*sql.Rows
	left int64 // bytes that values may still take
}

var errDamaged = errors.New("the database is damaged: check it with PRAGMA integrity_check")

// query begins to read the rows of a query.
func (r *reader) query(query string, values ...any) (err error) {
	r.Rows, err = r.tx.Query(query, values...)
	return err
}

// Scan reads a row as [sql.Rows.Scan] does. In a damaged database a row, or a part of
// one, can be there any number of times.
func (r *reader) Scan(to ...any) error {
	if err := r.Rows.Scan(to...); err != nil {
		return err
	}
	for _, v := range to {
		switch v := v.(type) {
		case *sql.NullString:
			r.left -= int64(len(v.String))
		case *string:
			r.left -= int64(len(*v))
		case *[]byte:
			r.left -= int64(len(*v))
		}
	}
	if r.left -= rowBytes; r.left < 0 {
		return errDamaged
	}
	return nil
}

func (r *reader) revisions(yield func(*output.Record, error) bool) error {
	if err := r.query("SELECT key, record FROM revisions ORDER BY key"); err != nil {
		return err
	}
	defer r.Close()
	for first, last := true, int64(0); r.Next(); first = false {
		var key int64
		var object []byte
		if err := r.Scan(&key, &object); err != nil {
			return err
		}
		if key <= last && !first {
			return errDamaged
		}
		last = key
		record, err := output.Decode(object)
		if err != nil {
			record, err = nil, fmt.Errorf("revision %d: %w", key, err)
		}
		if !yield(record, err) {
			return errStopped
		}
	}
	return r.Err()
}

// pageSize is how many articles are read at once. Their authors, images and
// tags are read between two pages, since a connection has one query at a time.
const pageSize = 100

func (r *reader) articles(yield func(*output.Record, error) bool) error {
	names, err := storedNamesIn(r.tx)
	if err != nil {
		return err
	}
	for last := int64(-1 << 63); ; {
		keys, records, err := r.page(names, last)
		if err != nil {
			return err
		}
		for i, record := range records {
			if err := r.parts(keys[i], record); err != nil {
				return err
			}
			if !yield(record, nil) {
				return errStopped
			}
		}
		if len(records) < pageSize {
			return nil
		}
		last = keys[len(keys)-1]
	}
}

func (r *reader) page(names string, after int64) (keys []int64, records []*output.Record, err error) {
	if err := r.query("SELECT key, "+names+" FROM articles WHERE key > ? ORDER BY key LIMIT ?", after, pageSize); err != nil {
		return nil, nil, err
	}
	defer r.Close()
	for r.Next() {
		var key int64
		record, err := scan(r, &key)
		if err != nil {
			return nil, nil, fmt.Errorf("after article %d: %w", after, err)
		}
		if key <= after {
			return nil, nil, errDamaged
		}
		keys, records = append(keys, key), append(records, record)
		after = key
	}
	return keys, records, r.Err()
}

// parts reads what other tables have of an article.
func (r *reader) parts(key int64, record *output.Record) error {
	err := r.each("SELECT name, url FROM authors WHERE article = ? ORDER BY position", key, func() error {
		var name, url sql.NullString
		err := r.Scan(&name, &url)
		record.Authors = append(record.Authors, clean.Author{Name: name.String, URL: url.String})
		return err
	})
	if err != nil {
		return err
	}
	err = r.each("SELECT url, alt, caption, credit, width, height, lead FROM images WHERE article = ? ORDER BY position", key, func() error {
		var url, alt, caption, credit sql.NullString
		var width, height sql.NullInt64
		var lead bool
		err := r.Scan(&url, &alt, &caption, &credit, &width, &height, &lead)
		record.Images = append(record.Images, clean.Image{
			URL: url.String, Alt: alt.String, Caption: caption.String, Credit: credit.String,
			Width: int(width.Int64), Height: int(height.Int64), Lead: lead,
		})
		return err
	})
	if err != nil {
		return err
	}
	return r.each("SELECT tag FROM tags WHERE article = ? ORDER BY position", key, func() error {
		var tag string
		err := r.Scan(&tag)
		record.Tags = append(record.Tags, tag)
		return err
	})
}

// each calls row for every row of a query.
func (r *reader) each(query string, key int64, row func() error) error {
	if err := r.query(query, key); err != nil {
		return err
	}
	defer r.Close()
	for r.Next() {
		if err := row(); err != nil {
			return err
		}
	}
	return r.Err()
}
