package show

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"strings"
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

// StyleHash is the source expression of a Content-Security-Policy that allows
// just one style element, that with these contents.
func StyleHash(css string) string {
	sum := sha256.Sum256([]byte(css))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
