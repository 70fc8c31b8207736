package picture

import (
	"slices"
	"sort"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Picture is one content picture of a page, with what its caption takes out
// of the text.
type Picture struct {
	article.Image
	// img is the img element, or -1 for a captioned box without one (a video,
	// or a picture that a script would fill in); URL may then be empty.
	img int32
	// box is the outermost element that holds this picture and its caption
	// and nothing else: a figure, a wrapper, or img itself.
	Box int32
	// CaptionNodes are the elements and text nodes whose text is caption,
	// credit or interface of the picture, every copy of it, in document order.
	CaptionNodes []int32
	// offered is the width of the widest file that a srcset offers, in pixels.
	offered int
	// teaser is set where the picture's words are a link to another page.
	teaser bool
	// copies are the boxes of further copies of the picture.
	copies []int32
}

const (
	// iconPixels is the largest side of an image that is never content.
	iconPixels = 60
	// captionWords bounds what a caption may have, captions without an
	// element of their own being held to shortWords.
	captionWords = 160
	shortWords   = 60
	// maxDepth bounds the ancestors that are asked whether an image is
	// furniture, so that deep pages of many images take no longer than others.
	maxDepth = 64
	// tableNodes bounds the nodes of a table that only sets a caption under a
	// picture: two rows of one cell, and some markup in them.
	tableNodes = 20
	// authorBytes bounds the byline that makes the image in it a portrait of
	// the author.
	authorBytes = 300
	// teaserBytes of text in the link around an image in a box of related articles are the
	// headline of one.
	teaserBytes = 10
	// strayBytes of other text may stand in the box that joins a caption to
	// its picture, where the box is no figure.
	strayBytes = 80
)

// pictureReader is the state of Read.
type pictureReader struct {
	noscripts map[int32]string // by element: the image of a noscript in it
	t         *page.Tree
	// textTo[i] counts the bytes of visible text in nodes[:i].
	textTo []int32
	// all are the elements that show an image: img, amp-img, and custom
	// elements that a script turns into one.
	all []int32
	// imgs are those of all that are content.
	imgs []int32
	// caps are the outermost elements that say that they are captions or
	// credits and hold no image.
	caps []int32
	// capsTo[k] counts the bytes of text in caps[:k].
	capsTo []int32
	pics   []Picture
	// byImg is the index in pics of imgs' pictures.
	byImg map[int32]int
}

// Read returns the content pictures of the page, in document order.
func Read(t *page.Tree) []Picture {
	r := &pictureReader{t: t}
	r.scan()
	r.gather()
	r.attach()
	return r.finish()
}

// scan counts text, and lists images and caption elements.
func (r *pictureReader) scan() {
	t := r.t
	n := int32(len(t.Nodes))
	r.textTo = make([]int32, n+1)
	total := int32(0)
	opaqueTo, unseenTo := int32(0), int32(0)
	var shades []int32 // elements that show a picture behind nothing
	for i := int32(0); i < n; i++ {
		r.textTo[i] = total
		nd := &t.Nodes[i]
		if nd.Type == html.TextNode {
			if i >= opaqueTo && i >= unseenTo {
				total += textLen(nd.Data)
			}
			continue
		}
		if i < opaqueTo {
			continue
		}
		if page.IsOpaque(nd.DataAtom) {
			opaqueTo = nd.End
		}
		if nd.Roles&selectors.Hidden != 0 && isTitle(nd) {
			unseenTo = max(unseenTo, nd.End) // the name of the file, which systems write for those who cannot see
		}
		switch nd.DataAtom {
		case atom.Img:
			if k := len(r.all) - 1; k >= 0 && t.Nodes[r.all[k]].DataAtom == atom.Noscript && t.Nodes[r.all[k]].Parent == nd.Parent {
				r.all = r.all[:k] // the same image, for browsers without script
			}
			r.all = append(r.all, i)
		case atom.Noscript:
			if r.standsAlone(i) {
				r.all = append(r.all, i)
			}
		case 0:
			if isImageElement(nd.Node) {
				r.all = append(r.all, i)
			}
		}
		if nd.Type != html.ElementNode || i < t.Body {
			continue
		}
		if nd.End-i <= slideNodes && slides(t, i) && !isPlaceholder(backgroundOf(t, i)) {
			shades = append(shades, i)
		}
		if nd.DataAtom == atom.Figcaption || nd.Roles&(selectors.Caption|selectors.Credit) != 0 && mayBeCaption(nd) {
			r.caps = append(r.caps, i)
		}
	}
	r.textTo[n] = total
	r.addSlides(shades)
	capTo := int32(0)
	r.caps = slices.DeleteFunc(r.caps, func(i int32) bool {
		if i < capTo || r.holdsImage(i) || r.holdsHeading(i, true) {
			return true // the head of the article, over its picture
		}
		nd := &t.Nodes[i]
		if nd.DataAtom != atom.Figcaption &&
			(nd.Roles&selectors.Body != 0 || nd.Roles&selectors.Caption == 0 && !r.namesSource(i)) {
			return true
		}
		capTo = t.Nodes[i].End
		return false
	})
	r.capsTo = make([]int32, len(r.caps)+1)
	for k, i := range r.caps {
		r.capsTo[k+1] = r.capsTo[k] + r.text(i)
	}
}

// namesSource reports whether an element whose class says that it is a credit
// can be one: its words have a label or an agency, or are a short name.
func (r *pictureReader) namesSource(i int32) bool {
	if n := r.text(i); n == 0 || n > creditWords*10 {
		return false
	}
	if r.labelled([]int32{i}) {
		return true
	}
	return fewNames(text.Cut(r.t.Text(i)))
}

// standsAlone reports whether a noscript holds an image that no element before
// it shows.
func (r *pictureReader) standsAlone(noscript int32) bool {
	t := r.t
	parent := t.Nodes[noscript].Parent
	if parent <= t.Body {
		return false
	}
	if k := len(r.all) - 1; k >= 0 && r.all[k] > t.Nodes[parent].Parent {
		return false
	}
	n := t.Nodes[noscript].FirstChild
	return n != nil && strings.Contains(n.Data, "<img")
}

// isImageElement knows the custom elements that show an image.
func isImageElement(n *html.Node) bool {
	if !strings.Contains(n.Data, "-") || !strings.Contains(n.Data, "img") && !strings.Contains(n.Data, "image") {
		return false
	}
	for _, a := range n.Attr {
		if a.Key == "src" || a.Key == "data-src" || a.Key == "srcset" || a.Key == "data-srcset" {
			return true
		}
	}
	return false
}

// mayBeCaption leaves out elements that cannot be a caption whatever their
// class says.
func mayBeCaption(nd *page.Node) bool {
	switch nd.DataAtom {
	case atom.A, atom.Button, atom.Input, atom.Figure, atom.Img, atom.Picture, atom.Body, atom.Html,
		atom.Main, atom.Article, atom.Form, atom.Footer, atom.Nav, atom.Ul, atom.Ol, atom.Video,
		atom.Audio, atom.Track, atom.Svg, atom.Legend, atom.Textarea, atom.Select,
		atom.H1, atom.H2, atom.Table, atom.Blockquote:
		return false
	}
	return true
}

// textLen is the length of s without white space at its ends.
func textLen(s string) int32 {
	from, to := 0, len(s)
	for from < to && s[from] <= ' ' {
		from++
	}
	for to > from && s[to-1] <= ' ' {
		to--
	}
	return int32(to - from)
}

// text is the number of bytes of visible text under i.
func (r *pictureReader) text(i int32) int32 {
	return r.textTo[r.t.Nodes[i].End] - r.textTo[i]
}

// holdsImage reports whether an img stands under i.
func (r *pictureReader) holdsImage(i int32) bool {
	return countIn(r.all, i, r.t.Nodes[i].End) > 0
}

// countIn returns how many of the sorted list lie in [from, to).
func countIn(list []int32, from, to int32) int {
	a := lowerBound(list, from)
	return lowerBound(list[a:], to)
}

// lowerBound returns the index of the first element of the sorted list that is
// not less than v.
func lowerBound(list []int32, v int32) int {
	return sort.Search(len(list), func(k int) bool { return list[k] >= v })
}

// gather makes a picture of each content image.
func (r *pictureReader) gather() {
	t := r.t
	r.byImg = make(map[int32]int, len(r.all))
	r.pics = make([]Picture, 0, len(r.all))
	for _, i := range r.all {
		if i < t.Body {
			continue
		}
		p := Picture{img: i, Box: i}
		if r.isFurniture(i) {
			continue
		}
		r.readSource(&p)
		if p.URL == "" || isIcon(&p) || isOfHost(p.URL) || skipsByURL(p.URL) || max(p.Width, p.Height) < leadPixels && isOrnament(p.URL) || r.isOverlay(&p) || r.isBeside(&p) {
			continue
		}
		r.byImg[i] = len(r.pics)
		r.imgs = append(r.imgs, i)
		r.pics = append(r.pics, p)
	}
}

// maxSources is how many sources of a picture element are read, for each of its
// images, and how many nodes before an image may be those of its own.
const maxSources = 100

// readSource fills URL, Width and Height from the image's attributes, from the
// sources of its picture element, and from the noscript that stands in for it.
func (r *pictureReader) readSource(p *Picture) {
	t := r.t
	i := p.img
	var best candidate
	found := false
	offer := func(c candidate) {
		if isPlaceholder(c.url) {
			return
		}
		if !found || c.width > best.width || c.width == best.width && c.density > best.density {
			best, found = c, true
		}
	}
	src, lazy := "", ""
	if slides(t, i) {
		src = backgroundOf(t, i)
	}
	for _, a := range imageAttrs(t.Nodes[i].Node) {
		switch a.Key {
		case "alt":
			p.Alt = strings.Join(strings.Fields(a.Val), " ")
		case "src":
			src = strings.TrimSpace(a.Val)
		case "width":
			p.Width = text.Pixels(a.Val)
		case "height":
			p.Height = text.Pixels(a.Val)
		case "srcset":
			if c, ok := largest(a.Val); ok {
				offer(c)
			}
		default:
			if len(a.Val) < 5 {
				continue
			}
			if !strings.HasPrefix(a.Key, "data-") {
				if lazy == "" && slices.Contains(selectors.Pictures().LazyAttributes, a.Key) && looksLikeAddress(a.Val) {
					lazy = strings.TrimSpace(a.Val)
				}
				continue
			}
			switch {
			case strings.HasSuffix(a.Key, "srcset"):
				if c, ok := largest(a.Val); ok {
					offer(c)
				}
			case lazy == "" && looksLikeAddress(a.Val) && isLazyKey(a.Key):
				lazy = strings.TrimSpace(a.Val)
			}
		}
	}
	if parent := t.Nodes[i].Parent; !found && parent >= 0 && t.Nodes[parent].DataAtom == atom.Picture {
		sources := 0
		for j := parent + 1; j < t.Nodes[parent].End && sources < maxSources; j = t.Nodes[j].End {
			if t.Nodes[j].DataAtom != atom.Source {
				continue
			}
			sources++
			for _, a := range t.Nodes[j].Attr {
				if a.Key == "srcset" || strings.HasPrefix(a.Key, "data-") && strings.HasSuffix(a.Key, "srcset") {
					if c, ok := largest(a.Val); ok && (c.width > 0 || isPlaceholder(src)) {
						offer(c)
					}
				}
			}
		}
	}
	p.offered = best.width
	switch {
	case found && (best.width > 0 || best.density > 1 || isPlaceholder(src) && lazy == ""):
		p.URL = best.url
	case lazy != "":
		p.URL = lazy
	case !isPlaceholder(src):
		p.URL = src
	case found:
		p.URL = best.url
	default:
		p.URL = r.noscriptSource(i)
	}
	if p.URL != "" {
		p.URL = t.Page.ImageURL(p.URL)
	}
	if isRatio(p.Width, p.Height) {
		p.Width, p.Height = 0, 0
	}
}

// isLazyKey knows the data attributes in which scripts find an image's
// address.
func isLazyKey(key string) bool {
	return nodes.ContainsAny(key, selectors.Pictures().LazyKeys)
}

func looksLikeAddress(s string) bool {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, " {}<>\"") || isPlaceholder(s) {
		return false
	}
	if _, rest, ok := strings.Cut(s, "//"); ok && !strings.ContainsAny(rest, "/?") {
		return false // the address of a site, such as the agency's
	}
	return strings.HasPrefix(s, "http") || strings.HasPrefix(s, "//") || strings.HasPrefix(s, "/") && len(s) > 8 ||
		strings.HasSuffix(s, ".jpg") || strings.HasSuffix(s, ".jpeg") || strings.HasSuffix(s, ".png") || strings.HasSuffix(s, ".webp")
}

// noscriptSource looks for the image that stands in a noscript beside i.
func (r *pictureReader) noscriptSource(i int32) string {
	parent := r.t.Nodes[i].Parent
	for up := 0; up < 2 && parent >= 0; up++ {
		src, known := r.noscripts[parent]
		if !known {
			src = r.firstNoscript(parent)
			if r.noscripts == nil {
				r.noscripts = make(map[int32]string)
			}
			r.noscripts[parent] = src
		}
		if src != "" {
			return src
		}
		parent = r.t.Nodes[parent].Parent
	}
	return ""
}

// firstNoscript returns the image of the first noscript in an element that has one.
func (r *pictureReader) firstNoscript(parent int32) string {
	for j := parent + 1; j < r.t.Nodes[parent].End; j = r.t.Nodes[j].End {
		if r.t.Nodes[j].DataAtom == atom.Noscript {
			if src := sourceIn(r.t, j); src != "" {
				return src
			}
		}
	}
	return ""
}

// sourceIn reads the address of the image in a noscript.
func sourceIn(t *page.Tree, noscript int32) string {
	src := ""
	for _, a := range imageAttrs(t.Nodes[noscript].Node) {
		if a.Key == "srcset" {
			if c, ok := largest(a.Val); ok && c.width > 0 {
				return c.url
			}
		}
		if a.Key == "src" && !isPlaceholder(a.Val) {
			src = strings.TrimSpace(a.Val)
		}
	}
	return src
}

// imageAttrs returns the attributes of an image; a noscript's are those of the
// first img in it, whose markup the parser leaves as text.
func imageAttrs(n *html.Node) []html.Attribute {
	if n.DataAtom != atom.Noscript {
		return n.Attr
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.TextNode || !strings.Contains(c.Data, "<img") {
			continue
		}
		z := html.NewTokenizer(strings.NewReader(c.Data))
		for tt := z.Next(); tt != html.ErrorToken; tt = z.Next() {
			if tt != html.StartTagToken && tt != html.SelfClosingTagToken {
				continue
			}
			if tok := z.Token(); tok.DataAtom == atom.Img {
				return tok.Attr
			}
		}
	}
	return nil
}

// isFurniture reports whether an image is a logo, an avatar, an author's
// portrait or an advertisement, by its class and by what it stands in.
func (r *pictureReader) isFurniture(img int32) bool {
	if r.t.FormulaImage(img) != "" {
		return true
	}
	t := r.t
	if skipsByClass(t, img) && !isArticlesLogo(t.Attr(img, "src")) {
		return true
	}
	figure, link := false, "" // link is the address of one around the image that has words
	for up, i := 0, t.Nodes[img].Parent; i > t.Body && up < maxDepth; up, i = up+1, t.Nodes[i].Parent {
		nd := &t.Nodes[i]
		figure = figure || nd.DataAtom == atom.Figure
		if nd.DataAtom == atom.A && r.text(i) >= teaserBytes {
			link = t.Attr(i, "href")
		}
		if up < 4 && !figure && nd.Roles&(selectors.Byline|selectors.Author) != 0 && r.text(i) < authorBytes {
			return true
		}
		if up < 2 && !figure && nd.Roles&selectors.Print != 0 && hasLogo(strings.ToLower(t.Attr(img, "src"))) {
			return true
		}
		button := nd.DataAtom == atom.Button && !figure && t.Within(i, atom.Figure) < 0
		share := nd.Roles&selectors.Share != 0 && !figure && r.text(i)*5 < r.textTo[len(t.Nodes)]
		if (button || share) && !isLarge(t, img) {
			return true
		}
		if (up == 0 || nd.DataAtom == atom.Figure) && skipsByClass(t, i) && !((nd.DataAtom == atom.A || nd.DataAtom == atom.Figure) && hasClass(t, i, selectors.Pictures().ClickClasses)) {
			return true
		}
		if nd.DataAtom == atom.Nav || nd.DataAtom == atom.Footer ||
			nd.Roles&(selectors.Ad|selectors.Nav|selectors.Footer|selectors.Consent|selectors.Comment|selectors.Breadcrumb) != 0 || nd.Roles&selectors.Related != 0 && !figure && t.Page.LeadsToSite(link) {
			// A class word can stand on the whole page's wrapper as well.
			return r.text(i)*5 < r.textTo[len(t.Nodes)] && !(nd.DataAtom == atom.Div && nd.Roles&page.NotArticle == selectors.Nav && r.holdsText(i))
		}
	}
	return false
}

// isLarge reports whether an image's own attributes give it the size of a
// picture. In a button it opens the picture, and a box for sharing has icons.
func isLarge(t *page.Tree, img int32) bool {
	w, h := text.Pixels(t.Attr(img, "width")), text.Pixels(t.Attr(img, "height"))
	if w == 0 && h == 0 {
		widest := func(i int32) {
			if srcset := t.Attr(i, "srcset"); srcset != "" {
				eachCandidate(srcset, func(c candidate) { w = max(w, c.width) })
			}
		}
		widest(img)
		if p := t.Nodes[img].Parent; t.Nodes[p].DataAtom == atom.Picture {
			for i := max(p+1, img-maxSources); i < img; i++ {
				widest(i) // a source
			}
		}
	}
	return max(w, h) >= leadPixels || isRatio(w, h)
}

// skipsByURL looks up the labels of an address's host and the segments of its
// path.
func skipsByURL(u string) bool {
	var buf [24]byte
	w := buf[:0]
	start, host := 0, true
	if k := strings.Index(u, "//"); k >= 0 {
		start = k + 2
	}
	dot := -1 // where a segment's extension begins
	for k := start; k <= len(u); k++ {
		c := byte('/')
		if k < len(u) {
			c = u[k]
		}
		switch {
		case c == '/' || c == '?' || c == '#' || c == '.' && host:
			if dot >= 0 {
				w = w[:dot]
			}
			if len(w) < len(buf) && selectors.Pictures().SkipURLs[string(w)] {
				return true
			}
			if c == '?' || c == '#' {
				return false
			}
			host = host && c == '.'
			w, dot = buf[:0], -1
		case len(w) < len(buf):
			if c == '.' {
				dot = len(w)
			}
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			w = append(w, c)
		}
	}
	return false
}

func skipsByClass(t *page.Tree, i int32) bool {
	return hasClass(t, i, selectors.Pictures().SkipClasses)
}

// hasClass reports whether a word of i's class or id is in the set.
func hasClass(t *page.Tree, i int32, set map[string]bool) bool {
	var buf [64]byte
	for _, a := range t.Nodes[i].Attr {
		if a.Key != "class" && a.Key != "id" {
			continue
		}
		for w, k := selectors.NextWord(a.Val, 0, buf[:0]); len(w) > 0; w, k = selectors.NextWord(a.Val, k, buf[:0]) {
			if set[string(w)] {
				return true
			}
		}
	}
	return false
}
