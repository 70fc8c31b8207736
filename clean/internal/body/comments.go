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
	answer := 0 // the next line to answer a comment, from first on
	for _, a := range t.Anchors {
		if t.Nodes[a].End > a+1 || !namesComments(t, a) {
			continue
		}
		_, last := bd.BlocksIn(t.Nodes[a].Parent)
		first := sort.Search(len(bd.Blocks), func(k int) bool { return bd.Blocks[k].From > a })
		if first <= began {
			continue
		}
		for answer = max(answer, first); answer < len(bd.Blocks) && !answers(&bd.Blocks[answer]); {
			answer++
		}
		if answer >= last {
			continue
		}
		bd.DropKept(first, last, "sweep", "after the comments' anchor")
		return
	}
}

// answers reports whether a block is a line of the interface for comments, and no heading
// over them.
func answers(b *page.Block) bool {
	return !page.IsHeading(b.Tag) && b.Phrases().Line&selectors.PhraseComments != 0
}

// namesComments reports whether the name of an anchor is that of comments.
func namesComments(t *page.Tree, a int32) bool {
	name := t.Attr(a, "name")
	if name == "" {
		name = t.Attr(a, "id")
	}
	return name != "" && selectors.RolesOf(name)&selectors.Comment != 0
}
