package picture

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// aboveBytes is how much text may stand between a picture and the headline
	// under it.
	aboveBytes = 120
	// aboveNodes bounds the nodes between them.
	aboveNodes = 500
	// looseBytes is how much text may stand between a picture and the article's
	// first node where no headline is found.
	looseBytes = 300
	// leadPixels is the longest side from which on an image without a caption
	// may be the lead.
	leadPixels = 200
	// widePixels is the width of a picture that stands above the box of headline and
	// text.
	widePixels = 600
	// cardPixels is the longest side of an image that is the site's logo or
	// icon, and cardRatio how often as wide as high a banner with its name is.
	cardPixels, cardRatio = 180, 4
	// portraitWords are what may be said of an author beside the name.
	portraitWords = 4
	// earlyBytes of text may stand between the article's first node and the
	// picture that opens it.
	earlyBytes = 600
)

// headOf returns the range from the headline to the article's first node; an
// empty range where the page's headline is not near. The headline is the last h1
// that shows the title, else the first heading that does, else the last h1, else
// the last heading or line that says what the title says.
func headOf(t *page.Tree, in func(int32) bool, m *meta.Metadata) (head, start int32) {
	n := int32(len(t.Nodes))
	for start = t.Body; start < n && !in(start); start++ {
	}
	if start == n {
		return 0, 0
	}
	head = -1
	other := int32(-1)
	for _, h := range t.Headings {
		switch {
		case h >= start:
		case t.Nodes[h].DataAtom == atom.H1:
			head = h
		default:
			other = h
		}
	}
	if m != nil && !slices.Contains(m.HeadlineNodes, head) {
		for _, h := range m.HeadlineNodes {
			if h < start && textBetween(t, h, start) <= headBytes {
				head = h // the first: one that is repeated stands after the picture
				break
			}
		}
	}
	if head < 0 {
		head = max(other, titleLine(t, start, m))
	}
	if head < 0 || textBetween(t, head, start) > headBytes {
		return start, start
	}
	return head, start
}

// titleLine returns the last text node before end that is the title, or -1.
func titleLine(t *page.Tree, end int32, m *meta.Metadata) int32 {
	if m == nil || m.Title == "" {
		return -1
	}
	for i := end - 1; i > t.Body; i-- {
		if nd := &t.Nodes[i]; nd.Type == html.TextNode && textLen(nd.Data) > 0 && strings.EqualFold(strings.Join(strings.Fields(nd.Data), " "), m.Title) {
			return i
		}
	}
	return -1
}

// heroOf returns the index of the picture that opens the article before its
// first node, or -1: the first with a caption between headline and text, else the first
// there, else the last above the headline.
func heroOf(t *page.Tree, pics []Picture, m *meta.Metadata, head, start int32) int {
	box := t.Body // what holds the headline and the text
	for e := t.Nodes[head].Parent; e > t.Body; e = t.Nodes[e].Parent {
		if t.Nodes[e].End > start {
			box = e
			break
		}
	}
	under, above := -1, -1
	outer := box // what may hold a wide picture above that
	if e := t.Nodes[box].Parent; box > t.Body && e > t.Body {
		outer = e
	}
	for k := range pics {
		p := &pics[k]
		if p.Box <= box && (max(p.Width, p.offered) < widePixels || t.Nodes[p.Box].End > box || p.Box <= outer && !isOpener(t, p, m)) {
			continue
		}
		if p.URL == "" || p.teaser || p.Box < head-aboveNodes || p.Box >= start || t.Nodes[p.Box].End > start {
			continue
		}
		captioned := p.Caption != "" || p.Credit != ""
		if !captioned && (isSmall(p) && !opensFile(t, p) || isGraphic(p) || isStrip(p) || isSiteName(p.URL, t.Page.Address)) || isDrawing(p.URL) ||
			isPortrait(p, m) || !standsFree(t, p, box, start, m) {
			continue
		}
		switch {
		case p.Box > head && head < start:
			if captioned {
				return k
			}
			if under < 0 {
				under = k
			}
		case p.Box > head: // no headline
			if box > t.Body && textBetween(t, p.Box, start) <= looseBytes {
				return k
			}
		case (box > t.Body || captioned || t.Within(p.Box, atom.Figure) >= 0) && textBetween(t, p.Box, head)-textBetween(t, p.Box, t.Nodes[p.Box].End) <= aboveBytes:
			above = k
		}
	}
	if under >= 0 {
		return under
	}
	return above
}

// openerUp is how many elements around a picture may tell that it opens the article.
const openerUp = 3

// isOpener reports whether a class tells that a template shows a picture over the article,
// and no link on it leads to another page.
func isOpener(t *page.Tree, p *Picture, m *meta.Metadata) bool {
	named := false
	for e, up := max(p.img, p.Box), 0; e > t.Body && up <= openerUp; e, up = t.Nodes[e].Parent, up+1 {
		if t.Nodes[e].DataAtom == atom.A && leadsAway(t, e, m) {
			return false
		}
		class := t.Attr(e, "class")
		named = named || class != "" && slices.ContainsFunc(selectors.Pictures().OpenerClasses, func(part string) bool { return strings.Contains(class, part) })
	}
	return named
}

// standsFree reports whether a picture stands in no box under box that is
// beside the article, and in no link to another page.
func standsFree(t *page.Tree, p *Picture, box, start int32, m *meta.Metadata) bool {
	for e := max(p.img, p.Box); e > box; e = t.Nodes[e].Parent {
		nd := &t.Nodes[e]
		if nd.DataAtom == atom.A && leadsAway(t, e, m) {
			return false
		}
		if nd.End > start {
			continue
		}
		if nd.DataAtom == atom.Nav || nd.DataAtom == atom.Aside && p.Caption == "" || nd.Roles&(page.NotArticle&^selectors.Share) != 0 || t.Pruned(e) != "" {
			return false
		}
	}
	return true
}

// leadsAway reports whether a link goes to another page: not to the picture in
// full size or the page that shows it alone, nor to the page itself.
func leadsAway(t *page.Tree, a int32, m *meta.Metadata) bool {
	href := t.Attr(a, "href")
	if href == "" || href[0] == '#' || strings.HasPrefix(href, "javascript:") {
		return false
	}
	u := withoutParams(t.Page.WebURL(href))
	if u == withoutParams(t.Page.URL) || m != nil && u == withoutParams(m.CanonicalURL) {
		return false
	}
	return !isImageFile(u) && !strings.HasPrefix(t.Attr(a, "rel"), "attachment") && !showsPicture(u)
}

// showsPicture reports whether the last step of an address is a picture's number behind a
// word for one, as blogs call the page that shows it: "image-12-3.html".
func showsPicture(u string) bool {
	step := strings.TrimSuffix(u[strings.LastIndexByte(u, '/')+1:], ".html")
	word := strings.TrimRight(step, "0123456789-_")
	return word != step && selectors.Pictures().Boxes[word]
}

func withoutParams(u string) string {
	if k := strings.IndexAny(u, "?#"); k >= 0 {
		u = u[:k]
	}
	return strings.TrimSuffix(u, "/")
}

// isSmall reports whether the attributes of an image, or the parameters of its
// address, give it a size under leadPixels.
func isSmall(p *Picture) bool {
	side := max(p.Width, p.Height)
	if _, query, _ := strings.Cut(p.URL, "?"); side == 0 {
		for part := range strings.SplitSeq(query, "&") {
			if k, v, _ := strings.Cut(part, "="); k == "w" || k == "h" || k == "width" || k == "height" {
				side = max(side, text.Pixels(v))
			}
		}
	}
	return side > 0 && side < leadPixels
}

// opensFile reports whether a link around an image opens the file of a larger one, as
// galleries link their small ones.
func opensFile(t *page.Tree, p *Picture) bool {
	if p.img < 0 {
		return false
	}
	a := t.Within(p.img, atom.A)
	return a > t.Body && isImageFile(t.Page.WebURL(t.Attr(a, "href")))
}

// isDrawing reports whether an image is a vector drawing, which is a logo or
// a sign where it is not in the text.
func isDrawing(u string) bool { return strings.HasSuffix(withoutParams(u), ".svg") }

// isPortrait reports whether what is said of a picture is the name of one of
// the page's authors and a word or two about them.
func isPortrait(p *Picture, m *meta.Metadata) bool {
	if m == nil {
		return false
	}
	said := p.Caption
	if said == "" {
		said = p.Alt
	}
	words := len(strings.Fields(said))
	for k := range m.Authors {
		if name := m.Authors[k].Name; name != "" && words <= len(strings.Fields(name))+portraitWords && strings.Contains(said, name) {
			return true
		}
	}
	return false
}

// isCard reports whether an image of the metadata is the site's logo, or what
// the site shares where an article has no picture, by its name or its size.
func isCard(im *article.Image) bool {
	path := im.URL
	if k := strings.Index(path, "//"); k >= 0 {
		if _, rest, ok := strings.Cut(path[k+2:], "/"); ok {
			path = rest
		}
	}
	path = strings.ToLower(path)
	if nodes.ContainsAny(withoutStyle(path), selectors.Pictures().StandIns) || isDrawing(path) || isOfTheme(path) || hasLogo(path) || isAvatar(im.URL) {
		return true
	}
	name := withoutParams(path)
	name = name[strings.LastIndexByte(name, '/')+1:]
	if k := strings.IndexByte(name, '.'); k > 0 && selectors.Pictures().CardNames[name[:k]] {
		return true
	}
	if words, _ := nameWordsOf(path); isStandIn("/"+path) || isSign(words) {
		return true
	}
	w, h := im.Width, im.Height
	return w > 0 && h > 0 && (max(w, h) <= cardPixels || w >= cardRatio*h)
}

// isAvatar reports whether an address is that of a service which serves the portraits of
// accounts.
func isAvatar(u string) bool {
	return strings.Contains(u, "gravatar.") || strings.Contains(u, "/avatars/") || strings.Contains(u, "/avatar/")
}

// isStandIn reports whether the name of a file, or that of a folder that says more, tells
// that the picture stands in for one: "default-2.jpg", "Default-Social-Images/". A folder
// "default" is a site of Drupal or a cut of a resizer, and "hqdefault" what YouTube calls
// each video's picture.
func isStandIn(path string) bool {
	if strings.Contains(path, "/vi/") || strings.Contains(path, "/vi_webp/") {
		return false
	}
	steps := strings.Split(withoutParams(path), "/")
	for k, step := range steps {
		if k+1 < len(steps) && selectors.Pictures().StandInWords[strings.TrimRight(step, "0123456789")] {
			continue
		}
		for w := range strings.FieldsFuncSeq(step, func(c rune) bool { return !unicode.IsLetter(c) }) {
			for stand := range selectors.Pictures().StandInWords {
				if strings.HasSuffix(w, stand) {
					return true
				}
			}
		}
	}
	return false
}

// withoutStyle takes the name of a cut off a path of Drupal, in which the pictures of
// articles are cut for a use: /styles/social_share/public/boats.jpg.
func withoutStyle(path string) string {
	before, rest, ok := strings.Cut(path, "/styles/")
	if _, file, cut := strings.Cut(rest, "/public/"); ok && cut {
		return before + "/" + file
	}
	return path
}

// isOfTheme reports whether a path leads to the files of a site's design, where
// no article's picture is put.
func isOfTheme(path string) bool {
	path = "/" + path
	if _, rest, ok := strings.Cut(path, "/static/"); ok && hexDigits(rest) >= minStore {
		return false // a store of a system that keeps the files of many sites
	}
	return nodes.ContainsAny(path, selectors.Pictures().ThemePaths) && !nodes.ContainsAny(path, selectors.Pictures().UploadPaths)
}

// minStore is how many digits the name of a site's store of files has at least.
const minStore = 16

// hexDigits is how many hexadecimal digits s begins with.
func hexDigits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789abcdef")) }

// hasLogo reports whether a word of a path, in lower case, is or ends with "logo", as
// in "sitelogo". A catalogue's, a dialogue's or a psychologist's picture is none, nor is
// one that is named for having no logo.
func hasLogo(path string) bool {
	before := ""
	for w := range strings.FieldsFuncSeq(path, func(c rune) bool { return !unicode.IsLetter(c) }) {
		stem, ends := strings.CutSuffix(strings.TrimSuffix(w, "s"), logo)
		if (ends && !strings.HasSuffix(stem, "a") && !strings.HasSuffix(stem, "o") && !strings.HasSuffix(stem, "i") || strings.HasPrefix(w, logo+"type")) && before != "no" && before != "without" {
			return true
		}
		before = w
	}
	return false
}

const logo = "logo"

// minShared is how many letters and digits a part of two files' names has that
// shows them to be one picture: a number in a system of many pictures, or the
// words that they begin with.
const (
	minShared      = 7
	minSharedStart = 14
)

// sameShot reports whether the names of two files of different keys are of one
// picture, cut in two ways: they share a long number, or begin alike.
func sameShot(u, v string) bool {
	dirA, a := cutName(imageKey(u))
	dirB, b := cutName(imageKey(v))
	if isNumbered(a) && isNumbered(b) {
		_, id := cutName(dirA) // "25132394/3-format2020" and "25132394/3-format2003"
		return dirA == dirB && len(id) >= minShared && text.IsDigits(id)
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n >= minSharedStart && n*2 > min(len(a), len(b)) && !numbered(a[n:], b[n:]) {
		return true
	}
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	if x := withoutRatio(a, apart); len(x) >= minFileName && x == withoutRatio(b, apart) {
		return true
	}
	for w := range strings.FieldsFuncSeq(a, apart) {
		if len(w) < minShared || !strings.ContainsAny(w, "0123456789") || strings.HasPrefix(w, "20") && len(w) == 8 {
			continue
		}
		for v := range strings.FieldsFuncSeq(b, apart) {
			if v == w {
				return true
			}
		}
	}
	return false
}

// cutName cuts the last step off a path.
func cutName(path string) (dir, name string) {
	if k := strings.LastIndexByte(path, '/'); k >= 0 {
		return path[:k], path[k+1:]
	}
	return "", path
}

// numbered reports whether the rest of two names are short numbers, by which
// the pictures of a series are told apart.
func numbered(a, b string) bool {
	short := func(s string) bool {
		return len(s) <= 3 && strings.Trim(s, "0123456789-_") == ""
	}
	return short(a) && short(b)
}

// withoutRatio returns a file's name without the words that tell a cut: "hammocks-3x2-1"
// and "hammocks-16x9-1" are one picture.
func withoutRatio(name string, apart func(rune) bool) string {
	var words []string
	for w := range strings.FieldsFuncSeq(name, apart) {
		if x, y, ok := strings.Cut(w, "x"); !ok || !text.IsDigits(x) || !text.IsDigits(y) {
			words = append(words, w)
		}
	}
	return strings.Join(words, "-")
}
