package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// errorWords is how many words a message of a server's program has at most.
const errorWords = 80

// watchWords is how many words a line has at most that points to a film: "Watch: How the
// bridge turns".
const watchWords = 16

// artefacts drops what nobody wrote for the reader: the messages of a server's program
// between the lines of its page, the name of a picture's file, the bare domain under a
// picture that tells where it comes from, the line that points to a film beside it, and one
// of hashtags alone.
func artefacts(bd *Body) {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || b.Words > errorWords || b.Where&page.InPre != 0 {
			continue
		}
		switch {
		case isProgramError(b.Text):
			bd.Drop(k, "sweep", "program error")
		case b.Text[0] == '#' && !page.IsHeading(b.Tag) && b.Where&(page.InTable|page.InQuote) == 0 && areHashtags(b.Text):
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseTags.String())
		case b.Words <= watchWords && !page.IsHeading(b.Tag) && !text.EndsSentence(b.Text) && b.Where&(page.InList|page.InTable|page.InQuote) == 0 && b.Phrases().Prefix&selectors.PhraseMedia != 0:
			bd.Drop(k, "sweep", "points to a film")
		case b.Where&(page.InList|page.InTable) == 0 && isPictureFile(b.Text):
			bd.Drop(k, "sweep", "picture's source")
		case b.Links == 0 && b.Where&(page.InList|page.InTable|page.InQuote) == 0 && isDomain(b.Text) && followsPicture(bd.Tree, b.From):
			bd.Drop(k, "sweep", "picture's source")
		}
	}
}

// areHashtags reports whether a line is two hashtags or more and nothing else.
func areHashtags(s string) bool {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if w = strings.TrimRight(w, ",.;|"); w == "" {
			continue
		}
		if c, _ := utf8.DecodeRuneInString(strings.TrimPrefix(w, "#")); w[0] != '#' || !unicode.IsLetter(c) {
			return false
		}
		n++
	}
	return n > 1
}

// programErrors are how the messages of PHP begin, by its function php_error_cb.
var programErrors = [...]string{"Catchable fatal error: ", "Deprecated: ", "Fatal error: ", "Notice: ", "Parse error: ", "Recoverable fatal error: ", "Strict Standards: ", "Warning: "}

// isProgramError reports whether a line is a message of PHP: "Warning: … on line 12".
func isProgramError(s string) bool {
	for _, begin := range programErrors {
		if strings.HasPrefix(s, begin) {
			at := strings.LastIndex(s, " on line ")
			return at >= 0 && text.IsDigits(s[at+len(" on line "):])
		}
	}
	return false
}

// isPictureFile reports whether s is the name of a picture's file: "quay_02.jpg".
func isPictureFile(s string) bool {
	if len(s) > 80 || strings.ContainsAny(s, " /") {
		return false
	}
	for _, end := range [...]string{".gif", ".jpeg", ".jpg", ".png", ".webp"} {
		if len(s) > len(end) && strings.EqualFold(s[len(s)-len(end):], end) {
			return true
		}
	}
	return false
}

// isDomain reports whether s is the name of a host and nothing else: "photos.example".
func isDomain(s string) bool {
	dot := strings.LastIndexByte(s, '.')
	if dot < 1 || len(s)-dot < 3 || len(s) > 60 || strings.Trim(s[dot+1:], "abcdefghijklmnopqrstuvwxyz") != "" {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") == "" && !strings.Contains(s, "..")
}

// pictureBefore is how many nodes before a line its picture stands at most.
const pictureBefore = 12

// followsPicture reports whether a picture stands right before node i, and no text between.
func followsPicture(t *page.Tree, i int32) bool {
	for j := i - 1; j > max(t.Body, i-pictureBefore); j-- {
		switch nd := &t.Nodes[j]; {
		case nd.DataAtom == atom.Img:
			return true
		case nd.Type == html.TextNode && !text.IsSpace(nd.Data):
			return false
		}
	}
	return false
}
