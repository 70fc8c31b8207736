package articles

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"newsclip/output"
)

// A Sink is the [scrape.Sink] of a file that records are added to, or of another
// writer. The note of each commit holds the file's length, so that a crawl that
// was killed can cut off the records that it is going to write again.
type Sink struct {
	path string // absolute; empty where there is no file
	file *os.File
	w    io.Writer // where records are written
	lock *flock.Flock
	// ending is that of a compressed file. The records between two commits are a
	// compressed stream of their own (RFC 1952, 2.2; RFC 8878, 3), which is open
	// while stream is set.
	ending string
	stream io.WriteCloser
	// anew is set until the first write where that replaces what the file holds.
	anew bool
	// begun is set when a record was written.
	begun bool
	// failed is the error of a write, after which the file may end in a part of a
	// record: nothing is committed any more.
	failed error
	// encoder is set where the format is another one than the lines of JSON in
	// which records come.
	encoder output.Writer
	// written is set by SkipWritten.
	written *skipWritten
}

// ErrInUse is returned for a file that another process writes records to.
var ErrInUse = errors.New("another newsclip writes to this file")

// NewSink opens the file at path, to add to what it holds or, after [Sink.Replace],
// to take its place. A path that ends in .gz or .zst is compressed. No other process can open the file as a sink until Close, or
// the end of this one: that is [ErrInUse]. An empty path writes to w instead, which
// the caller keeps and closes. The caller must Close the sink.
func NewSink(path string, w io.Writer, format output.Format) (*Sink, error) {
	s := &Sink{w: w}
	if path != "" {
		if err := s.open(path); err != nil {
			return nil, err
		}
	}
	if !format.Lines {
		s.encoder = format.New(s.w)
	}
	return s, nil
}

func (s *Sink) open(path string) (err error) {
	if s.path, err = filepath.Abs(path); err != nil {
		return err
	}
	// Two paths may lead to one file.
	if target, err := filepath.EvalSymlinks(s.path); err == nil {
		s.path = target
	}
	_, s.ending = output.CutCompression(s.path)
	flags := os.O_RDWR | os.O_CREATE
	if fi, err := os.Stat(s.path); err != nil || fi.Mode().IsRegular() {
		if err := s.takeLock(); err != nil {
			return err
		}
	} else if fi.Mode()&os.ModeNamedPipe != 0 {
		flags = os.O_WRONLY // waits for a reader: what nobody has read is lost when the pipe is closed
	}
	defer func() {
		if err != nil {
			s.releaseLock()
		}
	}()
	if s.file, err = os.OpenFile(s.path, flags, 0o666); err != nil {
		return err
	}
	s.w = target{s}
	if s.ending != "" {
		s.w = streams{s}
	}
	return nil
}

// Replace has the first record take the place of what the file holds, unless Resume
// is given the note of a commit. Until then, and where no record comes, the file stays
// as it is. Call it before Resume.
func (s *Sink) Replace() {
	if s.file == nil || !s.isRegular() {
		return
	}
	fi, err := s.file.Stat()
	s.anew = err == nil && fi.Size() > 0
}

// target writes to the file of a sink.
type target struct{ s *Sink }

func (w target) Write(b []byte) (int, error) {
	if w.s.anew {
		if err := w.s.file.Truncate(0); err != nil {
			return 0, err
		}
		w.s.anew = false
	}
	if w.s.ending != "" || !w.s.isRegular() {
		return w.s.file.Write(b)
	}
	return writeWhole(w.s.file, b)
}

// A growing file is one that is written at its end.
type growing interface {
	io.WriteSeeker
	Truncate(size int64) error
}

// writeWhole writes b to a file, or nothing: what a full disk has left of it is cut off
// again, so that the file ends on a whole record.
func writeWhole(f growing, b []byte) (int, error) {
	n, err := f.Write(b)
	if err == nil || n == 0 {
		return n, err
	}
	end, seekErr := f.Seek(-int64(n), io.SeekCurrent)
	if seekErr != nil {
		return n, err
	}
	if truncErr := f.Truncate(end); truncErr != nil {
		return n, errors.Join(err, truncErr)
	}
	return 0, err
}

// takeLock locks the file itself, so that nothing is left of the lock of a process
// that was killed. Where the file system has no locks there is none.
func (s *Sink) takeLock() error {
	l := flock.New(lockPath(s.path), flock.SetFlag(os.O_RDWR|os.O_CREATE), flock.SetPermissions(0o666))
	ok, err := l.TryLock()
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return err
	case err == nil && !ok:
		return fmt.Errorf("%s: %w", s.path, ErrInUse)
	case err == nil:
		s.lock = l
	}
	return nil
}

func (s *Sink) releaseLock() {
	if s.lock != nil {
		s.lock.Close()
		dropLock(s.path)
		s.lock = nil
	}
}

// streams writes to the compressed stream of a sink, and begins one where none is
// open.
type streams struct{ s *Sink }

func (w streams) Write(b []byte) (int, error) {
	if w.s.stream == nil {
		var err error
		if w.s.stream, err = output.Compress(target(w), w.s.ending); err != nil {
			return 0, err
		}
	}
	return w.s.stream.Write(b)
}

// Flush writes what is compressed to the file. It makes nothing durable.
func (s *Sink) Flush() error {
	if s.stream == nil {
		return nil
	}
	err := s.stream.Close()
	s.stream = nil
	return err
}

// sinkNote is the note of a commit.
type sinkNote struct {
	Path string `json:"path"`
	Size int64  `json:"size"`
}

// Resume cuts the file to its length at the last commit. A file that this crawl
// has not written before is added to: what a process that was killed has left half
// written at its end is cut off first.
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
		if s.anew {
			return nil
		}
		return s.toEnd()
	}
	s.anew = false
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

// toEnd cuts off what is half written at the end of the file, and moves there.
func (s *Sink) toEnd() error {
	if s.ending != "" {
		if err := output.CutTornStream(s.file, s.ending); err != nil {
			return fmt.Errorf("%s: cutting off an incomplete end: %w", s.path, err)
		}
	} else {
		f, err := output.Append(s.path) // cuts off half a line
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	_, err := s.file.Seek(0, io.SeekEnd)
	return err
}

func (s *Sink) isRegular() bool {
	fi, err := s.file.Stat()
	return err == nil && fi.Mode().IsRegular()
}

// Write writes one record of a [Handler]. A format other than JSON lines has no
// place for the record of a page that is gone: it is left out.
func (s *Sink) Write(record []byte) error {
	if s.failed != nil {
		return s.failed
	}
	if s.written != nil && s.written.has(record) {
		return nil
	}
	s.begun = true
	err := s.write(record)
	if err != nil {
		s.failed = fmt.Errorf("writing records: %w", err)
	}
	return s.failed
}

func (s *Sink) write(record []byte) error {
	if s.encoder == nil {
		_, err := s.w.Write(record)
		return err
	}
	r, err := output.Decode(record)
	if err != nil {
		return fmt.Errorf("reading one back: %w", err)
	}
	if r.Error != nil {
		return nil
	}
	return s.encoder.Write(r)
}

// Commit makes what was written durable.
func (s *Sink) Commit() ([]byte, error) {
	if s.failed != nil {
		return nil, s.failed
	}
	if err := s.Flush(); err != nil {
		s.failed = fmt.Errorf("writing records: %w", err)
		return nil, s.failed
	}
	if s.file == nil || !s.isRegular() {
		return nil, nil
	}
	if s.failed = s.checkPlace(); s.failed != nil {
		return nil, s.failed
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

// ErrRemoved is returned where the file was removed, or another put in its place,
// while records were written to it: they are in no file that has a name.
var ErrRemoved = errors.New("the file was removed or replaced while records were written to it")

// checkPlace compares the open file with the one that has its name.
func (s *Sink) checkPlace() error {
	open, err := s.file.Stat()
	if err != nil {
		return err
	}
	named, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(open, named) {
		return fmt.Errorf("%s: %w", s.path, ErrRemoved)
	}
	return err
}

// Close ends the records, in formats that have an end, and closes the file.
func (s *Sink) Close() error {
	var err error
	if s.encoder != nil && !(s.anew && !s.begun) {
		err = s.encoder.Close()
	}
	if s.file != nil {
		if flushErr := s.Flush(); s.failed == nil {
			err = errors.Join(err, flushErr)
		}
		err = errors.Join(err, s.file.Close())
	}
	s.releaseLock()
	return err
}
