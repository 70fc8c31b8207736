package page

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// FormulaImage returns the TeX of an image that a server draws of a formula, which such
// servers' content systems keep in its alt text; "" for any other element.
func (t *Tree) FormulaImage(i int32) string {
	if t.Nodes[i].DataAtom != atom.Img {
		return ""
	}
	tex := strings.TrimSpace(t.Attr(i, "alt"))
	if tex == "" || !hasPart(t.Attr(i, "class"), selectors.Pictures().FormulaClasses) && !hasPart(t.Attr(i, "src"), selectors.Pictures().FormulaPaths) {
		return ""
	}
	for _, sign := range [...]string{"$$", "$"} {
		if inner, ok := strings.CutPrefix(tex, sign); ok && strings.HasSuffix(inner, sign) {
			tex = strings.TrimSuffix(inner, sign)
		}
	}
	return PlainTeX(tex)
}

// PlainTeX returns the source of a formula with single spaces, and without the size of
// its letters in which MediaWiki wraps it.
func PlainTeX(tex string) string {
	tex = strings.Join(strings.Fields(tex), " ")
	if inner, ok := strings.CutPrefix(tex, `{\displaystyle`); ok {
		tex = strings.TrimSpace(strings.TrimSuffix(inner, "}"))
	}
	return tex
}

func hasPart(s string, parts []string) bool {
	if s == "" {
		return false
	}
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}
