package page

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// shownAs is what an img or a textarea is for a reader: the character that it stands for,
// code that cannot be changed, or itself.
func shownAs(n *html.Node) *html.Node {
	if n.DataAtom == atom.Img {
		if emoji := emojiOf(n); emoji != "" {
			return &html.Node{Type: html.TextNode, Data: emoji, Parent: n.Parent}
		}
		return n
	}
	if !showsCode(n) {
		return n
	}
	pre := *n
	pre.DataAtom, pre.Data = atom.Pre, "pre"
	return &pre
}

// headingAs is the heading that an element is by its role, of the second level where it
// states none.
func headingAs(n *html.Node) *html.Node {
	h := *n
	h.DataAtom, h.Data = atom.H2, "h2"
	for k := range n.Attr {
		if a := &n.Attr[k]; a.Key == "aria-level" {
			switch a.Val {
			case "1":
				h.DataAtom, h.Data = atom.H1, "h1"
			case "3":
				h.DataAtom, h.Data = atom.H3, "h3"
			case "4", "5", "6":
				h.DataAtom, h.Data = atom.H4, "h4"
			}
		}
	}
	return &h
}

// showsCode reports whether a textarea shows a text that a reader cannot change, as old
// pages show code: it has lines, and no form is around it. The code for sharing a page
// is none.
func showsCode(n *html.Node) bool {
	locked := false
	for _, a := range n.Attr {
		locked = locked || a.Key == "readonly" || a.Key == "disabled"
	}
	if !locked || n.FirstChild == nil {
		return false
	}
	s := strings.TrimSpace(n.FirstChild.Data)
	for _, begin := range [...]string{"<", "http", "["} {
		if strings.HasPrefix(s, begin) {
			return false
		}
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if up.DataAtom == atom.Form {
			return false
		}
	}
	return strings.Contains(s, "\n")
}

// maxEmojiBytes is how long an emoji is at most: families are joined of several.
const maxEmojiBytes = 32

// emojiOf is the emoji that an img shows in the place of a character, as WordPress and
// Twemoji write it; "" where it shows a picture.
func emojiOf(img *html.Node) string {
	alt, marked := "", false
	for _, a := range img.Attr {
		switch a.Key {
		case "alt":
			if a.Val == "" || len(a.Val) > maxEmojiBytes || a.Val[0] < 0xe2 {
				return ""
			}
			alt = a.Val
		case "class":
			marked = marked || strings.Contains(a.Val, "emoji") || strings.Contains(a.Val, "smiley")
		case "src":
			marked = marked || strings.Contains(a.Val, "emoji")
		}
	}
	if !marked || strings.ContainsFunc(alt, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsSpace(r) }) {
		return ""
	}
	return alt
}

// inQuotes is a text of a q element with the quotation marks that a browser sets around it;
// the text itself where the element begins or ends with another element. Where the page has
// marks of its own, in the element or around it, it has a style that sets none.
func inQuotes(n *html.Node, lang string) *html.Node {
	first, last := n.Parent.FirstChild, n.Parent.LastChild
	if n != first && n != last || first.Type != html.TextNode || last.Type != html.TextNode || n.Parent.DataAtom != atom.Q {
		return n
	}
	if beginsQuote(strings.TrimSpace(first.Data)) && endsQuote(strings.TrimSpace(last.Data)) || endsQuote(textOf(n.Parent.PrevSibling)) && beginsQuote(textOf(n.Parent.NextSibling)) {
		return n
	}
	open, shut := quotationMarks(lang)
	q := *n
	if n == first {
		q.Data = open + strings.TrimLeft(q.Data, " \n\t")
	}
	if n == last {
		q.Data = strings.TrimRight(q.Data, " \n\t") + shut
	}
	return &q
}

// marks are the signs that stand around a quotation in some language, but for those that
// are apostrophes too.
const marks = "\"“”„«»‹›「」『』"

func beginsQuote(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(marks, r)
}

func endsQuote(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(marks, r)
}

// textOf is the text of a node that is text, or "".
func textOf(n *html.Node) string {
	if n == nil || n.Type != html.TextNode {
		return ""
	}
	return n.Data
}

// quotationMarks are those that browsers set in a language, by the main ones of
// https://cldr.unicode.org.
func quotationMarks(lang string) (open, shut string) {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	switch lang {
	case "de", "cs", "sk", "sl", "bg", "is", "lt", "et":
		return "„", "“"
	case "pl", "ro", "hu", "hr", "sr":
		return "„", "”"
	case "fr", "ru", "uk", "be", "el", "it", "es", "ca", "no", "nb", "nn", "fa", "hy":
		return "«", "»"
	case "sv", "fi":
		return "”", "”"
	case "ja", "zh":
		return "「", "」"
	}
	return "“", "”"
}
