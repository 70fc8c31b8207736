package saved

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/klauspost/compress/zstd"

	"newsclip/clean"
)

// zipFile is an open ZIP archive.
type zipFile struct {
	*zip.Reader
	names  []string       // of the members, from memberName
	byName map[string]int // the first member of each name
}

// maxDirectory is the size in bytes of the list of members, which is kept in
// memory at several times its size: about 600,000 members.
const maxDirectory = 64 << 20

// openZip reads the list of an archive's members.
func openZip(at io.ReaderAt, size int64) (*zipFile, error) {
	list := &limitedReaderAt{at: at, left: maxDirectory}
	zr, err := zip.NewReader(list, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, zipError(err)
	}
	list.left = -1
	if len(zr.File) > maxMembers {
		return nil, errManyMembers
	}
	if err := checkOverlaps(zr.File, size); err != nil {
		return nil, err
	}
	zr.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor(zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(MaxPage)))
	z := &zipFile{Reader: zr, byName: make(map[string]int, len(zr.File))}
	for i, f := range zr.File {
		name := memberName(f.Name)
		z.names = append(z.names, name)
		if _, ok := z.byName[name]; !ok {
			z.byName[name] = i
		}
	}
	return z, nil
}

// checkOverlaps returns an error where members share their data: a small archive could
// hold as many large members as its directory has entries. Programs that pack archives
// write none such, and unzip refuses them too. What is broken in another way is left to
// fail when it is read.
func checkOverlaps(files []*zip.File, size int64) error {
	type span struct{ from, to int64 }
	spans := make([]span, 0, len(files))
	for _, f := range files {
		at, err := f.DataOffset()
		if n := int64(f.CompressedSize64); err == nil && n > 0 && n <= size-at {
			spans = append(spans, span{at, at + n})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return errors.New("the ZIP archive is broken, or made to do harm: members of it have the same data")
		}
	}
	return nil
}

// errManyMembers is the error for an archive with too many members.
var errManyMembers = tooLarge(fmt.Sprintf("more than %d members; pack them as several archives", maxMembers))

// limitedReaderAt fails after left bytes, or never where left is negative.
type limitedReaderAt struct {
	at   io.ReaderAt
	left int64
}

func (l *limitedReaderAt) ReadAt(b []byte, off int64) (int, error) {
	if l.left >= 0 {
		if l.left -= int64(len(b)); l.left < 0 {
			l.left = 0
			return 0, errManyMembers
		}
	}
	return l.at.ReadAt(b, off)
}

// zipError returns an error with a message for users in place of the library's.
func zipError(err error) error {
	switch {
	case errors.Is(err, zip.ErrFormat):
		return errors.New("the ZIP archive is broken, or cut short: it has no list of its members")
	case errors.Is(err, zip.ErrAlgorithm):
		return errors.New("compressed in a way that is not read; pack it again with deflate")
	case errors.Is(err, zip.ErrChecksum):
		return errors.New("the ZIP data is broken: its checksum is wrong")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the ZIP data ends too early")
	}
	return err
}

// open opens a member.
func (z *zipFile) open(i int, b *budget) (io.ReadCloser, error) {
	const encrypted = 1 // the flag, APPNOTE.TXT 4.4.4
	f := z.File[i]
	if f.Flags&encrypted != 0 {
		return nil, errors.New("encrypted; unpack it with its password first")
	}
	// The library reads no more than the list of members says.
	if !memberBudget(int64(min(f.CompressedSize64, math.MaxInt64))).allows(int64(min(f.UncompressedSize64, math.MaxInt64))) {
		return nil, errBomb
	}
	rc, err := f.Open()
	if err != nil {
		return nil, zipError(err)
	}
	return zipMember{b.reader(rc), rc}, nil
}

type zipMember struct {
	io.Reader
	io.Closer
}

func (m zipMember) Read(b []byte) (int, error) {
	n, err := m.Reader.Read(b)
	if err != nil && err != io.EOF {
		err = zipError(err)
	}
	return n, err
}

// read returns what a member holds, at most limit bytes. False means that there
// is no such member.
func (z *zipFile) read(name string, limit int64, b *budget) ([]byte, bool, error) {
	i, ok := z.byName[name]
	if !ok {
		return nil, false, nil
	}
	r, err := z.open(i, b)
	if err != nil {
		return nil, true, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = tooLarge(fmt.Sprintf("larger than %d MiB, the most that is read of it", limit>>20))
	}
	return data, true, err
}

// zip yields the pages of a ZIP archive, or of one of the forms that are ZIP.
func (w *walk) zip(b blob, r *bufio.Reader) bool {
	if b.at == nil {
		data, err := io.ReadAll(io.LimitReader(r, maxInMemory+1))
		if err == nil && len(data) > maxInMemory {
			err = tooLarge(fmt.Sprintf("a ZIP archive that is not a file of its own is read into memory, and may have %d MiB; unpack the outer one", maxInMemory>>20))
		}
		if err != nil {
			return w.fail(b, "read", err)
		}
		b.at, b.size = bytes.NewReader(data), int64(len(data))
	} else {
		b.budget = newBudget(func() int64 { return b.size }) // it is read in any order
	}
	z, err := openZip(b.at, b.size)
	if err != nil {
		return w.fail(b, "read", err)
	}
	if what := z.office(b.budget); what != "" {
		return w.refuse(b, what)
	}
	if z.isEPUB(b.budget) {
		return w.epub(b, z)
	}
	if page, ok := z.savedPage(b.budget); ok {
		in, err := z.readSavedPage(page, b.budget)
		return w.page(b, in, err)
	}
	only := ""
	if _, ok := z.byName["datapackage.json"]; ok && z.hasWARC() {
		only = waczFolder
	}
	for i, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		if !w.zipMember(b, z, i, only) {
			return false
		}
	}
	return true
}

// refuse yields an error in place of b where the user named it or its name
// promises a page, and else passes it over.
func (w *walk) refuse(b blob, what string) bool {
	if b.named || isPageName(b.file) {
		return w.fail(b, "not_html", notHTML(what))
	}
	return w.skip(b, what)
}

// zipMember yields the pages of one member. Members outside the folder only are
// skipped; "" is the whole archive.
func (w *walk) zipMember(b blob, z *zipFile, i int, only string) bool {
	m := b.member(z.names[i])
	if !strings.HasPrefix(z.names[i], only) {
		return w.skip(m, "index of WACZ")
	}
	m.inWACZ = only != ""
	cause := memberCause(z.names[i], func(page string) bool { _, ok := z.byName[page]; return ok })
	if cause != "" {
		return w.skip(m, cause)
	}
	r, err := z.open(i, b.budget)
	if err != nil {
		if isPageName(m.file) {
			return w.fail(m, "read", err)
		}
		return w.skip(m, "unreadable")
	}
	defer r.Close()
	m.r, m.length = r, int64(z.File[i].UncompressedSize64)
	return w.blob(m)
}

// waczFolder is where a WACZ keeps its WARC archives (specs.webrecorder.net/wacz/1.1.1).
const waczFolder = "archive/"

func (z *zipFile) hasWARC() bool {
	return slices.ContainsFunc(z.names, func(name string) bool {
		return strings.HasPrefix(name, waczFolder) && ending(name) == ".warc"
	})
}

// office names the office document that an archive is, or returns "".
func (z *zipFile) office(b *budget) string {
	if _, ok := z.byName["[Content_Types].xml"]; ok { // ECMA-376, part 2
		for _, part := range []struct{ folder, name string }{{"ppt/", "PowerPoint"}, {"visio/", "Visio"}, {"word/", "Word"}, {"xl/", "Excel"}} {
			if slices.ContainsFunc(z.names, func(name string) bool { return strings.HasPrefix(name, part.folder) }) {
				return "Office (" + part.name + ")"
			}
		}
	}
	if kind, _, _ := z.read("mimetype", 100, b); strings.HasPrefix(string(kind), "application/vnd.oasis.opendocument.") {
		return "OpenDocument"
	}
	return ""
}

// savedPage returns the folder in which SingleFile put a page and its parts:
// index.html with a manifest beside it, at the root of the archive or in the
// one folder there. Frames are such folders below it.
func (z *zipFile) savedPage(b *budget) (dir string, ok bool) {
	if len(z.names) == 0 {
		return "", false
	}
	top, _, inFolder := strings.Cut(z.names[0], "/")
	for _, dir := range []string{"", top + "/"} {
		if dir != "" && (!inFolder || slices.ContainsFunc(z.names, func(name string) bool { return !strings.HasPrefix(name, dir) && name+"/" != dir })) {
			continue
		}
		if _, ok := z.byName[dir+"index.html"]; !ok {
			continue
		}
		if m, ok := z.manifest(dir, b); ok && m.IndexFilename == "index.html" {
			return dir, true
		}
	}
	return "", false
}

// pageManifest is the manifest.json of SingleFile.
type pageManifest struct {
	OriginalURL   string `json:"originalUrl"`
	ArchiveTime   string `json:"archiveTime"`
	IndexFilename string `json:"indexFilename"`
}

func (z *zipFile) manifest(dir string, b *budget) (m pageManifest, ok bool) {
	const limit = 16 << 20 // bytes; it lists the page's parts
	data, found, err := z.read(dir+"manifest.json", limit, b)
	if !found {
		return m, false
	}
	if err != nil {
		// Where it is encrypted, so is the page, and reading it fails.
		return pageManifest{IndexFilename: "index.html"}, true
	}
	return m, json.Unmarshal(data, &m, lenient) == nil
}

// readSavedPage reads the page of [zipFile.savedPage].
func (z *zipFile) readSavedPage(dir string, b *budget) (clean.Input, error) {
	m, _ := z.manifest(dir, b)
	in := clean.Input{URL: httpOnly(m.OriginalURL)}
	if t, err := time.Parse(time.RFC3339, m.ArchiveTime); err == nil {
		in.FetchedAt = t.UTC().Truncate(time.Second)
	}
	r, err := z.open(z.byName[dir+"index.html"], b)
	if err != nil {
		return in, err
	}
	defer r.Close()
	if in.HTML, err = readPage(r, 0); err == nil && in.URL == "" {
		in.URL, _ = savedFrom(in.HTML)
	}
	return in, err
}

// readSelfExtracting reads a page that SingleFile saved as a ZIP archive with a
// page around it that unpacks it in the browser. False means that src is not
// such a page. Page is what was read of it, if it was, and the data of src
// where that is not a file.
func readSelfExtracting(src pageSource, page []byte) (clean.Input, bool, error) {
	at, size := src.at, src.size
	if at == nil {
		at, size = bytes.NewReader(page), int64(len(page))
	}
	if !endsAsZip(page, at, size) {
		return clean.Input{}, false, nil
	}
	z, err := openZip(at, size)
	if err != nil {
		return clean.Input{}, false, nil
	}
	b := newBudget(func() int64 { return size })
	dir, ok := z.savedPage(b)
	if !ok {
		return clean.Input{}, false, nil
	}
	in, err := z.readSavedPage(dir, b)
	return in, true, err
}

// endsAsZip reports whether a file has the record that ends a ZIP archive
// (APPNOTE.TXT 4.3.16) where one must be. Most pages end without a look at more
// than that. The file is page where it was read whole, and read again where page is nil.
func endsAsZip(page []byte, at io.ReaderAt, size int64) bool {
	const most = 22 + 65535 // bytes of the record
	tail := page[max(0, len(page)-most):]
	if page == nil {
		tail = make([]byte, min(size, most))
		n, err := at.ReadAt(tail, size-int64(len(tail)))
		if err != nil && err != io.EOF {
			return false
		}
		tail = tail[:n]
	}
	return bytes.Contains(tail, []byte("PK\x05\x06"))
}
