package body

import (
	"sort"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

// comments drops what the models keep after the anchor to which a page's links with the
// number of its comments lead, in one element with it: an empty link with that name, which
// old content systems set before comments that no class tells. articleParagraphs stand
// before it, and after it a line to answer one of them: a paper has a part of that name.
func comments(bd *Body) {
	t := bd.Tree
	began, long := len(bd.Blocks), 0
	for k := range bd.Blocks {
		if bd.Verdicts[k].Keep && page.IsLong(&bd.Blocks[k]) {
			if long++; long == articleParagraphs {
				began = k
				break
			}
		}
	}
	for _, a := range t.Anchors {
		if t.Nodes[a].End > a+1 || !namesComments(t, a) {
			continue
		}
		_, last := bd.BlocksIn(t.Nodes[a].Parent)
		first := sort.Search(len(bd.Blocks), func(k int) bool { return bd.Blocks[k].From > a })
		if first <= began || !bd.answers(first, last) {
			continue
		}
		for k := first; k < last; k++ {
			if bd.Verdicts[k].Keep {
				bd.Drop(k, "sweep", "after the comments' anchor")
			}
		}
		return
	}
}

// answers reports whether one of the blocks from first to last is a line of the interface
// for comments, and no heading over them.
func (bd *Body) answers(first, last int) bool {
	for k := first; k < last; k++ {
		if b := &bd.Blocks[k]; !page.IsHeading(b.Tag) && b.Phrases().Line&selectors.PhraseComments != 0 {
			return true
		}
	}
	return false
}

// namesComments reports whether the name of an anchor is that of comments.
func namesComments(t *page.Tree, a int32) bool {
	name := t.Attr(a, "name")
	if name == "" {
		name = t.Attr(a, "id")
	}
	return name != "" && selectors.RolesOf(name)&selectors.Comment != 0
}
