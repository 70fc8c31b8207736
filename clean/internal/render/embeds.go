package render

import (
	"cmp"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
	"newsclip/selectors"
)

// embedded is what a page shows of another: a video, a post, a map. A record
// carries a link to it.
type embedded struct {
	href  string
	label string
}

// extrasOf lists the pictures of the record and the embeds among the kept
// blocks, in the order in which they stand.
func extrasOf(bd *body.Body, pics []picture.Picture, images []article.Image) []extra {
	first, last := bd.Span()
	var out []extra
	// The pictures of an address in the order in which images take them: those
	// among the blocks first.
	byURL := make(map[string][]int, len(images))
	for _, among := range []bool{true, false} {
		for j := range pics {
			if (pics[j].Box >= first && pics[j].Box < last) == among {
				byURL[pics[j].URL] = append(byURL[pics[j].URL], j)
			}
		}
	}
	kept := body.CountKept(bd)
	for k := range images {
		x := extra{node: -1, image: k}
		if left := byURL[images[k].URL]; len(left) > 0 {
			x.node = pics[left[0]].Box
			byURL[images[k].URL] = left[1:]
		}
		out = append(out, x)
	}
	for i := first; i < last; {
		nd := &bd.Tree.Nodes[i]
		if nd.Type != html.ElementNode {
			i++
			continue
		}
		beside := nd.Roles&page.NotArticle != 0 && !body.IsPost(bd.Tree.Attr(i, "class")) && heldPlayer(bd.Tree, i) == "" && !boxesPost(bd.Tree, i)
		if nd.Hidden || beside && !kept.In(i) || bd.Tree.Pruned(i) != "" {
			i = nd.End
			continue
		}
		if tex, _ := formulaAt(bd.Tree, i); tex != "" {
			if !inBlock(bd, i) {
				out = append(out, extra{node: i, image: -1, tex: tex})
			}
			i = nd.End
			continue
		}
		if e, ok := embedAt(bd, i); ok {
			out = append(out, extra{node: i, image: -1, embed: e})
			i = nd.End
			continue
		}
		i++
	}
	slices.SortStableFunc(out, func(a, b extra) int { return cmp.Compare(a.node, b.node) })
	return out
}

// inBlock reports whether formula i stands in the same element as a block, kept
// or not.
func inBlock(bd *body.Body, i int32) bool {
	el := bd.Tree.Nodes[i].Parent
	for el > 0 && !bd.Tree.Nodes[el].Block {
		el = bd.Tree.Nodes[el].Parent
	}
	k, _ := slices.BinarySearchFunc(bd.Blocks, el, func(b page.Block, el int32) int { return cmp.Compare(b.From, el) })
	for ; k < len(bd.Blocks) && bd.Blocks[k].From < bd.Tree.Nodes[el].End; k++ {
		if bd.Blocks[k].El == el {
			return true
		}
	}
	return false
}

// embedAt reads element i where it is an embed of which no words are kept.
func embedAt(bd *body.Body, i int32) (embedded, bool) {
	t := bd.Tree
	nd := &t.Nodes[i]
	var ref string
	switch nd.DataAtom {
	case atom.Iframe, atom.Embed:
		ref = cmp.Or(frameSource(t, i), t.Attr(i, "src"))
		if tiny(t.Attr(i, "width")) || tiny(t.Attr(i, "height")) {
			return embedded{}, false
		}
	case atom.Object:
		ref = t.Attr(i, "data")
	case atom.Script:
		ref = cmp.Or(elementSource(t, i, "script"), scriptSource(t, i))
	case atom.Video, atom.Audio:
		ref = mediaSource(nd.Node)
	case 0:
		switch nd.Data {
		case "amp-iframe", "amp-video", "amp-audio":
			ref = t.Attr(i, "src")
		case "amp-youtube":
			if id := t.Attr(i, "data-videoid"); id != "" {
				ref = "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
			}
		case "amp-facebook":
			ref = t.Attr(i, "data-href")
		default:
			ref = elementSource(t, i, nd.Data)
		}
	case atom.Blockquote, atom.Div, atom.Figure, atom.Section, atom.A, atom.Button, atom.P:
		if ref = heldPlayer(t, i); ref != "" {
			break
		}
		if !body.IsPost(t.Attr(i, "class")) || bd.KeepsIn(i) || nd.DataAtom != atom.Blockquote && holdsPlayer(bd, i) {
			return embedded{}, false
		}
		ref = postSource(bd, i)
	}
	if ref == "" {
		return embedded{}, false
	}
	e := embedded{href: t.Page.Link(ref)}
	u, err := url.Parse(e.href)
	if err != nil || u.Host == "" || !utf8.ValidString(u.Host) {
		return embedded{}, false
	}
	for _, w := range selectors.Embeds().Nothing {
		if strings.Contains(u.Host, w) {
			return embedded{}, false
		}
	}
	for _, p := range selectors.Embeds().Players {
		if id, ok := strings.CutPrefix(u.Path, p.Path); ok && u.Host == p.Host && id != "" && !strings.Contains(id, "/") {
			e.href = p.Page + url.QueryEscape(id)
		}
	}
	if nd.DataAtom == atom.Figure && t.Attr(i, "class") == embedClass {
		e.label = t.Text(i)
	}
	e.label = cmp.Or(e.label, jsonld.Collapse(t.Attr(i, "title")), jsonld.Collapse(t.Attr(i, "aria-label")), strings.TrimPrefix(u.Hostname(), "www."))
	return e, true
}

// elementSource is the address of what a custom element plays or shows, by the attribute
// that has its identifier.
func elementSource(t *page.Tree, i int32, name string) string {
	for _, e := range selectors.Embeds().Elements {
		if e.Name != name {
			continue
		}
		if id := t.Attr(i, e.Attribute); id != "" {
			return e.Page + (&url.URL{Path: id}).EscapedPath()
		}
	}
	return ""
}

func tiny(side string) bool {
	n := strings.TrimSuffix(strings.TrimSpace(side), "px")
	return n == "0" || n == "1"
}

// frameSource is the address that a script will give a frame: it stands in a
// data attribute until the reader scrolls to it or agrees to cookies.
func frameSource(t *page.Tree, i int32) string {
	for _, a := range t.Nodes[i].Attr {
		if strings.HasPrefix(a.Key, "data-") && strings.Contains(a.Key, "src") && (strings.HasPrefix(a.Val, "http") || strings.HasPrefix(a.Val, "//")) {
			return a.Val
		}
	}
	return ""
}

// mediaSource is the address of a video or audio element. The tree does not
// list what stands in it.
func mediaSource(n *html.Node) string {
	for _, a := range n.Attr {
		if a.Key == "src" && a.Val != "" {
			return a.Val
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Source {
			for _, a := range c.Attr {
				if a.Key == "src" && a.Val != "" {
					return a.Val
				}
			}
		}
	}
	return ""
}

// postNodes is how many nodes a box has at most that is named for the site of the post in it.
const postNodes = 100

// boxesPost reports whether a box with the class of one to share is that of a post: content
// systems name it for the site, as they do their buttons.
func boxesPost(t *page.Tree, i int32) bool {
	if t.Nodes[i].Roles&page.NotArticle != selectors.Share || t.Nodes[i].End-i > postNodes {
		return false
	}
	for j := i + 1; j < t.Nodes[i].End; j++ {
		if t.Nodes[j].DataAtom == atom.Blockquote && body.IsPost(t.Attr(j, "class")) {
			return true
		}
	}
	return false
}

// holdsPlayer reports whether a frame or a player stands under i, which then
// is the embed.
func holdsPlayer(bd *body.Body, i int32) bool {
	for j := i + 1; j < bd.Tree.Nodes[i].End; j++ {
		switch nd := &bd.Tree.Nodes[j]; nd.DataAtom {
		case atom.Iframe, atom.Embed, atom.Object, atom.Video, atom.Audio, atom.Blockquote:
			if _, ok := embedAt(bd, j); ok {
				return true
			}
		}
	}
	return false
}

// postSource is the address of an embedded post: in an attribute, in the
// settings that a content system leaves for its script, in the only line of a
// box that the script would fill, or that of its last link, which is the post's
// date.
func postSource(bd *body.Body, i int32) string {
	t := bd.Tree
	for _, key := range selectors.Embeds().PostAttributes {
		if v := t.Attr(i, key); v != "" {
			return v
		}
	}
	if u := settingsURL(t.Attr(i, "data-attrs")); u != "" {
		return u
	}
	if t.Nodes[i].DataAtom == atom.A {
		return t.Attr(i, "href")
	}
	k, _ := slices.BinarySearch(t.Anchors, t.Nodes[i].End)
	for n := k - 1; n >= 0 && t.Anchors[n] > i; n-- {
		if href := t.Attr(t.Anchors[n], "href"); slices.ContainsFunc(selectors.Embeds().PostPaths, func(p string) bool { return strings.Contains(href, p) }) {
			return href
		}
	}
	if k > 0 && t.Anchors[k-1] > i {
		return t.Attr(t.Anchors[k-1], "href")
	}
	if s := t.Text(i); strings.HasPrefix(s, "https://") && !strings.Contains(s, " ") {
		return s
	}
	return ""
}

// settingsURL is the url in a JSON object.
func settingsURL(settings string) string {
	var s struct {
		URL string `json:"url"`
	}
	if settings == "" || json.Unmarshal([]byte(settings), &s) != nil {
		return ""
	}
	return s.URL
}
