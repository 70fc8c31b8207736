// Package rulebook holds the rules of single sites while a server runs that may
// change them: Set returns those in force, Page the file of a site as text, and Save
// puts another text in its place, after which Set returns the new rules.
package rulebook

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"newsclip/output"
	"newsclip/selectors"
)

// MaxBytes is the size of the longest file of rules that is saved.
const MaxBytes = 64 << 10

// Errors of Save that its caller may tell apart.
var (
	// ErrNoFolder is returned where no folder was named to save to.
	ErrNoFolder = errors.New("there is no folder to save rules to: start newsclip serve with --rules DIR")
	// ErrChanged is returned where the file is not what the change was made of.
	ErrChanged = errors.New("the rules of this site were changed meanwhile: begin again from the file as it is now")
)

// A Book is a folder of rules. The zero value and nil have no rules and no folder.
// It is safe for concurrent use.
type Book struct {
	dir   string
	saves sync.Mutex // one writer at a time
	set   atomic.Pointer[selectors.Set]
}

// Open reads the rules in a folder, as [selectors.LoadDir] does: its error lists the
// lines that do not load, and the Book has the others. The Book's Set is nil where the
// folder cannot be read.
func Open(dir string) (*Book, error) {
	b := &Book{dir: dir}
	return b, b.load()
}

func (b *Book) load() error {
	set, err := selectors.LoadDir(b.dir)
	if set != nil {
		b.set.Store(set)
	}
	return err
}

// Set returns the rules in force, or nil. They do not change; those after a Save are
// another Set.
func (b *Book) Set() *selectors.Set {
	if b == nil {
		return nil
	}
	return b.set.Load()
}

// Writable reports whether there is a folder to save to.
func (b *Book) Writable() bool { return b != nil && b.dir != "" }

// A File is the rules of one site as text.
type File struct {
	// Name is the file's path for readers; empty where there is no folder.
	Name string
	// Text is what is in it; empty where there is no such file yet.
	Text string
	path string
}

// hostName matches the names of hosts, which become those of files.
var hostName = regexp.MustCompile(`^[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?(\.[\p{L}\p{N}_]([\p{L}\p{N}_-]*[\p{L}\p{N}_])?)*$`)

// Host returns a host as its rules are filed: without port, case and a leading
// "www.".
func Host(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.TrimPrefix(strings.TrimSuffix(strings.ToLower(host), "."), "www.")
}

// Page returns the file that has the rules of a host: the one in force, which may be
// for the hosts above it too, or the one that Save would make.
func (b *Book) Page(host string) (*File, error) {
	host = Host(host)
	if !hostName.MatchString(host) {
		return nil, fmt.Errorf("%q is not a host that rules can be filed for", host)
	}
	if !b.Writable() {
		return &File{}, nil
	}
	name := host + ".txt"
	if r := b.Set().For(host); r != nil {
		name = filepath.Base(filepath.FromSlash(r.File))
	}
	f := &File{path: filepath.Join(b.dir, name)}
	f.Name = f.path
	text, err := os.ReadFile(f.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	f.Text = string(text)
	return f, nil
}

// Try returns rules that have the text for a host, and none for others. The error
// names each line that does not load.
func (b *Book) Try(host, text string) (*selectors.Set, error) {
	if len(text) > MaxBytes {
		return nil, fmt.Errorf("the rules are longer than %d bytes", MaxBytes)
	}
	r, err := selectors.ParseRules(Host(host)+".txt", []byte(text))
	if err != nil {
		return nil, err
	}
	set := new(selectors.Set)
	set.Add(Host(host), r)
	return set, nil
}

// Save makes text the rules of a host, where they were old before. It returns the
// path of the file. Nothing is written where a line of text does not load.
func (b *Book) Save(host, old, text string) (string, error) {
	if !b.Writable() {
		return "", ErrNoFolder
	}
	if _, err := b.Try(host, text); err != nil {
		return "", err
	}
	b.saves.Lock()
	defer b.saves.Unlock()
	f, err := b.Page(host)
	if err != nil {
		return "", err
	}
	if !slices.Equal(lines(f.Text), lines(old)) {
		return "", ErrChanged
	}
	file, err := output.Create(f.path)
	if err != nil {
		return "", err
	}
	defer file.Abort()
	if _, err := file.Write([]byte(strings.Join(lines(text), "\n") + "\n")); err != nil {
		return "", err
	}
	if err := file.Close(); err != nil {
		return "", err
	}
	// Faults in the files of other sites were told when the Book was opened.
	if err := b.load(); b.Set() == nil {
		return "", err
	}
	return f.path, nil
}

// lines returns the lines of a text, which forms end otherwise than files, without
// empty ones at the end.
func lines(text string) []string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.Split(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}

// Add returns text with a line after it, unless it has that line.
func Add(text, line string) string {
	all := lines(text)
	if line = strings.TrimSpace(line); line == "" || strings.ContainsAny(line, "\r\n") || slices.Contains(all, line) {
		return text
	}
	if strings.TrimSpace(text) == "" {
		return line + "\n"
	}
	return strings.Join(append(all, line), "\n") + "\n"
}
