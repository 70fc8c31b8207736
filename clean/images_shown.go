package clean

import "newsclip/selectors"

// shownImages are the pictures whose box stands among the kept blocks.
func shownImages(bd *body, pics []picture, m *metadata) []Image {
	first, last := bd.span()
	return chooseImages(bd.tree, pics, func(box int32) bool { return box >= first && box < last && !isAd(bd, box) }, m)
}

// isAd reports whether a picture stands in a small box without a kept block whose
// class or words say that it is an advertisement.
func isAd(bd *body, box int32) bool {
	for e, up := box, 0; e > bd.tree.body && up < 5 && !bd.keepsIn(e); e, up = bd.tree.nodes[e].parent, up+1 {
		if bd.tree.nodes[e].roles&selectors.Ad != 0 {
			return true
		}
		for k, last := bd.blocksIn(e); k < last; k++ {
			if bd.blocks[k].words < 4 && selectors.MatchPhrase(bd.blocks[k].text).Line&selectors.PhraseAd != 0 {
				return true
			}
		}
	}
	return false
}
