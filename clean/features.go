package clean

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/selectors"
)

// signals are what the rest of the page tells of its blocks.
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
