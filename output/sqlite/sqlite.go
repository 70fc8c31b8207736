// Package sqlite writes records to an SQLite database and reads them back.
// [Format] is its entry among the formats of package output.
//
// The tables are those of the file schema.sql: articles, with the last record
// of each id; authors, images and tags, by article; revisions, with the records
// that later ones replaced; and articles_fts, the full-text index of title,
// standfirst and text. The journal is a write-ahead log, so that other
// processes can read while one writes.
package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	"modernc.org/sqlite" // the driver "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"newsclip/output"
)

// Format is an SQLite database. Records can be added to it at any time.
var Format = output.Format{
	Name: "sqlite", Endings: []string{".sqlite", ".sqlite3", ".db"}, Appendable: true, HoldsErrors: true,
	Open:     func(_ context.Context, path string) (output.Writer, error) { return Open(path) },
	ReadFile: ReadFile,
}

//go:embed schema.sql
var schema string

const (
	// applicationID tells newsclip's databases from others: "nclp".
	applicationID = 0x6e636c70
	// schemaVersion is that of schema.sql.
	schemaVersion = 1
	// A transaction ends after so many records, or after so long.
	batchRecords = 500
	batchTime    = time.Second
	// Another process is waited for so long, with pauses where SQLite itself does not.
	busyTimeout = 30 * time.Second
	busyPause   = 10 * time.Millisecond
)

// open opens the database with parameters of its address, which begin with &.
func open(path, parameters string) (*sql.DB, error) {
	address := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() +
		fmt.Sprintf("?_pragma=busy_timeout(%d)&_pragma=foreign_keys(1)", busyTimeout.Milliseconds()) + parameters
	db, err := sql.Open("sqlite", address)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// identify returns the application and the schema version of a database.
func identify(db *sql.DB) (application, version int, err error) {
	if err = db.QueryRow("PRAGMA application_id").Scan(&application); err == nil {
		err = db.QueryRow("PRAGMA user_version").Scan(&version)
	}
	return application, version, err
}

// prepare creates the tables of an empty database, adds the columns that one of an
// earlier version lacks, and refuses one that is not newsclip's.
func prepare(db *sql.DB) error {
	// Before the application is asked for: another process may be creating the tables.
	var tables int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
		return err
	}
	application, version, err := identify(db)
	if err != nil {
		return err
	}
	if application == applicationID {
		if err := checkVersion(version); err != nil {
			return err
		}
		return addColumns(db)
	}
	if tables > 0 || application != 0 {
		return errors.New("a database of another program")
	}
	if _, err := db.Exec("PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	// Another process may have created the tables since.
	if err := tx.QueryRow("PRAGMA application_id").Scan(&application); err != nil || application == applicationID {
		return err
	}
	if _, err := tx.Exec(schema + fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, schemaVersion)); err != nil {
		return err
	}
	return tx.Commit()
}

func checkVersion(version int) error {
	if version != schemaVersion {
		return fmt.Errorf("a database of another version of newsclip (schema %d, not %d)", version, schemaVersion)
	}
	return nil
}

// Writer adds records to a database. What it wrote is committed after a second
// at most, and at Commit and Close.
type Writer struct {
	db *sql.DB

	mu      sync.Mutex
	tx      *sql.Tx // nil between transactions
	records int     // of the transaction
	timer   *time.Timer
	err     error // of a commit that the timer began
}

// Open opens the database at path, which it creates where it does not exist.
func Open(path string) (*Writer, error) {
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("%s: there is no folder %s", path, filepath.Dir(path))
	}
	// A commit has to survive a power cut: a crawl never fetches again what it
	// has committed.
	db, err := open(path, "&_txlock=immediate&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	err = prepare(db)
	for until := time.Now().Add(busyTimeout); isBusy(err) && time.Now().Before(until); err = prepare(db) {
		time.Sleep(busyPause)
	}
	if err != nil {
		db.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &Writer{db: db}, nil
}

// isBusy reports whether another process held the database. SQLite does not wait for
// it where both are about to make the journal a write-ahead log.
func isBusy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && e.Code()&0xff == sqlite3.SQLITE_BUSY
}

// Write adds a record. An earlier record of the same id that differs from it
// becomes a revision; one that is equal stays, and nothing is written.
func (w *Writer) Write(r *output.Record) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return w.err
	}
	if w.tx == nil {
		tx, err := w.db.Begin()
		if err != nil {
			return err
		}
		w.tx, w.records = tx, 0
		w.timer = time.AfterFunc(batchTime, w.commitLate)
	}
	if err := put(w.tx, r); err != nil {
		return err
	}
	if w.records++; w.records >= batchRecords {
		return w.commit()
	}
	return nil
}

// Commit commits what was written.
func (w *Writer) Commit() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(w.err, w.commit())
}

func (w *Writer) commitLate() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.commit(); err != nil {
		w.err = err
	}
}

func (w *Writer) commit() error {
	if w.tx == nil {
		return nil
	}
	tx := w.tx
	w.tx = nil
	w.timer.Stop()
	return tx.Commit()
}

// Close commits what was written and closes the database.
func (w *Writer) Close() error {
	if w.db == nil {
		return nil
	}
	err := errors.Join(w.Commit(), w.db.Close())
	w.db = nil
	return err
}

// put writes one record.
func put(tx *sql.Tx, r *output.Record) error {
	if r.ID != "" {
		replaced, same, err := earlier(tx, r)
		if err != nil || same {
			return err
		}
		if replaced != nil {
			if _, err := tx.Exec("INSERT INTO revisions (id, record) VALUES (?, ?)", r.ID, string(replaced)); err != nil {
				return err
			}
			if _, err := tx.Exec("DELETE FROM articles WHERE id = ?", r.ID); err != nil {
				return err
			}
		}
	}
	v, err := values(r)
	if err != nil {
		return err
	}
	res, err := tx.Exec(insertSQL, v...)
	if err != nil {
		return err
	}
	key, err := res.LastInsertId()
	if err != nil {
		return err
	}
	for i, a := range r.Authors {
		if _, err := tx.Exec("INSERT INTO authors VALUES (?, ?, ?, ?)", key, i, a.Name, text(a.URL)); err != nil {
			return err
		}
	}
	for i, m := range r.Images {
		_, err := tx.Exec("INSERT INTO images VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			key, i, m.URL, text(m.Alt), text(m.Caption), text(m.Credit), number(m.Width), number(m.Height), m.Lead)
		if err != nil {
			return err
		}
	}
	for i, tag := range r.Tags {
		if _, err := tx.Exec("INSERT INTO tags VALUES (?, ?, ?)", key, i, tag); err != nil {
			return err
		}
	}
	return nil
}

// earlier returns the JSON of the record with r's id, nil where there is none,
// and whether it is equal to r.
func earlier(tx *sql.Tx, r *output.Record) (object []byte, same bool, err error) {
	var key int64
	old, err := scan(tx.QueryRow("SELECT key, "+storedNames()+" FROM articles WHERE id = ?", r.ID), &key)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err == nil {
		err = (&reader{tx: tx, left: math.MaxInt64}).parts(key, old)
	}
	if err != nil {
		return nil, false, err
	}
	was, err := jsonOf(old)
	if err != nil {
		return nil, false, err
	}
	is, err := jsonOf(r)
	return was, bytes.Equal(was, is), err
}

func jsonOf(r *output.Record) ([]byte, error) {
	var b bytes.Buffer
	err := output.NewJSONL(&b).Write(r)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}
