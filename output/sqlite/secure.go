package sqlite

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// distrust is what a database from elsewhere is opened with, as SQLite advises
// (https://www.sqlite.org/security.html): its schema runs no functions that do more than
// compute, and what its cells claim is checked.
const distrust = "&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)"

// What the values of a database may take beyond twice its size, and what a row takes
// beside its values. Text in UTF-16 takes half more when it is read.
const (
	spareBytes = 16 << 20
	rowBytes   = 4
)

// sizeOf returns the size of a database in bytes, with its write-ahead log.
func sizeOf(path string) (int64, error) {
	fi, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	size := fi.Size()
	fi, err = os.Stat(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) {
		return size, nil
	}
	if err != nil {
		return 0, err
	}
	return size + fi.Size(), nil
}

// secure refuses a database whose tables are views, virtual or computed: they could be
// anything, without end. Without its key a table would be sorted, on disk. That a value is
// no longer than the database, SQLite itself checks.
func secure(db *sql.DB) error {
	for table, key := range map[string]string{
		"articles": "key", "revisions": "key",
		"authors": "article, position", "images": "article, position", "tags": "article, position",
	} {
		var plain bool
		err := db.QueryRow(`SELECT count(*) = 1 AND sum(type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%') = 1
			AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(?1) WHERE hidden <> 0)
			AND (SELECT group_concat(name, ', ' ORDER BY pk) FROM pragma_table_info(?1) WHERE pk > 0) IS ?2
			FROM sqlite_schema WHERE name = ?1 COLLATE NOCASE`, table, key).Scan(&plain)
		if err != nil {
			return err
		}
		if !plain {
			return fmt.Errorf("%q is not a table as newsclip makes it", table)
		}
	}
	return nil
}
