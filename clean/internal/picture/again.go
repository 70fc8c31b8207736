package picture

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsclip/clean/internal/text"
)

// This file finds captions by what the attributes of their images say.

// Limits of a caption that says what its image's attributes say: the nodes and the texts
// after the image in which it stands, and its words.
const (
	againNodes = 40
	againTexts = 3 // a credit, or the words of a button, may stand before it
	againLeast = 3
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
	if isDrawing(p.URL) {
		return -1
	}
	var said []string
	for _, s := range []string{p.Alt, t.Attr(p.img, "title")} {
		if len(s) > shortWords*8 || !isWording(s) {
			continue
		}
		if s = bareCaption(s); isWording(s) && !strings.HasPrefix(r.title(), s) {
			said = append(said, s)
		}
	}
	if len(said) == 0 {
		return -1
	}
	end := min(t.Nodes[p.img].End+againNodes, int32(len(t.Nodes)))
	for j, n := t.Nodes[p.img].End, 0; j < end && n < againTexts; j++ {
		nd := &t.Nodes[j]
		if isTitle(nd) || countIn(r.imgs, j, j+1) > 0 {
			break
		}
		if nd.Type != html.TextNode || r.text(j) == 0 || nd.Hidden {
			continue
		}
		n++
		e := nd.Parent
		for up := t.Nodes[e].Parent; !t.Nodes[e].Block && up > p.img; up = t.Nodes[e].Parent {
			e = up
		}
		if e < p.img || r.text(e) > shortWords*8 {
			continue
		}
		if shown, _ := readCaption(t, []int32{e}, byForm); slices.ContainsFunc(said, func(s string) bool { return strings.EqualFold(s, strings.TrimRight(shown, ".")) }) {
			return e
		}
		j = t.Nodes[e].End - 1
	}
	return -1
}

// isWording reports whether s is more than the name of a product or the title of a work:
// more than a fourth of its words, and of three or more, begin small.
func isWording(s string) bool {
	words, small := 0, 0
	for w := range strings.FieldsSeq(s) {
		words++
		if c, _ := utf8.DecodeRuneInString(w); unicode.IsLower(c) {
			small++
		}
	}
	return words >= againLeast && small*4 > words
}

// bareCaption returns what an attribute says, without the credit and the full stop behind.
func bareCaption(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if before, credit := splitLabelled(text.Cut(s)); credit != "" {
		s = before
	}
	return strings.TrimRight(cleanCaption(s), ".")
}

// title returns the text of the page's title element.
func (r *pictureReader) title() string {
	if r.t.TitleTag < 0 || r.t.Nodes[r.t.TitleTag].FirstChild == nil {
		return ""
	}
	return strings.Join(strings.Fields(r.t.Nodes[r.t.TitleTag].FirstChild.Data), " ")
}
