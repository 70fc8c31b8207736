package document

import (
	"io"
	"strings"

	"newsclip/output"
)

// HTML is one HTML page with the articles after each other. It loads nothing
// but the articles' pictures.
var HTML = output.Format{Name: "html", Endings: []string{".html", ".htm"}, HTML: true, Compressible: true, New: NewHTML}

// NewHTML returns a writer of one HTML page. Its title is that of the first
// article.
func NewHTML(w io.Writer) output.Writer { return &htmlWriter{w: w} }

type htmlWriter struct {
	w     io.Writer
	begun bool
}

const htmlStyle = `body{max-width:42em;margin:2em auto;padding:0 1em;font:1.1em/1.5 serif}
img{max-width:100%;height:auto}figure{margin:1em 0}figcaption,.byline{font-size:.85em;color:#555}.standfirst{font-weight:bold}
article+article{border-top:1px solid;margin-top:3em}table{border-collapse:collapse}td,th{border:1px solid;padding:.2em .5em}`

func (h *htmlWriter) Write(r *output.Record) error {
	if r.Error != nil {
		return nil
	}
	var b strings.Builder
	if !h.begun {
		h.begin(&b, titleOf(r))
	}
	b.WriteString("<article" + language(r, "lang") + ">\n")
	article(&b, r, false)
	b.WriteString("</article>\n")
	_, err := io.WriteString(h.w, b.String())
	return err
}

func (h *htmlWriter) begin(b *strings.Builder, title string) {
	h.begun = true
	b.WriteString("<!doctype html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
		escape(title) + "</title>\n<style>\n" + htmlStyle + "\n</style>\n</head>\n<body>\n")
}

func (h *htmlWriter) Close() error {
	var b strings.Builder
	if !h.begun {
		h.begin(&b, "No articles")
	}
	b.WriteString("</body>\n</html>\n")
	_, err := io.WriteString(h.w, b.String())
	return err
}

// language returns an attribute for the article's language, with a space before
// it, or nothing.
func language(r *output.Record, name string) string {
	if r.Language == "" {
		return ""
	}
	return " " + name + `="` + escape(r.Language) + `"`
}
