package picture

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// attach gives each caption to its picture, and then looks for captions that
// have no element that says so.
func (r *pictureReader) attach() {
	t := r.t
	roots := make([][]int32, len(r.pics), len(r.pics)+8)
	for _, f := range t.Figures {
		r.boxFigure(f)
	}
	for _, c := range r.caps {
		k, ok := r.pictureOf(c)
		if !ok {
			continue
		}
		for k >= len(roots) {
			roots = append(roots, nil)
		}
		roots[k] = append(roots[k], c)
	}
	for k := range r.pics {
		p := &r.pics[k]
		if p.img >= 0 {
			p.CaptionNodes = r.captionNodesOf(p, roots[k])
		} else {
			p.CaptionNodes = roots[k]
		}
		if len(p.CaptionNodes) > 0 {
			believe := byForm
			if r.isTeaser(p.Box) {
				believe = byClass
			}
			p.Caption, p.Credit = readCaption(t, p.CaptionNodes, believe)
			p.teaser = p.Credit == "" && r.linkedText(p.Box)*2 > r.text(p.Box) && !r.linksToFiles(p.Box)
		}
		if p.Caption == "" && p.img >= 0 && len(p.CaptionNodes) == 0 {
			p.Caption, p.Credit = r.lightboxCaption(p.img)
		}
		if p.Caption == "" && p.img >= 0 {
			r.attachAgain(p)
		}
		if p.Credit == "" && p.Box >= 0 {
			p.Credit = r.statedCredit(p.Box)
		}
		if p.Credit == "" && p.Alt != "" {
			// "The harbour © NAME": sites that show no caption credit here.
			// "A picture of NAME" and "Stock photo: WHAT IT SHOWS" describe it.
			alt := text.Cut(p.Alt)
			if _, credit := splitLabelled(alt); alt.At(0, selectors.Pictures().Remarks) == 0 && (strings.ContainsAny(credit, "©ⓒ:：") || isName(text.Cut(cleanCredit(credit)))) {
				p.Credit = cleanCredit(credit)
			}
		}
	}
}

// statedCredit returns the credit that a figure states in microdata and does not show.
func (r *pictureReader) statedCredit(box int32) string {
	t := r.t
	if t.Nodes[box].DataAtom != atom.Figure {
		return ""
	}
	for j := box + 1; j < t.Nodes[box].End; j++ {
		if t.Nodes[j].DataAtom == atom.Meta {
			switch t.Attr(j, "itemprop") {
			case "creditText", "copyrightHolder", "copyrightNotice":
				if s := cleanCredit(t.Attr(j, "content")); s != "" {
					return s
				}
			}
		}
	}
	return ""
}

// lightboxCaption returns the caption that a link around an image has for the program that
// shows it in full size, and the credit that stands in it.
func (r *pictureReader) lightboxCaption(img int32) (caption, credit string) {
	a := r.t.Nodes[img].Parent
	if a <= r.t.Body || r.t.Nodes[a].DataAtom != atom.A || !isImageFile(r.t.Page.WebURL(r.t.Attr(a, "href"))) {
		return "", ""
	}
	for _, key := range selectors.Pictures().CaptionKeys {
		if s := strings.TrimSpace(r.t.Attr(a, key)); s != "" && len(s) <= shortWords*8 && !strings.ContainsAny(s, "<#") {
			return strings.Join(strings.Fields(s), " "), ""
		}
	}
	// A title is one where it has the credit, too: others say what the picture is called.
	s := strings.Join(strings.Fields(r.t.Attr(a, "title")), " ")
	if s == "" || len(s) > shortWords*8 || strings.ContainsAny(s, "<#") {
		return "", ""
	}
	if before, credit := splitLabelled(text.Cut(s)); credit != "" {
		return cleanCaption(before), cleanCredit(credit)
	}
	return "", ""
}

// captionNodesOf chooses the nodes whose text is about a picture, given the
// elements that say so.
func (r *pictureReader) captionNodesOf(p *Picture, marked []int32) []int32 {
	t := r.t
	nd := &t.Nodes[p.Box]
	switch {
	case nd.DataAtom == atom.Figure:
		if r.holdsQuote(p.Box) {
			return nil // a quotation with its speaker's portrait
		}
		if r.holdsHeading(p.Box, true) || r.holdsText(p.Box) {
			return marked // the article's head, over its picture, or its text around it
		}
		// All that a figure of one picture says is about the picture.
		if n := r.text(p.Box); n > 0 && n < 1500 {
			return r.textNodes(p.Box)
		}
		return marked
	case len(marked) == 0:
		return r.unmarked(p)
	case p.Box == p.img:
		return marked
	}
	nodes := marked[:0:0]
	c := captionReader{t: t}
	all := r.textNodes(p.Box)
	credited := r.isCredited(p.Box, all)
	for _, j := range all {
		said := unsaid
		if t.Nodes[j].Type == html.ElementNode {
			said = c.says(j)
		}
		if countIn(marked, j, t.Nodes[j].End) > 0 || said == saidCredit || credited && r.linkedText(j) == 0 || r.labelled([]int32{j}) {
			nodes = append(nodes, j)
		}
	}
	return nodes
}

// holdsQuote reports whether i is a quotation or holds one.
func (r *pictureReader) holdsQuote(i int32) bool {
	for j := i; j < r.t.Nodes[i].End; j++ {
		if r.t.Nodes[j].DataAtom == atom.Blockquote || r.t.Nodes[j].Roles&selectors.Quote != 0 {
			return true
		}
	}
	return false
}

// boxFigure makes a figure the box of its picture, where it holds one.
func (r *pictureReader) boxFigure(f int32) {
	end := r.t.Nodes[f].End
	a := lowerBound(r.imgs, f)
	if a < len(r.imgs) && r.imgs[a] < end && (a+1 == len(r.imgs) || r.imgs[a+1] >= end) {
		if p := &r.pics[r.byImg[r.imgs[a]]]; p.Box == p.img && !r.holdsText(f) {
			p.Box = f // figures come outermost first
		}
	}
}

// pictureOf returns the index of the picture that caption element c belongs
// to: the nearest in the smallest element that holds both.
func (r *pictureReader) pictureOf(c int32) (int, bool) {
	t := r.t
	nd := &t.Nodes[c]
	if words := r.text(c) / 5; words > captionWords || words == 0 {
		return 0, false
	}
	for up, a := 0, nd.Parent; a > t.Body && up < 7; up, a = up+1, t.Nodes[a].Parent {
		end := t.Nodes[a].End
		figure := t.Nodes[a].DataAtom == atom.Figure
		lo := lowerBound(r.imgs, a)
		hi := lo + lowerBound(r.imgs[lo:], end)
		if lo == hi {
			if figure && countIn(r.all, a, end) == 0 {
				p := Picture{img: -1, Box: a}
				p.URL = r.figureSource(a)
				r.pics = append(r.pics, p)
				return len(r.pics) - 1, true
			}
			continue
		}
		if !figure && r.text(a)-r.captionText(a) > strayBytes {
			return r.pictureBefore(c)
		}
		at := lo + lowerBound(r.imgs[lo:hi], c)
		if at > lo {
			at--
		}
		k := r.byImg[r.imgs[at]]
		p := &r.pics[k]
		if a < p.Box && t.Nodes[p.Box].DataAtom == atom.Figure && r.text(p.Box) > 0 && !(nd.DataAtom == atom.Figcaption && hi-lo == 1 && !r.hasFigcaption(p.Box)) {
			return 0, false // the figure has a caption, and c is of what is around it
		}
		if hi-lo == 1 && (p.Box == p.img || a < p.Box) {
			p.Box = a
		}
		return k, true
	}
	return 0, false
}

// hasFigcaption reports whether a figure holds its caption. One that does not may have it
// beside it, and the words of its buttons inside.
func (r *pictureReader) hasFigcaption(figure int32) bool {
	return slices.ContainsFunc(r.caps, func(c int32) bool {
		return c > figure && c < r.t.Nodes[figure].End && r.t.Nodes[c].DataAtom == atom.Figcaption
	})
}

// captionText is the number of bytes of text in the caption elements under a.
func (r *pictureReader) captionText(a int32) int32 {
	lo := lowerBound(r.caps, a)
	hi := lo + lowerBound(r.caps[lo:], r.t.Nodes[a].End)
	return r.capsTo[hi] - r.capsTo[lo]
}

// unmarked finds a caption that stands right after its picture without an
// element that says so: its words end, or begin, with a credit.
func (r *pictureReader) unmarked(p *Picture) []int32 {
	t := r.t
	if p.img < 0 {
		return nil
	}
	top := p.img
	for { // up to the largest box without words
		parent := t.Nodes[top].Parent
		if parent <= t.Body || r.text(parent) > 0 {
			break
		}
		lo := lowerBound(r.imgs, parent)
		if lo+1 < len(r.imgs) && r.imgs[lo+1] < t.Nodes[parent].End {
			return nil
		}
		top = parent
	}
	parent := t.Nodes[top].Parent
	if parent < t.Body {
		return nil
	}
	for a := t.Nodes[parent].DataAtom; a == atom.Tbody || a == atom.Tr; a = t.Nodes[parent].DataAtom {
		parent = t.Nodes[parent].Parent
	}
	lo := lowerBound(r.imgs, parent)
	if parent > t.Body && r.text(parent) <= shortWords*8 && (lo+1 == len(r.imgs) || r.imgs[lo+1] >= t.Nodes[parent].End) {
		// A box of this picture and a few words.
		nodes := slices.DeleteFunc(r.textNodes(parent), func(j int32) bool { return j < p.img && t.Nodes[j].DataAtom == atom.H1 })
		box := hasClass(t, parent, selectors.Pictures().Boxes) || t.Nodes[parent].DataAtom == atom.Table && t.Nodes[parent].End-parent < tableNodes
		if r.isCredited(parent, nodes) {
			p.Box = parent
			return slices.DeleteFunc(nodes, func(j int32) bool { return r.linkedText(j) == r.text(j) })
		}
		if (box || r.inRow(parent, nodes) || r.isAmidParagraphs(parent, nodes)) && !r.isTeaser(parent) && !r.insideLink(parent) || !r.holdsHeading(parent, false) && !r.insideLink(parent) && r.labelled(nodes) {
			p.Box = parent
			return nodes
		}
	}
	var nodes []int32
	bytes := int32(0)
	for j := t.Nodes[top].End; j < t.Nodes[parent].End; j = t.Nodes[j].End {
		if r.holdsImage(j) || r.text(j) > 0 && (isTitle(&t.Nodes[j]) || r.holdsHeading(j, false)) {
			break
		}
		if r.text(j) == 0 {
			continue
		}
		block := t.Nodes[j].Type == html.ElementNode && page.IsBlock(t.Nodes[j].Node)
		if block && len(nodes) > 0 {
			break
		}
		nodes = append(nodes, j)
		bytes += r.text(j)
		if block || bytes > shortWords*8 {
			break
		}
	}
	if bytes > shortWords*8 || !r.labelled(nodes) && !(len(nodes) == 1 && (r.isCentred(top) && r.isCentredLine(nodes[0]) || r.isSmallPrint(nodes[0]))) && !r.pointsUp(nodes) {
		return nil
	}
	return nodes
}

// buyBytes is how many bytes the link in a box of a picture has at most that sells it:
// "Order reprints".
const buyBytes = 30

// isCredited reports whether a box of one picture and the words in nodes has a credit by its
// class and a sentence that nothing names.
func (r *pictureReader) isCredited(box int32, nodes []int32) bool {
	if len(nodes) < 2 || r.text(box) > shortWords*8 {
		return false
	}
	credit, sentence := false, false
	c := captionReader{t: r.t}
	for _, j := range nodes {
		if r.t.Nodes[j].Type == html.ElementNode && c.says(j) == saidCredit {
			credit = true
		} else {
			sentence = sentence || text.EndsSentence(r.t.Text(j))
		}
	}
	return credit && sentence && r.linkedText(box) <= buyBytes && !r.insideLink(box) && !r.holdsHeading(box, false)
}

// rowUp is how many elements around a box of a row of pictures may tell that it is one, and
// rowWords how many words stand under each at most.
const (
	rowUp    = 2
	rowWords = 30
)

// inRow reports whether a box of one picture and one sentence or two, the words of nodes
// besides the picture's number, is one of a row of such in a gallery or a slider by its
// class. Cards have a heading, a button or a link.
func (r *pictureReader) inRow(box int32, nodes []int32) bool {
	if len(nodes) == 2 && isCounter(r.t.Text(nodes[0])) {
		nodes = nodes[1:]
	}
	if len(nodes) != 1 || r.linkedText(box) > 0 {
		return false
	}
	for j := nodes[0] + 1; j < r.t.Nodes[nodes[0]].End; j++ {
		if r.t.Nodes[j].Block {
			return false
		}
	}
	words := r.t.Text(nodes[0])
	if !text.EndsSentence(strings.TrimRight(words, "\"”»)")) || text.CountWords(words) > rowWords || r.holdsHeading(box, false) {
		return false
	}
	t := r.t
	named := false
	for e, up := box, 0; e > t.Body && up <= rowUp && !named; e, up = t.Nodes[e].Parent, up+1 {
		named = hasClass(t, e, selectors.Pictures().Rows)
	}
	if !named {
		return false
	}
	next := t.NextElement(box)
	if next < 0 {
		next = t.ElementBefore(box, box)
	}
	return next > 0 && t.Nodes[next].DataAtom == t.Nodes[box].DataAtom && r.text(next) > 0 && r.holdsImage(next)
}

// isAmidParagraphs reports whether a box of one picture and the words in nodes, none of them
// a paragraph, stands right before or after a paragraph of the article, whose sentences are
// paragraphs, or is one paragraph with the words slanted: they go with the picture.
func (r *pictureReader) isAmidParagraphs(box int32, nodes []int32) bool {
	t := r.t
	a := t.Nodes[box].DataAtom
	plain := func(j int32) bool { return t.Within(j, atom.Em) < 0 && t.Within(j, atom.I) < 0 }
	if len(nodes) == 0 || a != atom.Div && a != atom.Section && a != atom.Aside && a != atom.Center && (a != atom.P || slices.ContainsFunc(nodes, plain) && !r.isUnderPicture(box, nodes[0])) {
		return false
	}
	for _, j := range nodes {
		for k := j; k < t.Nodes[j].End; k++ {
			switch t.Nodes[k].DataAtom {
			case atom.P, atom.Li, atom.Td, atom.Button, atom.Form, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
				return false
			}
		}
	}
	if caption, _ := readCaption(t, nodes, byForm); !isWording(caption) || text.CountWords(caption) > amidWords || strings.HasPrefix(r.title(), caption) {
		return false
	}
	for up := 0; up < wrappers && r.text(t.Nodes[box].Parent) == r.text(box); up++ {
		box = t.Nodes[box].Parent
	}
	if box <= t.Body {
		return false
	}
	lines := r.isCentred(box) || strings.Contains(t.Attr(box, "style"), "float") // among lines that are in no element of their own
	isProse := func(i int32) bool {
		return i > 0 && r.text(i) > proseBytes && (t.Nodes[i].DataAtom == atom.P || lines && t.Nodes[i].Type == html.TextNode)
	}
	return a == atom.P || isProse(r.lastSaid(box)) || isProse(r.nextSaid(box))
}

// isUnderPicture reports whether the words of a paragraph begin at node i with a line of their
// own, behind a picture that links to its own file and begins the paragraph.
func (r *pictureReader) isUnderPicture(p, i int32) bool {
	t := r.t
	a, br := p+1, i-1
	for a < i && t.Nodes[a].Type == html.TextNode && text.IsSpace(t.Nodes[a].Data) {
		a++
	}
	for br > a && t.Nodes[br].Type == html.TextNode && text.IsSpace(t.Nodes[br].Data) {
		br--
	}
	return t.Nodes[br].DataAtom == atom.Br && t.Nodes[a].DataAtom == atom.A && isImageFile(t.Attr(a, "href")) && r.holdsImage(a)
}

const (
	amidWords  = 25 // how many words such a caption has at most
	wrappers   = 2  // how many elements may stand around a picture's box and hold nothing else
	proseBytes = 80 // about a line of text
)

// isCentredLine reports whether a block of some words is centred, and the next is not: under
// a picture that is, it is a caption. One in bold is a heading, and one that asks or cries out
// is the writer's.
func (r *pictureReader) isCentredLine(i int32) bool {
	t := r.t
	next := r.nextSaid(i)
	if !r.isCentred(i) || next < 0 || r.isCentred(next) || t.Nodes[next].DataAtom != t.Nodes[i].DataAtom || r.linkedText(i) > 0 ||
		slices.ContainsFunc(t.Nodes[i:t.Nodes[i].End], func(nd page.Node) bool { return nd.DataAtom == atom.B || nd.DataAtom == atom.Strong }) {
		return false
	}
	caption, _ := readCaption(t, []int32{i}, byForm)
	return text.CountWords(caption) >= captionLeast && strings.TrimRight(caption, "!?！？") == caption && caption[0] != '('
}

// pointsUp reports whether words begin with a sign that points at the picture over them:
// "▲ 부두에 묶인 배들".
func (r *pictureReader) pointsUp(nodes []int32) bool {
	if len(nodes) == 0 || r.linkedText(nodes[0]) > 0 {
		return false
	}
	s := strings.TrimSpace(r.t.Text(nodes[0]))
	return strings.TrimLeft(s, upSigns) != s && hasLetter(s)
}

// upSigns point at a picture above.
const upSigns = "▲△▴⬆↑"

// isSmallPrint reports whether all that an element says is in small print, and is some words
// without a link.
func (r *pictureReader) isSmallPrint(i int32) bool {
	small := i
	for k := 0; k < wrappers && r.t.Nodes[small].DataAtom != atom.Small && small+1 < r.t.Nodes[i].End; k++ {
		small++
	}
	if r.t.Nodes[small].DataAtom != atom.Small || r.text(small) < r.text(i) || r.linkedText(i) > 0 {
		return false
	}
	caption, _ := readCaption(r.t, []int32{i}, byForm)
	return text.CountWords(caption) >= captionLeast && caption[0] != '('
}

// isCentred reports whether an element centres its text and pictures.
func (r *pictureReader) isCentred(i int32) bool {
	style := r.t.Attr(i, "style")
	return strings.Contains(style, "text-align") && strings.Contains(style, "center") || r.t.Attr(i, "align") == "center" || r.t.Nodes[i].DataAtom == atom.Center
}

// lastSaid returns the last sibling before an element that has text, or -1.
func (r *pictureReader) lastSaid(i int32) int32 {
	nodes, parent := r.t.Nodes, r.t.Nodes[i].Parent
	for j := i - 1; j > parent; j-- {
		for nodes[j].Parent != parent {
			j = nodes[j].Parent
		}
		if r.text(j) > 0 {
			return j
		}
	}
	return -1
}

// nextSaid returns the next sibling of an element that has text, or -1.
func (r *pictureReader) nextSaid(i int32) int32 {
	nodes := r.t.Nodes
	for j := nodes[i].End; j < nodes[nodes[i].Parent].End; j = nodes[j].End {
		if r.text(j) > 0 {
			return j
		}
	}
	return -1
}

// isSentence reports whether an element with the class of a caption has a sentence, and
// not the name of a maker or of a licence.
func (r *pictureReader) isSentence(i int32) bool {
	if roles := r.t.Nodes[i].Roles; roles&selectors.Caption == 0 || roles&selectors.Credit != 0 {
		return false
	}
	caption, _ := readCaption(r.t, []int32{i}, byForm)
	return text.CountWords(caption) >= captionLeast
}

// captionLeast is how many words a caption has that its class alone tells.
const captionLeast = 4

// labelled reports whether the text of nodes has a credit in it.
func (r *pictureReader) labelled(nodes []int32) bool {
	if len(nodes) == 0 {
		return false
	}
	caption, credit := readCaption(r.t, nodes, wordsOnly)
	return credit != "" && text.CountWords(caption) <= shortWords
}

// linkedText is the number of bytes of text in links under box.
func (r *pictureReader) linkedText(box int32) int32 {
	t := r.t
	linked := int32(0)
	for k := lowerBound(t.Anchors, box); k < len(t.Anchors) && t.Anchors[k] < t.Nodes[box].End; k++ {
		linked += r.text(t.Anchors[k])
	}
	return linked
}

// linksToFiles reports whether the links in a box lead to files of pictures alone:
// "Download full-size image".
func (r *pictureReader) linksToFiles(box int32) bool {
	t := r.t
	k := lowerBound(t.Anchors, box)
	for ; k < len(t.Anchors) && t.Anchors[k] < t.Nodes[box].End; k++ {
		if !isImageFile(t.Attr(t.Anchors[k], "href")) {
			return false
		}
	}
	return true
}

// isTeaser reports whether a box links to another page by its words.
func (r *pictureReader) isTeaser(box int32) bool {
	return r.linkedText(box)*2 > r.text(box) || r.holdsHeadline(box)
}

// holdsHeadline reports whether box holds a heading that may be a story's: one of the last
// levels alone is set in small letters, as captions are.
func (r *pictureReader) holdsHeadline(box int32) bool {
	t := r.t
	k := lowerBound(t.Headings, box)
	if k == len(t.Headings) || t.Headings[k] >= t.Nodes[box].End {
		return false
	}
	small := t.Nodes[t.Headings[k]].DataAtom == atom.H5 || t.Nodes[t.Headings[k]].DataAtom == atom.H6
	return !small || k+1 < len(t.Headings) && t.Headings[k+1] < t.Nodes[box].End
}

// holdsHeading reports whether a heading stands in box: one of the first level, or another.
func (r *pictureReader) holdsHeading(box int32, first bool) bool {
	t := r.t
	for k := lowerBound(t.Headings, box); k < len(t.Headings) && t.Headings[k] < t.Nodes[box].End; k++ {
		if (t.Nodes[t.Headings[k]].DataAtom == atom.H1) == first {
			return true
		}
	}
	return false
}

func (r *pictureReader) insideLink(i int32) bool {
	for up := 0; up < 4 && i > r.t.Body; up, i = up+1, r.t.Nodes[i].Parent {
		if r.t.Nodes[i].DataAtom == atom.A {
			return true
		}
	}
	return false
}

// textNodes lists the topmost nodes under box that have text and no image.
func (r *pictureReader) textNodes(box int32) []int32 {
	var out []int32
	t := r.t
	for j := box + 1; j < t.Nodes[box].End; {
		switch {
		case r.text(j) == 0:
			j = t.Nodes[j].End
		case r.holdsImage(j) && isControl(t, j), t.Nodes[j].DataAtom == atom.A && t.Nodes[box].DataAtom == atom.Figure && r.captionText(box) > 0 && r.captionText(j) == 0 && (&captionReader{t: t}).says(j) == unsaid && !r.labelled([]int32{j}):
			j = t.Nodes[j].End // "View in full size", "Download" beside the caption
		case r.holdsImage(j):
			j++
		default:
			out = append(out, j)
			j = t.Nodes[j].End
		}
	}
	return out
}
