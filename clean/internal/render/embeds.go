package render

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
)

// embedded is what a page shows of another: a video, a post, a map. A record
// carries a link to it.
type embedded struct {
	href  string
	label string
}

// postClasses are the classes of what social networks give out to be embedded:
// a quotation or an empty box that their script turns into a post.
var postClasses = map[string]bool{
	"bluesky-embed":       true, // Bluesky
	"fb-post":             true, // Facebook
	"fb-video":            true,
	"imgur-embed-pub":     true, // Imgur
	"instagram-media":     true, // Instagram
	"mastodon-embed":      true, // Mastodon
	"reddit-embed-bq":     true, // Reddit
	"text-post-media":     true, // Threads
	"tiktok-embed":        true, // TikTok
	"twitter-tweet":       true, // X
	"twitter-video":       true,
	"wp-embedded-content": true, // WordPress
}

// postAttrs are the attributes in which those boxes keep the post's address.
var postAttrs = []string{"cite", "data-href", "data-instgrm-permalink", "data-text-post-permalink"}

// players turn the address of a player into that of the page to watch: host,
// the path before the identifier, and what stands before it in the page's
// address.
var players = []struct{ host, path, page string }{
	{"player.vimeo.com", "/video/", "https://vimeo.com/"},
	{"www.dailymotion.com", "/embed/video/", "https://www.dailymotion.com/video/"},
	{"www.youtube-nocookie.com", "/embed/", "https://www.youtube.com/watch?v="},
	{"www.youtube.com", "/embed/", "https://www.youtube.com/watch?v="},
	{"youtube.com", "/embed/", "https://www.youtube.com/watch?v="},
}

// notEmbeds are words in the host of frames that show nothing to a reader.
var notEmbeds = []string{
	"adservice", "adsystem", "amazon-adsystem", "captcha", "consent", "doubleclick", "googlesyndication",
	"googletagmanager", "outbrain", "taboola",
}

// extrasOf lists the pictures of the record and the embeds among the kept
// blocks, in the order in which they stand.
func extrasOf(bd *body.Body, pics []picture.Picture, images []article.Image) []extra {
	first, last := bd.Span()
	var out []extra
	used := make([]bool, len(pics))
	byURL := make(map[string][]int, len(images))
	for j := range pics {
		byURL[pics[j].URL] = append(byURL[pics[j].URL], j)
	}
	kept := body.CountKept(bd)
	for k := range images {
		at := -1
		for _, j := range byURL[images[k].URL] {
			if used[j] {
				continue
			}
			in := pics[j].Box >= first && pics[j].Box < last
			if at < 0 || in {
				at = j
			}
			if in {
				break
			}
		}
		x := extra{node: -1, image: k}
		if at >= 0 {
			used[at] = true
			x.node = pics[at].Box
		}
		out = append(out, x)
	}
	for i := first; i < last; {
		nd := &bd.Tree.Nodes[i]
		if nd.Type != html.ElementNode {
			i++
			continue
		}
		if nd.Hidden || nd.Roles&page.NotArticle != 0 && !kept.In(i) || bd.Tree.Pruned(i) != "" {
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
		}
	case atom.Blockquote, atom.Div:
		if !hasToken(t.Attr(i, "class"), postClasses) || bd.KeepsIn(i) {
			return embedded{}, false
		}
		ref = postSource(bd, i)
	}
	if ref == "" {
		return embedded{}, false
	}
	e := embedded{href: t.Page.Link(ref)}
	u, err := url.Parse(e.href)
	if err != nil || u.Host == "" {
		return embedded{}, false
	}
	for _, w := range notEmbeds {
		if strings.Contains(u.Host, w) {
			return embedded{}, false
		}
	}
	for _, p := range players {
		if id, ok := strings.CutPrefix(u.Path, p.path); ok && u.Host == p.host && id != "" && !strings.Contains(id, "/") {
			e.href = p.page + url.QueryEscape(id)
		}
	}
	e.label = cmp.Or(jsonld.Collapse(t.Attr(i, "title")), jsonld.Collapse(t.Attr(i, "aria-label")), strings.TrimPrefix(u.Hostname(), "www."))
	return e, true
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

// postSource is the address of an embedded post: in an attribute, or that of
// its last link, which is the post's date.
func postSource(bd *body.Body, i int32) string {
	t := bd.Tree
	for _, key := range postAttrs {
		if v := t.Attr(i, key); v != "" {
			return v
		}
	}
	k, _ := slices.BinarySearch(t.Anchors, t.Nodes[i].End)
	if k > 0 && t.Anchors[k-1] > i {
		return t.Attr(t.Anchors[k-1], "href")
	}
	return ""
}

func hasToken(class string, set map[string]bool) bool {
	for w := range strings.FieldsSeq(class) {
		if set[w] {
			return true
		}
	}
	return false
}
