package sweep

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

// leastTabs is how many tabs stand in a line of them.
const leastTabs = 2

// menus drops the lines that lead about the page and say nothing: a line of tabs, the
// heading of a nav, one that shows the id of its own box, and one that the page tells robots
// to be no content.
func menus(bd *body.Body) {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		switch {
		case !bd.Verdicts[k].Keep || b.Words > controlWords || b.Where&page.InPre != 0:
		case b.Where&page.InButton != 0 && isTabs(bd.Tree, b):
			bd.Drop(k, "sweep", "tabs")
		case page.IsHeading(b.Tag) && headsNav(bd.Tree, b.El):
			bd.Drop(k, "sweep", "heads a nav")
		case strings.Contains(bd.Tree.Attr(b.El, "class"), "robots-nocontent"):
			bd.Drop(k, "sweep", "no content")
		case len(b.Text) > 1 && b.Text[0] == '#' && (bd.Tree.Attr(b.El, "id") == b.Text[1:] || bd.Tree.Attr(bd.Tree.Nodes[b.El].Parent, "id") == b.Text[1:]):
			bd.Drop(k, "sweep", "own id")
		}
	}
}

// isTabs reports whether all words of a block are labels of tabs.
func isTabs(t *page.Tree, b *page.Block) bool {
	tabs := 0
	for i := b.From; i < b.To; i++ {
		if t.Nodes[i].Type != html.TextNode || strings.TrimSpace(t.Nodes[i].Data) == "" {
			continue
		}
		e := t.Nodes[i].Parent
		for e > b.El && t.Attr(e, "role") != "tab" {
			e = t.Nodes[e].Parent
		}
		if e <= b.El {
			return false
		}
		tabs++
	}
	return tabs >= leastTabs
}

// headsNav reports whether nothing but white space stands between an element and a nav.
func headsNav(t *page.Tree, e int32) bool {
	next := t.NextElement(e)
	if next < 0 || t.Nodes[next].DataAtom != atom.Nav {
		return false
	}
	for i := t.Nodes[e].End; i < next; i++ {
		if strings.TrimSpace(t.Nodes[i].Data) != "" {
			return false
		}
	}
	return true
}
