package address

import (
	"strings"

	"newsclip/selectors"
)

// IsMedia reports whether a path ends in the extension of an image, a document or
// another file that is not a page. The words of a headline, or one word below a
// date, may end so and are a page.
func IsMedia(path string) bool {
	dot := strings.LastIndexByte(path, '.')
	if dot < 0 || len(path)-dot > selectors.MaxSuffix+1 || strings.IndexByte(path[dot:], '/') >= 0 {
		return false
	}
	suffix := strings.ToLower(path[dot+1:])
	words := selectors.Crawl()
	return words.FileSuffixes[suffix] && !(words.HeadlineSuffixes[suffix] && isHeadline(path, path[:dot]))
}

// isHeadline reports whether a path without its extension ends in the words of a
// headline: three or more, or any below a date, with no folder of files above.
func isHeadline(path, stem string) bool {
	fileWords := selectors.Crawl().FileWords
	segments := strings.Split(strings.Trim(strings.ToLower(stem), "/"), "/")
	for _, s := range segments[:len(segments)-1] {
		if fileWords[s] {
			return false
		}
	}
	slug := segments[len(segments)-1]
	words := 0
	for _, w := range strings.FieldsFunc(slug, func(r rune) bool { return r == '-' || r == '_' || r == '.' }) {
		switch {
		case fileWords[w]:
			return false
		case strings.Trim(w, "0123456789") != "":
			words++
		}
	}
	if _, dated := Date(path); dated {
		return words > 0
	}
	return words >= 3
}
