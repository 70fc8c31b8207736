package selectors

import (
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"
)

// A table is one of the package's files of rules. The package's doc tells the
// format of its rows.
type table struct {
	name    string   // of the file
	text    string   // the file
	columns []string // the names of the columns before the entries
}

// A row is one row of a table.
type row struct {
	columns []string // without the entries
	entries []string
}

// each calls use for every row, in the table's order. It returns the first
// fault, with file and line: a row that does not have the format, or what use
// finds wrong with it. The slices of a row are used again for the next.
func (t table) each(use func(row) error) error {
	r := row{columns: make([]string, len(t.columns))}
	rest := t.text
	for n := 1; rest != ""; n++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := r.read(line, t.columns); err != nil {
			return fmt.Errorf("%s:%d: %w", t.name, n, err)
		}
		if err := use(r); err != nil {
			return fmt.Errorf("%s:%d: %w", t.name, n, err)
		}
	}
	return nil
}

func (r *row) read(line string, names []string) error {
	for k := range r.columns {
		var ok bool
		if r.columns[k], line, ok = strings.Cut(line, "\t"); !ok || r.columns[k] == "" {
			return fmt.Errorf("a row has the columns %s and entries, with tabs between", strings.Join(names, ", "))
		}
	}
	r.entries = r.entries[:0]
	tabs := strings.IndexByte(line, '\t') >= 0
	for more := true; more; {
		var e string
		e, line, more = cutEntry(line)
		if !isTrimmed(e) || tabs && strings.IndexByte(e, '\t') >= 0 {
			return fmt.Errorf("entry %q is empty, or has a tab or space around it", e)
		}
		r.entries = append(r.entries, e)
	}
	return nil
}

// cutEntry is strings.Cut by entrySeparator, by a search for its one rare byte.
func cutEntry(s string) (entry, rest string, more bool) {
	for at := 0; ; at++ {
		k := strings.IndexByte(s[at:], '|')
		if k < 0 {
			return s, "", false
		}
		if at += k; at > 0 && s[at-1] == ' ' && at+1 < len(s) && s[at+1] == ' ' {
			return s[:at-1], s[at+2:], true
		}
	}
}

// isTrimmed reports whether s is not empty, and neither begins nor ends with a space.
func isTrimmed(s string) bool {
	if s == "" {
		return false
	}
	if first, last := s[0], s[len(s)-1]; first > ' ' && first < utf8.RuneSelf && last > ' ' && last < utf8.RuneSelf {
		return true
	}
	return strings.TrimSpace(s) == s
}

// lazily returns a function that reads a table at its first call, and returns
// what read made of it at every call. A fault in a table stops the program: the
// tables are a part of it, and tested.
func lazily[T any](t *table, read func(table) (T, error)) func() T {
	return sync.OnceValue(func() T {
		v, err := read(*t)
		if err != nil {
			panic("selectors: " + err.Error())
		}
		return v
	})
}

// readLists hands each entry of a table to the function that dest has for the
// row's first column.
func readLists(t table, dest map[string]func(entry string)) error {
	return t.each(func(r row) error {
		add := dest[r.columns[0]]
		if add == nil {
			return unknown(t.columns[0], r.columns[0])
		}
		for _, e := range r.entries {
			add(e)
		}
		return nil
	})
}

// unknown is the fault of a column that has a name which no code reads.
func unknown(column, name string) error { return fmt.Errorf("no %s is called %q", column, name) }

// toSet and toList return functions for [readLists].
func toSet(set map[string]bool) func(string) { return func(e string) { set[e] = true } }

func toList(list *[]string) func(string) { return func(e string) { *list = append(*list, e) } }

// ReadTables reads the tables that cleaning a page needs, those first that it
// needs first. A table that is not read yet is read when it is first used,
// which delays that use by up to some milliseconds. It is safe for concurrent
// use.
func ReadTables() {
	roles()
	Markup()
	Metas()
	stops()
	Signs()
	typesOf()
	months()
	Dates()
	zones()
	bylines()
	links()
	Embeds()
	Pictures()
	phrases()
	promos()
}
