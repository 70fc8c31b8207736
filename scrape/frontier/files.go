package frontier

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// checkFiles reports what is neither a file nor a folder in a state directory, itself or
// by a link: opening a pipe never ends, and neither does reading some devices.
func checkFiles(dir string) error {
	return filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.Type().IsRegular() || e.IsDir() {
			return err
		}
		fi, err := os.Stat(path)
		if err != nil {
			return err
		}
		if !fi.Mode().IsRegular() && !fi.IsDir() {
			return fmt.Errorf("%s is neither a file nor a folder", path)
		}
		return nil
	})
}
