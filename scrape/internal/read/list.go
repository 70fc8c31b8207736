package read

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// isList reports whether text is the beginning of a plain list of URLs: its first
// line is one, and so are most that follow.
func isList(text []byte) bool {
	lines, urls := 0, 0
	for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		loc, comment := listed(string(line))
		switch {
		case comment:
			continue
		case loc != "":
			urls++
		case urls == 0:
			return false
		}
		lines++
	}
	return urls > 0 && 2*urls > lines
}

// listed returns the URL of a line. What follows it after white space, as in lists
// with dates, is left out.
func listed(line string) (loc string, comment bool) {
	line = strings.Trim(tidyAddress(line), `"'`)
	if line == "" || line[0] == '#' {
		return "", true
	}
	if i := strings.IndexAny(line, " \t"); i > 0 {
		line = line[:i]
	}
	if !hasScheme(line, "http") && !hasScheme(line, "https") || !strings.Contains(line, "://") {
		return "", false
	}
	return line, false
}

// readList reads a plain list of URLs. Lines end in any of the three ways.
func readList(br *bufio.Reader, each func(Entry) error) error {
	var line []byte
	long := false
	flush := func() error {
		loc, _ := listed(string(line))
		skip := long || loc == ""
		line, long = line[:0], false
		if skip {
			return nil
		}
		return each(Entry{Loc: loc})
	}
	for {
		b, err := br.ReadByte()
		switch {
		case err == io.EOF:
			return flush()
		case err != nil:
			return err
		case b == '\n' || b == '\r':
			if len(line) > 0 {
				if err := flush(); err != nil {
					return err
				}
			}
		case len(line) >= maxLocLength:
			long = true
		default:
			line = append(line, b)
		}
	}
}
