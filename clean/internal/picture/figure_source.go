package picture

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// figureSource finds the address of the picture of a figure without an img, as a
// script will show it: in microdata, in a data attribute, in the background of a
// box, in a noscript, in an object, or in the link to it. It is "" where there is none.
func (r *pictureReader) figureSource(figure int32) string {
	t := r.t
	for j := figure; j < t.Nodes[figure].End; j++ {
		switch t.Nodes[j].DataAtom {
		case atom.Video, atom.Audio, atom.Iframe, atom.Blockquote, atom.Table, atom.Pre:
			return "" // the figure shows that
		}
	}
	linked := ""
	for j := figure; j < t.Nodes[figure].End; j++ {
		nd := &t.Nodes[j]
		switch nd.DataAtom {
		case 0, atom.Figcaption:
			continue
		case atom.Noscript:
			if src := sourceIn(t, j); src != "" {
				return t.Page.ImageURL(src)
			}
			continue
		}
		for _, a := range nd.Attr {
			src := strings.TrimSpace(a.Val)
			switch {
			case a.Key == "data-srcset":
				best, _ := largest(src)
				src = best.url
			case a.Key == "itemid", a.Key == "content" && isImageProperty(t.Attr(j, "itemprop")),
				strings.HasPrefix(a.Key, "data-") && isLazyKey(a.Key):
			case a.Key == "style":
				src = background(src)
			case a.Key == "data" && nd.DataAtom == atom.Object && strings.HasPrefix(t.Attr(j, "type"), "image/"):
			case a.Key == "href" && nd.DataAtom == atom.A:
				if linked == "" && isImageFile(src) {
					linked = src
				}
				continue
			default:
				continue
			}
			if looksLikeAddress(src) && (isImageFile(src) || a.Key != "itemid") && !skipsByURL(src) {
				return t.Page.ImageURL(src)
			}
		}
	}
	if linked != "" {
		return t.Page.ImageURL(linked)
	}
	return ""
}

func isImageProperty(prop string) bool {
	return prop == "url" || prop == "contentUrl" || prop == "image"
}

// background is the address in a style's background image.
func background(style string) string {
	k := strings.Index(style, "background")
	if k < 0 {
		if k = strings.Index(style, "--"); k < 0 { // a variable that a style sheet uses
			return ""
		}
	}
	_, rest, ok := strings.Cut(style[k:], "url(")
	if !ok {
		return ""
	}
	src, _, _ := strings.Cut(rest, ")")
	return strings.Trim(src, `"' `)
}

// imageFiles are the extensions of files that are pictures.
var imageFiles = map[string]bool{"avif": true, "gif": true, "jpeg": true, "jpg": true, "png": true, "webp": true}

// isImageFile reports whether the path of an address ends as a picture's does.
func isImageFile(u string) bool {
	u = withoutParams(u)
	k := strings.LastIndexByte(u, '.')
	return k >= 0 && len(u)-k <= maxExtension && imageFiles[strings.ToLower(u[k+1:])]
}
