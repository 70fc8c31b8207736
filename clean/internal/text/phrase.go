package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// token is a word or a sign of a phrase.
type token struct {
	From, To int // byte offsets
	word     bool
}

// Phrase is a text cut into words and single signs. Apostrophes and hyphens
// inside a word belong to it; of white space, only a line's end is a sign. Its words are
// not those of [ReadWords], to which punctuation ends a word: here signs are read too,
// and a name such as O'Brien-Hall is looked up as one.
type Phrase struct {
	S  string
	Ts []token
}

// Cut returns s as a phrase.
func Cut(s string) Phrase {
	p := Phrase{S: s, Ts: make([]token, 0, len(s)/4+2)}
	from := -1
	for k, r := range s {
		inside := from >= 0 && (r == '\'' || r == '’' || r == '-')
		if r < utf8.RuneSelf {
			inside = inside || wordSigns[r] != 0 || r == '@'
		} else {
			inside = inside || !isPunctuation(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
		}
		if inside {
			if from < 0 {
				from = k
			}
			continue
		}
		if from >= 0 {
			p.Ts = append(p.Ts, token{from, k, true})
			from = -1
		}
		if !unicode.IsSpace(r) || r == '\n' {
			p.Ts = append(p.Ts, token{From: k, To: k + max(utf8.RuneLen(r), 1)})
		}
	}
	if from >= 0 {
		p.Ts = append(p.Ts, token{from, len(s), true})
	}
	return p
}

// Sub is the phrase of the tokens [from, to).
func (p Phrase) Sub(from, to int) Phrase { return Phrase{p.S, p.Ts[from:to]} }

// Text is the text from the first to the last token.
func (p Phrase) Text() string {
	if len(p.Ts) == 0 {
		return ""
	}
	return p.S[p.Ts[0].From:p.Ts[len(p.Ts)-1].To]
}

// Sign returns token k where it is a sign, else "".
func (p Phrase) Sign(k int) string {
	if k < 0 || k >= len(p.Ts) || p.Ts[k].word {
		return ""
	}
	return p.S[p.Ts[k].From:p.Ts[k].To]
}

// Word returns token k where it is a word, else "".
func (p Phrase) Word(k int) string {
	if k < 0 || k >= len(p.Ts) || !p.Ts[k].word {
		return ""
	}
	return p.S[p.Ts[k].From:p.Ts[k].To]
}

// Words counts the words.
func (p Phrase) Words() int {
	n := 0
	for _, t := range p.Ts {
		if t.word {
			n++
		}
	}
	return n
}

// At returns how many tokens from k are an entry of the set, the longest
// entry; 0 where none is.
func (p Phrase) At(k int, set map[string]bool) int {
	var buf [64]byte
	b := buf[:0]
	best := 0
	for n := 0; n < 5; n++ {
		w := p.Word(k + n)
		if w == "" {
			break
		}
		if n > 0 {
			b = append(b, ' ')
		}
		for _, r := range w {
			b = utf8.AppendRune(b, unicode.ToLower(r))
		}
		entry, known := set[string(b)]
		if !known {
			break
		}
		if entry {
			best = n + 1
		}
	}
	return best
}

// IsUpper and IsLower say what the first letter of s is. Scripts without case
// are neither.
func IsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func IsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r) && !isGeorgian(r)
}

// isGeorgian reports whether r is a letter of the Georgian alphabet, which Unicode counts
// among the small ones, though no name or sentence begins with another.
func isGeorgian(r rune) bool { return r >= 0x10d0 && r <= 0x10ff }

// SmallWords returns how many words of s, between white space, begin with a small letter.
func SmallWords(s string) int {
	n := 0
	for w := range strings.FieldsSeq(s) {
		if IsLower(w) {
			n++
		}
	}
	return n
}
