package read

import (
	"bufio"
	"encoding/json"
	"io"
	"regexp"
	"sync"
)

// jsonItem is an item of a JSON Feed.
type jsonItem struct {
	ID            any    `json:"id"`
	URL           string `json:"url"`
	ExternalURL   string `json:"external_url"`
	DatePublished string `json:"date_published"`
	DateModified  string `json:"date_modified"`
}

// jsonHead are the members of a JSON Feed besides its items.
type jsonHead struct {
	HomePageURL string `json:"home_page_url"`
	NextURL     string `json:"next_url"`
}

// maxJSONValue bounds one item of a JSON Feed, in bytes. It holds the article's
// text.
const maxJSONValue = 8 << 20

// readJSON reads a JSON Feed (jsonfeed.org, versions 1 and 1.1). The feed is taken
// apart into its items first, so that one that is no JSON costs no other.
func (d *Document) readJSON(br *bufio.Reader, each func(Entry) error) error {
	s := &jsonScanner{br: br}
	s.onItem = func(raw []byte) error {
		var it jsonItem
		if json.Unmarshal(raw, &it) != nil {
			return nil
		}
		e, ok := it.entry()
		if !ok {
			return nil
		}
		return each(e)
	}
	s.onMember = func(raw []byte) {
		var h jsonHead
		if json.Unmarshal(append(append([]byte{'{'}, raw...), '}'), &h) != nil {
			return
		}
		if h.HomePageURL != "" {
			d.Site = h.HomePageURL
		}
		if h.NextURL != "" {
			d.Pages = append(d.Pages, h.NextURL)
		}
	}
	err := s.scan()
	if err == io.ErrUnexpectedEOF {
		return errCutFeed
	}
	return err
}

func (it *jsonItem) entry() (Entry, bool) {
	var e Entry
	id, _ := it.ID.(string)
	for _, loc := range []string{it.URL, it.ExternalURL, absolute(id)} {
		e.addLoc(loc)
	}
	if e.Published = parseTime(it.DatePublished); e.Published.IsZero() {
		e.LastMod = parseTime(it.DateModified)
	}
	return e, e.Loc != ""
}

// A jsonScanner takes an object apart, by brackets and strings alone.
type jsonScanner struct {
	br *bufio.Reader
	// onItem gets each value of the array "items", and onMember each other member
	// of the object, as written. Both must not keep it.
	onItem   func(raw []byte) error
	onMember func(raw []byte)
}

func (s *jsonScanner) scan() error {
	var (
		value    []byte // the member or item that is being read
		depth    int    // of brackets: 1 in the object, 2 in items
		inItems  bool
		inString bool
		escaped  bool
	)
	end := func() error { // of a member or an item
		raw := value
		value = value[:0]
		switch {
		case len(raw) == 0 || len(raw) >= maxJSONValue:
		case inItems:
			return s.onItem(raw)
		default:
			s.onMember(raw)
		}
		return nil
	}
	for {
		b, err := s.br.ReadByte()
		if err == io.EOF {
			return io.ErrUnexpectedEOF
		}
		if err != nil {
			return err
		}
		if b < ' ' {
			b = ' ' // white space, or not allowed
		}
		level := 1
		if inItems {
			level = 2
		}
		keep := depth >= level && (len(value) > 0 || b != ' ')
		switch {
		case inString:
			switch {
			case escaped:
				escaped = false
			case b == '\\':
				escaped = true
			case b == '"':
				inString = false
			}
		case b == '"':
			inString = true
		case b == '{' || b == '[':
			depth++
			if depth == 2 && b == '[' && !inItems && itemsKey().Match(value) {
				inItems, value, keep = true, value[:0], false
			} else if depth == 1 {
				keep = false
			}
		case b == '}' || b == ']':
			depth--
			if depth < level {
				if err := end(); err != nil {
					return err
				}
				if depth <= 0 {
					return nil
				}
				inItems, keep = false, false
			}
		case b == ',' && depth == level:
			keep = false
			if err := end(); err != nil {
				return err
			}
		}
		if keep && len(value) < maxJSONValue {
			value = append(value, b)
		}
	}
}

// itemsKey matches what stands before the bracket of the items.
var itemsKey = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\s*"items"\s*:\s*$`) })
