package saved

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	// maxDepth is how many archives deep a page may be.
	maxDepth = 2
	// maxMembers is how many members of a ZIP or tar archive are read.
	maxMembers = 10_000_000
	// maxInMemory is the size in bytes of a file that is read as a whole: a ZIP
	// that is not in a file of its own, and a Safari web archive.
	maxInMemory = 256 << 20
)

// budget bounds the bytes that an input or a member of it may decompress to, so that
// reading a decompression bomb ends. HTML compresses 5 to 20 times, and similar pages
// packed together up to 100 times; gzip reaches 1032 times and zstd far more.
type budget struct {
	size    func() int64 // bytes of the input, so far
	floor   int64        // what it may decompress to whatever its size, in bytes
	decoded int64
}

const (
	budgetRatio = 250
	budgetFloor = 128 << 20 // of an input
	memberFloor = 1 << 20   // of a member
)

// newBudget returns the budget of an input of which size returns how many bytes were read.
func newBudget(size func() int64) *budget { return &budget{size: size, floor: budgetFloor} }

// memberBudget returns the budget of a member of so many bytes.
func memberBudget(size int64) *budget {
	return &budget{size: func() int64 { return size }, floor: memberFloor}
}

// allows reports whether the input may decompress to so many bytes.
func (b *budget) allows(n int64) bool { return n <= b.floor || n/budgetRatio <= b.size() }

var errBomb = tooLarge(fmt.Sprintf("decompresses to more than %d times its size, and is not read further", budgetRatio))

// reader returns a reader that counts the bytes of r and fails once the budget
// is spent.
func (b *budget) reader(r io.Reader) io.Reader { return &budgetReader{r, b} }

type budgetReader struct {
	r io.Reader
	b *budget
}

func (r *budgetReader) Read(p []byte) (int, error) {
	if !r.b.allows(r.b.decoded) {
		return 0, errBomb
	}
	n, err := r.r.Read(p)
	r.b.decoded += int64(n)
	return n, err
}

// memberName returns the form of a member's name that stands in records: with
// slashes, without control characters, and with ".." resolved inside the
// archive. A name that is not UTF-8 is decoded as code page 437 (APPNOTE.TXT,
// appendix D).
func memberName(name string) string {
	if !utf8.ValidString(name) {
		name, _ = charmap.CodePage437.NewDecoder().String(name)
	}
	name = printable(strings.ReplaceAll(name, `\`, "/"))
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// member returns the blob of a member of the archive b, without its data.
func (b blob) member(name string) blob {
	return blob{file: b.file + "!/" + name, name: b.name + "!/" + name, depth: b.depth + 1, budget: b.budget}
}

// memberCause returns why a member is skipped before its data is looked at, or
// "". hasPage reports whether the archive has a page of that name.
func memberCause(name string, hasPage func(string) bool) string {
	if len(name) > maxName || strings.Count(name, "/") > maxFolders {
		return "a name that is too long"
	}
	for start := 0; ; {
		length := strings.IndexByte(name[start:], '/')
		dir, last := name[start:], length < 0
		if !last {
			dir = name[start : start+length]
		}
		if strings.HasPrefix(dir, ".") || dir == "__MACOSX" {
			return "hidden" // the Mac's own ZIP has its attributes in __MACOSX
		}
		if last {
			return ""
		}
		for _, page := range pagesOfParts(name[:start+length]) {
			if hasPage(page) {
				return "parts of a saved page"
			}
		}
		start += length + 1
	}
}

// A member's name is looked at once for each folder in it, and the names of pages are kept.
// No file system has names longer than maxName bytes (PATH_MAX of Linux).
const (
	maxName    = 4096
	maxFolders = 100
)
