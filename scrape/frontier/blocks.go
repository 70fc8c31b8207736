package frontier

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/minio/highwayhash"
)

// The files in which the server in process keeps a stream, read without it: where
// the server finds a damaged message, it cuts the file off there, and what follows
// is lost. The format is that of the pinned nats-server, file filestore.go: a file
// is a row of records
//
//	length(4) sequence(8) time(8) subject length(2) subject [header length(4) header] content hash(8)
//
// in little-endian order. The highest bit of the length tells of a header, those of
// the sequence of a message that was erased, and of the mark of one that was
// deleted. The hash is HighwayHash-64 of what stands between length and hash
// without the two other lengths; its key is the SHA-256 of the stream's name and
// the file's number.
const (
	recordHead     = 4 + 8 + 8 + 2
	recordHash     = highwayhash.Size64
	recordMost     = 32 << 20
	headerBit      = uint32(1) << 31
	erasedBit      = uint64(1) << 63
	tombstoneBit   = uint64(1) << 62
	blockEnding    = ".blk"
	streamSettings = "meta.inf"
	settingsSum    = "meta.sum"
)

// record is a message in a file.
type record struct {
	seq     uint64
	gone    bool // it was erased, or is the mark of one that was deleted
	mark    bool // it is such a mark
	subject string
	data    []byte // valid until the next record is read
}

// blockScan is what scanStream has found in the files of a stream.
type blockScan struct {
	exists bool
	last   uint64 // the highest sequence
	bad    []badPlace
	// torn is how many bytes at the end of the last file are the beginning of a
	// record, as a full disk or a loss of power leaves them.
	torn  int
	sizes map[string]int64 // of the files
	// settings is an error of the file with the stream's settings.
	settings error
}

// badPlace are bytes in a file that are no records.
type badPlace struct {
	file     string
	at, size int
}

// streamDir is where the server in process keeps a stream below its directory.
func streamDir(dir, name string) string {
	return filepath.Join(dir, "jetstream", "$G", "streams", name)
}

// scanStream reads the files of a stream and calls visit with each record, in the
// order of their sequences.
func (s *blockScan) scanStream(dir, name string, visit func(r *record)) error {
	s.sizes = map[string]int64{}
	root := streamDir(dir, name)
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	s.exists = true
	s.settings = checkSettings(root, name)
	numbers, err := blockNumbers(filepath.Join(root, "msgs"))
	if err != nil {
		return err
	}
	for i, n := range numbers {
		file := blockFile(n)
		b, err := os.ReadFile(filepath.Join(root, "msgs", file))
		if err != nil {
			return err
		}
		s.sizes[file] = int64(len(b))
		if err := s.scanBlock(b, name, n, i == len(numbers)-1, visit); err != nil {
			return err
		}
	}
	return nil
}

// blockNumbers returns the numbers of the files of messages, in order.
func blockNumbers(dir string) ([]int, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var numbers []int
	for _, e := range entries {
		if n, err := strconv.Atoi(strings.TrimSuffix(e.Name(), blockEnding)); err == nil && strings.HasSuffix(e.Name(), blockEnding) {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return numbers, err
}

func blockFile(n int) string { return strconv.Itoa(n) + blockEnding }

// checkSettings compares the file with a stream's settings with its hash.
func checkSettings(root, name string) error {
	b, err := os.ReadFile(filepath.Join(root, streamSettings))
	if err != nil {
		return err
	}
	sum, err := os.ReadFile(filepath.Join(root, settingsSum))
	if err != nil {
		return err
	}
	key := sha256.Sum256([]byte(name))
	if got := highwayhash.Sum64(b, key[:]); hex.EncodeToString(binary.LittleEndian.AppendUint64(nil, got)) != string(sum) {
		return fmt.Errorf("%s and %s do not belong together", streamSettings, settingsSum)
	}
	return nil
}

// dropHalfSettings removes the settings of streams that have no hash of them: a process
// died while it made the stream. The server writes both again where it finds neither;
// where it finds settings it never writes their hash, and at its next start it takes
// the stream for broken.
func dropHalfSettings(dir string) error {
	found, err := os.ReadDir(streamDir(dir, ""))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range found {
		root := streamDir(dir, e.Name())
		if _, err := os.Stat(filepath.Join(root, settingsSum)); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := os.Remove(filepath.Join(root, streamSettings)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// scanBlock reads one file. After bytes that are no record it looks for the next
// record, whose hash shows it.
func (s *blockScan) scanBlock(b []byte, name string, n int, isLast bool, visit func(*record)) error {
	key := sha256.Sum256(fmt.Appendf(nil, "%s-%d", name, n))
	hasher, err := highwayhash.New64(key[:])
	if err != nil {
		return err
	}
	bad := -1 // where the bytes begin that are no record
	endBad := func(at int) {
		s.bad = append(s.bad, badPlace{blockFile(n), bad, at - bad})
		bad = -1
	}
	for at := 0; at < len(b); {
		r, size := readRecord(b[at:], hasher)
		if size == 0 {
			if bad < 0 {
				bad = at
			}
			at++
			continue
		}
		if bad >= 0 {
			endBad(at)
		}
		at += size
		switch {
		case r.mark, r.seq > s.last:
			s.last = max(s.last, r.seq)
			visit(r)
		}
	}
	switch {
	case bad >= 0 && isLast && isTorn(b[bad:]):
		s.torn = len(b) - bad
	case bad >= 0:
		endBad(len(b))
	}
	return nil
}

// subjectStarts are those of all subjects.
var subjectStarts = [][]byte{[]byte("newsclip."), []byte("$KV.")}

func hasSubjectStart(b []byte) bool {
	return slices.ContainsFunc(subjectStarts, func(s []byte) bool { return bytes.HasPrefix(b, s[:min(len(s), len(b))]) })
}

// isTorn reports whether b is the beginning of a record that was to be longer, or
// zeros, which a file system may leave where it had no time to write.
func isTorn(b []byte) bool {
	if len(bytes.Trim(b, "\x00")) == 0 || len(b) < recordHead {
		return true
	}
	length := binary.LittleEndian.Uint32(b) &^ headerBit
	return length <= recordMost && int(length) > len(b) && (len(b) == recordHead || hasSubjectStart(b[recordHead:]))
}

// readRecord reads the record that b begins with. Its size is 0 where there is none.
func readRecord(b []byte, hasher interface {
	Write([]byte) (int, error)
	Sum([]byte) []byte
	Reset()
}) (r *record, size int) {
	if len(b) < recordHead+recordHash {
		return nil, 0
	}
	length := binary.LittleEndian.Uint32(b)
	hasHeader := length&headerBit != 0
	length &^= headerBit
	subject := int(binary.LittleEndian.Uint16(b[20:]))
	fixed := subject
	if hasHeader {
		fixed += 4
	}
	if length > recordMost || int(length) > len(b) || int(length) < recordHead+fixed+recordHash {
		return nil, 0
	}
	data := b[recordHead : int(length)-recordHash]
	if len(data) > 0 && !hasSubjectStart(data) { // saves the hash of bytes that are no record
		return nil, 0
	}
	hasher.Reset()
	hasher.Write(b[4:20])
	hasher.Write(data[:subject])
	hasher.Write(data[fixed:])
	var sum [recordHash]byte
	if !bytes.Equal(hasher.Sum(sum[:0]), b[int(length)-recordHash:length]) {
		return nil, 0
	}
	r = &record{seq: binary.LittleEndian.Uint64(b[4:]), subject: string(data[:subject]), data: data[fixed:]}
	if hasHeader {
		header := int(binary.LittleEndian.Uint32(data[subject:]))
		if header > len(r.data) {
			return nil, 0
		}
		r.data = r.data[header:]
	}
	r.mark = r.seq&tombstoneBit != 0
	r.gone = r.mark || r.seq&erasedBit != 0
	r.seq &^= tombstoneBit | erasedBit
	return r, int(length)
}
