package body

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// bareNames is how many elements of a bare document have a class or an id at
	// most: its headline, standfirst and byline may.
	bareNames = 3
	// bareShare is the share of a bare document's words that the models keep.
	bareShare = 0.8
)

// KeepBare keeps what the models leave out of a document that has no
// template: a feed's content, a body as a content system gives it out, newsclip's
// own HTML. They miss the furniture there, and take for it what is nearest: a list
// of links, a line that leads on.
func KeepBare(bd *Body, sig *judge.Signals) {
	if !isBare(bd.Tree) {
		return
	}
	var kept, all int32
	first, last := -1, -1 // of the blocks that the models keep
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if sig.Captions.Has(b) || sig.Headlines.Has(b) {
			continue
		}
		all += b.Words
		if bd.Verdicts[k].Keep {
			kept += b.Words
			last = k
			if first < 0 {
				first = k
			}
		}
	}
	if first < 0 || float64(kept) < bareShare*float64(all) {
		return
	}
	furnished := false // the page begins with its site's name, and so has more of that's
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if k < first && b.Links > 0 && b.LinkWords == b.Words && b.Where&page.InArticle == 0 && leadsHome(bd.Tree, b) {
			furnished = true
			continue // the site's name
		}
		if k > last && furnished && endsBare(b) {
			return
		}
		if (k < first || k > last) && b.LinkWords*10 >= b.Words*9 && (b.Links > 1 || b.Links > 0 && b.Where&page.InArticle != bd.Blocks[first].Where&page.InArticle) {
			continue // the navigation of a page made by hand
		}
		if k == len(bd.Blocks)-1 && k > first && b.Links == 1 && b.LinkWords == b.Words && leadsHome(bd.Tree, b) {
			if bd.Verdicts[k].Keep {
				bd.Drop(k, "sweep", "link alone")
			}
			continue // back to the site's first page
		}
		if !sig.InField(b) {
			bd.Verdicts[k] = Verdict{Keep: true}
		}
	}
}

// leadsHome reports whether a block begins with a link to the root of its site, to the
// folder of its page or to one above.
func leadsHome(t *page.Tree, b *page.Block) bool {
	a := t.Within(t.Nodes[b.From].Parent, atom.A)
	for i := b.From; a < 0 && i < b.To; i++ {
		a = t.Within(i, atom.A)
	}
	if a < 0 {
		return false
	}
	href := t.Attr(a, "href")
	if u, err := url.Parse(href); err == nil && href != "" {
		return u.Path == "/" || u.Path == "" && u.Host != "" || u.Host == "" && u.Path != "" && isFolder(u.Path)
	}
	return false
}

// isFolder reports whether a path relative to a page's is that of its folder, of one above,
// or of the first page there: "./", "../index.html".
func isFolder(path string) bool {
	for strings.HasPrefix(path, "../") {
		path = path[len("../"):]
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(path, "./"), ".")
	return name == "" || name == "index" && !strings.Contains(path, "/")
}

// endsBare reports whether a block begins the furniture after a text that has no
// template: "Most read", a copyright line.
func endsBare(b *page.Block) bool {
	m := b.Phrases()
	return m.Line&(selectors.PhraseRelated|selectors.PhraseComments|selectors.PhraseShare|selectors.PhraseTags|selectors.PhraseCopyright)|m.Prefix&selectors.PhraseCopyright != 0
}

// isBare reports whether a page has no template: no scripts, no boxes of a page,
// and next to no names.
func isBare(t *page.Tree) bool {
	named := 0
	for i := t.Body; i < int32(len(t.Nodes)); i++ {
		nd := &t.Nodes[i]
		if nd.Type != html.ElementNode {
			continue
		}
		switch nd.DataAtom {
		case atom.Script, atom.Style, atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Form, atom.Button, atom.Input, atom.Iframe, atom.Main, atom.Font, atom.Center:
			return false
		case atom.Figure:
			continue // newsclip names those that hold an embed
		}
		for k := range nd.Attr {
			if key := nd.Attr[k].Key; key == "class" || key == "id" || key == "style" {
				if named++; named > bareNames {
					return false
				}
				break
			}
		}
	}
	return true
}
