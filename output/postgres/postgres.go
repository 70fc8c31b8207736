// Package postgres writes records to a PostgreSQL database and reads them back.
// Its tables are in the schema newsclip: articles, with the last record of each
// id, and revisions, with the records that later ones replaced.
package postgres

import (
	"cmp"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgproto3"

	"newsclip/output"
	"newsclip/output/remote"
)

// Format is a PostgreSQL database. The path of Open and ReadFile is an address
// as in postgres://user@host/database.
var Format = output.Format{
	Name: "postgres", Appendable: true, HoldsErrors: true,
	Open: func(ctx context.Context, address string) (output.Writer, error) {
		return Open(ctx, address, remote.Options{})
	},
	ReadFile: ReadAll,
}

//go:embed schema.sql
var schema string

// schemaVersion is that of schema.sql.
const schemaVersion = 3

// migrations lead from each version of the schema, from 1, to the next one. What reads
// a record replaces \u0000 first, of which PostgreSQL makes no value.
var migrations = []string{
	`ALTER TABLE newsclip.articles ADD file text, ADD source text, ADD truncated boolean;
	UPDATE newsclip.articles a SET file = r ->> 'file', source = r ->> 'source', truncated = CASE r ->> 'truncated' WHEN 'true' THEN true END
	FROM (SELECT id, replace(record::text, '\u0000', '\ufffd')::json AS r FROM newsclip.articles
		WHERE record::text ~ '"(file|source|truncated)"') old WHERE a.id = old.id`,
	`ALTER TABLE newsclip.articles ADD labels jsonb;
	UPDATE newsclip.articles a SET labels = (r -> 'labels')::jsonb
	FROM (SELECT id, replace(record::text, '\u0000', '\ufffd')::json AS r FROM newsclip.articles
		WHERE record::text ~ '"labels"') old WHERE a.id = old.id AND json_typeof(r -> 'labels') = 'object'`,
}

// lockKey is the advisory lock of those that create the tables: "nclp".
const lockKey = 0x6e636c70

// Open connects to the database of address, creates its tables where they are
// not there, and returns a writer to it.
func Open(ctx context.Context, address string, o remote.Options) (*remote.Writer, error) {
	config, reason, err := configOf(address, false)
	if err != nil {
		return nil, err
	}
	s := &sender{config: config, reason: reason}
	if err := s.connect(ctx); err != nil {
		return nil, err
	}
	if err := prepare(ctx, s.conn); err != nil {
		s.Close()
		return nil, fmt.Errorf("creating the tables: %w", reason(err))
	}
	return remote.New(ctx, s, o), nil
}

const (
	// maxMessage is how many bytes a message of the server has at most; the longest
	// record has 64 MiB. The protocol allows 1 GiB, for which the client would wait with
	// as much memory.
	maxMessage = 68 << 20
	// connectTime is how long connecting may take where the address does not say it.
	connectTime = 30 * time.Second
)

// configOf reads the address of a database, of which rows are read or none. The function
// that it returns gives the reason of an error of its last connection.
func configOf(address string, rows bool) (*pgx.ConnConfig, func(error) error, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, nil, remote.BadAddress("not an address of PostgreSQL: write it as postgres://user@host/database")
	}
	config.MaxProtocolMessageBodyLen = maxMessage
	build, over := config.BuildFrontend, new(atomic.Pointer[error])
	config.BuildFrontend = func(r io.Reader, w io.Writer) *pgproto3.Frontend {
		over.Store(nil)
		return build(&parameterReader{r: r, rows: rows, over: over}, w)
	}
	config.OnNotification = func(*pgconn.PgConn, *pgconn.Notification) {} // the library would keep them
	config.ConnectTimeout = cmp.Or(config.ConnectTimeout, connectTime)
	reason := func(err error) error {
		if known := over.Load(); err != nil && known != nil {
			return *known
		}
		return err
	}
	return config, reason, nil
}

// prepare creates the tables, or checks that they are those of this version.
func prepare(ctx context.Context, conn *pgx.Conn) error {
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", lockKey); err != nil {
			return err
		}
		var exists bool
		if err := tx.QueryRow(ctx, "SELECT to_regclass('newsclip.version') IS NOT NULL").Scan(&exists); err != nil {
			return err
		}
		if exists {
			if err := migrate(ctx, tx); err != nil {
				return err
			}
			return checkVersion(ctx, tx)
		}
		_, err := tx.Exec(ctx, "CREATE SCHEMA IF NOT EXISTS newsclip; CREATE TABLE newsclip.version (version integer NOT NULL); "+
			fmt.Sprintf("INSERT INTO newsclip.version VALUES (%d);\n", schemaVersion)+schema)
		return err
	})
}

// migrate brings the tables of an earlier version to this one's.
func migrate(ctx context.Context, tx pgx.Tx) error {
	var version int
	if err := tx.QueryRow(ctx, "SELECT version FROM newsclip.version").Scan(&version); err != nil {
		return err
	}
	for ; version >= 1 && version <= len(migrations); version++ {
		if _, err := tx.Exec(ctx, migrations[version-1]); err != nil {
			return fmt.Errorf("from version %d: %w", version, err)
		}
		if _, err := tx.Exec(ctx, "UPDATE newsclip.version SET version = $1", version+1); err != nil {
			return err
		}
	}
	return nil
}

// checkVersion reports tables that are not those of this version, or of an earlier
// one, which has the same records.
func checkVersion(ctx context.Context, tx pgx.Tx) error {
	var version int
	if err := tx.QueryRow(ctx, "SELECT version FROM newsclip.version").Scan(&version); err != nil {
		return err
	}
	if version < 1 || version > schemaVersion {
		return fmt.Errorf("they are of another version of newsclip (schema %d, not %d)", version, schemaVersion)
	}
	return nil
}

type sender struct {
	config *pgx.ConnConfig
	reason func(error) error
	conn   *pgx.Conn // nil before the first connection
}

func (s *sender) connect(ctx context.Context) (err error) {
	if s.conn != nil && !s.conn.IsClosed() {
		return nil
	}
	s.conn, err = pgx.ConnectConfig(ctx, s.config)
	return err
}

func (s *sender) Close() error {
	if s.conn == nil {
		return nil
	}
	return s.conn.Close(context.Background())
}

// Send writes records in one transaction. Records that are there already change
// nothing, so that it does not matter whether an earlier commit arrived.
func (s *sender) Send(ctx context.Context, records [][]byte) error {
	rows := make([]row, len(records))
	for i, record := range records {
		var err error
		if rows[i], err = rowOf(record); err != nil {
			return remote.Permanent(err)
		}
	}
	if err := s.connect(ctx); err != nil {
		return lasting(err)
	}
	return lasting(s.reason(pgx.BeginFunc(ctx, s.conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "CREATE TEMPORARY TABLE new (LIKE newsclip.articles INCLUDING DEFAULTS) ON COMMIT DROP"); err != nil {
			return err
		}
		// One statement must not replace a row twice.
		for len(rows) > 0 {
			n := distinct(rows)
			if err := merge(ctx, tx, rows[:n]); err != nil {
				return err
			}
			rows = rows[n:]
		}
		return nil
	})))
}

// distinct returns how many rows from the first on have ids of their own.
func distinct(rows []row) int {
	seen := make(map[any]bool)
	for i, r := range rows {
		if seen[r[0]] {
			return i
		}
		seen[r[0]] = true
	}
	return len(rows)
}

var mergeSQL = func() string {
	var set []string
	for _, c := range columns[1:] {
		set = append(set, c+" = excluded."+c)
	}
	names := strings.Join(columns, ", ")
	return "INSERT INTO newsclip.articles (" + names + ") SELECT " + names + " FROM new ORDER BY key" +
		" ON CONFLICT (id) DO UPDATE SET key = excluded.key, " + strings.Join(set, ", ") +
		" WHERE articles.record::text <> excluded.record::text"
}()

func merge(ctx context.Context, tx pgx.Tx, rows []row) error {
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"new"}, append([]string{"key"}, columns...), pgx.CopyFromSlice(len(rows), func(i int) ([]any, error) {
		return append([]any{int64(i)}, rows[i]...), nil
	})); err != nil {
		return err
	}
	// In the order of the ids, so that two writers do not wait for each other.
	for _, statement := range []string{
		"SELECT 1 FROM newsclip.articles WHERE id IN (SELECT id FROM new) ORDER BY id FOR UPDATE",
		"INSERT INTO newsclip.revisions (id, record) SELECT old.id, old.record FROM newsclip.articles old JOIN new USING (id)" +
			" WHERE old.record::text <> new.record::text ORDER BY new.key",
		"UPDATE new SET key = nextval(pg_get_serial_sequence('newsclip.articles', 'key'))",
		mergeSQL,
		"DELETE FROM new",
	} {
		if _, err := tx.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// lasting marks the errors that a server answers with and would answer again. By
// their classes in appendix A of PostgreSQL's manual, those that pass are 08
// (connection), 40 (rollback, as of a deadlock), 53 (resources), 55 (object in
// use) and 57 (operator intervention, as at a shutdown).
func lasting(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && !strings.Contains("08 40 53 55 57", pg.Code[:min(2, len(pg.Code))]) {
		return remote.Permanent(err)
	}
	return err
}

// ReadAll yields the records of the database of address: those that were
// replaced, then the last one of each id, both in the order in which they were
// written.
func ReadAll(address string) iter.Seq2[*output.Record, error] {
	return func(yield func(*output.Record, error) bool) {
		ctx := context.Background()
		config, reason, err := configOf(address, true)
		if err != nil {
			yield(nil, err)
			return
		}
		conn, err := pgx.ConnectConfig(ctx, config)
		if err != nil {
			yield(nil, err)
			return
		}
		defer conn.Close(ctx)
		// In one transaction, so that a record that is replaced meanwhile is
		// neither missed nor read twice.
		tx, err := conn.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly})
		if err != nil {
			yield(nil, reason(err))
			return
		}
		defer tx.Rollback(ctx)
		if err := checkVersion(ctx, tx); err != nil {
			yield(nil, fmt.Errorf("the tables of newsclip: %w", reason(err)))
			return
		}
		rows, err := tx.Query(ctx, "SELECT record::text FROM (SELECT 0 AS part, key, record FROM newsclip.revisions"+
			" UNION ALL SELECT 1, key, record FROM newsclip.articles) AS every ORDER BY part, key")
		if err != nil {
			yield(nil, reason(err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var object string
			err := rows.Scan(&object)
			var r *output.Record
			if err == nil {
				r, err = output.Decode([]byte(object))
			}
			if err != nil {
				r = nil
			}
			if !yield(r, err) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(nil, reason(err))
		}
	}
}

// row has the values of columns.
type row = []any

var columns = []string{
	"id", "url", "canonical_url", "kind", "title", "subtitle", "description", "authors", "published", "published_precision", "modified",
	"modified_precision", "site_name", "site_domain", "language", "section", "tags", "free_access", "text", "word_count", "content_hash",
	"confidence", "fetched_at", "duplicate_of", "error_code", "file", "source", "truncated", "labels", "record",
}

// rowOf returns the row of a record's JSON object.
func rowOf(object []byte) (row, error) {
	r, err := output.Decode(object)
	if err != nil {
		return nil, err
	}
	id := text(r.ID)
	if id == nil {
		id = fmt.Sprintf("sha256:%x", sha256.Sum256(object))
	}
	var names []string
	for _, a := range r.Authors {
		names = append(names, plain(a.Name))
	}
	var tags []string
	for _, t := range r.Tags {
		tags = append(tags, plain(t))
	}
	var siteName, siteDomain, code any
	if r.Site != nil {
		siteName, siteDomain = text(r.Site.Name), text(r.Site.Domain)
	}
	if r.Error != nil {
		code = text(r.Error.Code)
	}
	date := func(s string) (any, any) {
		if t, precision, ok := output.ParseDate(s); ok {
			return t, precision
		}
		return nil, nil
	}
	published, publishedPrecision := date(r.Published)
	modified, modifiedPrecision := date(r.Modified)
	var words, confidence, truncated, labels any
	if len(r.Labels) > 0 {
		own := make(map[string]string, len(r.Labels))
		for name, value := range r.Labels {
			own[plain(name)] = plain(value)
		}
		if labels, err = json.Marshal(own); err != nil {
			return nil, err
		}
	}
	if r.Truncated {
		truncated = true
	}
	if r.WordCount != 0 {
		words = r.WordCount
	}
	if r.Confidence != 0 {
		confidence = r.Confidence
	}
	return row{
		id, text(r.URL), text(r.CanonicalURL), text(r.Kind), text(r.Title), text(r.Subtitle), text(r.Description), names, published, publishedPrecision,
		modified, modifiedPrecision, siteName, siteDomain, text(r.Language), text(r.Section), tags, r.FreeAccess, text(r.Text), words,
		text(r.ContentHash), confidence, r.FetchedAt, text(r.DuplicateOf), code,
		text(r.File), text(r.Source), truncated, labels, string(object),
	}, nil
}

// text returns s as a value, or nil where it is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return plain(s)
}

// plain returns s without the character that PostgreSQL holds in no text. The
// column record has it, escaped.
func plain(s string) string { return strings.ReplaceAll(s, "\x00", "\ufffd") }
