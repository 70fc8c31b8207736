package clean

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// The columns that the block models read. Distances and counts are capped so
// that one strange page does not make a scale of its own.
const (
	fWords = iota
	fChars
	fWordLen
	fLinkShare
	fLinks
	fSents
	fEndsSentence
	fEndsColon
	fEndsEllipsis
	fUpperShare
	fTitleCase
	fDigitShare
	fCommas
	fStartsLower
	fStartsQuote
	fStartsParen
	fCopyright
	fAt
	fPipe
	fBold
	fCJK
	fTag
	fParagraph
	fListItem
	fHeadingLevel
	fBrs
	fDepth
	fArticle
	fMain
	fAside
	fNav
	fFooter
	fHeader
	fFigure
	fFigcaption
	fForm
	fTable
	fList
	fQuote
	fDetails
	fButton
	fLink
	fHidden
	fLabel
	fDialog
	fPre
	fItemprop
	fIndex
	fIndexShare
	fWordsBefore
	fWordsAfter
	fSinceH1
	fSinceTitle
	fBeforeTitle
	fToFirstLong
	fFromLastLong
	fLongAround
	fPrevWords
	fPrev2Words
	fNextWords
	fNext2Words
	fPrevLinkShare
	fNextLinkShare
	fPrevSameTag
	fNextSameTag
	fPrevSameEl
	fNextSameEl
	fPrevSents
	fNextSents
	fPrevHeading
	fNextHeading
	fPrevLong
	fNextLong
	fHeadingDist
	fHeadingLevelAbove
	fParentWords
	fParentLinkShare
	fParentLong
	fParentLongShare
	fGrandWords
	fGrandLinkShare
	fGrandLongShare
	fBoxWords
	fBoxLinkShare
	fBoxLongShare
	fBoxDepth
	fHalfUp
	fMostUp
	fSigCount
	fSigWords
	fSigShare
	fSigLinkShare
	fSigMeanWords
	fSigSents
	fTitleSame
	fTitleOverlap
	fDescSame
	fAltSame
	fDupBefore
	fDupAfter
	fInBody
	fHasBody
	fPageWords
	fPageLong
	fPageLinkShare
	fPageBlocks
	fPageNews
	fPageArticle
	fPageLists
	fClassOwn
	fClassParent
	fClassMin
	fClassMax
	fClassSum
	fHeadRoles
	fDescOverlap
	fDescCover
	fDupCount
	fTitleZone
	fSigBefore
	fSigAfter
	fItalic
	fImgsBox
	fImgBefore
	fImgAfter
	fListItems
	fListLinkShare
	fListMeanWords
	fCustom
	fStreamed
	fPrevColon
	fLex
	fLexMin
	fLexMax
	fLexHead
	fLexPrev
	fSmall
	fCaptionNode
	fBylineNode
	fDateNode
	fHeadlineNode
	fHeadPhrase
	fPrevPhrase
	fNextPhrase
	fAnyPhrase
	fPathBlocks
	fPathShare
	fPathLongShare
	fPathLinkShare
	fHeadLinkShare
	fHeadSigLinkShare
	fHeadSigCount
	fStartCount
	fAuthorStart
	fAuthorShare
	fSiteName
	fImgUp
	fImgUpWords
	fRole0
	fPhrase0 = fRole0 + roleCount
	nBase    = fPhrase0 + phraseCount
)

// The columns that the second model has on top: what the first one thought of
// the block and of those around it.
const (
	sOwn = nBase + iota
	sPrev1
	sPrev2
	sPrev3
	sNext1
	sNext2
	sNext3
	sPrevLong
	sNextLong
	sAround
	sParent
	sGrand
	sBox
	sSig
	sPath
	sPathMass
	sPathPrev
	sPathNext
	sBefore
	sAfter
	sMassBefore
	sMassAfter
	sHeadNext
	sHeadUnder
	sHead
	sParentMass
	sGrandMass
	sUp50
	sUp90
	sBestMass
	sPage
	nAll
)

// signals are what the rest of the page says that helps to tell the article.
type signals struct {
	news      bool // JSON-LD says NewsArticle or a kin of it
	article   bool // og:type or JSON-LD says article
	alts      map[uint64]bool
	titles    map[uint64]bool
	descHash  map[uint64]bool
	titleSet  hashSet[struct{}]
	authors   hashSet[struct{}] // words of the authors' names
	site      hashSet[struct{}] // words of the site's name
	bodyGrams hashSet[struct{}]
	// descGrams says in which description a run of words stands.
	descGrams hashSet[int32]
	descSizes []int32
	// Where captions, bylines, dates and the headline stand.
	captions, bylines, dates, headlines nodeSet
}

const phraseCount = 26

type area struct{ words, links, long, longN, imgs int32 }

func (a *area) add(b *area) {
	a.words += b.words
	a.links += b.links
	a.long += b.long
	a.longN += b.longN
	a.imgs += b.imgs
}

// A sigStat is what the blocks of one kind of box have in common.
type sigStat struct {
	blocks, words, links, sents int32
	seen                        int32 // blocks on the way so far
	mass                        mass
}

// mass sums the answers of the first model, weighed by words, and the weights.
type mass struct{ pw, w float32 }

// A pathStat is what the blocks of one path have in common.
type pathStat struct {
	blocks int32
	area
	mass mass
	// p is the answer of the first model for the path's latest block, and
	// that for the one before, when blocks are gone through in order.
	p float32
}

// said is which blocks say the same words.
type said struct{ times, first, last int32 }

// scratch is what a featurer works in. It can be used for page after page.
type scratch struct {
	out                []float32 // the rows
	areas              []area    // by node
	masses             []mass    // by node
	items              []int32   // by node, of lists: their items and 1
	sigs               hashSet[sigStat]
	paths              hashSet[pathStat]
	starts             hashSet[int32] // blocks by how they begin
	saids              hashSet[said]
	lexes              []lexSum
	phrases            []selectors.PhraseMatch
	holders            [][2]int32 // see holder: around each block, and around that
	longs              []int32
	weights            []float32
	prevLong, nextLong []float32
}

// zeroed returns n zeros in the place of *s.
func zeroed[T any](s *[]T, n int) []T {
	if cap(*s) < n {
		*s = make([]T, n, n+n/4)
		return *s
	}
	*s = (*s)[:n]
	clear(*s)
	return *s
}

// featurer holds what the rows of one page share.
type featurer struct {
	t       *tree
	bs      []block
	signals *signals
	cls     *classSums
	lex     *lexicon
	total   area
	*scratch
}

func capped(v, most float32) float32 { return min(v, most) }

func log1p(n int32) float32 { return float32(math.Log1p(float64(max(n, 0)))) }

func bit(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func (f *featurer) up(i int32) int32 {
	if p := f.t.nodes[i].parent; p >= 0 {
		return p
	}
	return i
}

// box is the nearest ancestor of el, or el, that holds more than its child on
// the way: more words than the block itself.
func (f *featurer) holder(el int32, words int32) int32 {
	for f.areas[el].words <= words && f.t.nodes[el].parent >= 0 && el != f.t.body {
		el = f.t.nodes[el].parent
	}
	return el
}

// rows computes the base columns of every block, nAll apart.
func (f *featurer) rows() []float32 {
	t, bs := f.t, f.bs
	n := len(bs)
	if f.scratch == nil {
		f.scratch = new(scratch)
	}
	out := zeroed(&f.out, n*nAll)
	zeroed(&f.areas, len(t.nodes))
	zeroed(&f.items, len(t.nodes))
	sigs, paths, saids, starts := &f.sigs, &f.paths, &f.saids, &f.starts
	sigs.room(n)
	paths.room(n)
	saids.room(n)
	starts.room(n)
	lex, phrase, holders := zeroed(&f.lexes, n), zeroed(&f.phrases, n), zeroed(&f.holders, n)
	longs := zeroed(&f.longs, n+1) // how many blocks before each read like paragraphs
	for k := range bs {
		lex[k] = f.lex.sum(bs[k].toks)
		if bs[k].words <= 40 {
			phrase[k] = selectors.MatchPhrase(bs[k].text)
		}
	}
	var firstLong, lastLong = -1, -1
	var lists int32
	for k := range bs {
		b := &bs[k]
		long := isLong(b)
		a := &f.areas[b.el]
		a.words += b.words
		a.links += b.linkWords
		longs[k+1] = longs[k]
		if long {
			a.long += b.words
			a.longN++
			longs[k+1]++
		}
		s := sigs.at(uint64(b.sig))
		s.blocks++
		s.words += b.words
		s.links += b.linkWords
		s.sents += b.sents
		ps := paths.at(uint64(b.path))
		ps.blocks++
		ps.words += b.words
		ps.links += b.linkWords
		if long {
			ps.long += b.words
		}
		if h := start(b); h != 0 {
			*starts.at(h)++
		}
		d := saids.at(b.hash)
		if d.times++; d.times == 1 {
			d.first = int32(k)
		}
		d.last = int32(k)
		if long {
			if firstLong < 0 {
				firstLong = k
			}
			lastLong = k
		}
		if b.where&inList != 0 {
			lists += b.words
		}
	}
	// A node stands after those around it, so that the last one's sum is
	// complete first.
	for _, i := range t.imgs {
		f.areas[i].imgs++
	}
	for i := len(f.areas) - 1; i > 0; i-- {
		if a := &f.areas[i]; a.words > 0 || a.imgs > 0 {
			f.areas[t.nodes[i].parent].add(a)
		}
	}
	f.total = f.areas[0]
	pageWords, pageLong := log1p(f.total.words), log1p(f.total.long)
	h1, titleAt := -1, -1
	for k := range bs {
		if bs[k].tag == atom.H1 && h1 < 0 {
			h1 = k
		}
		if titleAt < 0 && f.signals.titles[bs[k].hash] && bs[k].words > 1 {
			titleAt = k
		}
	}
	if titleAt < 0 {
		titleAt = h1
	}
	var before, longBefore int32
	heading := -1
	nextImg := 0
	for k := range bs {
		b := &bs[k]
		r := out[k*nAll : (k+1)*nAll]
		textFeatures(b, r)
		r[fWords] = capped(float32(b.words), 300)
		r[fLinkShare] = share(b.linkWords, b.words)
		r[fLinks] = capped(float32(b.links), 20)
		r[fSents] = capped(float32(b.sents), 20)
		r[fBold] = share(b.boldWords, b.words)
		r[fTag] = tagCode(b.tag)
		r[fParagraph] = bit(b.tag == atom.P)
		r[fListItem] = bit(b.tag == atom.Li)
		r[fHeadingLevel] = headingLevel(b.tag)
		r[fBrs] = capped(float32(b.brs), 4)
		nd := &t.nodes[b.el]
		r[fDepth] = capped(float32(nd.depth), 40)
		for j, w := range [...]where{inArticle, inMain, inAside, inNav, inFooter, inHeader, inFigure, inFigcaption, inForm,
			inTable, inList, inQuote, inDetails, inButton, inLink, inHidden, inLabel, inDialog, inPre, inItemprop} {
			r[fArticle+j] = bit(b.where&w != 0)
		}
		r[fIndex] = capped(float32(k), 400)
		r[fIndexShare] = float32(k) / float32(n)
		r[fWordsBefore] = share(before, f.total.words)
		r[fWordsAfter] = share(f.total.words-before-b.words, f.total.words)
		r[fSinceH1] = capped(float32(k-h1), 200)
		r[fSinceTitle] = max(-50, capped(float32(k-titleAt), 200))
		r[fBeforeTitle] = bit(titleAt >= 0 && k < titleAt)
		r[fToFirstLong] = max(-50, capped(float32(firstLong-k), 50))
		r[fFromLastLong] = max(-50, capped(float32(k-lastLong), 50))
		r[fLongAround] = float32(longs[min(n, k+6)] - longs[max(0, k-5)] - (longs[k+1] - longs[k]))
		var none block
		at := func(j int) *block {
			if j < 0 || j >= n {
				return &none
			}
			return &bs[j]
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
		r[fPrevLong] = share(longBefore, f.total.long)
		if longs[k+1] > longs[k] {
			longBefore += b.words
		}
		r[fNextLong] = share(f.total.long-longBefore, f.total.long)
		if heading >= 0 {
			r[fHeadingDist] = capped(float32(k-heading), 50)
			r[fHeadingLevelAbove] = headingLevel(bs[heading].tag)
		} else {
			r[fHeadingDist] = 60
		}
		if isHeading(b.tag) {
			heading = k
		}
		par := f.holder(b.el, b.words)
		pa := f.areas[par]
		grand := f.holder(par, pa.words)
		ga := f.areas[grand]
		holders[k] = [2]int32{par, grand}
		r[fParentWords] = log1p(pa.words)
		r[fParentLinkShare] = share(pa.links, pa.words)
		r[fParentLong] = capped(float32(pa.longN), 50)
		r[fParentLongShare] = share(pa.long, f.total.long)
		r[fGrandWords] = log1p(ga.words)
		r[fGrandLinkShare] = share(ga.links, ga.words)
		r[fGrandLongShare] = share(ga.long, f.total.long)
		// The box is the largest element around the block that holds less
		// than 30% of what reads like paragraphs: a related box, a bio.
		box := b.el
		for e := b.el; e >= 0; e = t.nodes[e].parent {
			if f.areas[e].long*10 >= f.total.long*3 {
				break
			}
			box = e
		}
		ba := f.areas[box]
		r[fBoxWords] = log1p(ba.words)
		r[fBoxLinkShare] = share(ba.links, ba.words)
		r[fBoxLongShare] = share(ba.long, ba.words)
		r[fBoxDepth] = capped(float32(nd.depth-t.nodes[box].depth), 20)
		half, most := float32(40), float32(40)
		for e, u := b.el, float32(0); e >= 0; e, u = t.nodes[e].parent, u+1 {
			if half == 40 && f.areas[e].long*2 >= f.total.long {
				half = u
			}
			if most == 40 && f.areas[e].long*10 >= f.total.long*8 {
				most = u
				break
			}
		}
		r[fHalfUp], r[fMostUp] = half, most
		s := sigs.at(uint64(b.sig))
		r[fSigCount] = capped(float32(s.blocks), 100)
		r[fSigWords] = log1p(s.words)
		r[fSigShare] = share(s.words, f.total.words)
		r[fSigLinkShare] = share(s.links, s.words)
		r[fSigMeanWords] = capped(share(s.words, s.blocks), 200)
		r[fSigSents] = capped(share(s.sents, s.blocks), 10)
		ps := paths.at(uint64(b.path))
		r[fPathBlocks] = capped(float32(ps.blocks), 100)
		r[fPathShare] = share(ps.words, f.total.words)
		r[fPathLongShare] = share(ps.long, f.total.long)
		r[fPathLinkShare] = share(ps.links, ps.words)
		if h := start(b); h != 0 {
			r[fStartCount] = capped(float32(*starts.at(h)), 10)
		}
		r[fAuthorStart] = float32(wordsIn(b.toks[:min(len(b.toks), 4)], &f.signals.authors))
		r[fAuthorShare] = share(wordsIn(b.toks, &f.signals.authors), int32(len(b.toks)))
		r[fSiteName] = capped(float32(wordsIn(b.toks, &f.signals.site)), 5)
		r[fImgUp], r[fImgUpWords] = 20, 300
		for e, u := b.el, float32(0); e >= 0 && u < 6; e, u = t.nodes[e].parent, u+1 {
			if f.areas[e].imgs > 0 {
				r[fImgUp], r[fImgUpWords] = u, capped(float32(f.areas[e].words), 300)
				break
			}
		}
		r[fTitleSame] = bit(f.signals.titles[b.hash])
		r[fTitleOverlap] = wordOverlap(b, &f.signals.titleSet)
		r[fDescSame] = bit(f.signals.descHash[b.hash])
		r[fAltSame] = bit(f.signals.alts[b.hash])
		d := saids.at(b.hash)
		r[fDupBefore] = bit(d.first < int32(k))
		r[fDupAfter] = bit(d.last > int32(k))
		if f.signals.bodyGrams.n > 0 {
			r[fHasBody] = 1
			r[fInBody] = inGrams(b.toks, &f.signals.bodyGrams)
		}
		r[fPageWords] = pageWords
		r[fPageLong] = pageLong
		r[fPageLinkShare] = share(f.total.links, f.total.words)
		r[fPageBlocks] = float32(n)
		r[fPageNews] = bit(f.signals.news)
		r[fPageArticle] = bit(f.signals.article)
		r[fPageLists] = share(lists, f.total.words)
		own, parent := f.cls.at(b.el), f.cls.at(f.up(b.el))
		r[fClassOwn] = own.own
		r[fClassParent] = parent.own
		r[fClassMin] = own.min
		r[fClassMax] = own.max
		r[fClassSum] = own.sum
		r[fDescOverlap], r[fDescCover] = f.signals.described(b)
		r[fDupCount] = capped(float32(d.times), 10)
		r[fTitleZone] = bit(titleAt >= 0 && k > titleAt && k <= firstLong)
		r[fSigBefore] = capped(float32(s.seen), 50)
		r[fSigAfter] = capped(float32(s.blocks-s.seen-1), 50)
		s.seen++
		r[fItalic] = share(b.italicWords, b.words)
		r[fSmall] = bit(b.small)
		r[fImgsBox] = capped(float32(imgsIn(t, box)), 20)
		r[fImgBefore] = 100
		for nextImg < len(t.imgs) && t.imgs[nextImg] < b.from {
			nextImg++
		}
		if nextImg > 0 {
			r[fImgBefore] = capped(float32(b.from-t.imgs[nextImg-1]), 100)
		}
		r[fImgAfter] = 100
		if nextImg < len(t.imgs) {
			r[fImgAfter] = capped(float32(t.imgs[nextImg]-b.to), 100)
		}
		if b.where&inList != 0 {
			e := b.el
			for e >= 0 && t.nodes[e].DataAtom != atom.Ul && t.nodes[e].DataAtom != atom.Ol {
				e = t.nodes[e].parent
			}
			if e >= 0 {
				items := f.itemsOf(e)
				r[fListItems] = capped(float32(items), 50)
				r[fListLinkShare] = share(f.areas[e].links, f.areas[e].words)
				r[fListMeanWords] = capped(share(f.areas[e].words, items), 100)
			}
		}
		r[fCustom], r[fStreamed] = bit(b.where&inCustom != 0), bit(b.where&inStreamed != 0)
		if len(p.text) > 0 {
			r[fPrevColon] = bit(p.text[len(p.text)-1] == ':')
		}
		r[fLex], r[fLexMin], r[fLexMax] = lex[k].mean, lex[k].min, lex[k].max
		if k > 0 {
			r[fLexPrev] = lex[k-1].mean
		}
		r[fCaptionNode] = bit(f.signals.captions.has(b))
		r[fBylineNode] = bit(f.signals.bylines.has(b))
		r[fDateNode] = bit(f.signals.dates.has(b))
		r[fHeadlineNode] = bit(f.signals.headlines.has(b))
		ph := phrase[k]
		for j := range phraseCount {
			if ph.Line&(1<<j) != 0 {
				r[fPhrase0+j] = 2
			} else if ph.Prefix&(1<<j) != 0 {
				r[fPhrase0+j] = 1
			}
		}
		r[fAnyPhrase] = bit(ph.Line|ph.Prefix != 0)
		if k > 0 {
			r[fPrevPhrase] = phraseCode(phrase[k-1])
		}
		if k+1 < n {
			r[fNextPhrase] = phraseCode(phrase[k+1])
		}
		r[fHeadLinkShare], r[fHeadSigLinkShare] = -1, -1
		if heading >= 0 && heading != k {
			h := &bs[heading]
			hs := sigs.at(uint64(h.sig))
			r[fHeadLinkShare] = share(h.linkWords, h.words)
			r[fHeadSigLinkShare] = share(hs.links, hs.words)
			r[fHeadSigCount] = capped(float32(hs.blocks), 50)
			r[fHeadPhrase] = phraseCode(phrase[heading])
			r[fLexHead] = lex[heading].mean
			r[fHeadRoles] = float32(bits(t.nodes[bs[heading].el].roles))
		}
		for j := range roleCount {
			if d := b.roleDepth[j]; d > 0 {
				r[fRole0+j] = 1 + capped(float32(int16(nd.depth)-d), 12)
			} else {
				r[fRole0+j] = 20
			}
		}
		before += b.words
	}
	return out
}

// wordsIn counts the words that are in the set.
func wordsIn(toks []uint64, set *hashSet[struct{}]) (n int32) {
	if set.n == 0 {
		return 0
	}
	for _, h := range toks {
		if set.has(h) {
			n++
		}
	}
	return n
}

// start identifies how a block begins: its first three words, 0 where it has
// no more than them.
func start(b *block) uint64 {
	if len(b.toks) < 4 {
		return 0
	}
	return gram(b.toks[:3], 0)
}

// phraseCode orders what a neighbour's phrase says of the block beside it.
func phraseCode(m selectors.PhraseMatch) float32 {
	p := m.Line | m.Prefix
	switch {
	case p == 0:
		return 0
	case p&(selectors.PhraseRelated|selectors.PhraseReadMore) != 0:
		return 5
	case p&(selectors.PhraseNewsletter|selectors.PhraseFollow|selectors.PhraseCTA|selectors.PhrasePaywall) != 0:
		return 4
	case p&(selectors.PhraseComments|selectors.PhraseBio|selectors.PhraseConsent|selectors.PhraseTOC) != 0:
		return 3
	case p&(selectors.PhraseByline|selectors.PhraseDate|selectors.PhraseShare|selectors.PhraseReadTime) != 0:
		return 2
	}
	return 1
}

func bits(r selectors.Roles) int {
	switch {
	case r&selectors.Related != 0:
		return 3
	case r&(selectors.Comment|selectors.Newsletter|selectors.Share) != 0:
		return 2
	case r != 0:
		return 1
	}
	return 0
}

// itemsOf counts the items of a list once, not for each of them.
func (f *featurer) itemsOf(list int32) int32 {
	n := &f.items[list]
	if *n == 0 {
		*n = 1
		for j := list + 1; j < f.t.nodes[list].end; j = f.t.nodes[j].end {
			if f.t.nodes[j].DataAtom == atom.Li {
				*n++
			}
		}
	}
	return *n - 1
}

// second fills the columns that stand on the first model's answers p.
func (f *featurer) second(out, p []float32) {
	t, bs := f.t, f.bs
	n := len(bs)
	masses := zeroed(&f.masses, len(t.nodes))
	var all float32
	wt := zeroed(&f.weights, n)
	for k := range bs {
		b := &bs[k]
		wt[k] = float32(b.words) + 1
		m := p[k] * wt[k]
		for e := b.el; e >= 0; e = t.nodes[e].parent {
			masses[e].pw += m
			masses[e].w += wt[k]
		}
		s := &f.sigs.at(uint64(b.sig)).mass
		s.pw += m
		s.w += wt[k]
		ps := &f.paths.at(uint64(b.path)).mass
		ps.pw += m
		ps.w += wt[k]
		all += m
	}
	ratio := func(s mass) float32 {
		if s.w == 0 {
			return 0
		}
		return s.pw / s.w
	}
	less := func(s mass, k int) mass { return mass{s.pw - p[k]*wt[k], s.w - wt[k]} }
	at := func(k int) float32 {
		if k < 0 || k >= n {
			return 0
		}
		return p[k]
	}
	// The nearest blocks of ten words or more on either side.
	prevLong, nextLong := zeroed(&f.prevLong, n), zeroed(&f.nextLong, n)
	v := float32(0)
	for k := range bs {
		prevLong[k] = v
		if bs[k].words >= 10 {
			v = p[k]
		}
	}
	v = 0
	for k := n - 1; k >= 0; k-- {
		nextLong[k] = v
		if bs[k].words >= 10 {
			v = p[k]
		}
	}
	for k := range bs {
		ps := f.paths.at(uint64(bs[k].path))
		out[k*nAll+sPathPrev] = ps.p
		ps.p = p[k]
	}
	for k := range bs {
		f.paths.at(uint64(bs[k].path)).p = 0
	}
	for k := n - 1; k >= 0; k-- {
		ps := f.paths.at(uint64(bs[k].path))
		out[k*nAll+sPathNext] = ps.p
		ps.p = p[k]
	}
	var before float32
	heading := -1
	for k := range bs {
		b := &bs[k]
		r := out[k*nAll : (k+1)*nAll]
		r[sHead] = -1
		if heading >= 0 {
			r[sHead] = p[heading]
		}
		if isHeading(b.tag) {
			heading = k
		}
		r[sOwn] = p[k]
		r[sPrev1], r[sPrev2], r[sPrev3] = at(k-1), at(k-2), at(k-3)
		r[sNext1], r[sNext2], r[sNext3] = at(k+1), at(k+2), at(k+3)
		r[sPrevLong], r[sNextLong] = prevLong[k], nextLong[k]
		var a, bf, af mass
		for j := max(0, k-6); j < min(n, k+7); j++ {
			if j == k {
				continue
			}
			a.pw += p[j] * wt[j]
			a.w += wt[j]
			if j < k {
				bf.pw += p[j] * wt[j]
				bf.w += wt[j]
			} else {
				af.pw += p[j] * wt[j]
				af.w += wt[j]
			}
		}
		r[sAround], r[sBefore], r[sAfter] = ratio(a), ratio(bf), ratio(af)
		par, grand := f.holders[k][0], f.holders[k][1]
		box := b.el
		for e := b.el; e >= 0; e = t.nodes[e].parent {
			if masses[e].pw*10 >= all*3 {
				break
			}
			box = e
		}
		r[sParent], r[sGrand], r[sBox] = ratio(less(masses[par], k)), ratio(less(masses[grand], k)), ratio(less(masses[box], k))
		r[sParentMass], r[sGrandMass] = masses[par].pw/(all+1), masses[grand].pw/(all+1)
		r[sSig] = ratio(less(f.sigs.at(uint64(b.sig)).mass, k))
		pm := f.paths.at(uint64(b.path)).mass
		r[sPath], r[sPathMass] = ratio(less(pm, k)), pm.pw/(all+1)
		r[sMassBefore] = before / (all + 1)
		before += p[k] * wt[k]
		r[sMassAfter] = (all - before) / (all + 1)
		if isHeading(b.tag) || b.boldWords == b.words && b.words < 16 {
			// What stands under a heading, up to the next, speaks for it.
			var s mass
			for j := k + 1; j < min(n, k+12) && !isHeading(bs[j].tag); j++ {
				s.pw += p[j] * wt[j]
				s.w += wt[j]
			}
			r[sHeadUnder] = ratio(s)
			r[sHeadNext] = at(k + 1)
		} else {
			r[sHeadUnder], r[sHeadNext] = -1, -1
		}
		u50, u90 := float32(40), float32(40)
		for e, u := b.el, float32(0); e >= 0; e, u = t.nodes[e].parent, u+1 {
			if u50 == 40 && masses[e].pw*2 >= all {
				u50 = u
				r[sBestMass] = ratio(masses[e])
			}
			if masses[e].pw*10 >= all*9 {
				u90 = u
				break
			}
		}
		r[sUp50], r[sUp90] = u50, u90
		r[sPage] = all / (float32(f.total.words) + 1)
	}
}

func textFeatures(b *block, r []float32) {
	sp := &b.spelling
	r[fChars] = capped(float32(sp.chars), 2000)
	r[fWordLen] = capped(share(sp.letters+sp.digits, max(b.words, 1)), 20)
	r[fUpperShare] = share(sp.upper, sp.letters)
	r[fTitleCase] = share(sp.capitals, sp.starts)
	r[fDigitShare] = share(sp.digits, sp.chars)
	r[fCommas] = capped(float32(sp.commas), 10)
	r[fCJK], r[fCopyright], r[fAt], r[fPipe] = bit(sp.cjk), bit(sp.copyright), bit(sp.at), bit(sp.pipe)
	first, _ := utf8.DecodeRuneInString(b.text)
	r[fStartsLower] = bit(unicode.IsLower(first))
	switch first {
	case '"', '“', '„', '«', '‘', '\'', '「', '”':
		r[fStartsQuote] = 1
	case '(', '[':
		r[fStartsParen] = 1
	}
	last, _ := utf8.DecodeLastRuneInString(b.text)
	switch last {
	case '.', '!', '?', '。', '！', '？', '।', '؟', '"', '”', '“', '»', '’', ')', '」', ';':
		r[fEndsSentence] = 1
	case ':', '：':
		r[fEndsColon] = 1
	case '…':
		r[fEndsEllipsis] = 1
	}
}

func tagCode(a atom.Atom) float32 {
	switch a {
	case atom.P:
		return 1
	case atom.Div:
		return 2
	case atom.Li:
		return 3
	case atom.Td, atom.Th:
		return 4
	case atom.Dt, atom.Dd:
		return 5
	case atom.Blockquote:
		return 6
	case atom.Figcaption:
		return 7
	case atom.Pre:
		return 8
	case atom.Section, atom.Article, atom.Main:
		return 9
	case atom.H1:
		return 10
	case atom.H2:
		return 11
	case atom.H3:
		return 12
	case atom.H4, atom.H5, atom.H6:
		return 13
	case atom.Summary:
		return 14
	case atom.Header, atom.Footer, atom.Nav, atom.Aside:
		return 15
	case atom.Form, atom.Fieldset, atom.Legend:
		return 16
	}
	return 0
}

func imgsIn(t *tree, e int32) int {
	a, _ := slices.BinarySearch(t.imgs, e)
	b, _ := slices.BinarySearch(t.imgs, t.nodes[e].end)
	return b - a
}

// described says which share of b stands in a description of the page, and
// which share of that description b says.
func (f *signals) described(b *block) (in, cover float32) {
	if f.descGrams.n == 0 || len(b.text) > 1500 {
		return 0, 0
	}
	var hits [maxDescriptions]int32
	n := grams(b.toks)
	for k := range n {
		if d, ok := f.descGrams.get(gram(b.toks, k)); ok {
			hits[d]++
		}
	}
	for d, size := range f.descSizes {
		if v := share(hits[d], int32(n)); v > in {
			in, cover = v, share(hits[d], size)
		}
	}
	return in, cover
}
