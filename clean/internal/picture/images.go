package picture

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// headBytes is how much text may stand between the headline and the article's
// first node, for a picture between them to be the article's.
const headBytes = 4000

// footBytes is how much text may stand between the article's last node and a
// captioned picture after it.
const footBytes = 40

// footNodes bounds the nodes between them.
const footNodes = 500

// ChooseImages returns the article's images in document order, each once: the
// pictures whose box is in the article, those with a caption between its
// headline and its text, and the lead that the metadata names. in reports
// whether the node at an index belongs to the article.
//
// One image is the lead: the first that the metadata names and the page shows;
// else the first of the article; else the first that the metadata names, which
// the page then shows nowhere.
func ChooseImages(t *page.Tree, pics []Picture, in func(box int32) bool, m *meta.Metadata) []article.Image {
	var out []article.Image
	var named []article.Image
	if m != nil {
		named = append(append(named, m.OGImages...), m.LdImages...)
	}
	rank := make(map[string]int, len(named))
	for k := range named {
		key := imageKey(named[k].URL)
		if at, has := rank[key]; has {
			fill(&named[at], &named[k])
		} else if named[k].URL != "" {
			rank[key] = k
		}
	}
	head, start := headOf(t, in)
	end := start // where the last picture of the article, or its text, ends
	for i := int32(len(t.Nodes)) - 1; i >= start; i-- {
		if in(i) {
			end = i + 1
			break
		}
	}
	lead, best := -1, len(named)
	for k := range pics {
		p := &pics[k]
		if p.URL == "" {
			continue // a video, or a picture that only script would show
		}
		r, isNamed := rank[imageKey(p.URL)]
		inside := in(p.Box) || p.Box >= head && p.Box < start && (p.Caption != "" || p.Credit != "")
		if !inside && p.Box >= end && p.Box < end+footNodes && p.Caption != "" && textBetween(t, end, p.Box) <= footBytes {
			inside, end = true, t.Nodes[p.Box].End
		}
		for _, c := range p.copies {
			inside = inside || in(c)
		}
		inside = inside && !p.teaser
		// What the metadata names first is the article's wherever it stands.
		if !inside && !(isNamed && r < best) {
			continue
		}
		im := p.Image
		if isNamed {
			fill(&im, &named[r])
			if r < best {
				lead, best = len(out), r
			}
		}
		out = append(out, im)
	}
	if lead < 0 && len(out) > 0 {
		lead = 0
	}
	for k := 0; lead < 0 && k < len(named); k++ {
		if u := named[k].URL; u != "" && !isStandIn(u) {
			lead = 0
			out = append(out, named[k])
		}
	}
	if lead >= 0 {
		out[lead].Lead = true
	}
	return out
}

// headOf returns the range from the headline to the article's first node; an
// empty range where the page's headline is not near.
func headOf(t *page.Tree, in func(int32) bool) (head, start int32) {
	n := int32(len(t.Nodes))
	for start = t.Body; start < n && !in(start); start++ {
	}
	if start == n {
		return 0, 0
	}
	head = -1
	for _, h := range t.Headings {
		if h >= start {
			break
		}
		if t.Nodes[h].DataAtom == atom.H1 {
			head = h
		}
	}
	if head < 0 {
		return start, start
	}
	if textBetween(t, head, start) > headBytes {
		return start, start
	}
	return head, start
}

// textBetween is the number of bytes of text in nodes[from:to].
func textBetween(t *page.Tree, from, to int32) int32 {
	n := int32(0)
	for i := from; i < to; i++ {
		if t.Nodes[i].Type == html.TextNode {
			n += textLen(t.Nodes[i].Data)
		}
	}
	return n
}

// fill adds to im what the metadata has and the page does not.
func fill(im, meta *article.Image) {
	if im.Alt == "" {
		im.Alt = meta.Alt
	}
	// Systems that have no caption write the alternative text in its place.
	if im.Caption == "" && !strings.EqualFold(meta.Caption, im.Alt) {
		im.Caption = meta.Caption
	}
	if im.Credit == "" {
		im.Credit = meta.Credit
	}
	if im.Width == 0 && im.Height == 0 {
		im.Width, im.Height = meta.Width, meta.Height
	}
}

// isStandIn reports whether an image of the metadata is the site's logo, or what
// the site shares where an article has no picture.
func isStandIn(u string) bool {
	return meta.ContainsAny(strings.ToLower(u), selectors.Pictures().StandIns)
}

// minFileName is how many bytes the name of a file has at least that is of one
// picture: shorter ones are numbers and words that stand in many folders.
const minFileName = 8

// imageKey is equal for addresses of one picture in several sizes and formats:
// the last part of the path that other pictures do not share, without extension,
// size and query.
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
	if k := strings.LastIndexByte(name, '.'); k > 0 && len(name)-k <= maxExtension {
		ext := name[k:]
		name = name[:k]
		if selectors.Pictures().Scripts[ext[1:]] {
			return u
		}
	}
	if k := strings.LastIndexByte(name, '='); k > 0 && k+2 < len(name) && text.IsDigits(name[k+2:]) {
		name = name[:k] // "=w700", "=s750"
	}
	name = withoutSize(name)
	if len(name) < minFileName || isGeneric(name) {
		// "image", "1", "original": the folder is part of the key.
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

// maxExtension is how many bytes a file's extension has at most, its full stop
// included: ".jpeg", ".webp", ".ashx".
const maxExtension = 6

// withoutSize takes "-1200x675", "_1200x675", "-scaled" and "@2x" off the end
// of a file's name.
func withoutSize(name string) string {
	for before := ""; name != before; {
		before = name
		for _, suffix := range selectors.Pictures().Sizes {
			name = strings.TrimSuffix(name, suffix)
		}
	}
	k := strings.LastIndexAny(name, "-_")
	if k <= 0 {
		return name
	}
	w, h, ok := strings.Cut(name[k+1:], "x")
	if ok && text.IsDigits(w) && text.IsDigits(h) {
		return name[:k]
	}
	return name
}

func isGeneric(name string) bool {
	return selectors.Pictures().Generic[strings.ToLower(name)]
}
