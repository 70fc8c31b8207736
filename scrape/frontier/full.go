package frontier

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// On a full disk the server in process leaves requests without an answer. So the
// disk is watched: what waits for an answer must fail at once, and what is stored is
// whole when there is room again.

// Full returns the error, which is [ErrFull], of a frontier that has ended because the
// disk of its directory is full, and nil otherwise. What else fails then, fails because
// of it.
func (f *Frontier) Full() error {
	if f.e.isDiskFull() {
		return f.e.disk.full()
	}
	return nil
}

// endWhenFull ends the work of this process when the disk is full.
func (f *Frontier) endWhenFull() {
	select {
	case <-f.e.full:
		f.fail(f.e.disk.full())
	case <-f.ctx.Done():
	}
}

// A disk is where the files of the server in process are.
type disk struct {
	dir       string
	writeFile func(path string, data []byte, mode os.FileMode) error // nil means os.WriteFile
}

// hasNoRoom reports whether diskProbe bytes cannot be written to the directory because
// its disk is full, or the user's share of it. What was written is removed again: the
// next time it must find room as the server must.
func (d *disk) hasNoRoom() bool {
	write := os.WriteFile
	if d.writeFile != nil {
		write = d.writeFile
	}
	path := filepath.Join(d.dir, "probe")
	defer os.Remove(path)
	err := write(path, make([]byte, diskProbe), 0o644)
	return errors.Is(err, syscall.ENOSPC) || err != nil && (strings.Contains(err.Error(), "space") || strings.Contains(err.Error(), "quota"))
}

// full is the error of everything that is to be stored on a full disk.
func (d *disk) full() error {
	return fmt.Errorf("%w: %s: no space left on device", ErrFull, d.dir)
}

// diskEvery is how often it is tried whether diskProbe bytes can be written.
const (
	diskEvery = time.Second
	diskProbe = 64 << 10
)
