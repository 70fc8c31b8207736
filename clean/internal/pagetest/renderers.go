package pagetest

import (
	"bytes"
	"testing"

	"github.com/gomarkdown/markdown"
	"github.com/gomarkdown/markdown/parser"
	"github.com/russross/blackfriday/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	goldhtml "github.com/yuin/goldmark/renderer/html"
)

// obliging reads Markdown with HTML, footnotes, and addresses in words as links.
var obliging = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote), goldmark.WithRendererOptions(goldhtml.WithUnsafe()))

// Rendered returns what three programs make of Markdown, by their names. Each is set to
// read as much of it as it can: HTML, footnotes, and addresses in words.
func Rendered(t testing.TB, md string) map[string]string {
	t.Helper()
	var b bytes.Buffer
	if err := obliging.Convert([]byte(md), &b); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		"goldmark":    b.String(),
		"blackfriday": string(blackfriday.Run([]byte(md), blackfriday.WithExtensions(blackfriday.CommonExtensions|blackfriday.Footnotes))),
		"gomarkdown":  string(markdown.ToHTML([]byte(md), parser.NewWithExtensions(parser.CommonExtensions|parser.Footnotes), nil)),
	}
}
