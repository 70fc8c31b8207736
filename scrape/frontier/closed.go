package frontier

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/dustin/go-humanize"
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

// closedNote returns the note without the sizes of the files, which are not written
// yet; nil where there is no directory, or the server does not answer any more.
func (f *Frontier) closedNote() *closedNote {
	if f.o.Dir == "" || f.e.isDiskFull() || f.urls == nil || f.journal == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), ackTimeout)
	defer cancel()
	urls, err := f.urls.Info(ctx)
	if err != nil {
		return nil
	}
	journal, err := f.journal.Info(ctx)
	if err != nil {
		return nil
	}
	values, err := f.kv.Status(ctx)
	if err != nil {
		return nil
	}
	return &closedNote{
		Files: map[string]int64{},
		Last:  map[string]uint64{urlsTitle: urls.State.LastSeq, journalTitle: journal.State.LastSeq},
		Keys:  int(values.Values()),
	}
}

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
		// Without it less can be known, as after a kill.
		return nil, nil
	}
	return &c, nil
}

// judgeClosed compares the files with the note of the process that closed them.
func (in *inspection) judgeClosed(find func(string, ...any)) {
	if in.closed == nil {
		return
	}
	for _, s := range []*streamRead{&in.urls, &in.journal, &in.values} {
		if s.torn > 0 {
			find("%s: the last file ends within a message", s.title)
		}
		for file, size := range in.closed.Files {
			title, name, _ := strings.Cut(file, "/")
			switch got, ok := s.sizes[name]; {
			case title != s.title:
			case !ok:
				find("%s, file %s: it is missing", s.title, name)
			case got < size:
				find("%s, file %s: it has %s bytes of %s", s.title, name, humanize.Comma(got), humanize.Comma(size))
			}
		}
	}
	in.urlsSeen = max(in.urlsSeen, in.closed.Last[urlsTitle])
	if n := in.closed.Last[journalTitle]; n > in.journal.last {
		in.report.Outcomes += int(n - in.journal.last)
	}
	if n := in.closed.Keys - len(in.latest); n > 0 {
		in.report.Values += n
	}
}
