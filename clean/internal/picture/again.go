package picture

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/net/html"

	"newsclip/clean/internal/nodes"
	"newsclip/clean/internal/text"
)

// This file finds captions by what the attributes of their images say.

// Limits of a caption that says what its image's attributes say: the nodes and the texts
// after the image in which it stands, its words, and the bytes with which it begins.
const (
	againNodes = 40
	againTexts = 3 // a credit, or the words of a button, may stand before it
	againLeast = 3
	againBytes = 8 // of either that are compared first
	// againCredit is how many bytes a credit has that either has behind the caption.
	againCredit = 120
)

// attachAgain gives a picture without a caption the one that says what the attributes of
// its image say.
func (r *pictureReader) attachAgain(p *Picture) {
	e := r.saidAgain(p)
	if e < 0 {
		return
	}
	p.CaptionNodes = append(p.CaptionNodes, e)
	slices.Sort(p.CaptionNodes)
	caption, credit := readCaption(r.t, p.CaptionNodes, byForm)
	p.Caption, p.Credit = caption, cmp.Or(credit, p.Credit)
}

// saidAgain returns the element after an image that says what the image's alt or title
// says, with a credit behind either: a caption in a box that does not tell what it is. It
// returns -1 where there is none.
func (r *pictureReader) saidAgain(p *Picture) int32 {
	t := r.t
	said := [...]string{p.Alt, strings.TrimSpace(t.Attr(p.img, "title"))}
	if len(said[0]) < againBytes && len(said[1]) < againBytes || isDrawing(p.URL) {
		return -1
	}
	end := min(t.Nodes[p.img].End+againNodes, int32(len(t.Nodes)))
	if k := lowerBound(r.imgs, t.Nodes[p.img].End); k < len(r.imgs) {
		end = min(end, r.imgs[k])
	}
	for j, n := t.Nodes[p.img].End, 0; j < end && n < againTexts; j++ {
		nd := &t.Nodes[j]
		if isTitle(nd) {
			break
		}
		if nd.Type != html.TextNode || r.text(j) == 0 || nd.Hidden {
			continue
		}
		n++
		for _, s := range said {
			if len(s) < againBytes || len(s) > shortWords*8 || !beginsAs(strings.TrimSpace(nd.Data), s) {
				continue
			}
			if e := r.lineOf(j, p.img); e > p.img && r.saysCaption(e, s) {
				return e
			}
		}
	}
	return -1
}

// beginsAs reports whether a text begins with the first bytes of another.
func beginsAs(s, other string) bool {
	return len(s) >= againBytes && strings.EqualFold(s[:againBytes], other[:againBytes])
}

// lineOf returns the element around a text after an image that is a line or a block.
func (r *pictureReader) lineOf(j, img int32) int32 {
	e := r.t.Nodes[j].Parent
	for up := r.t.Nodes[e].Parent; !r.t.Nodes[e].Block && up > img; up = r.t.Nodes[e].Parent {
		e = up
	}
	return e
}

// saysCaption reports whether an element says what an attribute does, credits apart.
func (r *pictureReader) saysCaption(e int32, attr string) bool {
	if n := int(r.text(e)); n > len(attr)+againCredit || len(attr) > n+againCredit {
		return false
	}
	if attr = bareCaption(attr); !isWording(attr) || strings.HasPrefix(r.title(), attr) {
		return false
	}
	shown, _ := readCaption(r.t, []int32{e}, byForm)
	return strings.EqualFold(attr, strings.TrimRight(shown, "."))
}

// title returns the text of the page's title element.
func (r *pictureReader) title() string { return nodes.Reader{Tree: r.t}.TitleText() }

// isWording reports whether s is more than the name of a product or the title of a work:
// more than a fourth of its words, three at least, begin small, or its script has no capitals.
func isWording(s string) bool {
	words := len(strings.Fields(s))
	return words >= againLeast && text.SmallWords(s)*4 > words || text.CountWords(s) >= againLeast && hasLetter(s) && strings.IndexFunc(s, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }) < 0
}

// bareCaption returns what an attribute says, without the credit and the full stop behind.
func bareCaption(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if before, credit := splitLabelled(text.Cut(s)); credit != "" {
		s = before
	}
	return strings.TrimRight(cleanCaption(s), ".")
}
