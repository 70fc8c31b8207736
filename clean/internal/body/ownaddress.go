package body

import (
	"net/url"
	"path"
	"strings"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// addressLabel is how many words stand before an address at most that say whose it is.
const addressLabel = 6

// ownAddress drops the line at the end of the text that says where on its site the page is,
// as forms for printing do: "Source URL: https://…". Its label may stand on a line before
// it.
func ownAddress(bd *Body) {
	k := bd.LastKept()
	if k < 1 {
		return
	}
	b := &bd.Blocks[k]
	at := strings.Index(b.Text, "http")
	if at < 0 || b.Where&(page.InPre|page.InList) != 0 || strings.ContainsAny(b.Text[at:], " \u00a0") || text.CountWords(b.Text[:at]) > addressLabel || !bd.isOwn(b.Text[at:]) {
		return
	}
	bd.Drop(k, "sweep", "own address")
	if l := &bd.Blocks[k-1]; at == 0 && b.Brs == 1 && l.El == b.El && bd.Verdicts[k-1].Keep && l.Words <= addressLabel && EndsWithColon(l.Text) {
		bd.Drop(k-1, "sweep", "own address")
	}
}

// isOwn reports whether an address is the page's: of its site, and with the same last part,
// or any where the page's says that it is a form for printing.
func (bd *Body) isOwn(address string) bool {
	own, err := url.Parse(bd.Tree.Page.Address)
	if err != nil || own.Host == "" {
		return false
	}
	said, err := url.Parse(strings.TrimRight(address, ").]"))
	if err != nil || strings.TrimPrefix(said.Hostname(), "www.") != strings.TrimPrefix(own.Hostname(), "www.") {
		return false
	}
	last := path.Base(own.Path)
	return len(last) > 1 && path.Base(said.Path) == last || strings.Contains(strings.ToLower(own.RequestURI()), "print")
}
