package frontier

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// checkFiles reports what is neither a file nor a folder in a state directory, itself or
// by a link: opening a pipe never ends, and neither does reading some devices. Files that are
// read whole, and are larger than those that a crawl writes, are reported too.
func checkFiles(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		most, bounded := readWhole[filepath.Ext(path)]
		if err != nil || e.IsDir() || e.Type().IsRegular() && !bounded {
			return err
		}
		fi, err := os.Stat(path)
		if err != nil {
			return err
		}
		if !fi.Mode().IsRegular() && !fi.IsDir() {
			return fmt.Errorf("%s is neither a file nor a folder", path)
		}
		if bounded && fi.Mode().IsRegular() && fi.Size() > most {
			return fmt.Errorf("%s has %d bytes: a crawl writes %d at most", path, fi.Size(), most)
		}
		return nil
	})
}

// readWhole has, by their endings, the most bytes of the files of a stream that are read
// whole. A file of messages ends with the message that takes it beyond 8 MiB.
var readWhole = map[string]int64{
	blockEnding:                  8<<20 + 2*maxPayload,
	filepath.Ext(streamSettings): 1 << 20,
	filepath.Ext(settingsSum):    1 << 20,
}
