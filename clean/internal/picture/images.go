package picture

import (
	"cmp"
	"net/url"
	"slices"
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

// footUp is how many elements a picture without a caption right after the text may stand in
// that the text does not.
const footUp = 8

// footLike is how many pictures, the last ones, such a picture is compared with.
const footLike = 32

// ChooseImages returns the article's images in document order, each once: the
// pictures whose box is in the article, those with a caption between its
// headline and its text, the one that opens it there or above the headline, and
// the lead that the metadata names. in reports whether the node at an index
// belongs to the article.
//
// One image is the lead: the first that the metadata names and the page shows,
// in the same file or in another cut of it; else the picture that opens the
// article, which may be a background; else the first that the metadata names; else the first of the
// article. A logo, and what a site shares where an article has no picture, is
// none.
func ChooseImages(t *page.Tree, pics []Picture, in func(box int32) bool, m *meta.Metadata) []article.Image {
	c := chooser{t: t, pics: pics, in: in, m: m, lead: -1, hero: -1}
	c.readNamed()
	c.head, c.start = headOf(t, in, m)
	if c.start > 0 {
		c.hero = heroOf(t, pics, m, c.head, c.start)
	}
	if c.start > 0 || !c.chooseStory() {
		c.choose()
	}
	c.chooseLead()
	if c.lead >= 0 {
		c.out[c.lead].Lead = true
	}
	for k := range c.out {
		im := &c.out[k]
		if im.Credit == "" && c.m != nil && c.m.Section != "" && strings.EqualFold(im.Caption, c.m.Section) {
			im.Caption = "" // a label over the picture
		}
		c.creditAuthor(im)
	}
	return c.out
}

// creditAuthor takes the name of the article's author in brackets off a caption's end: who
// wrote took the picture, too.
func (c *chooser) creditAuthor(im *article.Image) {
	from := strings.LastIndexByte(im.Caption, '(')
	if c.m == nil || im.Credit != "" || from < 0 || !strings.HasSuffix(im.Caption, ")") {
		return
	}
	name := im.Caption[from+1 : len(im.Caption)-1]
	if slices.ContainsFunc(c.m.Authors, func(a article.Author) bool { return a.Name == name }) {
		im.Caption, im.Credit = strings.TrimSpace(im.Caption[:from]), name
	}
}

// chooser is the state of ChooseImages.
type chooser struct {
	t    *page.Tree
	pics []Picture
	in   func(box int32) bool
	m    *meta.Metadata // may be nil

	named       []article.Image // of the metadata, without cards
	rank        map[string]int  // key of a picture to its first place in named
	head, start int32
	hero        int // the picture that opens the article before its text, or -1

	out  []article.Image
	from []int // the pictures of out
	lead int   // in out, or -1
	best int   // the place in named of the lead
}

// readNamed lists the images that the metadata names.
func (c *chooser) readNamed() {
	if c.m == nil {
		return
	}
	for _, list := range [...][]article.Image{c.m.OGImages, c.m.LdImages} {
		for k := range list {
			if list[k].URL != "" && !isOfHost(list[k].URL) && !isCard(&list[k]) && !isOfSite(list[k].URL, c.t.Page.Address) {
				c.named = append(c.named, list[k])
			}
		}
	}
	c.rank = make(map[string]int, len(c.named))
	for k := range c.named {
		key := imageKey(c.named[k].URL)
		if at, has := c.rank[key]; has {
			fill(&c.named[at], &c.named[k])
		} else {
			c.rank[key] = k
		}
	}
}

// storyPictures is how many captioned pictures make a page that has no text a
// story in pictures.
const storyPictures = 4

// IsStory reports whether images tell a story by themselves, in their captions.
func IsStory(images []article.Image) bool {
	n := 0
	for k := range images {
		if images[k].Caption != "" {
			n++
		}
	}
	return n >= storyPictures
}

// chooseStory fills out with the captioned pictures after the headline of a
// page without text, and reports whether they are a story.
func (c *chooser) chooseStory() bool {
	if c.m == nil || len(c.m.HeadlineNodes) == 0 {
		return false
	}
	head := c.m.HeadlineNodes[0]
	for k := range c.pics {
		p := &c.pics[k]
		if p.URL == "" || p.Caption == "" || p.teaser || p.Box < head || !standsFree(c.t, p, c.t.Body, int32(len(c.t.Nodes)), c.m) {
			continue
		}
		im := p.Image
		if r, ok := c.rank[imageKey(p.URL)]; ok {
			fill(&im, &c.named[r])
		}
		c.out = append(c.out, im)
		c.from = append(c.from, k)
	}
	if IsStory(c.out) {
		c.lead = 0
		return true
	}
	c.out, c.from = nil, nil
	return false
}

// choose fills out with the pictures of the page.
func (c *chooser) choose() {
	t, end := c.t, c.start // where the last picture of the article, or its text, ends
	around := int32(-1)    // the element around its last paragraph
	for i := int32(len(t.Nodes)) - 1; i >= c.start; i-- {
		if c.in(i) {
			end = i + 1
			around = boxAround(t, i)
			break
		}
	}
	c.best = len(c.named)
	for k := range c.pics {
		p := &c.pics[k]
		if p.URL == "" {
			continue // a video, or a picture that only script would show
		}
		r, isNamed := c.rank[imageKey(p.URL)]
		inside := c.in(p.Box) || p.Box >= c.head && p.Box < c.start && (p.Caption != "" || p.Credit != "") && (isNamed || !isPortrait(p, c.m))
		if !inside && p.Box >= end && p.Box < end+footNodes {
			between := textBetween(t, end, p.Box)
			if p.Caption != "" && between <= footBytes || between == 0 && (c.ends(p, around) || p.Box < end+footUp && c.isSetAsAnother(p.Box)) {
				inside, end = true, t.Nodes[p.Box].End
			}
		}
		for _, copied := range p.copies {
			inside = inside || c.in(copied)
		}
		inside = inside && !p.teaser || k == c.hero
		// What the metadata names first is the article's wherever it stands.
		if !inside && !(isNamed && r < c.best && (r == 0 || !isPortrait(p, c.m))) {
			continue
		}
		im := p.Image
		if isNamed {
			fill(&im, &c.named[r])
			if r < c.best {
				c.lead, c.best = len(c.out), r
			}
		}
		c.out = append(c.out, im)
		c.from = append(c.from, k)
	}
}

// isSetAsAnother reports whether a picture right after the text is set as one amid it is: in
// elements of the same classes, in one box.
func (c *chooser) isSetAsAnother(box int32) bool {
	nodes := c.t.Nodes
	for n := len(c.from) - 1; n >= 0 && n >= len(c.from)-footLike; n-- {
		a, b := box, c.pics[c.from[n]].Box
		if b < c.start || !c.in(b) {
			continue
		}
		for up := 0; up < footUp && a > c.t.Body && nodes[a].Sig == nodes[b].Sig; up++ {
			if a, b = nodes[a].Parent, nodes[b].Parent; a == b {
				return true
			}
		}
	}
	return false
}

// boxAround returns the element around the paragraph that node i stands in, or -1.
func boxAround(t *page.Tree, i int32) int32 {
	for i > t.Body && !t.Nodes[i].Block {
		i = t.Nodes[i].Parent
	}
	if t.Nodes[i].DataAtom != atom.P {
		return -1
	}
	return t.Nodes[i].Parent
}

const (
	// endUp is how many elements may stand around a picture that ends the text.
	endUp = 5
	// endNodes is how many nodes its paragraph has at most.
	endNodes = 60
	// dividerSides is how many times as wide as high a line across the page is.
	dividerSides = 6
)

// ends reports whether a picture without a caption is the last of the article's text: it
// stands in a paragraph of its own beside the last one, whose parent is around, and is
// neither the label of a link nor a line across the page.
func (c *chooser) ends(p *Picture, around int32) bool {
	if around < 0 || p.img < 0 || p.Width > dividerSides*p.Height && p.Height > 0 {
		return false
	}
	if a := c.t.Within(p.img, atom.A); a > around && !isImageFile(c.t.Attr(a, "href")) {
		return false
	}
	i := p.Box
	for up := 0; up < endUp && i > around; up++ {
		nd := &c.t.Nodes[i]
		if nd.Parent == around {
			return nd.DataAtom == atom.P && nd.End-i <= endNodes && c.t.Text(i) == ""
		}
		i = nd.Parent
	}
	return false
}

// chooseLead finds the lead where the page shows none that the metadata names
// by the same file.
func (c *chooser) chooseLead() {
	if c.lead >= 0 && c.best == 0 {
		return
	}
	if len(c.named) > 0 { // another cut of the first is the lead before one named later
		for k := range c.out {
			if sameShot(c.out[k].URL, c.named[0].URL) {
				fill(&c.out[k], &c.named[0])
				c.lead = k
				return
			}
		}
	}
	if c.lead >= 0 {
		return
	}
	for n := 0; n < mostFaces && len(c.named) > 0 && isFace(c.t, c.named[0].URL, c.head); n++ {
		c.named = c.named[1:]
	}
	if c.hero < 0 && len(c.named) == 0 && c.start > 0 {
		if im := c.background(); im != nil {
			c.out, c.lead = append([]article.Image{*im}, c.out...), 0
			return
		}
	}
	opener := -1
	for k, p := range c.from {
		if !isDrawing(c.out[k].URL) && !isPortrait(&c.pics[p], c.m) {
			opener = k
			break
		}
	}
	if opener < 0 || len(c.named) > 0 && !c.leads(&c.pics[c.from[opener]]) {
		if len(c.named) > 0 {
			splitNamed(&c.named[0])
			c.out = append([]article.Image{c.named[0]}, c.out...)
			c.lead = 0
			return
		}
		opener = min(0, len(c.out)-1)
	}
	c.lead = opener
}

// leads reports whether a picture that the metadata does not name is the lead all the
// same: it opens the article, with a caption or credit. Without one it is a drawing,
// a portrait or an ornament as often as not, and what the page shares of itself is
// the article's picture.
func (c *chooser) leads(p *Picture) bool {
	return (p.Caption != "" || p.Credit != "") && c.opens(p)
}

// opens reports whether a picture stands before the article's text or after
// its first lines, and not as a part of them.
func (c *chooser) opens(p *Picture) bool {
	return p.Box < c.start || textBetween(c.t, c.start, p.Box) <= earlyBytes
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
	// A word alone is what the file is called in its store.
	named := *meta
	if strings.EqualFold(named.Caption, im.Alt) || !strings.ContainsAny(named.Caption, " \u00a0\u3000") && text.CountWords(named.Caption) <= 1 {
		named.Caption = ""
	}
	splitNamed(&named)
	if im.Caption == "" && named.Caption != im.Credit {
		im.Caption = named.Caption
	}
	if im.Credit == "" {
		im.Credit = named.Credit
	}
	if im.Width == 0 && im.Height == 0 {
		im.Width, im.Height = meta.Width, meta.Height
	}
}

// splitNamed parts the caption that the metadata has of an image from the credit in it.
func splitNamed(im *article.Image) {
	if im.Caption != "" && len(im.Caption) <= maxSlideCaption {
		caption, credit := splitWhole(im.Caption)
		im.Caption, im.Credit = caption, cmp.Or(im.Credit, credit)
	}
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
	if strings.IndexByte(path, '%') >= 0 {
		if p, err := url.PathUnescape(path); err == nil {
			// The address in a proxy's, and letters that only some addresses of a page escape.
			var inner string
			path, inner, _ = strings.Cut(p, "?")
			query = cmp.Or(query, inner)
		}
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
	if len(name) < minFileName || isNumbered(name) {
		// "image", "1", "original": the folder is part of the key.
		if k := strings.Index(dir, "//"); k >= 0 {
			dir = dir[k+2:]
		}
		dir = lastSteps(withoutSizes(dir), keySteps) // a proxy puts its own before
		if isGeneric(name) && query != "" {
			return dir + "/" + name + "?" + query
		}
		return dir + "/" + name
	}
	return name
}

// withoutSizes takes the steps out of a path that are a size in pixels: "800x600".
func withoutSizes(dir string) string {
	if strings.IndexByte(dir, 'x') < 0 {
		return dir
	}
	steps := strings.Split(dir, "/")
	return strings.Join(slices.DeleteFunc(steps, func(step string) bool {
		w, h, ok := strings.Cut(step, "x")
		return ok && w != "" && h != "" && text.IsDigits(w) && text.IsDigits(h)
	}), "/")
}

// keySteps is how many folders are part of the key of a file with a short name.
const keySteps = 3

// lastSteps returns the last n steps of a path.
func lastSteps(dir string, n int) string {
	if dir == "" {
		return "" // of a picture beside a page that has no address
	}
	at := len(dir)
	for ; n > 0 && at > 0; n-- {
		at = strings.LastIndexByte(dir[:at], '/')
	}
	return dir[min(at+1, len(dir)):]
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

// isNumbered reports whether a file's name is one that many pictures have, and numbers.
func isNumbered(name string) bool { return isGeneric(strings.Trim(name, "0123456789-_")) }

func isGeneric(name string) bool {
	return selectors.Pictures().Generic[strings.ToLower(name)]
}
