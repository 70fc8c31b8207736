package saved

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"newsclip/clean"
)

// arc yields the HTML pages of an ARC archive, the form that WARC replaced
// (archive.org/web/researcher/ArcFileFormat.php), as [walk.warc] does.
func (w *walk) arc(b blob, r io.Reader) bool {
	br := bufio.NewReaderSize(r, maxWARCLine)
	for n := 1; ; n++ {
		in, length, err := readARCHeader(br)
		if err == io.EOF {
			return true
		}
		rec := record{blob: b.member(strconv.Itoa(n)), where: fmt.Sprintf("%s: record %d", b.name, n)}
		if err != nil {
			return w.record(rec, "", err)
		}
		block := &io.LimitedReader{R: br, N: length}
		cause := bookkeeping // filedesc: is the archive's own, dns: the crawler's
		if httpOnly(in.URL) != "" {
			in, cause, err = readResponse(in, block, length, b.budget)
		}
		rec.in = in
		if broken := skipBlock(block); broken != nil {
			rec.in = clean.Input{}
			return w.record(rec, "", broken)
		}
		if cause != bookkeeping && !w.record(rec, cause, err) {
			return false
		}
	}
}

// readARCHeader reads the line that begins a record. It returns io.EOF at the
// end of the archive. Version 1 has the fields URL, IP, date, content type and
// length; version 2 has ten, of which the first three and the last are these.
func readARCHeader(br *bufio.Reader) (in clean.Input, length int64, err error) {
	line := ""
	for line == "" { // after the block of the record before
		if line, err = readHeaderLine(br); err != nil {
			return in, 0, err
		}
	}
	fields := strings.Split(line, " ")
	n := len(fields)
	if n < 5 {
		return in, 0, errors.New("no ARC record begins here")
	}
	length, err = strconv.ParseInt(fields[n-1], 10, 64)
	if err != nil || length < 0 {
		return in, 0, fmt.Errorf("content length %q is no number", fields[n-1])
	}
	// Some crawlers left spaces in addresses, so fields are counted from the
	// end, where the date has one form.
	for _, date := range []int{n - 3, n - 8} {
		if date < 2 {
			continue
		}
		if t, err := time.Parse("20060102150405", fields[date]); err == nil {
			in.FetchedAt = t
			in.URL = strings.Join(fields[:date-1], " ")
			return in, length, nil
		}
	}
	in.URL = fields[0]
	return in, length, nil
}
