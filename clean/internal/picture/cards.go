package picture

import (
	"slices"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/text"
)

// NamedKeys returns a key for each picture that the metadata names as the article's. Keys
// are equal for one picture in several sizes and formats.
func NamedKeys(m *meta.Metadata) []uint64 {
	var keys []uint64
	for _, list := range [...][]article.Image{m.OGImages, m.LdImages} {
		for k := range list {
			if key := namedKey(&list[k]); !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

func namedKey(im *article.Image) uint64 {
	h, _, _ := text.Scan(imageKey(im.URL))
	return h
}

// DropNamed takes the pictures of which is reports true out of what the metadata names
// as the article's: what a site shares of each page is of none. What the page shows in
// its text stays. It reports whether there was one.
func DropNamed(m *meta.Metadata, is func(key uint64) bool) bool {
	before := len(m.OGImages) + len(m.LdImages)
	of := func(im article.Image) bool { return is(namedKey(&im)) }
	m.OGImages, m.LdImages = slices.DeleteFunc(m.OGImages, of), slices.DeleteFunc(m.LdImages, of)
	return len(m.OGImages)+len(m.LdImages) < before
}
