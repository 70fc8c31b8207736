package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// File is a file of records. Close or Abort ends it; after either, both do
// nothing and return nil.
type File interface {
	io.Writer
	// Close makes what was written durable, under the file's name.
	Close() error
	// Abort gives up what [Create] began, and leaves an older file of that
	// name as it was. What [Append] added stays.
	Abort()
}

// Create opens a file beside path, which takes path's place, whole, at Close.
// Where path is something else than a regular file, such as a terminal or a
// pipe, it is written directly.
func Create(path string) (File, error) {
	mode := fs.FileMode(0o666)
	fi, err := os.Stat(path)
	switch {
	case err == nil && fi.IsDir():
		return nil, fmt.Errorf("%s is a folder, not a file", path)
	case err == nil && !fi.Mode().IsRegular():
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		return &appended{f}, err
	case err == nil:
		mode = fi.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	// A link's target is replaced, and the link stays.
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target
	}
	if fi, err := os.Stat(filepath.Dir(path)); err != nil || !fi.IsDir() {
		return nil, fmt.Errorf("%s: there is no folder %s", path, filepath.Dir(path))
	}
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
		return &created{f: f, path: path}, nil
	}
}

type created struct {
	f    *os.File // nil when done
	path string
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
	}
}

// Append opens path, which need not exist, to add lines to it. A last line
// without line break, which a process that was killed leaves behind, is cut
// off.
func Append(path string) (File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, err
	}
	if err := cutTorn(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("%s: cutting off a last line that is not whole: %w", path, err)
	}
	return &appended{f}, nil
}

// cutTorn truncates f after its last line break and leaves it there.
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

type appended struct{ f *os.File } // f is nil when done

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
