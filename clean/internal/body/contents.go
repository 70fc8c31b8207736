package body

import (
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// contentsLead drops the line with a colon that leads to a table of contents which is left
// out: a list of links to places of the page.
func contentsLead(bd *Body) {
	for k := 0; k+1 < len(bd.Blocks); k++ {
		b, n := &bd.Blocks[k], &bd.Blocks[k+1]
		if !bd.Verdicts[k].Keep || bd.Verdicts[k+1].Keep || n.Links == 0 || n.LinkWords < n.Words || n.Where&page.InList == 0 || b.Words > contentsWords || b.LinkWords > 0 || !EndsWithColon(b.Text) {
			continue
		}
		list := bd.Tree.NextElement(b.El)
		if list < 0 || !bd.Tree.IsList(list) {
			continue
		}
		first, last := bd.BlocksIn(list)
		contents := first == k+1 && last-first >= minLed
		for j := first; contents && j < last; j++ {
			contents = !bd.Verdicts[j].Keep && bd.Blocks[j].LinkWords == bd.Blocks[j].Words && bd.leadsDown(&bd.Blocks[j])
		}
		if contents {
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseTOC.String())
		}
	}
}

// contentsWords is how many words the line over a table of contents has at most.
const contentsWords = 25

// leadsDown reports whether a block begins with a link to a place of the page.
func (bd *Body) leadsDown(b *page.Block) bool {
	a := bd.Tree.Within(b.From, atom.A)
	return a >= b.El && strings.HasPrefix(bd.Tree.Attr(a, "href"), "#")
}
