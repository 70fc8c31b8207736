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
