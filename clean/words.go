package clean

import (
	"crypto/sha256"
	"encoding/hex"
	mathbits "math/bits"
	"unicode"
	"unicode/utf8"
)

// Words are told apart by their FNV-1a hash, elements by that of 32 bits
// (Fowler, Noll and Vo).
const (
	hashStart   = 14695981039346656037
	hashPrime   = 1099511628211
	hashStart32 = 2166136261
	hashPrime32 = 16777619
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

// A spelling is what the signs of a block's text look like.
type spelling struct {
	chars, letters, upper, digits, commas int32
	// starts are the beginnings of words, capitals those with a capital
	// letter. An apostrophe begins none.
	starts, capitals         int32
	cjk, copyright, at, pipe bool
}

// readWords goes through a text once. It returns the hash of its words in lower
// case and counts them and the sentences; of a script without spaces, two
// letters count as a word. It appends to toks the hash of each word, where a
// letter of such a script is one by itself.
func readWords(s string, toks []uint64) (hash uint64, words, sents int32, sp spelling, _ []uint64) {
	h, tok := uint64(hashStart), uint64(hashStart)
	var ideo int32
	// A word is open for the count, for the list and for its spelling.
	inCount, inTok, inWord := false, false, false
	for k := 0; k < len(s); {
		c := s[k]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[k:])
			k += n
			sp.chars++
			switch r {
			case '。', '！', '？', '।', '؟', '…':
				sents++
			}
			letter, digit := unicode.IsLetter(r), unicode.IsDigit(r)
			if letter {
				sp.letters++
				up := unicode.IsUpper(r)
				if up {
					sp.upper++
				}
				if !inWord {
					sp.starts++
					if up {
						sp.capitals++
					}
				}
				inWord = true
				if cjk(r) {
					sp.cjk = true
				}
			} else {
				inWord = r == '’'
				switch r {
				case '，', '、', '،':
					sp.commas++
				case '©':
					sp.copyright = true
				case '•', '·', '»', '›', '→':
					sp.pipe = true
				}
			}
			r = unicode.ToLower(r)
			if !letter && !digit {
				if inTok {
					toks = append(toks, tok)
					tok = hashStart
				}
				inCount, inTok = false, false
				continue
			}
			if cjk(r) {
				ideo++
				inCount = false
				if inTok {
					toks = append(toks, tok)
					tok = hashStart
				}
			} else {
				if !inCount {
					words++
					h = (h ^ ' ') * hashPrime
				}
				inCount = true
			}
			inTok = true
			h = (h ^ uint64(r)) * hashPrime
			tok = (tok ^ uint64(r)) * hashPrime
			continue
		}
		k++
		sp.chars++
		sign := signs[c]
		if sign > signUnderscore {
			if inTok {
				toks = append(toks, tok)
				tok = hashStart
				inTok = false
			}
			inWord = false
			switch sign {
			case signEnd:
				if inCount {
					sents++
				}
			case signComma:
				sp.commas++
			case signApostrophe:
				inWord = true
			case signAt:
				sp.at = true
			case signPipe:
				sp.pipe = true
			}
			inCount = false
			continue
		}
		switch sign {
		case signLower:
			sp.letters++
			if !inWord {
				sp.starts++
				inWord = true
			}
		case signUpper:
			sp.letters++
			sp.upper++
			if !inWord {
				sp.starts++
				sp.capitals++
				inWord = true
			}
			c += 'a' - 'A'
		case signDigit:
			sp.digits++
			if !inWord {
				sp.starts++
				inWord = true
			}
		default:
			inWord = false
		}
		if !inCount {
			words++
			h = (h ^ ' ') * hashPrime
			inCount = true
		}
		inTok = true
		h = (h ^ uint64(c)) * hashPrime
		tok = (tok ^ uint64(c)) * hashPrime
	}
	if inTok {
		toks = append(toks, tok)
	}
	return h, words + (ideo+1)/2, sents, sp, toks
}

// scan returns the hash of the words of s in lower case, and counts them and
// the sentences.
func scan(s string) (hash uint64, words, sents int32) {
	var arr [64]uint64
	hash, words, sents, _, _ = readWords(s, arr[:0])
	return hash, words, sents
}

// eachWord calls f with the hash of each word of s in lower case.
func eachWord(s string, f func(uint64)) {
	var arr [64]uint64
	for _, h := range appendWords(arr[:0], s) {
		f(h)
	}
}

// appendWords appends to toks the hash of each word of s.
func appendWords(toks []uint64, s string) []uint64 {
	_, _, _, _, toks = readWords(s, toks)
	return toks
}

// gramWords is how many words stand in a run by which texts are compared.
const gramWords = 4

// grams returns how many runs of four words there are; of fewer words, one.
func grams(toks []uint64) int {
	if len(toks) == 0 {
		return 0
	}
	return max(1, len(toks)-gramWords+1)
}

// gram returns the hash of the k-th run.
func gram(toks []uint64, k int) uint64 {
	h := uint64(0)
	for _, t := range toks[k:min(k+gramWords, len(toks))] {
		h = h*0x9e3779b97f4a7c15 + t
	}
	return h
}

// inGrams returns the share of a text's runs that are in the set.
func inGrams[V any](toks []uint64, set *hashSet[V]) float32 {
	n, hit := grams(toks), int32(0)
	for k := range n {
		if set.has(gram(toks, k)) {
			hit++
		}
	}
	return share(hit, int32(n))
}

// A hashSet is a set of hashes with a number each, in one slice that is read at
// the place that the hash tells. The zero value is an empty set.
type hashSet[V any] struct {
	slots []hashSlot[V]
	n     int
}

type hashSlot[V any] struct {
	value V      // first: an empty one at the end would take eight bytes
	key   uint64 // 0 where the slot is free
}

// slot returns where key stands or would stand, in a set that has room. The
// key 0 is kept as 1: a hash of no word is either.
func (s *hashSet[V]) slot(key uint64) *hashSlot[V] {
	shift := 64 - mathbits.Len(uint(len(s.slots)-1))
	for k := key * 0x9e3779b97f4a7c15 >> shift; ; k++ {
		e := &s.slots[k&uint64(len(s.slots)-1)]
		if e.key == 0 || e.key == key {
			return e
		}
	}
}

// get returns key's number.
func (s *hashSet[V]) get(key uint64) (v V, ok bool) {
	if len(s.slots) == 0 {
		return v, false
	}
	e := s.slot(max(key, 1))
	return e.value, e.key != 0
}

// has reports whether key is in the set.
func (s *hashSet[V]) has(key uint64) bool {
	_, ok := s.get(key)
	return ok
}

// at returns where key's number stands, and puts the key in where it is not.
// The pointer holds until the next call of at.
func (s *hashSet[V]) at(key uint64) *V {
	if s.n*2 >= len(s.slots) {
		s.grow()
	}
	key = max(key, 1)
	e := s.slot(key)
	if e.key == 0 {
		e.key = key
		s.n++
	}
	return &e.value
}

// set gives key a number.
func (s *hashSet[V]) set(key uint64, v V) { *s.at(key) = v }

func (s *hashSet[V]) grow() {
	old := s.slots
	s.slots = make([]hashSlot[V], max(16, 2*len(old)))
	for k := range old {
		if old[k].key != 0 {
			*s.slot(old[k].key) = old[k]
		}
	}
}

// room empties the set and makes it ready for n keys.
func (s *hashSet[V]) room(n int) {
	if need := max(16, 1<<mathbits.Len(uint(2*n))); cap(s.slots) < need {
		s.slots = make([]hashSlot[V], need)
	} else {
		s.slots = s.slots[:need]
		clear(s.slots)
	}
	s.n = 0
}
func isSpace(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && r != '\u200b' && r != '\ufeff' && r != '\u00ad' {
			return false
		}
	}
	return true
}

// cjk reports whether a letter's script is written without spaces, so that
// every letter counts as a word.
func cjk(r rune) bool {
	return r >= 0x2e80 && (r < 0xa000 || r >= 0xf900 && r < 0xfb00 || r >= 0x20000 && r < 0x30000)
}

func wordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// countWords counts runs of letters and digits, and in scripts without spaces
// two letters as a word.
func countWords(s string) int32 {
	var n, ideo int32
	in := false
	for _, r := range s {
		if r >= 0x2e80 && cjk(r) {
			ideo++
			in = false
			continue
		}
		if wordRune(r) {
			if !in {
				n++
			}
			in = true
		} else {
			in = false
		}
	}
	return n + (ideo+1)/2
}

func share(a, b int32) float32 {
	if b <= 0 {
		return 0
	}
	return float32(a) / float32(b)
}

// contentHash is equal for texts with the same words in the same order,
// whatever their case, spacing and punctuation.
func contentHash(s string) string {
	h := sha256.New()
	var arr [512]byte
	buf := arr[:0] // the words in lower case, a space before all but the first
	in, first := false, true
	for _, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
			letter = true
		} else if r >= utf8.RuneSelf {
			r = unicode.ToLower(r)
			letter = unicode.IsLetter(r) || unicode.IsNumber(r)
		}
		if !letter {
			in = false
			continue
		}
		if !in && !first {
			buf = append(buf, ' ')
		}
		in, first = true, false
		if r < utf8.RuneSelf {
			buf = append(buf, byte(r))
		} else {
			buf = utf8.AppendRune(buf, r)
		}
		if len(buf) > len(arr)-2*utf8.UTFMax {
			h.Write(buf)
			buf = arr[:0]
		}
	}
	h.Write(buf)
	return hex.EncodeToString(h.Sum(nil)[:16])
}
