package judge

import (
	"math"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/meta"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Signals are what the rest of the page tells of its blocks.
type Signals struct {
	News      bool // JSON-LD says NewsArticle or a kin of it
	Recipe    bool // JSON-LD or microdata says Recipe
	article   bool // og:type or JSON-LD says article
	alts      map[uint64]bool
	Titles    map[uint64]bool
	DescHash  map[uint64]bool
	TitleSet  text.HashSet[struct{}]
	authors   text.HashSet[struct{}] // words of the authors' names
	surnames  text.HashSet[struct{}] // those of more than maxParticle bytes
	Authors   []string               // names of the authors of two words and more
	site      text.HashSet[struct{}] // words of the site's name
	BodyGrams text.HashSet[struct{}]
	// descGrams says in which description a run of words stands.
	descGrams text.HashSet[int32]
	// descFirsts has a bit for the first word of each run: most words begin none.
	descFirsts [16]uint64
	descSizes  []int32
	// Where captions, bylines, dates and the headline stand.
	Captions, Bylines, Dates, Headlines page.NodeSet
}

const phraseCount = 26

// authorWithin is within how many words of its beginning a block that tells of an
// author has the name.
const authorWithin = 4

// maxParticle is the length of the words of a name that begin sentences as well, in
// bytes: Le, de, La, El.
const maxParticle = 2

type area struct{ Words, links, Long, longN, imgs int32 }

func (a *area) add(b *area) {
	a.Words += b.Words
	a.links += b.links
	a.Long += b.Long
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
	out                []float32 // rows of blocks that follow each other
	Areas              []area    // by node
	masses             []mass    // by node
	items              []int32   // by node, of lists: their items and 1
	sigs               text.HashSet[sigStat]
	paths              text.HashSet[pathStat]
	starts             text.HashSet[int32] // blocks by how they begin
	saids              text.HashSet[said]
	lexes              []lexSum
	phrases            []selectors.PhraseMatch
	holders            [][2]int32 // see holder: around each block, and around that
	longs              []int32
	weights            []float32
	prevLong, nextLong []float32
	prevPath, nextPath []float32
	spans              []span
	spanOf             []int32 // by block and kind, index in spans
	groups, boxes      []int32 // by block, their elements
	held               []int32 // by node, words of paragraphs
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

// Featurer holds what the rows of one page share.
type Featurer struct {
	T       *page.Tree
	Bs      []page.Block
	Signals *Signals
	Cls     *ClassSums
	Lex     *Lexicon
	Total   area
	*scratch
}

func capped(v, most float32) float32 { return min(v, most) }

func log1p(n int32) float32 {
	if n >= 0 && int(n) < len(logs) {
		return logs[n]
	}
	return float32(math.Log1p(float64(max(n, 0))))
}

// logs has log1p of small numbers, which is asked for ten times a block.
var logs = func() (t [512]float32) {
	for n := range t {
		t[n] = float32(math.Log1p(float64(n)))
	}
	return t
}()

func Bit(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

func (f *Featurer) up(i int32) int32 {
	if p := f.T.Nodes[i].Parent; p >= 0 {
		return p
	}
	return i
}

// box is the nearest ancestor of el, or el, that holds more than its child on
// the way: more words than the block itself.
func (f *Featurer) holder(el int32, words int32) int32 {
	for f.Areas[el].Words <= words && f.T.Nodes[el].Parent >= 0 && el != f.T.Body {
		el = f.T.Nodes[el].Parent
	}
	return el
}

// wordsIn counts the words that are in the set.
func wordsIn(toks []uint64, set *text.HashSet[struct{}]) (n int32) {
	if set.N == 0 {
		return 0
	}
	for _, h := range toks {
		if set.Has(h) {
			n++
		}
	}
	return n
}

// start identifies how a block begins: its first three words, 0 where it has
// no more than them.
func start(b *page.Block) uint64 {
	if len(b.Toks) < 4 {
		return 0
	}
	return text.Gram(b.Toks[:3], 0)
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
func (f *Featurer) itemsOf(list int32) int32 {
	n := &f.items[list]
	if *n == 0 {
		*n = 1
		for j := list + 1; j < f.T.Nodes[list].End; j = f.T.Nodes[j].End {
			if f.T.Nodes[j].DataAtom == atom.Li {
				*n++
			}
		}
	}
	return *n - 1
}

func textFeatures(b *page.Block, r []float32) {
	sp := &b.Spelling
	r[fChars] = capped(float32(sp.Chars), 2000)
	r[fWordLen] = capped(text.Share(sp.Letters+sp.Digits, max(b.Words, 1)), 20)
	r[fUpperShare] = text.Share(sp.Upper, sp.Letters)
	r[fTitleCase] = text.Share(sp.Capitals, sp.Starts)
	r[fDigitShare] = text.Share(sp.Digits, sp.Chars)
	r[fCommas] = capped(float32(sp.Commas), 10)
	r[fCJK], r[fCopyright], r[fAt], r[fPipe] = Bit(sp.CJK), Bit(sp.Copyright), Bit(sp.At), Bit(sp.Pipe)
	first, _ := utf8.DecodeRuneInString(b.Text)
	r[fStartsLower] = Bit(unicode.IsLower(first))
	switch first {
	case '"', '“', '„', '«', '‘', '\'', '「', '”':
		r[fStartsQuote] = 1
	case '(', '[':
		r[fStartsParen] = 1
	}
	last, _ := utf8.DecodeLastRuneInString(b.Text)
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

func imgsIn(t *page.Tree, e int32) int {
	a, _ := slices.BinarySearch(t.Imgs, e)
	b, _ := slices.BinarySearch(t.Imgs, t.Nodes[e].End)
	return b - a
}

// Described says which share of b stands in a description of the page, and
// which share of that description b says.
func (f *Signals) Described(b *page.Block) (in, cover float32) {
	if f.descGrams.N == 0 || len(b.Text) > 1500 {
		return 0, 0
	}
	var hits [meta.MaxDescriptions]int32
	n := text.Grams(b.Toks)
	for k := range n {
		if h := b.Toks[k] % 1024; f.descFirsts[h/64]>>(h%64)&1 == 0 {
			continue
		}
		if d, ok := f.descGrams.Get(text.Gram(b.Toks, k)); ok {
			hits[d]++
		}
	}
	for d, size := range f.descSizes {
		if v := text.Share(hits[d], int32(n)); v > in {
			in, cover = v, text.Share(hits[d], size)
		}
	}
	return in, cover
}
