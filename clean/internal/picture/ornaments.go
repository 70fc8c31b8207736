package picture

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
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
	return slices.ContainsFunc(words, func(w string) bool {
		return selectors.Pictures().Ornaments[w] || strings.HasPrefix(w, "btn") || strings.HasSuffix(w, "button")
	})
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
	name, ext := fileOf(u)
	return strings.FieldsFunc(withoutSize(name), func(c rune) bool { return !unicode.IsLetter(c) }), ext
}

// fileOf returns the name of the file in an address, in lower case, and its extension.
func fileOf(u string) (name, ext string) {
	name = strings.ReplaceAll(strings.ToLower(withoutParams(u)), "%20", " ")
	name = name[strings.LastIndexByte(name, '/')+1:]
	if k := strings.LastIndexByte(name, '.'); k > 0 {
		name, ext = name[:k], name[k+1:]
	}
	return name, ext
}

// maxOrnament is how many words the name of such a file has at most: longer ones say what
// a photograph shows.
const maxOrnament = 4

// isGraphic reports whether an image is a GIF that no size tells to be large: what templates
// draw, a line, a button, an agency's sign, and seldom a photograph.
// Words that say what it shows make it a picture.
func isGraphic(p *Picture) bool {
	return max(p.Width, p.Height) < leadPixels && isGIF(p.URL) && strings.Count(p.Alt, " ") < maxSaid
}

// maxSaid is how many spaces what is said of a sign has at most: "Larger type".
const maxSaid = 3

func isGIF(u string) bool { return strings.HasSuffix(strings.ToLower(withoutParams(u)), ".gif") }

// isStrip reports whether an image is many times as wide as high, as banners and lines are.
func isStrip(p *Picture) bool { return p.Height > 0 && p.Width >= cardRatio*p.Height }

// isBeside reports whether a graphic stands in a link with text or to a script, outside a
// figure: a sign of the page's interface.
func (r *pictureReader) isBeside(p *Picture) bool {
	if !isGraphic(p) || r.t.Within(p.img, atom.Figure) >= 0 {
		return false
	}
	for e := r.t.Nodes[p.img].Parent; e > r.t.Body; e = r.t.Nodes[e].Parent {
		if r.t.Nodes[e].DataAtom == atom.A {
			href := r.t.Attr(e, "href")
			return r.text(e) > 0 || href == "" || href[0] == '#' || strings.HasPrefix(href, "javascript:")
		}
		if page.IsBlock(r.t.Nodes[e].Node) {
			break
		}
	}
	return false
}

// isOfSite reports whether the name of a file says nothing but the site that a page is of
// and that the file is to be shared, as "gazette_social.png" on gazette.example does.
func isOfSite(u, page string) bool {
	name, _ := fileOf(u)
	host := hostOf(page)
	shared := false
	for w := range strings.FieldsFuncSeq(name, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }) {
		if w = strings.TrimRight(w, "0123456789"); len(w) <= 1 || strings.ContainsAny(w, "0123456789") && len(w) >= minHash {
			continue // a number, a version, a size
		}
		strong, card := selectors.Pictures().CardWords[w]
		label := len(w) > shortWord && hasLabel(host, w)
		if !label && !card && (len(w) > shortWord || len(w) == len(name)) {
			return false
		}
		shared = shared || strong || label && !card
	}
	return shared
}

// isOfHost reports whether an address is that of a site, without a file: one that a script
// has not completed, or that only counts readers.
func isOfHost(u string) bool {
	k := strings.Index(u, "//")
	if k < 0 {
		return false
	}
	_, path, _ := strings.Cut(u[k+2:], "/")
	return path == "" || path[0] == '?' && !strings.Contains(path, "/") && !strings.Contains(path, "%2F")
}

// isSiteName reports whether the name of a file is that of the site alone: its logo.
func isSiteName(u, page string) bool {
	words, _ := nameWordsOf(u)
	return len(words) == 1 && len(words[0]) > shortWord && hasLabel(hostOf(page), words[0])
}

// Limits of the words of a file's name, in bytes: one that says nothing, as initials do, and
// a number in hexadecimal digits.
const (
	shortWord = 2
	minHash   = 6
)

// hostOf returns the host of an address.
func hostOf(u string) string {
	if k := strings.Index(u, "//"); k >= 0 {
		u = u[k+2:]
	}
	if k := strings.IndexAny(u, "/?#:"); k >= 0 {
		u = u[:k]
	}
	return strings.ToLower(u)
}

// hasLabel reports whether a word is one of the labels of a host before the last.
func hasLabel(host, w string) bool {
	at := strings.Index("."+host, "."+w+".")
	return at >= 0 && w != "www"
}

// isArticlesLogo reports whether an address is that of the picture of an article, which SPIP
// calls its logo: "IMG/arton77.jpg".
func isArticlesLogo(src string) bool {
	name := src[strings.LastIndexByte(src, '/')+1:]
	rest, ok := strings.CutPrefix(name, "arton")
	return ok && rest != "" && rest[0]-'0' < 10
}

// isOverlay reports whether an image is a drawing that lies over a figure's
// picture: a magnifying glass, a play button.
func (r *pictureReader) isOverlay(p *Picture) bool {
	path, _, _ := strings.Cut(p.URL, "?")
	if !strings.HasSuffix(path, ".svg") {
		return false
	}
	figure := r.t.Within(p.img, atom.Figure)
	return figure >= 0 && countIn(r.all, figure, r.t.Nodes[figure].End) > 1
}

// isRatio reports whether a width and height are not pixels but the sides of a
// ratio, as "16" and "9" are: such an image is as large as its box.
func isRatio(w, h int) bool {
	if w < h {
		w, h = h, w
	}
	switch [2]int{w, h} {
	case [2]int{3, 2}, [2]int{4, 3}, [2]int{5, 3}, [2]int{5, 4}, [2]int{16, 9}, [2]int{16, 10}, [2]int{21, 9}:
		return true
	}
	return false
}

// isIcon reports whether an image's own size is that of no picture.
func isIcon(p *Picture) bool {
	return p.Width > 0 && p.Width <= iconPixels && p.Height <= iconPixels*4 ||
		p.Height > 0 && p.Height <= iconPixels && p.Width <= iconPixels*4
}
