// Package leftover clears temporary files and folders of processes that were killed.
//
// A process number does not tell whether its process lives: in containers each first
// process is number 1. So the file is locked while it is in use (on Windows, being open
// keeps it from being removed), and what can be removed is left over.
package leftover

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/gofrs/flock"
)

// lockName is the file in a temporary folder that is locked while it is in use.
const lockName = "in-use"

// A Mark keeps a temporary file or folder from being removed by other processes. A nil
// Mark keeps nothing.
type Mark struct{ lock *flock.Flock }

// MarkFile marks an open file at path until Drop. Where the file system has no locks,
// there is no mark, and the file works all the same.
func MarkFile(path string) *Mark {
	if runtime.GOOS == "windows" {
		return nil // a lock there would keep the process itself from writing
	}
	return mark(path)
}

// MarkDir marks a folder until Drop, which must be called before it is removed.
func MarkDir(dir string) *Mark { return mark(filepath.Join(dir, lockName)) }

func mark(path string) *Mark {
	lock := flock.New(path)
	if ok, err := lock.TryLock(); err != nil || !ok {
		_ = lock.Close()
		return nil
	}
	return &Mark{lock}
}

// Drop ends the mark.
func (m *Mark) Drop() {
	if m != nil {
		_ = m.lock.Close()
	}
}

// Remove removes the files and folders in dir whose names are temporary ones and that no
// process has in use. What cannot be removed stays: it harms nobody.
func Remove(dir string, isTemporary func(name string) bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if !isTemporary(e.Name()) {
			continue
		}
		path := filepath.Join(dir, e.Name())
		switch {
		case e.Type().IsRegular():
			removeFile(path)
		case e.IsDir():
			removeDir(path)
		}
	}
}

func removeFile(path string) {
	if runtime.GOOS == "windows" {
		_ = os.Remove(path)
		return
	}
	if m := mark(path); m != nil {
		_ = os.Remove(path)
		m.Drop()
	}
}

// removeDir removes a folder that was marked once. One without a mark may be about to
// get it.
func removeDir(dir string) {
	lock := filepath.Join(dir, lockName)
	if _, err := os.Stat(lock); err != nil {
		return
	}
	m := mark(lock)
	if m == nil {
		return
	}
	m.Drop()
	_ = os.RemoveAll(dir)
}
