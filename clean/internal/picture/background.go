package picture

import (
	"strings"

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
	for i := max(t.Body, c.head-aboveNodes); i < c.start; i++ {
		nd := &t.Nodes[i]
		if (nd.Roles&(page.NotArticle&^selectors.Share) != 0 || nd.DataAtom == atom.Nav) && nd.End <= c.head || t.Pruned(i) != "" {
			i = nd.End - 1
			continue
		}
		src := backgroundOf(t, i)
		if src == "" || nd.End > c.start || nd.End < c.head && textBetween(t, nd.End, c.head) > aboveBytes {
			continue
		}
		im := article.Image{URL: t.Page.ImageURL(src), Alt: t.Attr(i, "aria-label")}
		if im.URL != "" && !isCard(&im) && !isDrawing(im.URL) && !skipsByURL(src) && isImageFile(im.URL) {
			return &im
		}
	}
	return nil
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

func isBackgroundKey(key string) bool {
	return key == "bg" || strings.HasPrefix(key, "bg-") && !text.IsDigits(key[3:]) || strings.HasPrefix(key, "background")
}
