package render

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// languageUp is how many elements around a pre may name the language of its code.
const languageUp = 3

// codeLanguage reads the class or attribute by which highlighters name a language, of a
// pre, the first element in it and those right around it: "language-go", "brush: go",
// data-lang.
func codeLanguage(bd *body.Body, pre int32) string {
	t := bd.Tree
	for j := pre; j < min(pre+2, t.Nodes[pre].End); j++ {
		if s := namedLanguage(t, j, true); s != "" {
			return s
		}
	}
	for up, e := 0, pre; up < languageUp && t.Nodes[e].Parent > t.Body; {
		around := t.Nodes[e].Parent
		if first, last := bd.BlocksIn(around); last-first > 1 {
			if in, end := bd.BlocksIn(pre); last-first > end-in+1 {
				break // it is around more than the code and its name
			}
		}
		if s := namedLanguage(t, around, false); s != "" {
			return s
		}
		switch e = around; t.Nodes[around].DataAtom {
		case atom.Td, atom.Tr, atom.Tbody, atom.Table: // numbers of lines stand beside it
		default:
			up++
		}
	}
	return ""
}

// namedLanguage returns the language that the attributes of an element name. bare is set
// where a class may be the name itself.
func namedLanguage(t *page.Tree, i int32, bare bool) string {
	for _, key := range [...]string{"data-lang", "data-language"} {
		if s := t.Attr(i, key); isLanguageName(s) {
			return strings.ToLower(s)
		}
	}
	class := t.Attr(i, "class")
	if _, brush, ok := strings.Cut(class, "brush:"); ok {
		name, _, _ := strings.Cut(strings.TrimSpace(brush), ";")
		if name, _, _ = strings.Cut(name, " "); isLanguageName(name) {
			return name
		}
	}
	for c := range strings.FieldsSeq(class) {
		for _, prefix := range [...]string{"language-", "lang-", "highlight-source-"} {
			if s, ok := strings.CutPrefix(c, prefix); ok && isLanguageName(s) {
				return s
			}
		}
		if s, ok := strings.CutPrefix(c, "highlight-"); ok && selectors.Markup().CodeLanguages[s] {
			return s
		}
		if bare && selectors.Markup().CodeLanguages[strings.ToLower(c)] {
			return strings.ToLower(c)
		}
	}
	return ""
}

func isLanguageName(s string) bool {
	for _, r := range s {
		if r != '+' && r != '#' && r != '-' && !(r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))) {
			return false
		}
	}
	return s != "" && len(s) < 20
}
