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

// diskEvery is how often it is tried whether diskProbe bytes can be written.
const (
	diskEvery = time.Second
	diskProbe = 64 << 10
)

// watchDisk closes full, and the connection, when the disk of the server in process
// is full.
func (e *engine) watchDisk(o *Options) {
	tick := time.NewTicker(diskEvery)
	defer tick.Stop()
	for {
		select {
		case <-e.closing:
			return
		case <-tick.C:
		}
		if o.hasNoRoom() {
			close(e.full)
			e.nc.Close()
			return
		}
	}
}

// hasNoRoom reports whether diskProbe bytes cannot be written to the directory because
// its disk is full, or the user's share of it. What was written is removed again: the
// next time it must find room as the server must.
func (o *Options) hasNoRoom() bool {
	write := os.WriteFile
	if o.writeFile != nil {
		write = o.writeFile
	}
	path := filepath.Join(o.Dir, "probe")
	defer os.Remove(path)
	err := write(path, make([]byte, diskProbe), 0o644)
	return errors.Is(err, syscall.ENOSPC) || err != nil && (strings.Contains(err.Error(), "space") || strings.Contains(err.Error(), "quota"))
}

// Full returns the error, which is [ErrFull], of a frontier that has ended because the
// disk of its directory is full, and nil otherwise. What else fails then, fails because
// of it.
func (f *Frontier) Full() error {
	if f.e.isDiskFull() {
		return f.o.diskFull()
	}
	return nil
}

// isDiskFull reports whether watchDisk has found the disk full.
func (e *engine) isDiskFull() bool {
	select {
	case <-e.full:
		return true
	default:
		return false
	}
}

// diskFull is the error of everything that is to be stored on a full disk.
func (o *Options) diskFull() error {
	return fmt.Errorf("%w: %s: no space left on device", ErrFull, o.Dir)
}

// endWhenFull ends the work of this process when the disk is full.
func (f *Frontier) endWhenFull() {
	select {
	case <-f.e.full:
		f.fail(f.o.diskFull())
	case <-f.ctx.Done():
	}
}
