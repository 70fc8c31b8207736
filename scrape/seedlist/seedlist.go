package seedlist

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"newsclip/scrape"
)

// MaxSize bounds a list, in bytes.
const MaxSize = 64 << 20

// maxEntry bounds a line, or an element of OPML, in bytes.
const maxEntry = 256 << 10

// Read reads a list in UTF-8, or in UTF-16 with a byte order mark. It calls warn with
// the number of each line, from 1, that is left out, or of which something is, and the
// reason. An error is that of r, or of a list that is larger than [MaxSize].
func Read(r io.Reader, warn func(line int, err error)) ([]scrape.Site, error) {
	in := &boundedReader{r: r}
	br := bufio.NewReaderSize(transform.NewReader(in, unicode.BOMOverride(encoding.Nop.NewDecoder())), maxEntry)
	head, _ := br.Peek(opmlHead)
	var sites []scrape.Site
	if isOPML(head) {
		sites = readOPML(br, warn)
	} else {
		sites = readLines(br, warn)
	}
	if in.err != nil {
		return nil, in.err
	}
	return sites, nil
}

// boundedReader reads MaxSize bytes at most, and keeps the error that ends the list.
type boundedReader struct {
	r    io.Reader
	read int
	err  error
}

func (b *boundedReader) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.read += n; b.read > MaxSize {
		n, err = 0, fmt.Errorf("the list is larger than %d MiB", MaxSize>>20)
	}
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}

func readLines(br *bufio.Reader, warn func(line int, err error)) []scrape.Site {
	l := &list{warn: warn, unknown: make(map[string]bool)}
	for n := 1; ; n++ {
		line, long, err := readLine(br)
		if long {
			warn(n, leftOut(fmt.Errorf("it is longer than %d KiB", maxEntry>>10)))
		} else {
			l.line(n, string(line))
		}
		if err != nil {
			return l.sites
		}
	}
}

// readLine reads a line that ends as those of any system do. Of one that is longer than
// maxEntry nothing is kept, and long is true.
func readLine(br *bufio.Reader) (line []byte, long bool, err error) {
	for {
		if _, err := br.Peek(1); err != nil {
			return line, long, err
		}
		part, _ := br.Peek(br.Buffered())
		end := bytes.IndexAny(part, "\r\n")
		n := end
		if end < 0 {
			n = len(part)
		}
		if len(line)+n > maxEntry {
			line, long = nil, true
		}
		if !long {
			line = append(line, part[:n]...)
		}
		if end < 0 {
			_, _ = br.Discard(n)
			continue
		}
		isReturn := part[end] == '\r'
		_, _ = br.Discard(end + 1)
		if next, _ := br.Peek(1); isReturn && len(next) > 0 && next[0] == '\n' {
			_, _ = br.Discard(1)
		}
		return line, long, nil
	}
}

// list is a list of lines while it is read.
type list struct {
	warn    func(line int, err error)
	sites   []scrape.Site
	began   bool
	header  *header // of CSV
	unknown map[string]bool
}

func (l *list) line(n int, line string) {
	text := strings.TrimSpace(strings.ReplaceAll(line, "\x00", ""))
	if text == "" || text[0] == '#' {
		return
	}
	if !l.began {
		l.began = true
		if l.header = readHeader(text); l.header != nil {
			if len(l.header.unknown) > 0 {
				l.warn(n, fmt.Errorf("columns are left out: %s; name them as in labels.%s to have them in the records", strings.Join(l.header.unknown, ", "), l.header.unknown[0]))
			}
			return
		}
	}
	var s scrape.Site
	var err error
	switch {
	case l.header != nil:
		s, err = l.header.site(text)
	case text[0] == '{':
		s, err = l.object(n, text)
	default:
		s.URL = seedOf(text)
	}
	if err == nil {
		err = check(&s)
	}
	if err != nil {
		l.warn(n, leftOut(err))
		return
	}
	l.sites = append(l.sites, s)
}

// leftOut is the error of a line that cannot be used.
func leftOut(err error) error { return fmt.Errorf("it is left out: %w", err) }

// check reports what is wrong with a site.
func check(s *scrape.Site) error {
	switch {
	case s.URL == "":
		return errors.New("it has no URL")
	case !isURL(s.URL):
		return fmt.Errorf("%q is not a URL that can be crawled", scrape.Redact(s.URL))
	}
	return s.Check()
}

// isURL reports whether s has a scheme of the web.
func isURL(s string) bool {
	scheme, _, ok := strings.Cut(s, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// object reads a line of JSON.
func (l *list) object(n int, text string) (s scrape.Site, err error) {
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil {
		return s, fmt.Errorf("broken JSON: %w", err)
	}
	for name, value := range members {
		if bytes.Equal(value, []byte("null")) {
			continue
		}
		known, err := setMember(&s, name, value)
		if err != nil {
			return s, fmt.Errorf("%s: %w", name, err)
		}
		if !known && !l.unknown[name] {
			l.unknown[name] = true
			l.warn(n, fmt.Errorf("the member %q is left out, here and elsewhere", name))
		}
	}
	return s, nil
}

// setMember sets an option from its JSON, and reports false for an unknown one.
func setMember(s *scrape.Site, name string, value json.RawMessage) (known bool, err error) {
	var scalar any
	if value[0] != '{' && value[0] != '[' {
		if err := json.Unmarshal(value, &scalar); err != nil {
			return true, err
		}
		if _, isText := scalar.(string); isText || name != "labels" {
			return set(s, name, scalarText(value, scalar))
		}
	}
	switch name {
	case "include", "exclude":
		var list []string
		if err := json.Unmarshal(value, &list); err != nil {
			return true, errors.New("it takes a regular expression, or a list of them")
		}
		if name == "include" {
			s.Include = list
		} else {
			s.Exclude = list
		}
		return true, nil
	case "labels":
		var words []string
		if json.Unmarshal(value, &words) == nil {
			return true, readLabels(s, strings.Join(words, ";"))
		}
		var members map[string]json.RawMessage
		if err := json.Unmarshal(value, &members); err != nil {
			return true, errors.New("it takes an object, or a list of texts")
		}
		for k, v := range members {
			var one any
			if v[0] == '{' || v[0] == '[' || json.Unmarshal(v, &one) != nil {
				return true, fmt.Errorf("the label %s is neither a text nor a number", k)
			}
			addLabel(s, k, scalarText(v, one))
		}
		return true, nil
	}
	known, _ = set(s, name, "")
	if !known {
		return false, nil
	}
	return true, errors.New("it takes a text or a number")
}

// scalarText is a JSON value as a text: a string without its quotation marks.
func scalarText(value json.RawMessage, decoded any) string {
	if s, ok := decoded.(string); ok {
		return s
	}
	return string(value)
}

// set sets an option from its text, and reports false for an unknown one. The empty
// text leaves it as it is.
func set(s *scrape.Site, name, value string) (known bool, err error) {
	value = strings.TrimSpace(value)
	switch name {
	case "url":
		s.URL = seedOf(value)
	case "name":
		s.Name = value
	case "delay":
		if value != "" {
			s.Delay, err = readDelay(value)
		}
	case "max_pages":
		if value != "" {
			if s.MaxPages, err = strconv.Atoi(value); err != nil || s.MaxPages < 0 {
				err = fmt.Errorf("%q is not a number of pages", value)
			}
		}
	case "include":
		if value != "" {
			s.Include = append(s.Include, value)
		}
	case "exclude":
		if value != "" {
			s.Exclude = append(s.Exclude, value)
		}
	case "labels":
		err = readLabels(s, value)
	default:
		label, ok := strings.CutPrefix(name, "labels.")
		if !ok || label == "" {
			return false, nil
		}
		if value != "" {
			addLabel(s, label, value)
		}
	}
	return true, err
}

// readDelay reads a time as in 2s, or a number of seconds.
func readDelay(text string) (time.Duration, error) {
	d, err := time.ParseDuration(text)
	if err != nil {
		seconds, floatErr := strconv.ParseFloat(text, 64)
		if floatErr != nil || !(seconds < 1e6) {
			return 0, fmt.Errorf("%q is not a time as in 2s", text)
		}
		d = time.Duration(seconds * float64(time.Second))
	}
	if d < 0 {
		return 0, fmt.Errorf("%q is negative", text)
	}
	return d, nil
}

// readLabels reads labels of a cell: a JSON object or list, or pairs and words as in
// country=fi;daily. A word is a label whose value is empty.
func readLabels(s *scrape.Site, text string) error {
	if strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") {
		_, err := setMember(s, "labels", json.RawMessage(text))
		return err
	}
	for pair := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ';' || r == ',' }) {
		name, value, _ := strings.Cut(pair, "=")
		if name = strings.TrimSpace(name); name == "" {
			return fmt.Errorf("%q is not a label as in country=fi", pair)
		}
		addLabel(s, name, strings.TrimSpace(value))
	}
	return nil
}

func addLabel(s *scrape.Site, name, value string) {
	if s.Labels == nil {
		s.Labels = make(map[string]string)
	}
	s.Labels[name] = value
}
