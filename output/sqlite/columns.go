package sqlite

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"newsclip/clean"
	"newsclip/output"
)

// texts are the columns that hold a text of the record as it is.
var texts = []struct {
	name  string
	field func(*output.Record) *string
}{
	{"id", func(r *output.Record) *string { return &r.ID }},
	{"url", func(r *output.Record) *string { return &r.URL }},
	{"file", func(r *output.Record) *string { return &r.File }},
	{"source", func(r *output.Record) *string { return &r.Source }},
	{"canonical_url", func(r *output.Record) *string { return &r.CanonicalURL }},
	{"kind", func(r *output.Record) *string { return &r.Kind }},
	{"title", func(r *output.Record) *string { return &r.Title }},
	{"subtitle", func(r *output.Record) *string { return &r.Subtitle }},
	{"description", func(r *output.Record) *string { return &r.Description }},
	{"published", func(r *output.Record) *string { return &r.Published }},
	{"modified", func(r *output.Record) *string { return &r.Modified }},
	{"language", func(r *output.Record) *string { return &r.Language }},
	{"section", func(r *output.Record) *string { return &r.Section }},
	{"text", func(r *output.Record) *string { return &r.Text }},
	{"markdown", func(r *output.Record) *string { return &r.Markdown }},
	{"html", func(r *output.Record) *string { return &r.HTML }},
	{"content_hash", func(r *output.Record) *string { return &r.ContentHash }},
	{"duplicate_of", func(r *output.Record) *string { return &r.DuplicateOf }},
	{"previous_hash", func(r *output.Record) *string { return &r.PreviousHash }},
}

// counts are the columns that hold a number of the record as it is.
var counts = []struct {
	name  string
	field func(*output.Record) *int
}{
	{"word_count", func(r *output.Record) *int { return &r.WordCount }},
	{"status", func(r *output.Record) *int { return &r.Status }},
	{"revision", func(r *output.Record) *int { return &r.Revision }},
}

// The other columns, in the order of otherValues and others. Those that end
// with _at or _precision are for queries alone.
const (
	derivedNames = "published_at, published_precision, modified_at, modified_precision"
	otherNames   = "site_name, site_domain, free_access, rights_noai, rights_noindex, rights_tdm_reservation, rights_license, " +
		"confidence, fetched_at, removed, error_code, error_message, extra, truncated, diff, labels"
)

// storedNames are the columns that a record is read from.
func storedNames() string {
	var names []string
	for _, t := range texts {
		names = append(names, t.name)
	}
	for _, c := range counts {
		names = append(names, c.name)
	}
	return strings.Join(append(names, otherNames), ", ")
}

// storedNamesIn is storedNames for a database that may lack columns.
func storedNamesIn(tx *sql.Tx) (string, error) {
	missing, err := missingColumns(tx)
	if err != nil {
		return "", err
	}
	names := strings.Split(storedNames(), ", ")
	for i, name := range names {
		if missing[name] {
			names[i] = "NULL"
		}
	}
	return strings.Join(names, ", "), nil
}

// addedColumns are the columns that databases of earlier versions lack, whose records
// have none of their values, or have them in extra.
var addedColumns = []addedColumn{
	{"file", "TEXT"}, {"source", "TEXT"}, {"truncated", "INTEGER"}, {"diff", "TEXT"}, {"labels", "TEXT"},
}

type addedColumn struct{ name, kind string }

// addColumns brings a database of an earlier version to this one's columns. Earlier
// versions read and write it as before.
func addColumns(db *sql.DB) error {
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	missing, err := missingColumns(tx)
	if err != nil {
		return err
	}
	for _, c := range addedColumns {
		if missing[c.name] {
			if _, err := tx.Exec("ALTER TABLE articles ADD COLUMN " + c.name + " " + c.kind); err != nil {
				return err
			}
		}
	}
	return tx.Commit()
}

// missingColumns returns those of addedColumns that the database lacks.
func missingColumns(tx *sql.Tx) (map[string]bool, error) {
	missing := make(map[string]bool)
	for _, c := range addedColumns {
		var count int
		if err := tx.QueryRow("SELECT count(*) FROM pragma_table_info('articles') WHERE name = ?", c.name).Scan(&count); err != nil {
			return nil, err
		}
		missing[c.name] = count == 0
	}
	return missing, nil
}

// insertSQL inserts the values of a record.
var insertSQL = func() string {
	names := storedNames() + ", " + derivedNames
	return "INSERT INTO articles (" + names + ") VALUES (?" + strings.Repeat(", ?", strings.Count(names, ",")) + ")"
}()

// values returns the values of insertSQL.
func values(r *output.Record) ([]any, error) {
	var v []any
	for _, t := range texts {
		v = append(v, text(*t.field(r)))
	}
	for _, c := range counts {
		v = append(v, number(*c.field(r)))
	}
	if r.Site != nil {
		v = append(v, r.Site.Name, r.Site.Domain)
	} else {
		v = append(v, nil, nil)
	}
	v = append(v, r.FreeAccess)
	if r.Rights != nil {
		v = append(v, r.Rights.NoAI, r.Rights.NoIndex, r.Rights.TDMReservation, text(r.Rights.License))
	} else {
		v = append(v, nil, nil, nil, nil)
	}
	if r.Confidence != 0 {
		v = append(v, r.Confidence)
	} else {
		v = append(v, nil)
	}
	if r.FetchedAt != nil {
		v = append(v, r.FetchedAt.Format(time.RFC3339Nano))
	} else {
		v = append(v, nil)
	}
	removed, err := jsonText(r.Removed, len(r.Removed))
	if err != nil {
		return nil, err
	}
	v = append(v, removed)
	if r.Error != nil {
		v = append(v, r.Error.Code, r.Error.Message)
	} else {
		v = append(v, nil, nil)
	}
	members, err := withUnlisted(r)
	if err != nil {
		return nil, err
	}
	extra, err := jsonText(members, len(members))
	if err != nil {
		return nil, err
	}
	v = append(v, extra)
	if r.Truncated {
		v = append(v, true)
	} else {
		v = append(v, nil)
	}
	var diff any
	if r.Diff != nil {
		if diff, err = jsonText(r.Diff, 1); err != nil {
			return nil, err
		}
	}
	labels, err := jsonText(r.Labels, len(r.Labels))
	if err != nil {
		return nil, err
	}
	v = append(v, diff, labels)
	for _, date := range []string{r.Published, r.Modified} {
		if t, precision, ok := output.ParseDate(date); ok {
			v = append(v, t.Format("2006-01-02T15:04:05.999999999Z"), precision)
		} else {
			v = append(v, nil, nil)
		}
	}
	return v, nil
}

// withUnlisted returns the members of the column extra: those of the record, and its
// fields that have no column to search by: evidence, and whether it was rendered.
func withUnlisted(r *output.Record) (map[string]json.RawMessage, error) {
	members := make(map[string]json.RawMessage)
	if r.Rendered {
		members[renderedMember] = json.RawMessage("true")
	}
	if len(r.Evidence) > 0 {
		evidence, err := json.Marshal(r.Evidence)
		if err != nil {
			return nil, err
		}
		members[evidenceMember] = evidence
	}
	maps.Copy(members, r.Extra)
	return members, nil
}

const (
	evidenceMember = "evidence"
	renderedMember = "rendered"
)

// takeUnlisted gives the fields the values that are in Extra: of those without a
// column, and of those that had none when the record was written.
func takeUnlisted(r *output.Record) error {
	_, evidence := r.Extra[evidenceMember]
	_, rendered := r.Extra[renderedMember]
	if !evidence && !rendered && !slices.ContainsFunc(addedColumns, func(c addedColumn) bool { return r.Extra[c.name] != nil }) {
		return nil
	}
	object, err := jsonOf(r)
	if err != nil {
		return err
	}
	whole, err := output.Decode(object)
	if err != nil {
		return err
	}
	whole.Authors, whole.Images, whole.Tags = nil, nil, nil // of other tables
	*r = *whole
	return nil
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func number(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// jsonText is v as JSON, or nil where v has no element.
func jsonText(v any, elements int) (any, error) {
	if elements == 0 {
		return nil, nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// scan reads the columns of storedNames, after those of before.
func scan(rows interface{ Scan(...any) error }, before ...any) (*output.Record, error) {
	r := new(output.Record)
	textValues, countValues := make([]sql.NullString, len(texts)), make([]sql.NullInt64, len(counts))
	var siteName, siteDomain, license, fetchedAt, removed, code, message, extra, diff, labels sql.NullString
	var free, noAI, noIndex, tdm, truncated sql.NullBool
	var confidence sql.NullFloat64
	to := before
	for i := range textValues {
		to = append(to, &textValues[i])
	}
	for i := range countValues {
		to = append(to, &countValues[i])
	}
	to = append(to, &siteName, &siteDomain, &free, &noAI, &noIndex, &tdm, &license, &confidence, &fetchedAt, &removed, &code, &message, &extra, &truncated, &diff, &labels)
	if err := rows.Scan(to...); err != nil {
		return nil, err
	}
	for i, t := range texts {
		*t.field(r) = textValues[i].String
	}
	for i, c := range counts {
		*c.field(r) = int(countValues[i].Int64)
	}
	if siteName.Valid || siteDomain.Valid {
		r.Site = &clean.Site{Name: siteName.String, Domain: siteDomain.String}
	}
	if free.Valid {
		r.FreeAccess = &free.Bool
	}
	if noAI.Valid || noIndex.Valid || tdm.Valid || license.Valid {
		r.Rights = &clean.Rights{NoAI: noAI.Bool, NoIndex: noIndex.Bool, TDMReservation: tdm.Bool, License: license.String}
	}
	r.Confidence, r.Truncated = confidence.Float64, truncated.Bool
	if fetchedAt.Valid {
		t, err := time.Parse(time.RFC3339Nano, fetchedAt.String)
		if err != nil {
			return nil, fmt.Errorf("column fetched_at: %w", err)
		}
		r.FetchedAt = &t
	}
	if code.Valid || message.Valid {
		r.Error = &clean.Error{Code: code.String, Message: message.String}
	}
	for _, c := range []struct {
		name string
		json sql.NullString
		to   any
	}{{"removed", removed, &r.Removed}, {"diff", diff, &r.Diff}, {"labels", labels, &r.Labels}, {"extra", extra, &r.Extra}} {
		if !c.json.Valid {
			continue
		}
		if err := json.Unmarshal([]byte(c.json.String), c.to); err != nil {
			return nil, fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	if err := takeUnlisted(r); err != nil {
		return nil, fmt.Errorf("column extra: %w", err)
	}
	return r, nil
}
