package saved

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/dustin/go-humanize"

	"newsclip/clean"
)

// A Tally counts what became of inputs: what a [Reader] passed over, and what
// its user reports with Done. The zero value is ready to use, and a nil Tally
// counts nothing. It may be used by several goroutines.
type Tally struct {
	// OnSkip is called for each input that is passed over, one at a time. It
	// may be nil. It is set before the Tally is used.
	OnSkip func(Skipped)

	mu sync.Mutex
	c  Counts
	// The file that is read, and its size in bytes.
	file string
	size int64
	read atomic.Int64 // bytes of it
}

// Reading returns the large file that is being read, how many bytes of it were
// read, and its size. The size is 0 where there is none: the files of a folder
// are small, and a ZIP file is not read from its beginning to its end.
func (t *Tally) Reading() (file string, read, size int64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.file, t.read.Load(), t.size
}

// largeFile is the size in bytes from which the progress in one file is told.
const largeFile = 32 << 20

// reading returns r, a file of that size, so that what is read of it is counted.
func (t *Tally) reading(file string, size int64, r io.Reader) io.Reader {
	if t == nil || size < largeFile {
		return r
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.file, t.size = file, size
	t.read.Store(0)
	return &tallyReader{r, t}
}

type tallyReader struct {
	r io.Reader
	t *Tally
}

func (r *tallyReader) Read(b []byte) (int, error) {
	n, err := r.r.Read(b)
	r.t.read.Add(int64(n))
	return n, err
}

// Skipped is an input that a [Reader] passed over.
type Skipped struct {
	// File names it as [clean.Input.File] would.
	File string
	// Cause is what it is ("image/png", "plain text"), the status of its
	// response ("status 404"), or why it is not looked into ("hidden").
	Cause string
}

// Counts are the numbers of a [Tally].
type Counts struct {
	// Read counts the inputs that were read, Written those of them that gave a
	// record of an article.
	Read, Written int
	// LeftOut is how many of the Written a filter has left out after all.
	LeftOut int
	// Failed counts the others by the code of their error, and Skipped the
	// inputs that were passed over by cause.
	Failed, Skipped map[string]int
}

// Done counts an input that was read. Err is what failed: nil, or best a
// [*clean.Error], whose code is the cause.
func (t *Tally) Done(err error) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.c.Read++
	if err == nil {
		t.c.Written++
		return
	}
	code := "read"
	var ce *clean.Error
	if errors.As(err, &ce) {
		code = ce.Code
	}
	if t.c.Failed == nil {
		t.c.Failed = make(map[string]int)
	}
	t.c.Failed[code]++
}

// skip counts an input that is passed over.
func (t *Tally) skip(file, cause string) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.c.Skipped == nil {
		t.c.Skipped = make(map[string]int)
	}
	if _, ok := t.c.Skipped[cause]; !ok && len(t.c.Skipped) >= maxCauses {
		t.c.Skipped[otherCauses]++
	} else {
		t.c.Skipped[cause]++
	}
	if t.OnSkip != nil {
		t.OnSkip(Skipped{File: file, Cause: cause})
	}
}

// maxCauses bounds the causes that are counted apart: media types come from
// archives. Those beyond it are counted together.
const (
	maxCauses   = 1000
	otherCauses = "other"
)

// Counts returns the numbers so far. The maps are the caller's, and nil where
// there is nothing to count.
func (t *Tally) Counts() Counts {
	if t == nil {
		return Counts{}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	c := t.c
	c.Failed, c.Skipped = maps.Clone(c.Failed), maps.Clone(c.Skipped)
	return c
}

// String is the counts as a line, the most frequent causes first:
//
//	1,149 read, 1,139 written, 10 failed (8 no_article, 2 read), 3 skipped (2 image/png, 1 hidden)
func (c Counts) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s read, %s written", humanize.Comma(int64(c.Read)), humanize.Comma(int64(c.Written-c.LeftOut)))
	if c.LeftOut > 0 {
		fmt.Fprintf(&b, ", %s left out", humanize.Comma(int64(c.LeftOut)))
	}
	for _, part := range []struct {
		name   string
		causes map[string]int
	}{{"failed", c.Failed}, {"skipped", c.Skipped}} {
		total := 0
		causes := slices.SortedFunc(maps.Keys(part.causes), func(x, y string) int {
			if n := part.causes[y] - part.causes[x]; n != 0 {
				return n
			}
			return strings.Compare(x, y)
		})
		for i, cause := range causes {
			n := part.causes[cause]
			total += n
			causes[i] = humanize.Comma(int64(n)) + " " + cause
		}
		const most = 8 // causes; a line is to be read at a glance
		if len(causes) > most {
			causes = append(causes[:most], "…")
		}
		if total > 0 {
			fmt.Fprintf(&b, ", %s %s (%s)", humanize.Comma(int64(total)), part.name, strings.Join(causes, ", "))
		}
	}
	return b.String()
}
