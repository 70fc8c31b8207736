package frontier

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// closedNote is what Close writes beside the streams: how long their files are and
// how far their numbers go. It is removed when the directory is opened, and so is
// missing after a process was killed.
type closedNote struct {
	Files map[string]int64  // the size of each, as in "URLs/1.blk"
	Last  map[string]uint64 // the highest sequence of each stream
	Keys  int               // values in the bucket
}

const closedFile = "closed.json"

// The streams' names in reports and in the note.
const (
	urlsTitle    = "URLs"
	journalTitle = "outcomes"
	valuesTitle  = "values"
)

// write completes the note with the sizes of the files and stores it.
func (c *closedNote) write(dir, bucket string) error {
	for title, name := range map[string]string{urlsTitle: bucket + "-urls", journalTitle: bucket + "-journal", valuesTitle: "KV_" + bucket} {
		msgs := filepath.Join(streamDir(dir, name), "msgs")
		numbers, err := blockNumbers(msgs)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			file := blockFile(n)
			fi, err := os.Stat(filepath.Join(msgs, file))
			if err != nil {
				return err
			}
			c.Files[title+"/"+file] = fi.Size()
		}
	}
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	// It is renamed into its place, so that it is whole.
	path := filepath.Join(dir, closedFile)
	if err := os.WriteFile(path+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

func readClosed(dir string) (*closedNote, error) {
	b, err := os.ReadFile(filepath.Join(dir, closedFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var c closedNote
	if json.Unmarshal(b, &c) != nil {
		return nil, errBrokenNote // it was whole when it got its name
	}
	return &c, nil
}

var errBrokenNote = errors.New(closedFile + " is not as it was written")
