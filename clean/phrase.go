package clean

import (
	"unicode"
	"unicode/utf8"
)

// token is a word or a sign of a phrase.
type token struct {
	from, to int // byte offsets
	word     bool
}

// phrase is a text cut into words and single signs. Apostrophes and hyphens
// inside a word belong to it; of white space, only a line's end is a sign.
type phrase struct {
	s  string
	ts []token
}

// cut returns s as a phrase.
func cut(s string) phrase {
	p := phrase{s: s, ts: make([]token, 0, len(s)/4+2)}
	from := -1
	for k, r := range s {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '@' || r == '_' ||
			from >= 0 && (r == '\'' || r == '’' || r == '-')
		if inside {
			if from < 0 {
				from = k
			}
			continue
		}
		if from >= 0 {
			p.ts = append(p.ts, token{from, k, true})
			from = -1
		}
		if !unicode.IsSpace(r) || r == '\n' {
			p.ts = append(p.ts, token{from: k, to: k + max(utf8.RuneLen(r), 1)})
		}
	}
	if from >= 0 {
		p.ts = append(p.ts, token{from, len(s), true})
	}
	return p
}

// sub is the phrase of the tokens [from, to).
func (p phrase) sub(from, to int) phrase { return phrase{p.s, p.ts[from:to]} }

// text is the text from the first to the last token.
func (p phrase) text() string {
	if len(p.ts) == 0 {
		return ""
	}
	return p.s[p.ts[0].from:p.ts[len(p.ts)-1].to]
}

// sign returns token k where it is a sign, else "".
func (p phrase) sign(k int) string {
	if k < 0 || k >= len(p.ts) || p.ts[k].word {
		return ""
	}
	return p.s[p.ts[k].from:p.ts[k].to]
}

// word returns token k where it is a word, else "".
func (p phrase) word(k int) string {
	if k < 0 || k >= len(p.ts) || !p.ts[k].word {
		return ""
	}
	return p.s[p.ts[k].from:p.ts[k].to]
}

// words counts the words.
func (p phrase) words() int {
	n := 0
	for _, t := range p.ts {
		if t.word {
			n++
		}
	}
	return n
}

// at returns how many tokens from k are an entry of the set, the longest
// entry; 0 where none is.
func (p phrase) at(k int, set map[string]bool) int {
	var buf [64]byte
	b := buf[:0]
	best := 0
	for n := 0; n < 5; n++ {
		w := p.word(k + n)
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

// isUpper and isLower say what the first letter of s is. Scripts without case
// are neither.
func isUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}
