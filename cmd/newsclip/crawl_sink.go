package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"newsclip/output"
)

// recordSink is where a crawl's records stay: a file that is added to, or
// standard output. It knows at each commit how long the file is, so that a
// crawl which was killed cuts off what it will write again.
type recordSink struct {
	path string // empty for standard output
	file *os.File
	w    io.Writer
	// form is set where the records are written in another form than the
	// lines in which they come.
	form output.Writer
}

func newRecordSink(path string, stdout io.Writer, format output.Format) (*recordSink, error) {
	s := &recordSink{w: stdout}
	if path != "" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		// What an earlier process left half written is cut off.
		f, err := output.Append(abs)
		if err != nil {
			return nil, fmt.Errorf("--output: %w", err)
		}
		if err := f.Close(); err != nil {
			return nil, fmt.Errorf("--output: %w", err)
		}
		if s.file, err = os.OpenFile(abs, os.O_RDWR, 0); err != nil {
			return nil, fmt.Errorf("--output: %w", err)
		}
		s.path, s.w = abs, s.file
	}
	if !format.Lines {
		s.form = format.New(s.w)
	}
	return s, nil
}

// sinkNote is what Commit tells Resume.
type sinkNote struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
}

// Resume cuts the file to the length of the last commit.
func (s *recordSink) Resume(note []byte) error {
	if s.file == nil || !s.regular() {
		return nil
	}
	var n sinkNote
	if len(note) > 0 {
		if err := json.Unmarshal(note, &n); err != nil {
			return fmt.Errorf("the crawl's note on its output does not read: %w", err)
		}
	}
	if n.Path != s.path {
		// A new crawl, or another file than before: what is there stays.
		_, err := s.file.Seek(0, io.SeekEnd)
		return err
	}
	fi, err := s.file.Stat()
	if err != nil {
		return err
	}
	if fi.Size() < n.Size {
		return fmt.Errorf("%s has %d bytes, and this crawl has written %d: records are missing from it", s.path, fi.Size(), n.Size)
	}
	if err := s.file.Truncate(n.Size); err != nil {
		return err
	}
	_, err = s.file.Seek(n.Size, io.SeekStart)
	return err
}

func (s *recordSink) regular() bool {
	fi, err := s.file.Stat()
	return err == nil && fi.Mode().IsRegular()
}

// Write writes one record.
func (s *recordSink) Write(record []byte) error {
	if s.form == nil {
		if _, err := s.w.Write(record); err != nil {
			return fmt.Errorf("writing records: %w", err)
		}
		return nil
	}
	r, err := output.Decode(record)
	if err != nil {
		return fmt.Errorf("reading a record back: %w", err)
	}
	if r.Error != nil {
		return nil // a page that is gone, which only lines of JSON can tell
	}
	if err := s.form.Write(r); err != nil {
		return fmt.Errorf("writing records: %w", err)
	}
	return nil
}

// Commit makes the file's content last.
func (s *recordSink) Commit() ([]byte, error) {
	if s.file == nil || !s.regular() {
		return nil, nil
	}
	if err := s.file.Sync(); err != nil {
		return nil, err
	}
	size, err := s.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	return json.Marshal(sinkNote{s.path, size})
}

// finish ends the records in forms that have an end.
func (s *recordSink) finish() error {
	if s.form != nil {
		return s.form.Close()
	}
	return nil
}

func (s *recordSink) close() error {
	err := s.finish()
	if s.file != nil {
		err = errors.Join(err, s.file.Close())
	}
	return err
}
