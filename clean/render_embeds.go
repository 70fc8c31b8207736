package clean

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/selectors"
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

// notArticle are the roles of boxes whose embeds and pictures are not the
// article's.
const notArticle = selectors.Ad | selectors.Comment | selectors.Consent | selectors.Footer | selectors.Nav |
	selectors.Newsletter | selectors.Promo | selectors.Related | selectors.Share | selectors.Sidebar

// extrasOf lists the pictures of the record and the embeds among the kept
// blocks, in the order in which they stand.
func (d *draft) extrasOf(images []Image) []extra {
	first, last := d.span()
	var out []extra
	used := make([]bool, len(d.pics))
	for k := range images {
		at := -1
		for j := range d.pics {
			if used[j] || d.pics[j].URL != images[k].URL {
				continue
			}
			in := d.pics[j].box >= first && d.pics[j].box < last
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
			x.node = d.pics[at].box
		}
		out = append(out, x)
	}
	for i := first; i < last; {
		nd := &d.t.nodes[i]
		if nd.Type != html.ElementNode {
			i++
			continue
		}
		if nd.hidden || nd.roles&notArticle != 0 && !d.keepsIn(i) || d.t.pruned(i) != "" {
			i = nd.end
			continue
		}
		if e, ok := d.embedAt(i); ok {
			out = append(out, extra{node: i, image: -1, embed: e})
			i = nd.end
			continue
		}
		i++
	}
	slices.SortStableFunc(out, func(a, b extra) int { return cmp.Compare(a.node, b.node) })
	return out
}

// keepsIn says whether a kept block stands under element i.
func (d *draft) keepsIn(i int32) bool {
	first, last := d.blocksIn(i)
	for k := first; k < last; k++ {
		if d.verdicts[k].keep {
			return true
		}
	}
	return false
}

// embedAt reads element i where it is an embed of which no words are kept.
func (d *draft) embedAt(i int32) (embedded, bool) {
	t := d.t
	nd := &t.nodes[i]
	var ref string
	switch nd.DataAtom {
	case atom.Iframe, atom.Embed:
		ref = cmp.Or(frameSource(t, i), t.attr(i, "src"))
		if tiny(t.attr(i, "width")) || tiny(t.attr(i, "height")) {
			return embedded{}, false
		}
	case atom.Object:
		ref = t.attr(i, "data")
	case atom.Video, atom.Audio:
		ref = mediaSource(nd.Node)
	case 0:
		switch nd.Data {
		case "amp-iframe", "amp-video", "amp-audio":
			ref = t.attr(i, "src")
		case "amp-youtube":
			if id := t.attr(i, "data-videoid"); id != "" {
				ref = "https://www.youtube.com/watch?v=" + url.QueryEscape(id)
			}
		case "amp-facebook":
			ref = t.attr(i, "data-href")
		}
	case atom.Blockquote, atom.Div:
		if !hasToken(t.attr(i, "class"), postClasses) || d.keepsIn(i) {
			return embedded{}, false
		}
		ref = d.postSource(i)
	}
	if ref == "" {
		return embedded{}, false
	}
	e := embedded{href: t.page.link(ref)}
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
	e.label = cmp.Or(collapse(t.attr(i, "title")), collapse(t.attr(i, "aria-label")), strings.TrimPrefix(u.Hostname(), "www."))
	return e, true
}

func tiny(side string) bool {
	n := strings.TrimSuffix(strings.TrimSpace(side), "px")
	return n == "0" || n == "1"
}

// frameSource is the address that a script will give a frame: it stands in a
// data attribute until the reader scrolls to it or agrees to cookies.
func frameSource(t *tree, i int32) string {
	for _, a := range t.nodes[i].Attr {
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
func (d *draft) postSource(i int32) string {
	t := d.t
	for _, key := range postAttrs {
		if v := t.attr(i, key); v != "" {
			return v
		}
	}
	k, _ := slices.BinarySearch(t.anchors, t.nodes[i].end)
	if k > 0 && t.anchors[k-1] > i {
		return t.attr(t.anchors[k-1], "href")
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

// link makes an address of the page absolute, and empty where a reader must
// not follow it: it is kept for http, https and mailto.
func (p *Page) link(ref string) string {
	ref = strings.TrimSpace(ref)
	if ref == "" || len(ref) > 4096 {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil {
		return ""
	}
	if p.Base != nil {
		u = p.Base.ResolveReference(u)
	}
	switch {
	case u.Scheme == "mailto" && u.Opaque != "":
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && !strings.ContainsAny(u.Host, "<>\"'`{}|^\\ *()"):
	default:
		return ""
	}
	// String leaves the query as it was written. A host may have brackets.
	s := u.String()
	host := strings.Index(s, u.Host) + len(u.Host)
	return s[:host] + linkEscaper.Replace(s[host:])
}

// linkEscaper escapes what ends an address in Markdown or HTML.
var linkEscaper = strings.NewReplacer(
	" ", "%20", `"`, "%22", "'", "%27", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", `\`, "%5C", "`", "%60",
	"[", "%5B", "]", "%5D", "*", "%2A", "|", "%7C",
)
