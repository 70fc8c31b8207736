package articles

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"newsclip/output"
)

// A Sink is the [scrape.Sink] of a file that records are added to, or of another
// writer. The note of each commit holds the file's length, so that a crawl that
// was killed can cut off the records that it is going to write again.
type Sink struct {
	path string // absolute; empty where there is no file
	file *os.File
	w    io.Writer
	// encoder is set where the format is another one than the lines of JSON in
	// which records come.
	encoder output.Writer
}

// NewSink opens the file at path and adds to what it holds; a line that an
// earlier process left half written is cut off first. An empty path writes to w
// instead, which the caller keeps and closes. The caller must Close the sink.
func NewSink(path string, w io.Writer, format output.Format) (*Sink, error) {
	s := &Sink{w: w}
	if path != "" {
		abs, err := filepath.Abs(path)
		if err != nil {
			return nil, err
		}
		f, err := output.Append(abs) // cuts off half a line
		if err != nil {
			return nil, err
		}
		if err := f.Close(); err != nil {
			return nil, err
		}
		if s.file, err = os.OpenFile(abs, os.O_RDWR, 0); err != nil {
			return nil, err
		}
		s.path, s.w = abs, s.file
	}
	if !format.Lines {
		s.encoder = format.New(s.w)
	}
	return s, nil
}

// sinkNote is the note of a commit.
type sinkNote struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
}

// Resume cuts the file to its length at the last commit. A file that this crawl
// has not written before is left as it is, and added to.
func (s *Sink) Resume(note []byte) error {
	if s.file == nil || !s.isRegular() {
		return nil
	}
	var n sinkNote
	if len(note) > 0 {
		if err := json.Unmarshal(note, &n); err != nil {
			return fmt.Errorf("the crawl's note about its output cannot be read: %w", err)
		}
	}
	if n.Path != s.path {
		_, err := s.file.Seek(0, io.SeekEnd)
		return err
	}
	fi, err := s.file.Stat()
	if err != nil {
		return err
	}
	if fi.Size() < n.Size {
		return fmt.Errorf("%s has %d bytes, but this crawl has written %d: records are missing from it", s.path, fi.Size(), n.Size)
	}
	if err := s.file.Truncate(n.Size); err != nil {
		return err
	}
	_, err = s.file.Seek(n.Size, io.SeekStart)
	return err
}

func (s *Sink) isRegular() bool {
	fi, err := s.file.Stat()
	return err == nil && fi.Mode().IsRegular()
}

// Write writes one record of a [Handler]. A format other than JSON lines has no
// place for the record of a page that is gone: it is left out.
func (s *Sink) Write(record []byte) error {
	if s.encoder == nil {
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
		return nil
	}
	if err := s.encoder.Write(r); err != nil {
		return fmt.Errorf("writing records: %w", err)
	}
	return nil
}

// Commit makes what was written durable.
func (s *Sink) Commit() ([]byte, error) {
	if s.file == nil || !s.isRegular() {
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

// Close ends the records, in formats that have an end, and closes the file.
func (s *Sink) Close() error {
	var err error
	if s.encoder != nil {
		err = s.encoder.Close()
	}
	if s.file != nil {
		err = errors.Join(err, s.file.Close())
	}
	return err
}
