package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// NewMarkdown returns a writer of Markdown with a YAML head, as static site
// generators and note takers read it: the metadata between two lines of ---,
// then the title as a heading, the subtitle, and the body, which is the text
// where a record has no Markdown. Records that hold an error are left out.
func NewMarkdown(w io.Writer) Writer { return &markdownWriter{w: w} }

type markdownWriter struct {
	w     io.Writer
	count int
}

func (m *markdownWriter) Write(a *Record) error {
	if a.Error != nil {
		return nil
	}
	buf := buffers.Get().(*bytes.Buffer)
	defer putBuffer(buf)
	if m.count > 0 {
		buf.WriteByte('\n')
	}
	m.count++

	buf.WriteString("---\n")
	frontMatter(buf, a)
	buf.WriteString("---\n")
	if a.Title != "" {
		fmt.Fprintf(buf, "\n# %s\n", escapeMarkdown(a.Title))
	}
	if a.Subtitle != "" {
		fmt.Fprintf(buf, "\n**%s**\n", escapeMarkdown(a.Subtitle))
	}
	body := strings.TrimSpace(a.Markdown)
	if body == "" {
		// A record that was written without the field, and is converted.
		body = escapeMarkdown(a.Text)
	}
	if body != "" {
		fmt.Fprintf(buf, "\n%s\n", body)
	}
	_, err := m.w.Write(buf.Bytes())
	return err
}

func (m *markdownWriter) Close() error { return nil }

// frontMatter writes the fields that have a value, in the record's order.
func frontMatter(buf *bytes.Buffer, a *Record) {
	field := func(key, value string) {
		if value != "" {
			fmt.Fprintf(buf, "%s: %s\n", key, yamlString(value))
		}
	}
	list := func(key string, values []string) {
		if len(values) > 0 {
			fmt.Fprintf(buf, "%s:\n", key)
			for _, v := range values {
				fmt.Fprintf(buf, "  - %s\n", yamlString(v))
			}
		}
	}
	field("title", a.Title)
	field("subtitle", a.Subtitle)
	field("description", a.Description)
	names := make([]string, len(a.Authors))
	for i, author := range a.Authors {
		names[i] = author.Name
	}
	list("authors", names)
	field("published", a.Published)
	field("modified", a.Modified)
	url := a.CanonicalURL
	if url == "" {
		url = a.URL
	}
	field("url", url)
	if a.Site != nil {
		site := a.Site.Name
		if site == "" {
			site = a.Site.Domain
		}
		field("site", site)
	}
	field("language", a.Language)
	field("section", a.Section)
	list("tags", a.Tags)
	for _, img := range a.Images {
		if img.Lead {
			field("image", img.URL)
		}
	}
}

// yamlString quotes s. YAML's double-quoted strings are JSON's, but YAML lets
// some signs stand only escaped that JSON lets stand raw (YAML 1.2.2, 5.1).
func yamlString(s string) string {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""` // no string fails to encode
	}
	quoted := strings.TrimSuffix(buf.String(), "\n")
	if !strings.ContainsFunc(quoted, notYAML) {
		return quoted
	}
	var b strings.Builder
	for _, r := range quoted {
		if notYAML(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func notYAML(r rune) bool {
	return r >= 0x7f && r <= 0x9f || r == 0xfeff || r == 0xfffe || r == 0xffff
}

// escapeMarkdown keeps a line of plain words from reading as markup. Only what
// can begin markup inside a line is escaped; after "# " or "**" no block can.
func escapeMarkdown(s string) string {
	if !strings.ContainsAny(s, "\\`*_[]<#") {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch r {
		case '<':
			// After an address, a backslash is taken for a part of it.
			b.WriteString("&lt;")
			continue
		case '!':
			// Some programs take it for a picture though the bracket is escaped.
			if i+1 < len(s) && s[i+1] == '[' {
				b.WriteString("&#33;")
				continue
			}
		case '\\', '`', '*', '[', ']':
			b.WriteByte('\\')
		case '_':
			// Inside a word an underscore is no markup.
			if !(wordBefore(s, i) && wordAfter(s, i+1)) {
				b.WriteByte('\\')
			}
		case '#':
			// A heading's closing hashes follow a space.
			if i > 0 && s[i-1] == ' ' {
				b.WriteByte('\\')
			}
		}
		b.WriteRune(r)
	}
	return b.String()
}

func wordBefore(s string, i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s[:i])
	return isWord(r)
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

func wordAfter(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return isWord(r)
}
