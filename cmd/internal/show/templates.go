package show

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"strings"
	"time"
)

//go:embed *.html
var htmlFiles embed.FS

// CSS is the style sheet of what this package shows: colours, light and dark;
// type; sections; the blocks of a page; print.
//
//go:embed show.css
var CSS string

// funcs are what the templates call.
var funcs = template.FuncMap{
	"count":     Count,
	"number":    Number,
	"direction": Direction,
	"title":     capitalize,
	"moment":    moment,
}

// Templates returns the templates of this package, parsed anew: the caller may
// add to them and define "block-action" again.
//
//   - "blocks" shows a [BlockList].
//   - "block" shows a [Block], as an element li.
//   - "key" explains the colours of blocks.
//   - "block-action" is empty, and stands at the end of each block.
func Templates() *template.Template {
	return template.Must(template.New("show").Funcs(funcs).ParseFS(htmlFiles, "*.html"))
}

// BlockList is what the template "blocks" shows.
type BlockList struct {
	Runs []Run
	// Language is that of the page, a BCP 47 tag, or "".
	Language string
}

// capitalize makes the first letter of an ASCII word a capital.
func capitalize(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// moment writes a date-time of a record to the minute, in its own time zone:
// "2026-03-04 09:30". A date stays as it is.
func moment(s string) string {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.Format("2006-01-02 15:04")
	}
	return s
}

// StyleHash is the source expression of a Content-Security-Policy that allows
// just one style element, that with these contents.
func StyleHash(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
