package judge

import (
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

// blockFeatures are what a block is by itself, beside its text.
func (w *rowWalk) blockFeatures(b *page.Block, r []float32) {
	r[fWords] = capped(float32(b.Words), 300)
	r[fLinkShare] = text.Share(b.LinkWords, b.Words)
	r[fLinks] = capped(float32(b.Links), 20)
	r[fSents] = capped(float32(b.Sents), 20)
	r[fBold] = text.Share(b.BoldWords, b.Words)
	r[fItalic] = text.Share(b.ItalicWords, b.Words)
	r[fSmall] = Bit(b.Small)
	r[fTag] = tagCode(b.Tag)
	r[fParagraph] = Bit(b.Tag == atom.P)
	r[fListItem] = Bit(b.Tag == atom.Li)
	r[fHeadingLevel] = page.HeadingLevel(b.Tag)
	r[fBrs] = capped(float32(b.Brs), 4)
	nd := &w.T.Nodes[b.El]
	r[fDepth] = capped(float32(nd.Depth), 40)
	for j, at := range [...]page.Where{page.InArticle, page.InMain, page.InAside, page.InNav, page.InFooter, page.InHeader, page.InFigure, page.InFigcaption, page.InForm,
		page.InTable, page.InList, page.InQuote, page.InDetails, page.InButton, page.InLink, page.InHidden, page.InLabel, page.InDialog, page.InPre, page.InItemprop} {
		r[fArticle+j] = Bit(b.Where&at != 0)
	}
	r[fCustom], r[fStreamed] = Bit(b.Where&page.InCustom != 0), Bit(b.Where&page.InStreamed != 0)
	for j := range page.RoleCount {
		if d := b.RoleDepth[j]; d > 0 {
			r[FRole0+j] = 1 + capped(float32(int16(nd.Depth)-d), 12)
		} else {
			r[FRole0+j] = 20
		}
	}
}

// placeFeatures are where a block stands among the page's blocks.
func (w *rowWalk) placeFeatures(k int, b *page.Block, r []float32) {
	r[fIndex] = capped(float32(k), 400)
	r[fIndexShare] = float32(k) / float32(w.n)
	r[fWordsBefore] = text.Share(w.before, w.Total.Words)
	r[fWordsAfter] = text.Share(w.Total.Words-w.before-b.Words, w.Total.Words)
	r[fSinceH1] = capped(float32(k-w.h1), 200)
	r[fSinceTitle] = max(-50, capped(float32(k-w.titleAt), 200))
	r[fBeforeTitle] = Bit(w.titleAt >= 0 && k < w.titleAt)
	r[fTitleZone] = Bit(w.titleAt >= 0 && k > w.titleAt && k <= w.firstLong)
	r[fToFirstLong] = max(-50, capped(float32(w.firstLong-k), 50))
	r[fFromLastLong] = max(-50, capped(float32(k-w.lastLong), 50))
	r[fLongAround] = float32(w.longs[min(w.n, k+6)] - w.longs[max(0, k-5)] - (w.longs[k+1] - w.longs[k]))
	r[fPrevLong] = text.Share(w.longBefore, w.Total.Long)
	if w.longs[k+1] > w.longs[k] {
		w.longBefore += b.Words
	}
	r[fNextLong] = text.Share(w.Total.Long-w.longBefore, w.Total.Long)
}

// neighbourFeatures are what the blocks before and after a block are.
func (w *rowWalk) neighbourFeatures(k int, b *page.Block, r []float32) {
	var none page.Block
	at := func(j int) *page.Block {
		if j < 0 || j >= w.n {
			return &none
		}
		return &w.Bs[j]
	}
	p, p2, q, q2 := at(k-1), at(k-2), at(k+1), at(k+2)
	r[fPrevWords] = capped(float32(p.Words), 200)
	r[fPrev2Words] = capped(float32(p2.Words), 200)
	r[fNextWords] = capped(float32(q.Words), 200)
	r[fNext2Words] = capped(float32(q2.Words), 200)
	r[fPrevLinkShare] = text.Share(p.LinkWords, p.Words)
	r[fNextLinkShare] = text.Share(q.LinkWords, q.Words)
	r[fPrevSameTag] = Bit(p.Tag == b.Tag)
	r[fNextSameTag] = Bit(q.Tag == b.Tag)
	r[fPrevSameEl] = Bit(p.Sig == b.Sig)
	r[fNextSameEl] = Bit(q.Sig == b.Sig)
	r[fPrevSents] = capped(float32(p.Sents), 10)
	r[fNextSents] = capped(float32(q.Sents), 10)
	r[fPrevHeading] = page.HeadingLevel(p.Tag)
	r[fNextHeading] = page.HeadingLevel(q.Tag)
	if len(p.Text) > 0 {
		r[fPrevColon] = Bit(p.Text[len(p.Text)-1] == ':')
	}
	r[FLex], r[FLexMin], r[FLexMax] = w.lexes[k].mean, w.lexes[k].min, w.lexes[k].max
	if k > 0 {
		r[FLexPrev] = w.lexes[k-1].mean
	}
}

// headingFeatures are what the heading is that a block stands under.
func (w *rowWalk) headingFeatures(k int, b *page.Block, r []float32) {
	if w.heading >= 0 {
		r[fHeadingDist] = capped(float32(k-w.heading), 50)
		r[fHeadingLevelAbove] = page.HeadingLevel(w.Bs[w.heading].Tag)
	} else {
		r[fHeadingDist] = 60
	}
	if page.IsHeading(b.Tag) {
		w.heading = k
	}
	r[fHeadLinkShare], r[fHeadSigLinkShare] = -1, -1
	if w.heading >= 0 && w.heading != k {
		h := &w.Bs[w.heading]
		hs := w.sigs.At(uint64(h.Sig))
		r[fHeadLinkShare] = text.Share(h.LinkWords, h.Words)
		r[fHeadSigLinkShare] = text.Share(hs.links, hs.words)
		r[fHeadSigCount] = capped(float32(hs.blocks), 50)
		r[fHeadPhrase] = phraseCode(w.phrases[w.heading])
		r[FLexHead] = w.lexes[w.heading].mean
		r[FHeadRoles] = float32(bits(w.T.Nodes[h.El].Roles))
	}
}

// holderFeatures are what the two nearest elements that hold more than the
// block are.
func (w *rowWalk) holderFeatures(k int, b *page.Block, r []float32) {
	par := w.holder(b.El, b.Words)
	pa := w.Areas[par]
	grand := w.holder(par, pa.Words)
	ga := w.Areas[grand]
	w.holders[k] = [2]int32{par, grand}
	r[fParentWords] = log1p(pa.Words)
	r[fParentLinkShare] = text.Share(pa.links, pa.Words)
	r[fParentLong] = capped(float32(pa.longN), 50)
	r[fParentLongShare] = text.Share(pa.Long, w.Total.Long)
	r[fGrandWords] = log1p(ga.Words)
	r[fGrandLinkShare] = text.Share(ga.links, ga.Words)
	r[fGrandLongShare] = text.Share(ga.Long, w.Total.Long)
}

// boxFeatures are what the box around a block is: the largest element around
// it that holds less than 30% of what reads like paragraphs, such as a related
// box or a bio. It returns the box.
func (w *rowWalk) boxFeatures(k int, b *page.Block, r []float32) (box int32) {
	t := w.T
	box = w.boxes[k]
	ba := w.Areas[box]
	r[fBoxWords] = log1p(ba.Words)
	r[fBoxLinkShare] = text.Share(ba.links, ba.Words)
	r[fBoxLongShare] = text.Share(ba.Long, ba.Words)
	r[fBoxDepth] = capped(float32(t.Nodes[b.El].Depth-t.Nodes[box].Depth), 20)
	half, most := float32(40), float32(40)
	for e, u := b.El, float32(0); e >= 0; e, u = t.Nodes[e].Parent, u+1 {
		if half == 40 && w.Areas[e].Long*2 >= w.Total.Long {
			half = u
		}
		if most == 40 && w.Areas[e].Long*10 >= w.Total.Long*8 {
			most = u
			break
		}
	}
	r[fHalfUp], r[fMostUp] = half, most
	return box
}

// kindFeatures are what the blocks in boxes of the same kind have in common,
// and those on the same path.
func (w *rowWalk) kindFeatures(b *page.Block, r []float32) {
	s := w.sigs.At(uint64(b.Sig))
	r[fSigCount] = capped(float32(s.blocks), 100)
	r[fSigWords] = log1p(s.words)
	r[fSigShare] = text.Share(s.words, w.Total.Words)
	r[fSigLinkShare] = text.Share(s.links, s.words)
	r[fSigMeanWords] = capped(text.Share(s.words, s.blocks), 200)
	r[fSigSents] = capped(text.Share(s.sents, s.blocks), 10)
	r[fSigBefore] = capped(float32(s.seen), 50)
	r[fSigAfter] = capped(float32(s.blocks-s.seen-1), 50)
	s.seen++
	ps := w.paths.At(uint64(b.Path))
	r[fPathBlocks] = capped(float32(ps.blocks), 100)
	r[fPathShare] = text.Share(ps.Words, w.Total.Words)
	r[fPathLongShare] = text.Share(ps.Long, w.Total.Long)
	r[fPathLinkShare] = text.Share(ps.links, ps.Words)
	if h := start(b); h != 0 {
		r[fStartCount] = capped(float32(*w.starts.At(h)), 10)
	}
}

// nameFeatures are how much of a block is the authors' and the site's names.
func (w *rowWalk) nameFeatures(b *page.Block, r []float32) {
	r[fAuthorStart] = float32(wordsIn(b.Toks[:min(len(b.Toks), authorWithin)], &w.Signals.authors))
	r[fAuthorShare] = text.Share(wordsIn(b.Toks, &w.Signals.authors), int32(len(b.Toks)))
	r[fSiteName] = capped(float32(wordsIn(b.Toks, &w.Signals.site)), 5)
}

// signalFeatures are what metadata and pictures tell of a block, and whether
// the page says the same elsewhere.
func (w *rowWalk) signalFeatures(k int, b *page.Block, r []float32) {
	sig := w.Signals
	r[fTitleSame] = Bit(sig.Titles[b.Hash])
	r[fTitleOverlap] = page.WordOverlap(b, &sig.TitleSet)
	r[fDescSame] = Bit(sig.DescHash[b.Hash])
	r[fDescOverlap], r[fDescCover] = sig.Described(b)
	r[fAltSame] = Bit(sig.alts[b.Hash])
	d := w.saids.At(b.Hash)
	r[fDupBefore] = Bit(d.first < int32(k))
	r[fDupAfter] = Bit(d.last > int32(k))
	r[fDupCount] = capped(float32(d.times), 10)
	if sig.BodyGrams.N > 0 {
		r[fHasBody] = 1
		r[fInBody] = text.InGrams(b.Toks, &sig.BodyGrams)
	}
	r[fCaptionNode] = Bit(sig.Captions.Has(b))
	r[fBylineNode] = Bit(sig.Bylines.Has(b))
	r[fDateNode] = Bit(sig.Dates.Has(b))
	r[fHeadlineNode] = Bit(sig.Headlines.Has(b))
}

// pageFeatures are those of the page, the same for each block.
func (w *rowWalk) pageFeatures(r []float32) {
	r[fPageWords] = w.pageWords
	r[fPageLong] = w.pageLong
	r[fPageLinkShare] = text.Share(w.Total.links, w.Total.Words)
	r[fPageBlocks] = float32(w.n)
	r[fPageNews] = Bit(w.Signals.News)
	r[fPageArticle] = Bit(w.Signals.article)
	r[fPageLists] = text.Share(w.lists, w.Total.Words)
}

// classFeatures are the odds of the class names around a block.
func (w *rowWalk) classFeatures(b *page.Block, r []float32) {
	own, parent := w.Cls.at(b.El), w.Cls.at(w.up(b.El))
	r[FClassOwn] = own.own
	r[FClassParent] = parent.own
	r[FClassMin] = own.min
	r[FClassMax] = own.max
	r[FClassSum] = own.sum
}

// imageFeatures are how far images are from a block, which stands in box.
func (w *rowWalk) imageFeatures(b *page.Block, box int32, r []float32) {
	t := w.T
	r[fImgUp], r[fImgUpWords] = 20, 300
	for e, u := b.El, float32(0); e >= 0 && u < 6; e, u = t.Nodes[e].Parent, u+1 {
		if w.Areas[e].imgs > 0 {
			r[fImgUp], r[fImgUpWords] = u, capped(float32(w.Areas[e].Words), 300)
			break
		}
	}
	r[fImgsBox] = capped(float32(imgsIn(t, box)), 20)
	r[fImgBefore] = 100
	for w.nextImg < len(t.Imgs) && t.Imgs[w.nextImg] < b.From {
		w.nextImg++
	}
	if w.nextImg > 0 {
		r[fImgBefore] = capped(float32(b.From-t.Imgs[w.nextImg-1]), 100)
	}
	r[fImgAfter] = 100
	if w.nextImg < len(t.Imgs) {
		r[fImgAfter] = capped(float32(t.Imgs[w.nextImg]-b.To), 100)
	}
}

// listFeatures are those of the list that a block stands in.
func (w *rowWalk) listFeatures(b *page.Block, r []float32) {
	if b.Where&page.InList == 0 {
		return
	}
	e := b.El
	for e >= 0 && w.T.Nodes[e].DataAtom != atom.Ul && w.T.Nodes[e].DataAtom != atom.Ol {
		e = w.T.Nodes[e].Parent
	}
	if e < 0 {
		return
	}
	items := w.itemsOf(e)
	r[fListItems] = capped(float32(items), 50)
	r[fListLinkShare] = text.Share(w.Areas[e].links, w.Areas[e].Words)
	r[fListMeanWords] = capped(text.Share(w.Areas[e].Words, items), 100)
}

// phraseFeatures are the phrases of furniture that a block and its neighbours
// are or begin with.
func (w *rowWalk) phraseFeatures(k int, r []float32) {
	ph := w.phrases[k]
	for j := range phraseCount {
		if ph.Line&(1<<j) != 0 {
			r[fPhrase0+j] = 2
		} else if ph.Prefix&(1<<j) != 0 {
			r[fPhrase0+j] = 1
		}
	}
	r[fAnyPhrase] = Bit(ph.Line|ph.Prefix != 0)
	if k > 0 {
		r[fPrevPhrase] = phraseCode(w.phrases[k-1])
	}
	if k+1 < w.n {
		r[fNextPhrase] = phraseCode(w.phrases[k+1])
	}
}
