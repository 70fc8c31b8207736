package stated

import (
	"strings"

	"newsclip/clean/article"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// maxImages bounds the pictures taken from the head of one page.
const maxImages = 100

// LDImages returns the pictures of the article in JSON-LD.
func (p *Page) LDImages() []article.Image {
	var ims []article.Image
	for _, o := range p.LD.Articles {
		for _, k := range []jsonld.LdKey{jsonld.LdImage, jsonld.LdThumbnailURL, jsonld.LdThumbnail} {
			for _, im := range p.LD.Images(o.Get(k), p.Page) {
				ims = addImage(ims, im)
			}
		}
	}
	return ims
}

// OGImages returns the pictures that the page names for those who link to it.
func (p *Page) OGImages() []article.Image {
	var ims []article.Image
	var cur *article.Image
	for _, i := range p.Tree.Metas {
		key := strings.ToLower(p.Attr(i, "property"))
		if key == "" {
			key = strings.ToLower(p.Attr(i, "name"))
		}
		if !strings.HasPrefix(key, "og:image") {
			continue
		}
		content := p.Attr(i, "content")
		switch key {
		case "og:image", "og:image:url", "og:image:secure_url":
			u := p.Page.WebURL(firstAddress(content))
			if u == "" || cur != nil && key != "og:image" {
				continue
			}
			if len(ims) >= maxImages {
				return ims
			}
			ims = append(ims, article.Image{URL: u})
			cur = &ims[len(ims)-1]
		case "og:image:alt":
			if cur != nil {
				cur.Alt = jsonld.PlainText(content)
			}
		case "og:image:width":
			if cur != nil {
				cur.Width = text.Pixels(content)
			}
		case "og:image:height":
			if cur != nil {
				cur.Height = text.Pixels(content)
			}
		}
	}
	if len(ims) == 0 {
		if u := p.namedImage(); u != "" {
			ims = append(ims, article.Image{URL: u})
		}
	}
	return ims
}

// firstAddress returns the first of several addresses that a template writes one behind
// another with nothing between, each with the name of a file.
func firstAddress(s string) string {
	for at := 1; at < len(s); {
		k := strings.Index(s[at:], "http")
		if k < 0 {
			break
		}
		at += k
		if rest := s[at:]; !strings.HasPrefix(rest, "http://") && !strings.HasPrefix(rest, "https://") {
			at++
			continue
		}
		if dot := strings.LastIndexByte(s[:at], '.'); dot > 0 && at-dot <= maxExtension && dot > strings.LastIndexByte(s[:at], '/') {
			return s[:at]
		}
		at++
	}
	return s
}

// maxExtension is the length of a file's extension in bytes, with its full stop: ".jpeg".
const maxExtension = 5

// namedImage returns the address of the picture that a page without og:image names, or "".
func (p *Page) namedImage() string {
	for _, k := range selectors.Metas().Image {
		for _, s := range p.Metas[k] {
			if u := p.Page.WebURL(s); u != "" {
				return u
			}
		}
	}
	for _, i := range p.Links {
		if text.HasWord(strings.ToLower(p.Attr(i, "rel")), "image_src") {
			return p.Page.WebURL(p.Attr(i, "href"))
		}
	}
	return ""
}

// addImage appends im unless its address is there, and fills what the one
// that is there lacks.
func addImage(ims []article.Image, im article.Image) []article.Image {
	for i := range ims {
		if ims[i].URL != im.URL {
			continue
		}
		if ims[i].Caption == "" {
			ims[i].Caption = im.Caption
		}
		if ims[i].Credit == "" {
			ims[i].Credit = im.Credit
		}
		if ims[i].Width == 0 {
			ims[i].Width, ims[i].Height = im.Width, im.Height
		}
		return ims
	}
	if len(ims) >= maxImages {
		return ims
	}
	return append(ims, im)
}
