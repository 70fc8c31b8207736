package picture

import (
	"slices"

	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// faceUp is how many elements around a picture may be the box of an author.
	faceUp = 5
	// mostFaces is how many of the pictures that a page names may be portraits.
	mostFaces = 4
)

// isFace reports whether the page shows a picture in a box about an author, without the
// headline, and nowhere else: blogs name their writer's portrait for every post that has no
// picture.
func isFace(t *page.Tree, u string, head int32) bool {
	key, face := imageKey(u), false
	for i := t.Body; i < int32(len(t.Nodes)); i++ {
		src := t.Attr(i, "src")
		if t.Nodes[i].DataAtom != atom.Img || src == "" || imageKey(t.Page.WebURL(src)) != key {
			continue
		}
		roles := selectors.Roles(0)
		for e, up := i, 0; e > t.Body && up < faceUp && !(e <= head && head < t.Nodes[e].End); e, up = t.Nodes[e].Parent, up+1 {
			roles |= t.Nodes[e].Roles
		}
		square := t.Attr(i, "width") == t.Attr(i, "height") || t.Attr(i, "height") == ""
		if face = square && roles&(selectors.Author|selectors.Byline) != 0; !face {
			return false
		}
	}
	return face
}

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
