package meta

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/nodes"
)

// This file reads pen names, which look like no name.

// classNicknames also accepts one word: pen names and initials, in an element with the
// class of a byline or behind a label such as "Posted by" or "Author:" in a line with a day
// or, behind a label of two words, with the time of the day; behind a lone "by" where a link
// follows, or in the article's head.
func (r *metaReader) classNicknames() []article.Author {
	if as := r.byClass(false); len(as) > 0 {
		return as
	}
	for j := r.headFrom; j < int32(len(r.Nodes)); j++ {
		nd := &r.Nodes[j]
		if nd.Type != html.TextNode || len(nd.Data) > maxBylineText {
			continue
		}
		label, lone := r.names().NickLabel(nd.Data)
		if !label && !(lone && (j < r.headTo || r.linkAfter(j))) {
			continue
		}
		line := r.BlockOf(j)
		if p := nd.Parent; !r.Nodes[p].Block && dates.CountYears(r.Shown(p)) == 1 {
			line = p // <span class="posted">, in one box with the text
		}
		if r.Nodes[line].End-line > nodes.LineNodes || r.InsideHidden(j) {
			continue
		}
		s := r.Shown(line)
		if years := dates.CountYears(s); len(s) > maxByLineSize || years != 1 && !(label && years == 0 && dates.HasClock(s)) {
			continue
		}
		if signed, box := r.byLineAt(j); len(signed) == 1 && (label || !strings.Contains(signed[0], " ")) && !r.inFurniture(j) {
			return names.AppendAuthors(nil, signed, r.linkOfName(box, signed[0]))
		}
	}
	return nil
}

// linkAfter reports whether a link follows a text node in its line.
func (r *metaReader) linkAfter(j int32) bool {
	return j+1 < int32(len(r.Nodes)) && r.Nodes[j+1].DataAtom == atom.A
}

// linkOfName returns the address of the only link in a box where that shows a name.
func (r *metaReader) linkOfName(box int32, name string) string {
	for j := box; j < r.Nodes[box].End; j++ {
		if r.Nodes[j].DataAtom == atom.A && r.Shown(j) == name {
			return r.OnlyLink(box)
		}
	}
	return ""
}
