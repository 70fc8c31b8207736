package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"newsclip/output/leftover"
)

// File is a file of records. Close or Abort ends it; after that, both do
// nothing and return nil.
type File interface {
	io.Writer
	// Close makes what was written durable, under the file's name.
	Close() error
	// Abort removes what was written after [Create], and an older file of that
	// name is unchanged. What was written after [Append] stays.
	Abort()
}

// Create opens a temporary file in the folder of path. Close renames it to path,
// so that path is never half written. A path that exists and is no regular file,
// such as a terminal or a pipe, is written directly.
func Create(path string) (File, error) {
	mode := fs.FileMode(0o666)
	fi, err := os.Stat(path)
	switch {
	case err == nil && fi.IsDir():
		return nil, fmt.Errorf("%s is a folder, not a file", path)
	case err == nil && !fi.Mode().IsRegular():
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		return &appended{f}, nil
	case err == nil:
		mode = fi.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	// Renaming would replace the symbolic link: replace its target instead.
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if fi, err := os.Stat(filepath.Dir(path)); err != nil || !fi.IsDir() {
		return nil, fmt.Errorf("%s: there is no folder %s", path, filepath.Dir(path))
	}
	leftover.Remove(filepath.Dir(path), func(name string) bool { return isTemporary(name, filepath.Base(path)) })
	// O_EXCL with the usual mode, so that the user's umask holds, which
	// os.CreateTemp's 0600 would not.
	for n := 0; ; n++ {
		name := fmt.Sprintf("%s.%d-%d.tmp", path, os.Getpid(), n)
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if errors.Is(err, fs.ErrExist) && n < 100 {
			continue
		}
		if err != nil {
			return nil, err
		}
		return &created{f: f, path: path, mark: leftover.MarkFile(name)}, nil
	}
}

// isTemporary reports whether a file is what Create has opened for a file of the same
// folder.
func isTemporary(name, base string) bool {
	rest, ours := strings.CutPrefix(name, base+".")
	rest, ends := strings.CutSuffix(rest, ".tmp")
	pid, n, both := strings.Cut(rest, "-")
	isNumber := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return ours && ends && both && isNumber(pid) && isNumber(n)
}

// osFile is what Close and Abort need of an *os.File. A test puts its own in
// its place, to see that Close syncs.
type osFile interface {
	io.Writer
	Name() string
	Stat() (fs.FileInfo, error)
	Sync() error
	Close() error
}

type created struct {
	f    osFile // nil when done
	path string
	mark *leftover.Mark
}

func (c *created) Write(b []byte) (int, error) {
	if c.f == nil {
		return 0, fs.ErrClosed
	}
	return c.f.Write(b)
}

func (c *created) Close() error {
	if c.f == nil {
		return nil
	}
	f := c.f
	c.f = nil
	err := f.Sync()
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	defer c.mark.Drop()
	if err == nil {
		err = os.Rename(f.Name(), c.path)
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}

func (c *created) Abort() {
	if c.f != nil {
		c.f.Close()
		os.Remove(c.f.Name())
		c.f = nil
		c.mark.Drop()
	}
}

// Append opens path to add lines at its end, and creates it where it does not
// exist. A last line without a line break is what a killed process left half
// written: it is cut off.
func Append(path string) (File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	if err := cutTorn(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: cutting off an incomplete last line: %w", path, err)
	}
	return &appended{f}, nil
}

// cutTorn truncates f after its last line break and moves to its end.
func cutTorn(f *os.File) error {
	fi, err := f.Stat()
	if err != nil || !fi.Mode().IsRegular() {
		return err
	}
	end := fi.Size()
	buf := make([]byte, 64<<10)
	for end > 0 {
		n := min(int64(len(buf)), end)
		if _, err := f.ReadAt(buf[:n], end-n); err != nil {
			return err
		}
		if k := bytes.LastIndexByte(buf[:n], '\n'); k >= 0 {
			end += int64(k) + 1 - n
			break
		}
		end -= n
	}
	if end < fi.Size() {
		if err := f.Truncate(end); err != nil {
			return err
		}
	}
	_, err = f.Seek(end, io.SeekStart)
	return err
}

type appended struct{ f osFile } // f is nil when done

func (a *appended) Write(b []byte) (int, error) {
	if a.f == nil {
		return 0, fs.ErrClosed
	}
	return a.f.Write(b)
}

func (a *appended) Close() error {
	if a.f == nil {
		return nil
	}
	f := a.f
	a.f = nil
	fi, err := f.Stat()
	if err == nil && fi.Mode().IsRegular() {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func (a *appended) Abort() { a.Close() }
