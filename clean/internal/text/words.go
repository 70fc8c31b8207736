package text

import (
	"crypto/sha256"
	"encoding/hex"
	mathbits "math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words are told apart by their FNV-1a hash, elements by that of 32 bits
// (Fowler, Noll and Vo).
const (
	HashStart   = 14695981039346656037
	HashPrime   = 1099511628211
	HashStart32 = 2166136261
	HashPrime32 = 16777619
)

// The kinds of ASCII sign that reading a block tells apart. Those up to
// signUnderscore are parts of words.
const (
	signLower = iota
	signUpper
	signDigit
	signUnderscore
	signEnd
	signComma
	signApostrophe
	signAt
	signPipe
	signOther
)

var signs = func() (t [utf8.RuneSelf]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z':
			t[c] = signLower
		case c >= 'A' && c <= 'Z':
			t[c] = signUpper
		case c >= '0' && c <= '9':
			t[c] = signDigit
		case c == '_':
			t[c] = signUnderscore
		case c == '.' || c == '!' || c == '?':
			t[c] = signEnd
		case c == ',':
			t[c] = signComma
		case c == '\'':
			t[c] = signApostrophe
		case c == '@':
			t[c] = signAt
		case c == '|':
			t[c] = signPipe
		default:
			t[c] = signOther
		}
	}
	return t
}()

// wordSigns has 1 for each ASCII sign that is part of a word.
var wordSigns = func() (t [utf8.RuneSelf]uint8) {
	for c, sign := range signs {
		if sign <= signUnderscore {
			t[c] = 1
		}
	}
	return t
}()

// hashedSigns has what [ContentHash] makes of ASCII signs: a space of those that are no
// part of a word.
var hashedSigns = func() (t [utf8.RuneSelf]byte) {
	for c, sign := range signs {
		switch {
		case sign >= signUnderscore:
			t[c] = ' '
		case sign == signUpper:
			t[c] = byte(c) + 'a' - 'A'
		default:
			t[c] = byte(c)
		}
	}
	return t
}()

// A Spelling is what the signs of a block's text look like.
type Spelling struct {
	Chars, Letters, Upper, Digits, Commas int32
	// starts are the beginnings of words, capitals those with a capital
	// letter. An apostrophe begins none.
	Starts, Capitals         int32
	CJK, Copyright, At, Pipe bool
}

// wide counts a sign outside ASCII and reports whether a word is open after it.
func (sp *Spelling) wide(r rune, kind wideKind, inWord bool) bool {
	sp.Chars++
	if kind&isLetter == 0 {
		switch r {
		case '，', '、', '،':
			sp.Commas++
		case '©':
			sp.Copyright = true
		case '•', '·', '»', '›', '→':
			sp.Pipe = true
		}
		return r == '’'
	}
	sp.Letters++
	upper := kind&isUpper != 0
	if upper {
		sp.Upper++
	}
	if !inWord {
		sp.Starts++
		if upper {
			sp.Capitals++
		}
	}
	sp.CJK = sp.CJK || CJK(r)
	return true
}

// mark counts an ASCII sign that belongs to no word.
func (sp *Spelling) mark(sign uint8) {
	switch sign {
	case signComma:
		sp.Commas++
	case signAt:
		sp.At = true
	case signPipe:
		sp.Pipe = true
	}
}

// ReadWords goes through a text once. It returns the hash of its words in lower
// case and counts them and the sentences; of a script without spaces, two
// letters count as a word. It appends to toks the hash of each word, where a
// letter of such a script is one by itself.
func ReadWords(s string, toks []uint64) (hash uint64, words, sents int32, sp Spelling, _ []uint64) {
	h, tok := uint64(HashStart), uint64(HashStart)
	var ideo int32
	// A word is open for the count, for the list and for its spelling.
	inCount, inTok, inWord := false, false, false
	for k := 0; k < len(s); {
		c := s[k]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[k:])
			k += n
			if endsWide(r) {
				sents++
			}
			kind := kindOf(r)
			inWord = sp.wide(r, kind, inWord)
			if kind&hasLower != 0 {
				r = unicode.ToLower(r)
			}
			if kind&(isLetter|isDigit) == 0 {
				if inTok {
					toks = append(toks, tok)
					tok = HashStart
				}
				inCount, inTok = false, false
				continue
			}
			if CJK(r) {
				ideo++
				inCount = false
				if inTok {
					toks = append(toks, tok)
					tok = HashStart
				}
			} else {
				if !inCount {
					words++
					h = (h ^ ' ') * HashPrime
				}
				inCount = true
			}
			inTok = true
			h = (h ^ uint64(r)) * HashPrime
			tok = (tok ^ uint64(r)) * HashPrime
			continue
		}
		k++
		sp.Chars++
		sign := signs[c]
		if sign > signUnderscore {
			if inTok {
				toks = append(toks, tok)
				tok = HashStart
				inTok = false
			}
			if sign == signEnd && inCount {
				sents++
			}
			sp.mark(sign)
			inWord = sign == signApostrophe
			inCount = false
			continue
		}
		switch sign {
		case signLower:
			sp.Letters++
			if !inWord {
				sp.Starts++
				inWord = true
			}
		case signUpper:
			sp.Letters++
			sp.Upper++
			if !inWord {
				sp.Starts++
				sp.Capitals++
				inWord = true
			}
			c += 'a' - 'A'
		case signDigit:
			sp.Digits++
			if !inWord {
				sp.Starts++
				inWord = true
			}
		default:
			inWord = false
		}
		if !inCount {
			words++
			h = (h ^ ' ') * HashPrime
			inCount = true
		}
		inTok = true
		h = (h ^ uint64(c)) * HashPrime
		tok = (tok ^ uint64(c)) * HashPrime
		if !inWord {
			continue // it may begin with the next letter
		}
		from := k
		for ; k < len(s) && s[k]-'a' < 26; k++ {
			h = (h ^ uint64(s[k])) * HashPrime
			tok = (tok ^ uint64(s[k])) * HashPrime
		}
		sp.Chars += int32(k - from)
		sp.Letters += int32(k - from)
	}
	if inTok {
		toks = append(toks, tok)
	}
	return h, words + (ideo+1)/2, sents, sp, toks
}

// Scan returns the hash of the words of s in lower case, and counts them and
// the sentences.
func Scan(s string) (hash uint64, words, sents int32) {
	var arr [64]uint64
	hash, words, sents, _, _ = ReadWords(s, arr[:0])
	return hash, words, sents
}

// EachWord calls f with the hash of each word of s in lower case.
func EachWord(s string, f func(uint64)) {
	var arr [64]uint64
	for _, h := range AppendWords(arr[:0], s) {
		f(h)
	}
}

// HashOfWord returns what [EachWord] gives for a text that is one word in lower case.
// Of any other text it is the hash of no word.
func HashOfWord(s string) uint64 {
	h := uint64(HashStart)
	for _, r := range s {
		h = (h ^ uint64(r)) * HashPrime
	}
	return h
}

// AppendWords appends to toks the hash of each word of s.
func AppendWords(toks []uint64, s string) []uint64 {
	_, _, _, _, toks = ReadWords(s, toks)
	return toks
}

// gramWords is how many words stand in a run by which texts are compared.
const gramWords = 4

// Grams returns how many runs of four words there are; of fewer words, one.
func Grams(toks []uint64) int {
	if len(toks) == 0 {
		return 0
	}
	return max(1, len(toks)-gramWords+1)
}

// Gram returns the hash of the k-th run.
func Gram(toks []uint64, k int) uint64 {
	h := uint64(0)
	for _, t := range toks[k:min(k+gramWords, len(toks))] {
		h = h*0x9e3779b97f4a7c15 + t
	}
	return h
}

// InGrams returns the share of a text's runs that are in the set.
func InGrams[V any](toks []uint64, set *HashSet[V]) float32 {
	n, hit := Grams(toks), int32(0)
	for k := range n {
		if set.Has(Gram(toks, k)) {
			hit++
		}
	}
	return Share(hit, int32(n))
}

// A HashSet is a set of hashes with a number each, in one slice that is read at
// the place that the hash tells. The zero value is an empty set.
type HashSet[V any] struct {
	Slots []hashSlot[V]
	N     int
	bits  uint64 // one for each key: a small set has few, and most words of a page none of them
}

type hashSlot[V any] struct {
	Value V      // first: an empty one at the end would take eight bytes
	key   uint64 // 0 where the slot is free
}

// slot returns where key stands or would stand, in a set that has room. The
// key 0 is kept as 1: a hash of no word is either.
func (s *HashSet[V]) slot(key uint64) *hashSlot[V] {
	shift := 64 - mathbits.Len(uint(len(s.Slots)-1))
	for k := key * 0x9e3779b97f4a7c15 >> shift; ; k++ {
		e := &s.Slots[k&uint64(len(s.Slots)-1)]
		if e.key == 0 || e.key == key {
			return e
		}
	}
}

// Get returns key's number.
func (s *HashSet[V]) Get(key uint64) (v V, ok bool) {
	key = max(key, 1)
	if s.bits>>(key%64)&1 == 0 {
		return v, false
	}
	e := s.slot(key)
	return e.Value, e.key != 0
}

// Has reports whether key is in the set.
func (s *HashSet[V]) Has(key uint64) bool {
	_, ok := s.Get(key)
	return ok
}

// At returns where key's number stands, and puts the key in where it is not.
// The pointer holds until the next call of at.
func (s *HashSet[V]) At(key uint64) *V {
	if s.N*2 >= len(s.Slots) {
		s.grow()
	}
	key = max(key, 1)
	e := s.slot(key)
	if e.key == 0 {
		e.key = key
		s.N++
		s.bits |= 1 << (key % 64)
	}
	return &e.Value
}

// Set gives key a number.
func (s *HashSet[V]) Set(key uint64, v V) { *s.At(key) = v }

func (s *HashSet[V]) grow() {
	old := s.Slots
	s.Slots = make([]hashSlot[V], max(16, 2*len(old)))
	for k := range old {
		if old[k].key != 0 {
			*s.slot(old[k].key) = old[k]
		}
	}
}

// Room empties the set and makes it ready for n keys.
func (s *HashSet[V]) Room(n int) {
	if need := max(16, 1<<mathbits.Len(uint(2*n))); cap(s.Slots) < need {
		s.Slots = make([]hashSlot[V], need)
	} else {
		s.Slots = s.Slots[:need]
		clear(s.Slots)
	}
	s.N, s.bits = 0, 0
}

// HasLetter reports whether s has words, and not signs and numbers alone.
func HasLetter(s string) bool { return strings.ContainsFunc(s, unicode.IsLetter) }

// EndsIn reports whether s ends with one of signs.
func EndsIn(s, signs string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(signs, last)
}

// EndsSentence reports whether s ends with a sign that ends sentences.
func EndsSentence(s string) bool { return EndsIn(s, ".!?…。！？．؟۔।॥։።။។") }

// IsSpace reports whether s is white space and signs that show nothing.
func IsSpace(s string) bool {
	k := 0
	for k < len(s) && (s[k] == ' ' || s[k]-'\t' < 5) {
		k++
	}
	for _, r := range s[k:] {
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' && r != '\u00ad' {
			return false
		}
	}
	return true
}

func WordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
	}
	return kindOf(r)&(isLetter|isDigit) != 0
}

// CountWords counts runs of letters and digits, and in scripts without spaces
// two letters as a word.
func CountWords(s string) int32 {
	var n, ideo int32
	in := uint8(0) // 1 within a word
	for k := 0; k < len(s); {
		word := uint8(0)
		if c := s[k]; c < utf8.RuneSelf {
			word = wordSigns[c]
			k++
		} else {
			r, size := utf8.DecodeRuneInString(s[k:])
			k += size
			if CJK(r) {
				ideo++
			} else if kindOf(r)&(isLetter|isDigit) != 0 {
				word = 1
			}
		}
		n += int32(word &^ in) // a branch would be guessed wrong at each word
		in = word
	}
	return n + (ideo+1)/2
}

func Share(a, b int32) float32 {
	if b <= 0 {
		return 0
	}
	return float32(a) / float32(b)
}

// ContentHash is equal for texts with the same words in the same order,
// whatever their case, spacing and punctuation. Its words have number signs such as ½
// in them and no _, unlike those of [CountWords]: it is stored in records and compared
// with those of earlier versions, so that it cannot change.
func ContentHash(s string) string {
	h := sha256.New()
	var buf [512]byte // the words in lower case, a space after each
	const full = len(buf) - utf8.UTFMax
	n, in := 0, 0 // in is 1 within a word
	for k := 0; k < len(s); {
		// No branch here depends on where words end, which none can foresee.
		for ; k < len(s) && s[k] < utf8.RuneSelf && n < full; k++ {
			buf[n] = hashedSigns[s[k]]
			letter := 0
			if buf[n] != ' ' {
				letter = 1
			}
			n += letter | in
			in = letter
		}
		if n >= full {
			h.Write(buf[:n-1]) // the last may be the space at the end
			buf[0], n = buf[n-1], 1
		}
		if k == len(s) || s[k] < utf8.RuneSelf {
			continue
		}
		r, size := utf8.DecodeRuneInString(s[k:])
		k += size
		kind := kindOf(r)
		if kind&hasLower != 0 {
			r = unicode.ToLower(r)
		}
		if kind&isLetter != 0 || unicode.IsNumber(r) {
			n += utf8.EncodeRune(buf[n:], r)
			in = 1
		} else if in == 1 {
			buf[n] = ' '
			n++
			in = 0
		}
	}
	if n > 0 {
		n -= 1 - in
	}
	h.Write(buf[:n])
	return hex.EncodeToString(h.Sum(nil)[:16])
}
