package saved

import (
	"archive/tar"
	"errors"
	"fmt"
	"io"
)

// tar yields the pages of a tar archive, in its order, which is read once.
func (w *walk) tar(b blob, r io.Reader) bool {
	tr := tar.NewReader(r)
	pages, size := make(map[string]bool), 0
	for n := 1; ; n++ {
		h, err := tr.Next()
		if err == io.EOF {
			return true
		}
		if err == nil && n > maxMembers {
			err = errManyMembers
		}
		if err != nil && !errors.Is(err, tar.ErrInsecurePath) {
			return w.fail(b, "read", archiveError("tar", err))
		}
		name := memberName(h.Name)
		m := b.member(name)
		switch h.Typeflag {
		case tar.TypeReg, tar.TypeGNUSparse:
		case tar.TypeDir, tar.TypeXGlobalHeader:
			continue
		default:
			w.skip(m, "link or device")
			continue
		}
		if ext := ending(name); len(name) <= maxName && (ext == ".html" || ext == ".htm") {
			// A page's parts follow it closely; all names would take memory.
			if size += len(name); len(pages) == 1<<16 || size > maxNames {
				clear(pages)
				size = len(name)
			}
			pages[name] = true
		}
		if cause := memberCause(name, func(page string) bool { return pages[page] }); cause != "" {
			w.skip(m, cause)
			continue
		}
		// A sparse file has holes, which may be far larger than the archive.
		m.r, m.length = b.budget.reader(tr), h.Size
		if !w.blob(m) {
			return false
		}
	}
}

// maxNames is how many bytes the names of pages take that are remembered.
const maxNames = 8 << 20

// archiveError returns an error with a message for users in place of the
// library's.
func archiveError(form string, err error) error {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the %s archive ends too early; the file is cut short", form)
	case errors.Is(err, tar.ErrHeader):
		return fmt.Errorf("the %s archive is broken: no member begins where one should", form)
	}
	return err
}
