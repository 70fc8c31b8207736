package frontier

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// repairDir is where Repair makes the new state.
const repairDir = "repair.new"

// finishRepair puts a new state in its place that is complete: the old one was moved
// away.
func finishRepair(dir string) error {
	if _, err := os.Stat(filepath.Join(dir, "jetstream")); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	made := filepath.Join(dir, repairDir)
	if _, err := os.Stat(filepath.Join(made, "jetstream")); err != nil {
		return nil
	}
	for _, name := range []string{closedFile, "jetstream"} {
		if err := os.Rename(filepath.Join(made, name), filepath.Join(dir, name)); err != nil && !(name == closedFile && errors.Is(err, fs.ErrNotExist)) {
			return fmt.Errorf("frontier: repair: %w", err)
		}
	}
	return os.RemoveAll(made)
}
