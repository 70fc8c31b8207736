package picture

import (
	"slices"
	"strings"
	"unicode"

	"newsclip/selectors"
)

// This file knows the signs of a page's interface by the names of their files.

// isOrnament reports whether the name of a file tells that it is a sign of the page's
// interface: "icon_print.gif", "4stars.gif", "btn-reply.png". Of photographs, which are
// JPEG, the words of [isSign] alone tell that.
func isOrnament(u string) bool {
	words, ext := nameWordsOf(u)
	if strings.HasPrefix(ext, "jp") || len(words) > maxOrnament {
		return isSign(words)
	}
	return slices.ContainsFunc(words, func(w string) bool { return selectors.Pictures().Ornaments[w] || strings.HasPrefix(w, "btn") })
}

// isSign reports whether the words of a file's name begin or end with that of a sign or an
// empty picture, whatever the file's kind.
func isSign(words []string) bool {
	signs := selectors.Pictures().Signs
	return len(words) > 0 && len(words) <= maxOrnament && (signs[words[0]] || signs[words[len(words)-1]])
}

// nameWordsOf returns the words of the file's name in an address, in lower case, and its
// extension.
func nameWordsOf(u string) (words []string, ext string) {
	name := strings.ToLower(withoutParams(u))
	name = name[strings.LastIndexByte(name, '/')+1:]
	if k := strings.LastIndexByte(name, '.'); k > 0 {
		name, ext = name[:k], name[k+1:]
	}
	return strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) }), ext
}

// maxOrnament is how many words the name of such a file has at most: longer ones say what
// a photograph shows.
const maxOrnament = 4
