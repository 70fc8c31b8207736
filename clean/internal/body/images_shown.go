package body

import (
	"newsclip/clean/article"
	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/picture"
	"newsclip/selectors"
)

// ShownImages are the pictures whose box stands among the kept blocks.
func ShownImages(bd *Body, pics []picture.Picture, m *meta.Metadata) []article.Image {
	first, last := bd.Span()
	return picture.ChooseImages(bd.Tree, pics, func(box int32) bool { return box >= first && box < last && !isAd(bd, box) }, m)
}

// isAd reports whether a picture stands in a small box without a kept block whose
// class or words say that it is an advertisement.
func isAd(bd *Body, box int32) bool {
	for e, up := box, 0; e > bd.Tree.Body && up < 5 && !bd.KeepsIn(e); e, up = bd.Tree.Nodes[e].Parent, up+1 {
		if bd.Tree.Nodes[e].Roles&selectors.Ad != 0 {
			return true
		}
		for k, last := bd.BlocksIn(e); k < last; k++ {
			if bd.Blocks[k].Words < 4 && selectors.MatchPhrase(bd.Blocks[k].Text).Line&selectors.PhraseAd != 0 {
				return true
			}
		}
	}
	return false
}
