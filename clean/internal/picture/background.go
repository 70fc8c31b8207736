package picture

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// background finds the picture that a page shows behind its headline, or in an empty box
// beside it: in the background of an element that ends before the text begins. It
// returns nil where there is none.
func (c *chooser) background() *article.Image {
	t := c.t
	sheets := sheetBackgrounds(t)
	for i := max(t.Body, c.head-aboveNodes); i < c.start; i++ {
		nd := &t.Nodes[i]
		if (nd.Roles&(page.NotArticle&^selectors.Share) != 0 || nd.DataAtom == atom.Nav) && nd.End <= c.head || t.Pruned(i) != "" {
			i = nd.End - 1
			continue
		}
		src := backgroundOf(t, i)
		if src == "" {
			src = sheets.of(t.Attr(i, "class"))
		}
		if src == "" && nd.DataAtom == atom.Video {
			src = t.Attr(i, "poster")
		}
		if src == "" || nd.End > c.start || nd.End < c.head && textBetween(t, nd.End, c.head) > aboveBytes {
			continue
		}
		im := article.Image{URL: t.Page.ImageURL(src), Alt: t.Attr(i, "aria-label")}
		if im.URL != "" && !isCard(&im) && !isDrawing(im.URL) && !isGIF(im.URL) && !skipsByURL(src) && isImageFile(im.URL) {
			im.Caption, im.Credit = c.besideBackground(i)
			return &im
		}
	}
	return nil
}

// captionNodes is how many nodes the caption of a background has at most.
const captionNodes = 12

// besideBackground returns caption and credit of a background: of the elements with such a
// class in its box or right after it, or of a line after it that begins with a credit's label.
func (c *chooser) besideBackground(i int32) (caption, credit string) {
	t := c.t
	var found []int32
	for j := i + 1; j < c.start && textBetween(t, t.Nodes[i].End, j) <= aboveBytes; j++ {
		nd := &t.Nodes[j]
		if nd.Type != html.ElementNode || nd.Hidden || nd.End-j > captionNodes || nd.End > c.start || j <= c.head && c.head < nd.End {
			continue
		}
		if nd.Roles&(selectors.Caption|selectors.Credit) != 0 {
			found = append(found, j)
		} else if j >= t.Nodes[i].End && nd.Block && len(found) == 0 {
			if rest, credit := splitLabelled(text.Cut(t.Text(j))); credit != "" && cleanCaption(rest) == "" {
				found = append(found, j)
			}
		} else {
			continue
		}
		j = nd.End - 1
	}
	if len(found) == 0 {
		return "", ""
	}
	return readCaption(t, found, byClass)
}

// backgroundOf returns the address of an element's background, as its style has it or a
// script will set it.
func backgroundOf(t *page.Tree, i int32) string {
	for _, a := range t.Nodes[i].Attr {
		switch {
		case a.Key == "style" && strings.Contains(a.Val, "url("):
			if src := background(a.Val); src != "" {
				return src
			}
		case strings.HasPrefix(a.Key, "data-") && isBackgroundKey(a.Key[len("data-"):]):
			src := strings.TrimSpace(a.Val)
			if inner, ok := strings.CutPrefix(src, "url("); ok {
				src = strings.Trim(strings.TrimSuffix(inner, ")"), `"'`)
			}
			if looksLikeAddress(src) {
				return src
			}
		}
	}
	return ""
}

// A sheet is the address of the background that the rules in the page's own style sheets
// set for a class.
type sheet map[string]string

// sheetBackgrounds reads the rules that name one class, alone or as the last of a
// selector.
func sheetBackgrounds(t *page.Tree) sheet {
	s := sheet{}
	for _, i := range t.Styles {
		if c := t.Nodes[i].FirstChild; c != nil && strings.Contains(c.Data, "url(") {
			s.read(c.Data)
		}
	}
	return s
}

// maxSheetRules is how many rules with a background are read of a page.
const maxSheetRules = 200

func (s sheet) read(css string) {
	for len(s) < maxSheetRules {
		names, rest, ok := strings.Cut(css, "{")
		if !ok {
			return
		}
		rule, after, _ := strings.Cut(rest, "}")
		css = after
		if k := strings.LastIndexByte(rule, '{'); k >= 0 { // in a media rule
			names, rule = rule[:k], rule[k+1:]
		}
		src := background(rule)
		if src == "" || !strings.Contains(rule, "cover") {
			continue // a picture that does not fill its box is an ornament
		}
		for name := range strings.SplitSeq(names, ",") {
			name = strings.TrimSpace(name)
			if k := strings.LastIndexByte(name, '.'); k >= 0 && !strings.ContainsAny(name[k:], " :#[>+~") {
				s[name[k+1:]] = src
			}
		}
	}
}

// of returns the background of the first token of a class that has one, or "".
func (s sheet) of(class string) string {
	if len(s) > 0 {
		for token := range strings.FieldsSeq(class) {
			if src := s[token]; src != "" {
				return src
			}
		}
	}
	return ""
}

func isBackgroundKey(key string) bool {
	return key == "bg" || key == "image-src" || key == "parallax-image" || strings.HasPrefix(key, "bg-") && !text.IsDigits(key[3:]) || strings.HasPrefix(key, "background")
}

const (
	// slideNodes is how many nodes an element has at most that shows a picture behind
	// nothing, white space apart.
	slideNodes = 2
	// minSlides is how many such elements of one class are the slides of a gallery.
	minSlides = 3
)

// addSlides adds the pictures of galleries whose slides are elements with a background:
// of those that show nothing else, the ones of which there are several of one class, each
// with a picture of its own.
func (r *pictureReader) addSlides(shades []int32) {
	bySig := map[uint32]map[string]bool{}
	for _, i := range shades {
		if sig := r.t.Nodes[i].Sig; r.text(i) == 0 {
			if bySig[sig] == nil {
				bySig[sig] = map[string]bool{}
			}
			bySig[sig][backgroundOf(r.t, i)] = true
		}
	}
	added := false
	for _, i := range shades {
		if len(bySig[r.t.Nodes[i].Sig]) >= minSlides && r.text(i) == 0 {
			r.all = append(r.all, i)
			added = true
		}
	}
	if added {
		slices.Sort(r.all)
	}
}

// slides reports whether an element may show a picture as its background alone.
func slides(t *page.Tree, i int32) bool {
	switch t.Nodes[i].DataAtom {
	case atom.A, atom.Div, atom.Figure, atom.I, atom.Li, atom.P, atom.Section, atom.Span:
		return len(t.Nodes[i].Attr) > 0
	}
	return false
}
