package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// noteUnseen lists an inline element that a reader may not see as a part of
// its line: one that is hidden, or that only decorates, or a button.
func (t *Tree) noteUnseen(i int32) {
	nd := &t.Nodes[i]
	if !nd.Block && (nd.Hidden || nd.ariaHidden || nd.where&InButton != 0 || nd.Roles&selectors.Hidden != 0 || nd.narrow) {
		t.unseen = append(t.unseen, i)
	}
}

// markUnseen takes out of their lines the inline elements that a browser does
// not show there: "opens in a new tab" for screen readers, a closed tooltip, a
// button's label. A line of which nothing else is shown stays: closed answers
// and streamed text are hidden until a script shows them, and the models judge
// those as blocks. The guard on prose is that of [Tree.Pruned].
func (t *Tree) markUnseen() {
	t.noteStyles()
	shows := make(map[int32]bool) // by the block element around
	for _, i := range t.unseen {
		nd := &t.Nodes[i]
		if t.overGuard(i) || t.hasBlock(i) || t.isJoint(i) && t.inHeading(i) {
			continue
		}
		switch {
		case nd.Hidden || nd.Roles&selectors.Hidden != 0:
			if t.showsBeside(i, shows) {
				nd.unseen = "hidden"
			}
		case nd.narrow:
			if t.showsBeside(i, shows) && text.CountWords(t.Text(i)) <= narrowWords {
				nd.unseen = "hidden"
			}
		case nd.where&InButton != 0:
			if !t.showsBeside(i, shows) {
				break
			}
			if t.isTerm(i) {
				setApart(nd.Node)
			} else {
				nd.unseen = "button"
			}
		case t.decorates(i):
			nd.unseen = "decoration"
		}
	}
	for _, a := range t.Anchors {
		if t.Nodes[a].Block {
			continue
		}
		href := t.Attr(a, "href")
		if t.sharesPage(a, href) && t.showsBeside(a, shows) && !t.isTerm(a) {
			t.Nodes[a].unseen = "button"
		}
		if t.Nodes[a].End-a > backNodes || !strings.Contains(href, "#") || t.dropRemark(a, href) {
			continue
		}
		// The arrow that leads from a footnote back to its mark, and a heading's link to
		// itself.
		if s := t.Text(a); isArrow(s) || (isSelfLink(s) || s == href) && t.inHeading(a) {
			t.Nodes[a].unseen = "decoration"
		}
	}
}

// termWords is how many words a term has at most.
const termWords = 5

// isTerm reports whether a button is words of the sentence around it, such as a term that a
// glossary explains on a click: a sentence stands open before it, and goes on after it.
func (t *Tree) isTerm(i int32) bool {
	nd := &t.Nodes[i]
	before, after := strings.TrimRight(textOf(nd.PrevSibling), " \t\r\n\u00a0"), ""
	for j := nd.End; j < t.Nodes[nd.Parent].End; j = t.Nodes[j].End {
		if next := &t.Nodes[j]; !next.Hidden && !next.narrow { // else it explains the term
			after = textOf(next.Node)
			break
		}
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \t\r\n\u00a0"))
	if !unicode.IsLetter(last) && !strings.ContainsRune(",(«“„\"’'", last) || !unicode.IsLower(next) && !strings.ContainsRune(",;)»”", next) && !isCaseless(next) {
		return false
	}
	said := t.Text(i)
	return text.HasLetter(said) && text.CountWords(said) <= termWords && selectors.MatchPhrase(said).Line == 0
}

// setApart puts a space before a button where its padding parts it from the word there.
func setApart(button *html.Node) {
	if before := button.PrevSibling; before != nil && before.Type == html.TextNode {
		if last, _ := utf8.DecodeLastRuneInString(before.Data); unicode.IsLetter(last) && !isCaseless(last) {
			before.Data += " "
		}
	}
}

// isCaseless reports whether a letter is of a script without small and large ones.
func isCaseless(r rune) bool { return unicode.Is(unicode.Lo, r) }

// shareWords is how many words a link shows at most that posts a quotation to a network.
const shareWords = 3

// sharesPage reports whether a link to href is the button of a quotation that posts it to a network.
func (t *Tree) sharesPage(a int32, href string) bool {
	if !strings.Contains(href, "/intent/") && !strings.Contains(href, "/share") && !strings.Contains(href, "/pin/create/") {
		return false // as nearly all
	}
	href = strings.ToLower(href)
	posts := slices.ContainsFunc(selectors.Embeds().Shares, func(part string) bool { return strings.Contains(href, part) })
	return posts && text.CountWords(t.Text(a)) <= shareWords && t.Within(a, atom.Blockquote) >= 0
}

// dropRemark takes out the mark of a remark that somebody made on a document in Google Docs or
// Word, where a link to href is one to the remark, and the remark, where it leads back: they are no
// part of the document. It reports whether a is one of these links.
func (t *Tree) dropRemark(a int32, href string) bool {
	if !strings.HasPrefix(href, "#cmnt") && !strings.HasPrefix(href, "#_mso") || !strings.HasPrefix(t.Text(a), "[") {
		return false
	}
	if !strings.HasPrefix(href, "#cmnt_ref") && !strings.HasPrefix(href, "#_msoanchor_") {
		t.Nodes[a].unseen = "decoration"
		return true
	}
	box := a
	for box > t.Body && !t.Nodes[box].Block {
		box = t.Nodes[box].Parent
	}
	if box > t.Body && !t.overGuard(box) {
		t.Nodes[box].Opaque = true
	}
	return true
}

// backNodes bounds the nodes of a link that shows an arrow alone.
const backNodes = 4

// isArrow reports whether a text is one of the arrows that lead back from footnotes.
func isArrow(s string) bool {
	return selectors.Signs().BackArrows[strings.Trim(s, " \u00a0\n\t\ufe0e\ufe0f")]
}

// isSelfLink reports whether a text is one of the signs that headings link to themselves by.
func isSelfLink(s string) bool {
	switch s {
	case "#", "¶", "§", "∞", "🔗", "⚓", "link":
		return true
	}
	return false
}

// explains reports whether an inline element with an id is what a term right before it names
// by that id as its label or description: the box of a glossary, which opens over the term.
func explains(n *html.Node, id string) bool {
	term := n.PrevSibling
	if term != nil && term.Type == html.TextNode && text.IsSpace(term.Data) {
		term = term.PrevSibling
	}
	if term == nil || term.DataAtom != atom.Dfn && term.DataAtom != atom.Abbr && term.DataAtom != atom.Span && term.DataAtom != atom.Button {
		return false
	}
	for _, a := range term.Attr {
		if a.Val == id && (a.Key == "aria-describedby" || a.Key == "aria-labelledby" || a.Key == "aria-controls" || a.Key == "aria-details") {
			return true
		}
	}
	return false
}

// inHeading reports whether the nearest block element around i is a heading or a term.
func (t *Tree) inHeading(i int32) bool {
	for i > 0 && !t.Nodes[i].Block {
		i = t.Nodes[i].Parent
	}
	return IsHeading(t.Nodes[i].DataAtom) || t.Nodes[i].DataAtom == atom.Dt
}

// HidesBlock reports whether a class or a rule of the page's style hides block element i,
// or leaves it to narrow screens or to paper. Scripts show many such, so that this alone
// tells nothing of a box: see also [Node].Hidden.
func (t *Tree) HidesBlock(i int32) bool { return t.Nodes[i].Block && t.Nodes[i].narrow }

// narrowWords is how many words an element has at most that is left out for its
// class alone: the rest of a paragraph that a reader opens has more.
const narrowWords = 40

// overGuard reports whether a subtree has too much of a page's running text to
// be left out by a rule.
func (t *Tree) overGuard(i int32) bool {
	return int64(t.Nodes[i].prose)*10 > int64(t.Nodes[t.Body].prose)*3
}

// hasBlock reports whether a block element stands in an inline one.
func (t *Tree) hasBlock(i int32) bool {
	for j := i + 1; j < t.Nodes[i].End; j++ {
		if t.Nodes[j].Block {
			return true
		}
	}
	return false
}

// showsBeside reports whether the nearest block element around i shows words
// outside hidden elements and buttons.
func (t *Tree) showsBeside(i int32, known map[int32]bool) bool {
	box := t.Nodes[i].Parent
	for box > 0 && !t.Nodes[box].Block {
		box = t.Nodes[box].Parent
	}
	if box < 0 {
		return false
	}
	shows, ok := known[box]
	if !ok {
		shows = t.showsWords(box)
		known[box] = shows
	}
	return shows
}

func (t *Tree) showsWords(box int32) bool {
	for j := box + 1; j < t.Nodes[box].End; {
		nd := &t.Nodes[j]
		switch {
		case nd.Type == html.TextNode:
			if hasWord(nd.Data) {
				return true
			}
			j++
		case nd.Opaque || nd.Block || nd.Hidden || nd.narrow || nd.Roles&selectors.Hidden != 0 || nd.where&InButton != 0:
			j = nd.End
		default:
			j++
		}
	}
	return false
}

func hasWord(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) >= 0
}

// decorates reports whether an element that is kept from screen readers is no
// words: signs, the name of an icon in an icon font, a heading's link to
// itself.
func (t *Tree) decorates(i int32) bool {
	nd := &t.Nodes[i]
	if nd.DataAtom == atom.A && strings.HasPrefix(t.Attr(i, "href"), "#") {
		return true
	}
	for j := i + 1; j < nd.End; j++ {
		if n := &t.Nodes[j]; n.Type == html.TextNode && hasWord(n.Data) && !(t.isIcon(i) && isIconName(n.Data)) {
			return false
		}
	}
	return true
}

// isIcon reports whether an element is set up to show an icon.
func (t *Tree) isIcon(i int32) bool {
	return t.Nodes[i].DataAtom == atom.I || strings.Contains(strings.ToLower(t.Attr(i, "class")), "icon") ||
		strings.Contains(t.Attr(i, "class"), "material-symbols")
}

// isIconName reports whether s is the name of an icon in a font of icons, which
// shows it by a ligature: arrow_forward.
func isIconName(s string) bool {
	s = strings.TrimSpace(s)
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_0123456789") == ""
}

// hidesByStyle reports whether an element of this style is not shown: it has
// no box, is clipped to nothing, or stands off the page.
func hidesByStyle(style string) bool {
	if !strings.Contains(style, "one") && !strings.Contains(style, "ONE") && !strings.Contains(style, "hidden") && !strings.Contains(style, "collapse") && !strings.Contains(style, "clip") && !strings.Contains(style, "-9") && !strings.Contains(style, "-1") && !strings.Contains(style, "size") {
		return false
	}
	s := bare(style)
	if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") || strings.Contains(s, "visibility:collapse") {
		return true
	}
	return clipsAway(s)
}

// fadesByStyle reports whether an element of this style has a place on the page and shows
// nothing there: it is transparent, or of no size. Scripts show such boxes when a reader
// comes to them, so that this tells of words inside a line alone.
func fadesByStyle(style string) bool {
	if !strings.Contains(style, "opacity") && !strings.Contains(style, "scale(0") && !strings.Contains(style, "height") && !strings.Contains(style, "transparent") && !strings.Contains(style, "rgba(") {
		return false
	}
	s := bare(style)
	if strings.Contains(s, "scale(0)") {
		return true
	}
	clear, flat := false, false
	for part := range strings.SplitSeq(s, ";") {
		key, v, _ := strings.Cut(part, ":")
		v = strings.TrimSuffix(v, "!important")
		switch key {
		case "opacity":
			clear = strings.Trim(v, "0.%") == "" && v != ""
		case "height", "max-height":
			flat = isZero(v)
		case "color":
			clear = clear || v == "transparent" || strings.HasPrefix(v, "rgba(") && strings.HasSuffix(v, ",0)")
		}
	}
	return clear || flat && strings.Contains(s, "overflow:hidden")
}

// clipsAway reports whether a style, in small letters and without white space,
// shows nothing of a box that it leaves in the page for screen readers.
func clipsAway(s string) bool {
	sides := 0 // of no size
	for part, rest := "", s; rest != ""; {
		part, rest, _ = strings.Cut(rest, ";")
		key, v, _ := strings.Cut(part, ":")
		if v == "" || strings.IndexByte("-0cirt", v[0]) < 0 {
			continue // most values
		}
		v = strings.TrimSuffix(v, "!important")
		switch key {
		case "clip":
			if args, ok := strings.CutPrefix(v, "rect("); ok && strings.Trim(args, "01px,)") == "" {
				return true
			}
		case "clip-path", "-webkit-clip-path":
			if v == "inset(50%)" || v == "inset(100%)" || v == "circle(0)" {
				return true
			}
		case "left", "right", "top", "text-indent", "margin-left":
			if isFarOff(v) {
				return true
			}
		case "transform":
			if _, args, ok := strings.Cut(v, "("); ok && strings.HasPrefix(v, "translate") && isFarOff(args[:max(0, strings.IndexAny(args, ",)"))]) {
				return true
			}
		case "font-size":
			if isZero(v) {
				return true
			}
		case "width", "height":
			if isZero(v) {
				sides++
			}
		}
	}
	return (sides == 2 || strings.Contains(s, "width:1px") && strings.Contains(s, "height:1px")) && strings.Contains(s, "overflow:hidden")
}

// isFarOff reports whether a length leads off the page, to its left or above it.
func isFarOff(v string) bool {
	digits := strings.TrimRight(strings.TrimPrefix(v, "-"), "pxemrvwh%")
	return strings.HasPrefix(v, "-") && (len(digits) >= 3 && digits[0] == '9' || len(digits) >= 4 && !strings.Contains(digits, "."))
}

// isZero reports whether a length is none.
func isZero(v string) bool { return strings.TrimRight(v, "pxemr%") == "0" }
