package saved

import (
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	// maxDepth is how many archives deep a page may be.
	maxDepth = 2
	// maxMembers of a ZIP or tar archive are read; an archive of the news of a
	// large country for a year has a tenth of it.
	maxMembers = 10_000_000
	// maxInMemory is the size in bytes of a file that is read as a whole: a ZIP
	// that is not in a file of its own, and a Safari web archive.
	maxInMemory = 256 << 20
)

// budget bounds what an input may decode to, so that a small file that
// decompresses to terabytes ends. HTML shrinks to a fifth or a twentieth, and
// pages that are alike, packed together, to a hundredth; gzip reaches 1:1032
// and zstd far more.
type budget struct {
	size    func() int64 // bytes of the input, so far
	decoded int64
}

const (
	budgetFloor = 1 << 30
	budgetRatio = 250
)

func newBudget(size func() int64) *budget { return &budget{size: size} }

// reader counts what r gives, and ends it with an error where the budget is
// spent.
func (b *budget) reader(r io.Reader) io.Reader { return &budgetReader{r, b} }

type budgetReader struct {
	r io.Reader
	b *budget
}

func (r *budgetReader) Read(p []byte) (int, error) {
	if b := r.b; b.decoded > budgetFloor && b.decoded/budgetRatio > b.size() {
		return 0, tooLarge(fmt.Sprintf("decompresses to more than %d times its size, and is not read further", budgetRatio))
	}
	n, err := r.r.Read(p)
	r.b.decoded += int64(n)
	return n, err
}

// memberName is a member's name as records tell it: with slashes, without
// control characters, and with what leads out of the archive resolved inside
// it. Names that are not UTF-8 are in the code page of the first PCs, as ZIP
// has them.
func memberName(name string) string {
	if !utf8.ValidString(name) {
		name, _ = charmap.CodePage437.NewDecoder().String(name)
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case unicode.IsControl(r):
			return utf8.RuneError
		}
		return r
	}, name)
	return strings.TrimPrefix(path.Clean("/"+name), "/")
}

// member is the blob of an archive's member, without its data.
func (b blob) member(name string) blob {
	return blob{file: b.file + "!/" + name, name: b.name + "!/" + name, depth: b.depth + 1, budget: b.budget}
}

// memberCause is why a member is passed over without a look at its data, or "".
// HasPage reports whether the archive has a page of that name.
func memberCause(name string, hasPage func(string) bool) string {
	dirs := strings.Split(name, "/")
	for i, dir := range dirs {
		if strings.HasPrefix(dir, ".") || dir == "__MACOSX" {
			return "hidden" // the Mac's own ZIP has its attributes in __MACOSX
		}
		if i == len(dirs)-1 {
			break
		}
		for _, page := range pagesOfParts(strings.Join(dirs[:i+1], "/")) {
			if hasPage(page) {
				return "parts of a saved page"
			}
		}
	}
	return ""
}
