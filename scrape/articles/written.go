package articles

import (
	"encoding/json"
	"fmt"
	"io"

	"newsclip/output"
)

// skipWritten leaves out records that the file holds. It is used where the frontier
// was repaired, which delivers records again: the file then tells what was written,
// and not the frontier.
type skipWritten struct {
	// revisions are the highest of each record in the file, by its ID.
	revisions map[string]int
}

// recordHead are the fields by which records are compared.
type recordHead struct {
	ID       string `json:"id"`
	Revision int    `json:"revision"`
}

// SkipWritten makes Write leave out a record whose ID the file holds, with the same
// revision or a later one. It is called after Resume. Only lines of JSON can be
// compared: for other formats, and where there is no file, it does nothing.
func (s *Sink) SkipWritten() error {
	if s.file == nil || s.encoder != nil || !s.isRegular() {
		return nil
	}
	end, err := s.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	var r io.Reader = io.NewSectionReader(s.file, 0, end)
	if s.ending != "" && end > 0 {
		d, err := output.Decompress(r)
		if err != nil {
			return fmt.Errorf("reading what %s holds: %w", s.path, err)
		}
		defer d.Close()
		r = d
	}
	written := map[string]int{}
	for rec, err := range output.ReadJSONL(r) {
		if err != nil {
			return fmt.Errorf("reading what %s holds: %w", s.path, err)
		}
		if n, ok := written[rec.ID]; rec.ID != "" && (!ok || rec.Revision > n) {
			written[rec.ID] = rec.Revision
		}
	}
	s.written = &skipWritten{written}
	return nil
}

// has reports whether a record is in the file, and notes that it is going to be.
func (w *skipWritten) has(record []byte) bool {
	var h recordHead
	if json.Unmarshal(record, &h) != nil || h.ID == "" {
		return false
	}
	if n, ok := w.revisions[h.ID]; ok && n >= h.Revision {
		return true
	}
	w.revisions[h.ID] = h.Revision
	return false
}
