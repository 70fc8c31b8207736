package frontier

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
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
func (e *engine) watchDisk(dir string) {
	path := filepath.Join(dir, "probe")
	defer os.Remove(path)
	tick := time.NewTicker(diskEvery)
	defer tick.Stop()
	for {
		select {
		case <-e.closing:
			return
		case <-tick.C:
		}
		if err := os.WriteFile(path, make([]byte, diskProbe), 0o644); err != nil && strings.Contains(err.Error(), "space") {
			close(e.full)
			e.nc.Close()
			return
		}
	}
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
