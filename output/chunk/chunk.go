// Package chunk splits records into pieces of their Markdown, for indexes that take
// a few hundred words at a time.
package chunk

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"newsclip/clean/article"
	"newsclip/output"
)

// Of is the member "chunk" of a piece's JSON object.
type Of struct {
	// Article is the id of the whole record, Number the place of the piece in it,
	// from 1, and Count how many there are.
	Article string `json:"article"`
	Number  int    `json:"number"`
	Count   int    `json:"count"`
	// Headings are those that the piece stands under, the outermost first.
	Headings []string `json:"headings,omitempty"`
}

// NewWriter returns a writer that writes the pieces of each record to w.
func NewWriter(w output.Writer, words int) output.Writer { return &writer{w, words} }

type writer struct {
	output.Writer
	words int
}

func (w *writer) Write(r *output.Record) error {
	for _, piece := range Split(r, w.words) {
		if err := w.Writer.Write(piece); err != nil {
			return err
		}
	}
	return nil
}

// Split returns the pieces of a record's Markdown, or of its text where it has
// none: one for each section, and more where a section has over so many words,
// which is then split between blocks. A block is never split. A piece has the
// metadata of the record, its own markdown and word_count, the member chunk, and
// an id that stays the same as long as the headings above it do: that of the
// record, "#", the headings, and from the second piece of a section on a number.
// A record of an error is returned as it is.
func Split(r *output.Record, words int) []*output.Record {
	if r.Error != nil {
		return []*output.Record{r}
	}
	body := r.Markdown
	if body == "" {
		body = r.Text
	}
	var parts []part
	for _, s := range sections(body) {
		parts = append(parts, s.split(words)...)
	}
	var out []*output.Record
	used := make(map[string]bool)
	for i, p := range parts {
		piece := *r
		piece.ID = r.ID + "#" + p.name
		for n := 2; used[piece.ID]; n++ {
			piece.ID = fmt.Sprintf("%s#%s~%d", r.ID, p.name, n)
		}
		used[piece.ID] = true
		piece.Markdown, piece.WordCount = p.text, article.CountWords(p.text)
		piece.Text, piece.HTML, piece.ContentHash, piece.Images, piece.Removed = "", "", "", nil, nil
		piece.Extra = make(map[string]json.RawMessage, len(r.Extra)+1)
		for name, v := range r.Extra {
			piece.Extra[name] = v
		}
		of, _ := json.Marshal(Of{r.ID, i + 1, len(parts), p.headings}) // cannot fail
		piece.Extra["chunk"] = of
		out = append(out, &piece)
	}
	return out
}

// section is what stands under one heading, that included.
type section struct {
	headings []string
	blocks   []string
}

type part struct {
	name     string // of the headings
	headings []string
	text     string
}

// sections cuts Markdown before each of its headings.
func sections(markdown string) []section {
	all := []section{{}}
	var path []string
	for _, block := range blocks(markdown) {
		if level, title := heading(block); level > 0 {
			for len(path) >= level {
				path = path[:len(path)-1]
			}
			for len(path) < level-1 {
				path = append(path, "") // a level that is left out
			}
			path = append(path, title)
			all = append(all, section{headings: named(path)})
		}
		last := &all[len(all)-1]
		last.blocks = append(last.blocks, block)
	}
	if len(all[0].blocks) == 0 {
		all = all[1:]
	}
	return all
}

func named(path []string) (out []string) {
	for _, p := range path {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

// blocks cuts Markdown at its blank lines, but not within fenced code.
func blocks(markdown string) (out []string) {
	var block []string
	fence := ""
	end := func() {
		if len(block) > 0 {
			out = append(out, strings.Join(block, "\n"))
		}
		block = nil
	}
	for line := range strings.Lines(markdown) {
		line = strings.TrimRight(line, "\r\n")
		start := strings.TrimLeft(line, " ")
		switch {
		case fence != "":
			if strings.HasPrefix(start, fence) {
				fence = ""
			}
		case strings.HasPrefix(start, "```"), strings.HasPrefix(start, "~~~"):
			fence = start[:3]
		case strings.TrimSpace(line) == "":
			end()
			continue
		}
		block = append(block, line)
	}
	end()
	return out
}

// heading returns the level and the words of a heading of Markdown; 0 for another
// block.
func heading(block string) (level int, title string) {
	level = len(block) - len(strings.TrimLeft(block, "#"))
	if level == 0 || level > 6 || !strings.HasPrefix(block[level:], " ") || strings.Contains(block, "\n") {
		return 0, ""
	}
	return level, strings.TrimSpace(block[level:])
}

// split returns the parts of a section, each of at most so many words where its
// blocks allow it. 0 sets no limit.
func (s *section) split(words int) (parts []part) {
	var names []string
	for _, h := range s.headings {
		names = append(names, slug(h))
	}
	name := strings.Join(names, "/")
	var text []string
	n := 0
	end := func() {
		if len(text) > 0 {
			parts = append(parts, part{name, s.headings, strings.Join(text, "\n\n")})
		}
		text, n = nil, 0
	}
	for _, b := range s.blocks {
		w := article.CountWords(b)
		level, _ := heading(strings.Join(text, "\n\n"))
		if words > 0 && n+w > words && level == 0 { // a heading goes with what follows it
			end()
		}
		text, n = append(text, b), n+w
	}
	end()
	return parts
}

// slug returns the letters and digits of s in lower case, with hyphens between.
func slug(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), "-")
}
