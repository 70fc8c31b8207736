package clean

import (
	"net/url"
	"strings"
)

// chooseImages returns the article's images in document order, each once: the
// pictures whose box is in the article, and the lead that the metadata names.
// in says whether the node at an index belongs to the article, to its head
// (between headline and text) or to its body. meta is in order of trust, and
// may be nil.
//
// One image is the lead: the first that meta names and the page shows; else
// the first of the article; else meta's first, which the page then shows
// nowhere.
func chooseImages(pics []picture, in func(box int32) bool, meta []Image) []Image {
	var out []Image
	lead := -1
	keys := make(map[string]int, len(meta))
	for k := range meta {
		key := imageKey(meta[k].URL)
		if _, has := keys[key]; !has && meta[k].URL != "" {
			keys[key] = k
		}
	}
	best := len(meta)
	for k := range pics {
		p := &pics[k]
		if p.URL == "" {
			continue
		}
		m, named := keys[imageKey(p.URL)]
		inside := in(p.box)
		for _, c := range p.copies {
			inside = inside || in(c)
		}
		// A page's furniture shows the lead again, as a teaser of itself; but
		// a page whose lead stands outside what was taken for the article has
		// no other place for it.
		if !inside && !(named && m < best) {
			continue
		}
		im := p.Image
		if named {
			fill(&im, &meta[m])
			if m < best {
				best, lead = m, len(out)
			}
		}
		out = append(out, im)
	}
	if lead < 0 && len(out) > 0 {
		lead = 0
	}
	if lead < 0 {
		for k := range meta {
			if meta[k].URL != "" && !isStandIn(meta[k].URL) {
				out = append(out, meta[k])
				lead = 0
				break
			}
		}
	}
	if lead >= 0 {
		out[lead].Lead = true
	}
	return out
}

// fill adds to im what the metadata says and the page does not.
func fill(im, meta *Image) {
	if im.Alt == "" {
		im.Alt = meta.Alt
	}
	if im.Caption == "" {
		im.Caption = meta.Caption
	}
	if im.Credit == "" {
		im.Credit = meta.Credit
	}
	if im.Width == 0 && im.Height == 0 {
		im.Width, im.Height = meta.Width, meta.Height
	}
}

// isStandIn says that an image of the metadata is the site's logo or what it
// shares where an article has no picture.
func isStandIn(u string) bool {
	u = strings.ToLower(u)
	for _, w := range [...]string{"logo", "placeholder", "default", "fallback", "favicon", "share-image", "social-share", "opengraph-image"} {
		if strings.Contains(u, w) {
			return true
		}
	}
	return false
}

// imageKey is equal for addresses of one picture in several sizes and formats:
// the last part of the path that tells pictures apart, without extension, size
// and query.
func imageKey(u string) string {
	path, query, _ := strings.Cut(u, "?")
	if strings.Contains(query, "%2F") || strings.Contains(query, "url=http") || strings.Contains(query, "src=http") {
		// A resizer that takes the picture's address as a parameter.
		for part := range strings.SplitSeq(query, "&") {
			if _, v, ok := strings.Cut(part, "="); ok && (strings.Contains(v, "%2F") || strings.HasPrefix(v, "http")) {
				if v, err := url.QueryUnescape(v); err == nil {
					path, query, _ = strings.Cut(v, "?")
				}
				break
			}
		}
	}
	if strings.Contains(path, "%2F") {
		path = strings.ReplaceAll(path, "%2F", "/")
	}
	path = strings.TrimRight(path, "/")
	dir, name := "", path
	if k := strings.LastIndexByte(path, '/'); k >= 0 {
		dir, name = path[:k], path[k+1:]
	}
	if k := strings.LastIndexByte(name, '.'); k > 0 && len(name)-k <= 6 {
		ext := name[k:]
		name = name[:k]
		if ext == ".php" || ext == ".ashx" || ext == ".aspx" || ext == ".cgi" {
			return u
		}
	}
	name, _, _ = strings.Cut(name, "=w")
	name = withoutSize(name)
	if len(name) < 8 || isGeneric(name) {
		// "image", "1", "original": the folder tells them apart.
		if k := strings.Index(dir, "//"); k >= 0 {
			dir = dir[k+2:]
		}
		if isGeneric(name) && query != "" {
			return dir + "/" + name + "?" + query
		}
		return dir + "/" + name
	}
	return name
}

// withoutSize takes "-1200x675", "_1200x675", "-scaled" and "@2x" off the end
// of a file's name.
func withoutSize(name string) string {
	for _, suffix := range [...]string{"@2x", "-scaled", "-large", "-medium", "_large", "_medium"} {
		name = strings.TrimSuffix(name, suffix)
	}
	k := strings.LastIndexAny(name, "-_")
	if k <= 0 {
		return name
	}
	w, h, ok := strings.Cut(name[k+1:], "x")
	if ok && isDigits(w) && isDigits(h) {
		return name[:k]
	}
	return name
}

func isDigits(s string) bool {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return s != ""
}

func isGeneric(name string) bool {
	switch strings.ToLower(name) {
	case "image", "images", "img", "photo", "picture", "original", "default", "resize", "thumbnail", "index", "download", "imagehandler":
		return true
	}
	return false
}
