// Package folder writes one file for each record, with names that are made from
// the record.
package folder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"newsclip/output"
	"newsclip/output/leftover"
)

// indexName is the file in the folder that lists which record has which name,
// as JSON Lines.
const indexName = ".newsclip-names.jsonl"

// Writer writes records to the files of a folder. A record that comes again,
// with the id or else the address that it had, replaces its file; another one
// never does, since it gets a name with a number.
type Writer struct {
	root    *os.Root
	pattern string
	format  output.Format
	roots   []string
	index   *os.File
	names   map[string]string // of records, by their identity
	taken   map[string]bool   // names in lower case, as some systems compare them
}

// entry is a line of the index.
type entry struct {
	Record  string `json:"record"`
	Pattern string `json:"pattern"`
	Name    string `json:"name"`
}

// Open opens the folder at dir, which it creates where it does not exist. A
// file's name is the pattern, such as "{date}/{slug}.md", with the record's
// values in the place of the [Placeholders]; it never leads out of dir, not even
// by a symbolic link. A name that ends with .gz or .zst is compressed. The
// format must have New. {dir} in the pattern stands for the folders below the one
// of roots that a page was read from.
func Open(dir, pattern string, format output.Format, roots ...string) (*Writer, error) {
	if err := CheckName(pattern); err != nil {
		return nil, fmt.Errorf("the name %q: %w", pattern, err)
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	w := &Writer{root: root, pattern: pattern, format: format, roots: roots, names: make(map[string]string), taken: make(map[string]bool)}
	if err := w.openIndex(); err != nil {
		root.Close()
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, indexName), err)
	}
	return w, nil
}

// A record is written under a name with this beginning and ending, at the top of the
// folder, and renamed into its place.
const temporaryPrefix, temporaryEnding = ".newsclip-", ".tmp"

func (w *Writer) openIndex() error {
	leftover.Remove(w.root.Name(), func(name string) bool {
		return strings.HasPrefix(name, temporaryPrefix) && strings.HasSuffix(name, temporaryEnding)
	})
	b, err := w.root.ReadFile(indexName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// A last line without its end is of a process that was killed.
	whole := b[:bytes.LastIndexByte(b, '\n')+1]
	for line := range bytes.Lines(whole) {
		var e entry
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		w.taken[strings.ToLower(e.Name)] = true
		if e.Pattern == w.pattern {
			w.names[e.Record] = e.Name
		}
	}
	w.index, err = w.root.OpenFile(indexName, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	if err = w.index.Truncate(int64(len(whole))); err == nil {
		_, err = w.index.Seek(int64(len(whole)), 0)
	}
	return err
}

// Write writes the file of a record, whole and durable.
func (w *Writer) Write(r *output.Record) error {
	if r.Error != nil && !w.format.HoldsErrors {
		return nil
	}
	name, err := w.name(r)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	_, compression := output.CutCompression(name)
	stream, err := output.Compress(&b, compression)
	if err != nil {
		return err
	}
	record := w.format.New(stream)
	if err := errors.Join(record.Write(r), record.Close(), stream.Close()); err != nil {
		return err
	}
	return w.replace(name, b.Bytes())
}

// name returns the name of a record's file: the one that it had, or a new one.
func (w *Writer) name(r *output.Record) (string, error) {
	identity := or(r.ID, or(r.CanonicalURL, r.URL))
	if name, ok := w.names[identity]; ok && identity != "" {
		return name, nil
	}
	first := nameOf(w.pattern, r, w.roots)
	name := first
	for n := 2; w.isTaken(name); n++ {
		name = numbered(first, n)
	}
	w.taken[strings.ToLower(name)] = true
	if identity == "" {
		return name, nil
	}
	w.names[identity] = name
	line, err := json.Marshal(entry{identity, w.pattern, name})
	if err != nil {
		return "", err
	}
	_, err = w.index.Write(append(line, '\n'))
	return name, err
}

// isTaken reports whether a name is another record's, or that of a file which
// newsclip did not write.
func (w *Writer) isTaken(name string) bool {
	if w.taken[strings.ToLower(name)] {
		return true
	}
	_, err := w.root.Lstat(filepath.FromSlash(name))
	return err == nil
}

// numbered puts a number before the endings of a name.
func numbered(name string, n int) string {
	plain, compression := output.CutCompression(name)
	ending := path.Ext(plain)
	return fmt.Sprintf("%s-%d%s%s", strings.TrimSuffix(plain, ending), n, ending, compression)
}

// replace writes a file beside its place and renames it into it.
func (w *Writer) replace(name string, content []byte) error {
	name = filepath.FromSlash(name)
	if dir := filepath.Dir(name); dir != "." {
		if err := w.root.MkdirAll(dir, 0o777); err != nil {
			return err
		}
	}
	temporary := fmt.Sprintf("%s%d%s", temporaryPrefix, os.Getpid(), temporaryEnding)
	f, err := w.root.Create(temporary)
	if err != nil {
		return err
	}
	defer leftover.MarkFile(filepath.Join(w.root.Name(), temporary)).Drop()
	_, err = f.Write(content)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = w.root.Rename(temporary, name)
	}
	if err != nil {
		w.root.Remove(temporary)
	}
	return err
}

// Commit makes the index durable. The files are already.
func (w *Writer) Commit() error { return w.index.Sync() }

// Close commits and closes the folder.
func (w *Writer) Close() error {
	if w.index == nil {
		return nil
	}
	err := errors.Join(w.index.Sync(), w.index.Close(), w.root.Close())
	w.index = nil
	return err
}
