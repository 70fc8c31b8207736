package clean

import "golang.org/x/net/html/atom"

// blockFeatures are what a block is by itself, beside its text.
func (w *rowWalk) blockFeatures(b *block, r []float32) {
	r[fWords] = capped(float32(b.words), 300)
	r[fLinkShare] = share(b.linkWords, b.words)
	r[fLinks] = capped(float32(b.links), 20)
	r[fSents] = capped(float32(b.sents), 20)
	r[fBold] = share(b.boldWords, b.words)
	r[fItalic] = share(b.italicWords, b.words)
	r[fSmall] = bit(b.small)
	r[fTag] = tagCode(b.tag)
	r[fParagraph] = bit(b.tag == atom.P)
	r[fListItem] = bit(b.tag == atom.Li)
	r[fHeadingLevel] = headingLevel(b.tag)
	r[fBrs] = capped(float32(b.brs), 4)
	nd := &w.t.nodes[b.el]
	r[fDepth] = capped(float32(nd.depth), 40)
	for j, at := range [...]where{inArticle, inMain, inAside, inNav, inFooter, inHeader, inFigure, inFigcaption, inForm,
		inTable, inList, inQuote, inDetails, inButton, inLink, inHidden, inLabel, inDialog, inPre, inItemprop} {
		r[fArticle+j] = bit(b.where&at != 0)
	}
	r[fCustom], r[fStreamed] = bit(b.where&inCustom != 0), bit(b.where&inStreamed != 0)
	for j := range roleCount {
		if d := b.roleDepth[j]; d > 0 {
			r[fRole0+j] = 1 + capped(float32(int16(nd.depth)-d), 12)
		} else {
			r[fRole0+j] = 20
		}
	}
}

// placeFeatures are where a block stands among the page's blocks.
func (w *rowWalk) placeFeatures(k int, b *block, r []float32) {
	r[fIndex] = capped(float32(k), 400)
	r[fIndexShare] = float32(k) / float32(w.n)
	r[fWordsBefore] = share(w.before, w.total.words)
	r[fWordsAfter] = share(w.total.words-w.before-b.words, w.total.words)
	r[fSinceH1] = capped(float32(k-w.h1), 200)
	r[fSinceTitle] = max(-50, capped(float32(k-w.titleAt), 200))
	r[fBeforeTitle] = bit(w.titleAt >= 0 && k < w.titleAt)
	r[fTitleZone] = bit(w.titleAt >= 0 && k > w.titleAt && k <= w.firstLong)
	r[fToFirstLong] = max(-50, capped(float32(w.firstLong-k), 50))
	r[fFromLastLong] = max(-50, capped(float32(k-w.lastLong), 50))
	r[fLongAround] = float32(w.longs[min(w.n, k+6)] - w.longs[max(0, k-5)] - (w.longs[k+1] - w.longs[k]))
	r[fPrevLong] = share(w.longBefore, w.total.long)
	if w.longs[k+1] > w.longs[k] {
		w.longBefore += b.words
	}
	r[fNextLong] = share(w.total.long-w.longBefore, w.total.long)
}

// neighbourFeatures are what the blocks before and after a block are.
func (w *rowWalk) neighbourFeatures(k int, b *block, r []float32) {
	var none block
	at := func(j int) *block {
		if j < 0 || j >= w.n {
			return &none
		}
		return &w.bs[j]
	}
	p, p2, q, q2 := at(k-1), at(k-2), at(k+1), at(k+2)
	r[fPrevWords] = capped(float32(p.words), 200)
	r[fPrev2Words] = capped(float32(p2.words), 200)
	r[fNextWords] = capped(float32(q.words), 200)
	r[fNext2Words] = capped(float32(q2.words), 200)
	r[fPrevLinkShare] = share(p.linkWords, p.words)
	r[fNextLinkShare] = share(q.linkWords, q.words)
	r[fPrevSameTag] = bit(p.tag == b.tag)
	r[fNextSameTag] = bit(q.tag == b.tag)
	r[fPrevSameEl] = bit(p.sig == b.sig)
	r[fNextSameEl] = bit(q.sig == b.sig)
	r[fPrevSents] = capped(float32(p.sents), 10)
	r[fNextSents] = capped(float32(q.sents), 10)
	r[fPrevHeading] = headingLevel(p.tag)
	r[fNextHeading] = headingLevel(q.tag)
	if len(p.text) > 0 {
		r[fPrevColon] = bit(p.text[len(p.text)-1] == ':')
	}
	r[fLex], r[fLexMin], r[fLexMax] = w.lexes[k].mean, w.lexes[k].min, w.lexes[k].max
	if k > 0 {
		r[fLexPrev] = w.lexes[k-1].mean
	}
}

// headingFeatures are what the heading is that a block stands under.
func (w *rowWalk) headingFeatures(k int, b *block, r []float32) {
	if w.heading >= 0 {
		r[fHeadingDist] = capped(float32(k-w.heading), 50)
		r[fHeadingLevelAbove] = headingLevel(w.bs[w.heading].tag)
	} else {
		r[fHeadingDist] = 60
	}
	if isHeading(b.tag) {
		w.heading = k
	}
	r[fHeadLinkShare], r[fHeadSigLinkShare] = -1, -1
	if w.heading >= 0 && w.heading != k {
		h := &w.bs[w.heading]
		hs := w.sigs.at(uint64(h.sig))
		r[fHeadLinkShare] = share(h.linkWords, h.words)
		r[fHeadSigLinkShare] = share(hs.links, hs.words)
		r[fHeadSigCount] = capped(float32(hs.blocks), 50)
		r[fHeadPhrase] = phraseCode(w.phrases[w.heading])
		r[fLexHead] = w.lexes[w.heading].mean
		r[fHeadRoles] = float32(bits(w.t.nodes[h.el].roles))
	}
}

// holderFeatures are what the two nearest elements that hold more than the
// block are.
func (w *rowWalk) holderFeatures(k int, b *block, r []float32) {
	par := w.holder(b.el, b.words)
	pa := w.areas[par]
	grand := w.holder(par, pa.words)
	ga := w.areas[grand]
	w.holders[k] = [2]int32{par, grand}
	r[fParentWords] = log1p(pa.words)
	r[fParentLinkShare] = share(pa.links, pa.words)
	r[fParentLong] = capped(float32(pa.longN), 50)
	r[fParentLongShare] = share(pa.long, w.total.long)
	r[fGrandWords] = log1p(ga.words)
	r[fGrandLinkShare] = share(ga.links, ga.words)
	r[fGrandLongShare] = share(ga.long, w.total.long)
}

// boxFeatures are what the box around a block is: the largest element around
// it that holds less than 30% of what reads like paragraphs, such as a related
// box or a bio. It returns the box.
func (w *rowWalk) boxFeatures(b *block, r []float32) (box int32) {
	t := w.t
	box = b.el
	for e := b.el; e >= 0; e = t.nodes[e].parent {
		if w.areas[e].long*10 >= w.total.long*3 {
			break
		}
		box = e
	}
	ba := w.areas[box]
	r[fBoxWords] = log1p(ba.words)
	r[fBoxLinkShare] = share(ba.links, ba.words)
	r[fBoxLongShare] = share(ba.long, ba.words)
	r[fBoxDepth] = capped(float32(t.nodes[b.el].depth-t.nodes[box].depth), 20)
	half, most := float32(40), float32(40)
	for e, u := b.el, float32(0); e >= 0; e, u = t.nodes[e].parent, u+1 {
		if half == 40 && w.areas[e].long*2 >= w.total.long {
			half = u
		}
		if most == 40 && w.areas[e].long*10 >= w.total.long*8 {
			most = u
			break
		}
	}
	r[fHalfUp], r[fMostUp] = half, most
	return box
}

// kindFeatures are what the blocks in boxes of the same kind have in common,
// and those on the same path.
func (w *rowWalk) kindFeatures(b *block, r []float32) {
	s := w.sigs.at(uint64(b.sig))
	r[fSigCount] = capped(float32(s.blocks), 100)
	r[fSigWords] = log1p(s.words)
	r[fSigShare] = share(s.words, w.total.words)
	r[fSigLinkShare] = share(s.links, s.words)
	r[fSigMeanWords] = capped(share(s.words, s.blocks), 200)
	r[fSigSents] = capped(share(s.sents, s.blocks), 10)
	r[fSigBefore] = capped(float32(s.seen), 50)
	r[fSigAfter] = capped(float32(s.blocks-s.seen-1), 50)
	s.seen++
	ps := w.paths.at(uint64(b.path))
	r[fPathBlocks] = capped(float32(ps.blocks), 100)
	r[fPathShare] = share(ps.words, w.total.words)
	r[fPathLongShare] = share(ps.long, w.total.long)
	r[fPathLinkShare] = share(ps.links, ps.words)
	if h := start(b); h != 0 {
		r[fStartCount] = capped(float32(*w.starts.at(h)), 10)
	}
}

// nameFeatures are how much of a block is the authors' and the site's names.
func (w *rowWalk) nameFeatures(b *block, r []float32) {
	r[fAuthorStart] = float32(wordsIn(b.toks[:min(len(b.toks), 4)], &w.signals.authors))
	r[fAuthorShare] = share(wordsIn(b.toks, &w.signals.authors), int32(len(b.toks)))
	r[fSiteName] = capped(float32(wordsIn(b.toks, &w.signals.site)), 5)
}

// signalFeatures are what metadata and pictures tell of a block, and whether
// the page says the same elsewhere.
func (w *rowWalk) signalFeatures(k int, b *block, r []float32) {
	sig := w.signals
	r[fTitleSame] = bit(sig.titles[b.hash])
	r[fTitleOverlap] = wordOverlap(b, &sig.titleSet)
	r[fDescSame] = bit(sig.descHash[b.hash])
	r[fDescOverlap], r[fDescCover] = sig.described(b)
	r[fAltSame] = bit(sig.alts[b.hash])
	d := w.saids.at(b.hash)
	r[fDupBefore] = bit(d.first < int32(k))
	r[fDupAfter] = bit(d.last > int32(k))
	r[fDupCount] = capped(float32(d.times), 10)
	if sig.bodyGrams.n > 0 {
		r[fHasBody] = 1
		r[fInBody] = inGrams(b.toks, &sig.bodyGrams)
	}
	r[fCaptionNode] = bit(sig.captions.has(b))
	r[fBylineNode] = bit(sig.bylines.has(b))
	r[fDateNode] = bit(sig.dates.has(b))
	r[fHeadlineNode] = bit(sig.headlines.has(b))
}

// pageFeatures are those of the page, the same for each block.
func (w *rowWalk) pageFeatures(r []float32) {
	r[fPageWords] = w.pageWords
	r[fPageLong] = w.pageLong
	r[fPageLinkShare] = share(w.total.links, w.total.words)
	r[fPageBlocks] = float32(w.n)
	r[fPageNews] = bit(w.signals.news)
	r[fPageArticle] = bit(w.signals.article)
	r[fPageLists] = share(w.lists, w.total.words)
}

// classFeatures are the odds of the class names around a block.
func (w *rowWalk) classFeatures(b *block, r []float32) {
	own, parent := w.cls.at(b.el), w.cls.at(w.up(b.el))
	r[fClassOwn] = own.own
	r[fClassParent] = parent.own
	r[fClassMin] = own.min
	r[fClassMax] = own.max
	r[fClassSum] = own.sum
}

// imageFeatures are how far images are from a block, which stands in box.
func (w *rowWalk) imageFeatures(b *block, box int32, r []float32) {
	t := w.t
	r[fImgUp], r[fImgUpWords] = 20, 300
	for e, u := b.el, float32(0); e >= 0 && u < 6; e, u = t.nodes[e].parent, u+1 {
		if w.areas[e].imgs > 0 {
			r[fImgUp], r[fImgUpWords] = u, capped(float32(w.areas[e].words), 300)
			break
		}
	}
	r[fImgsBox] = capped(float32(imgsIn(t, box)), 20)
	r[fImgBefore] = 100
	for w.nextImg < len(t.imgs) && t.imgs[w.nextImg] < b.from {
		w.nextImg++
	}
	if w.nextImg > 0 {
		r[fImgBefore] = capped(float32(b.from-t.imgs[w.nextImg-1]), 100)
	}
	r[fImgAfter] = 100
	if w.nextImg < len(t.imgs) {
		r[fImgAfter] = capped(float32(t.imgs[w.nextImg]-b.to), 100)
	}
}

// listFeatures are those of the list that a block stands in.
func (w *rowWalk) listFeatures(b *block, r []float32) {
	if b.where&inList == 0 {
		return
	}
	e := b.el
	for e >= 0 && w.t.nodes[e].DataAtom != atom.Ul && w.t.nodes[e].DataAtom != atom.Ol {
		e = w.t.nodes[e].parent
	}
	if e < 0 {
		return
	}
	items := w.itemsOf(e)
	r[fListItems] = capped(float32(items), 50)
	r[fListLinkShare] = share(w.areas[e].links, w.areas[e].words)
	r[fListMeanWords] = capped(share(w.areas[e].words, items), 100)
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
	r[fAnyPhrase] = bit(ph.Line|ph.Prefix != 0)
	if k > 0 {
		r[fPrevPhrase] = phraseCode(w.phrases[k-1])
	}
	if k+1 < w.n {
		r[fNextPhrase] = phraseCode(w.phrases[k+1])
	}
}
