package sweep

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// A card has as many blocks as these, and so many words at most.
	cardLeast = 2
	cardMost  = 6
	cardWords = 90
	cardNodes = 80
)

// cards drops from news stories the links after the first paragraph that hold a headline
// and more, and lead to another page of the site: cards of other stories. Elsewhere they
// are the products of a guide as well. On any page a card goes that names the host it leads
// to: what programs make of an address that a writer puts on a line of its own.
func cards(bd *body.Body, sig *judge.Signals) {
	t := bd.Tree
	began := false // a paragraph is kept before
	for k := 0; k < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !began || !bd.Verdicts[k].Keep || b.Where&page.InLink == 0 || b.LinkWords < b.Words {
			began = began || bd.Verdicts[k].Keep && page.IsLong(b)
			continue
		}
		a := t.Within(b.El, atom.A)
		if a < 0 {
			continue
		}
		first, last := bd.BlocksIn(a)
		if n := last - first; n < cardLeast || n > cardMost {
			continue
		}
		href := t.Attr(a, "href")
		var words int32
		preview := false
		for j := first; j < last; j++ {
			words += bd.Blocks[j].Words
			preview = preview || namesHost(bd.Blocks[j].Text, t.Page, href)
		}
		if words <= cardWords && (preview || (sig.News || isEmbedded(t, a)) && t.Page.LeadsToSite(href)) {
			bd.DropKept(first, last, "sweep", "teaser")
		}
		k = max(k, last-1)
	}
}

// cardHeads drops the headings after the first paragraph that are a link to another page of
// the site, where nothing else is kept of a card around them, which has a picture or a day.
// Outside of news, headings that are set alike are those of a list.
func cardHeads(bd *body.Body, sig *judge.Signals) {
	t := bd.Tree
	began := false // a paragraph is kept before
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !began || !bd.Verdicts[k].Keep || !page.IsHeading(b.Tag) || b.LinkWords < b.Words {
			began = began || bd.Verdicts[k].Keep && page.IsLong(b)
			continue
		}
		a := t.Within(b.From, atom.A)
		if a < 0 {
			continue
		}
		for box, up := t.Nodes[b.El].Parent, 0; box > t.Body && up < controlUp; box, up = t.Nodes[box].Parent, up+1 {
			first, last := bd.BlocksIn(box)
			if last-first > cardMost || slices.ContainsFunc(bd.Verdicts[first:k], isKept) || slices.ContainsFunc(bd.Verdicts[k+1:last], isKept) {
				break
			}
			if last-first >= cardLeast && showsCard(t, box) {
				if t.Page.LeadsToSite(t.Attr(a, "href")) && (sig.News || !isSetAgain(bd, k)) {
					bd.Drop(k, "sweep", "teaser")
				}
				break
			}
		}
	}
}

func isKept(v body.Verdict) bool { return v.Keep }

// showsCard reports whether a box has a picture or a time, and no more nodes than a card.
func showsCard(t *page.Tree, box int32) bool {
	if t.Nodes[box].End-box > cardNodes {
		return false
	}
	for i := box; i < t.Nodes[box].End; i++ {
		if a := t.Nodes[i].DataAtom; a == atom.Img || a == atom.Time {
			return true
		}
	}
	return false
}

// isEmbedded reports whether a link, or the box that it stands in, is an embed by its class: the
// card that a program for blogs makes of the address of another post.
func isEmbedded(t *page.Tree, a int32) bool {
	return (t.Nodes[a].Roles|t.Nodes[t.Nodes[a].Parent].Roles)&selectors.Embed != 0
}

// namesHost reports whether a line is the host that a link of a page leads to, and nothing
// else.
func namesHost(line string, p *page.Page, href string) bool {
	if len(line) > maxHost || strings.IndexByte(line, '.') <= 0 || strings.IndexByte(line, ' ') >= 0 {
		return false
	}
	u, err := url.Parse(p.WebURL(href))
	bare := func(host string) string { return strings.TrimPrefix(strings.ToLower(host), "www.") }
	return err == nil && u.Host != "" && bare(u.Hostname()) == bare(line)
}

// maxHost is how many bytes the name of a host has at most.
const maxHost = 255
