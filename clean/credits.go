package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/selectors"
)

// creditWords bounds the credit that is split off a caption's tail. Agencies
// name photographer, agency, pool and licence in one line.
const creditWords = 16

// token is a word or a sign of a caption.
type token struct {
	from, to int    // byte offsets
	low      string // lower case
	word     bool
}

// tokens splits s into words and single signs. Apostrophes and hyphens inside
// a word belong to it.
func tokens(s string) []token {
	ts := make([]token, 0, len(s)/5+4)
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
			ts = append(ts, wordToken(s, from, k))
			from = -1
		}
		if !unicode.IsSpace(r) || r == '\n' {
			ts = append(ts, token{from: k, to: k + utf8.RuneLen(r), low: s[k : k+utf8.RuneLen(r)]})
		}
	}
	if from >= 0 {
		ts = append(ts, wordToken(s, from, len(s)))
	}
	return ts
}

func wordToken(s string, from, to int) token {
	return token{from: from, to: to, low: strings.ToLower(s[from:to]), word: true}
}

// phraseAt returns how many tokens from k are an entry of the set, the longest
// first; 0 where none is.
func phraseAt(ts []token, k int, set map[string]bool) int {
	var buf [64]byte
	b := buf[:0]
	best := 0
	for n := 0; n < 5 && k+n < len(ts) && ts[k+n].word; n++ {
		if n > 0 {
			b = append(b, ' ')
		}
		b = append(b, ts[k+n].low...)
		if set[string(b)] {
			best = n + 1
		}
	}
	return best
}

// splitLabelled divides a caption's text into the sentence and the credit that
// stands at its end, or between its sentences, where a label or a sign begins
// the credit. The credit keeps them.
func splitLabelled(s string) (caption, credit string) {
	ts := tokens(s)
	for k := range ts {
		from, ok := creditStart(s, ts, k)
		if !ok {
			continue
		}
		if b := k - 2; b >= 0 && opening(ts[b].low) && ts[b+1].word {
			k, from = b+1, ts[b].from // "[NAME photo: AGENCY]"
		}
		end := creditEnd(ts, k)
		if n := countWords(ts[k:end]); n > creditWords {
			continue
		}
		to := len(s)
		if end < len(ts) {
			to = ts[end].from
			if closing(ts[end].low) || ts[end].low == "\n" {
				to = ts[end].to
			}
		}
		if !bracketed(ts, k) && ts[k].word && readsAsSentence(s, ts[k:end]) {
			continue
		}
		return s[:from] + " " + s[to:], s[from:to]
	}
	return s, ""
}

// creditStart says whether a credit begins at token k: a label with its sign,
// a copyright sign, or a label that needs no sign. from is where what leaves
// the caption begins, the bracket or dash before it included.
func creditStart(s string, ts []token, k int) (from int, ok bool) {
	from = ts[k].from
	fresh := k == 0
	if k > 0 {
		switch prev := ts[k-1]; prev.low {
		case "(", "[", "（", "【", "|", "/", "–", "—", "-", "•", "·", "\n", "■", "〈", "＝", "=", "►":
			fresh, from = true, prev.from
		case ".", "!", "?", "…", "\"", "”", "“", "»", "’", "'", ")", "]", "。", "，", ",", ";", "«", ":":
			fresh = true
		}
	}
	switch {
	case ts[k].low == "©" || ts[k].low == "ⓒ":
		return from, k+1 < len(ts)
	case ts[k].low == "c" && k > 0 && ts[k-1].low == "(" && k+2 < len(ts) && ts[k+1].low == ")" && ts[k+2].word:
		return ts[k-1].from, true
	case !ts[k].word:
		return 0, false
	}
	if n := phraseAt(ts, k, selectors.Pictures.Tails); n > 0 && k+n < len(ts) && (fresh || startsUpper(s[ts[k].from:])) {
		if next := ts[k+n]; next.word && startsUpper(s[next.from:]) || next.low == ":" || next.low == "@" {
			return from, true
		}
	}
	n := phraseAt(ts, k, selectors.Pictures.Labels)
	if n == 0 || k+n >= len(ts) {
		return 0, false
	}
	switch sign := ts[k+n].low; sign {
	case ":", "：", "|", "©", "＝", "=":
		// "Das Bild: …" is a sentence; "… Bild: dpa" stands after a stop, or
		// is written as a name is.
		return from, k+n+1 < len(ts) && (fresh || startsUpper(s[ts[k].from:]) || !startsLowerCase(s[ts[k].from:]))
	case "/", "-", "–", "—", "・", "►":
		return from, fresh && k+n+1 < len(ts)
	}
	// "(Photo AFP)", "Foto dpa": the label stands at the start of a phrase,
	// and an agency follows.
	if fresh && phraseAt(ts, k+n, selectors.Pictures.Agencies) > 0 {
		return from, true
	}
	return 0, false
}

// creditEnd returns the index of the token that ends the credit which begins
// at k: the bracket that closes it, a line's end, or the end.
func creditEnd(ts []token, k int) int {
	inside := bracketed(ts, k)
	if ts[k].low == "c" {
		inside = false
		k += 2
	}
	depth := 0
	for j := k; j < len(ts); j++ {
		switch ts[j].low {
		case "(", "[", "（", "【", "〈":
			depth++
		case ")", "]", "）", "】", "〉":
			depth--
			if inside && depth < 0 {
				return j
			}
		case "\n":
			if !inside && j > k+2 {
				return j
			}
		}
	}
	return len(ts)
}

// bracketed says that token k stands right after an opening bracket.
func bracketed(ts []token, k int) bool { return k > 0 && opening(ts[k-1].low) }

func closing(sign string) bool {
	switch sign {
	case ")", "]", "）", "】", "〉":
		return true
	}
	return false
}

// splitTail finds a credit without a label at the end of a caption: in
// brackets, or after the last sentence, with an agency's name in it.
func splitTail(s string, ts []token) (caption, credit string) {
	end := len(ts)
	for end > 0 && (ts[end-1].low == "." || ts[end-1].low == "\n") {
		end--
	}
	if end == 0 {
		return s, ""
	}
	if closing(ts[end-1].low) {
		depth := 0
		for j := end - 1; j >= 0; j-- {
			if closing(ts[j].low) {
				depth++
			} else if opening(ts[j].low) {
				depth--
			}
			if depth == 0 {
				in := ts[j+1 : end-1]
				if looksLikeCredit(s, in) || endsWithMaker(in) ||
					j > 0 && isStop(ts[j-1].low) && countWords(in) >= 2 && isName(s, in) {
					return s[:ts[j].from], s[ts[j].from:]
				}
				break
			}
		}
	}
	for j := end - 1; j >= 0; j-- {
		if n := end - j; n > creditWords {
			break
		}
		switch ts[j].low {
		case ".", "!", "?", "…", "\"", "”", "“", "»", "。", "\n", "|", "–", "—", "•", "·", "/", "-", ")", "＝", "=":
			if ts[j].low == "/" && j > 0 {
				continue // "Name/Agency": the credit begins further left
			}
			if j+1 < end && looksLikeCredit(s, ts[j+1:end]) {
				from := ts[j].to
				switch ts[j].low {
				case "|", "–", "—", "•", "·", "\n", "-", "＝", "=":
					from = ts[j].from
				}
				return s[:from], s[ts[j+1].from:]
			}
			if ts[j].low == "." && j >= 5 && j+1 < end && ts[j-1].to-ts[j-1].from > 3 && ts[end-1].to == len(s) &&
				isName(s, ts[j+1:end]) {
				return s[:ts[j].to], s[ts[j+1].from:]
			}
			if ts[j].low != "-" && ts[j].low != ")" {
				// A stop inside a name ("J. Doe/AP") is followed by more of it.
				if ts[j].low == "." && j > 0 && ts[j-1].to-ts[j-1].from <= 2 {
					continue
				}
				return s, ""
			}
		}
	}
	if looksLikeCredit(s, ts[:end]) {
		return "", s
	}
	return s, ""
}

func opening(sign string) bool {
	switch sign {
	case "(", "[", "（", "【", "〈":
		return true
	}
	return false
}

// looksLikeCredit says that a short phrase names a source: an agency is in it,
// and otherwise only names.
func looksLikeCredit(s string, ts []token) bool {
	words := countWords(ts)
	if words == 0 || words > 10 {
		return false
	}
	agency, small := false, 0
	for k := 0; k < len(ts); k++ {
		if !ts[k].word {
			continue
		}
		if n := phraseAt(ts, k, selectors.Pictures.Agencies); n > 0 {
			agency = true
			k += n - 1
			continue
		}
		if n := phraseAt(ts, k, selectors.Pictures.Labels); n > 0 {
			k += n - 1
			continue
		}
		if startsLowerCase(s[ts[k].from:]) && ts[k].to-ts[k].from > 3 {
			small++
		}
	}
	return agency && small <= 1
}

func isStop(sign string) bool {
	switch sign {
	case ".", "!", "?", "。":
		return true
	}
	return false
}

// endsWithMaker says that a phrase ends as scripts without spaces write a
// credit: the name, and then "photographed" or "provided".
func endsWithMaker(ts []token) bool {
	if len(ts) == 0 || countWords(ts) > 4 {
		return false
	}
	last := ts[len(ts)-1].low
	for _, w := range selectors.Pictures.Makers {
		if strings.HasSuffix(last, w) && (len(last) > len(w) || len(ts) > 1) {
			return true
		}
	}
	return false
}

// isName says that a phrase of few words is a name as scripts with two
// cases write it, and no remark such as "(Archive picture)".
func isName(s string, ts []token) bool {
	n, marked := 0, false
	for k, t := range ts {
		if !t.word {
			switch t.low {
			case ":", "/":
				marked = true
				continue
			case ",", ".", "&", "-":
				continue
			}
			return false
		}
		n++
		if phraseAt(ts, k, selectors.Pictures.Remarks) > 0 {
			return false
		}
		if !startsUpper(s[t.from:]) && !strings.Contains(t.low, "@") {
			if n == 1 || t.to-t.from > 3 {
				return false
			}
		}
	}
	return n > 0 && (n <= 6 || n <= 9 && marked)
}

// looksLikeName says that a phrase has no more than a few words, each with a
// capital or without case, and does not end as a sentence does.
func looksLikeName(s string) bool {
	s = strings.TrimSpace(s)
	ts := tokens(s)
	n, small, digits := 0, 0, 0
	for k, t := range ts {
		if !t.word {
			continue
		}
		n++
		if startsLowerCase(s[t.from:]) && t.to-t.from > 3 {
			small++
		}
		if c := s[t.from]; c >= '0' && c <= '9' {
			digits++
		}
		if phraseAt(ts, k, selectors.Pictures.Remarks) > 0 {
			return false
		}
	}
	limit := 5
	if strings.ContainsAny(s, "/(|") {
		limit = 10
	}
	if n == 0 || n > limit || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return false
	}
	return small*3 <= n && digits*2 < n
}

// readsAsSentence says that what follows a label is a sentence: "Photo: The
// mayor opens the bridge to the public."
func readsAsSentence(s string, ts []token) bool {
	n, small := 0, 0
	for _, t := range ts {
		if t.word {
			n++
			if startsLowerCase(s[t.from:]) {
				small++
			}
		}
	}
	return n >= 7 && small*2 > n
}

func countWords(ts []token) int {
	n := 0
	for _, t := range ts {
		if t.word {
			n++
		}
	}
	return n
}

func startsUpper(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func startsLowerCase(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// withoutStop takes the full stop off a credit, and leaves those of initials
// and abbreviations.
func withoutStop(s string) string {
	rest, ok := strings.CutSuffix(s, ".")
	if !ok || len(rest)-strings.LastIndexAny(rest, " .") <= 4 {
		return s
	}
	return rest
}

// cleanCredit takes labels, signs and brackets off a credit.
func cleanCredit(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for {
		before := s
		s = strings.Trim(s, " \t\n|:;,/–—-•·►＝=：■")
		for _, pair := range [...][2]string{{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}, {"〈", "〉"}} {
			if strings.HasPrefix(s, pair[0]) {
				if strings.HasSuffix(strings.TrimRight(s, "."), pair[1]) && strings.Count(s, pair[0]) == strings.Count(s, pair[1]) {
					s = strings.TrimSuffix(strings.TrimRight(s, "."), pair[1])
				}
				if strings.Count(s, pair[0]) > strings.Count(s, pair[1]) {
					s = s[len(pair[0]):]
				}
			} else if strings.HasSuffix(s, pair[1]) && strings.Count(s, pair[1]) > strings.Count(s, pair[0]) {
				s = strings.TrimSuffix(s, pair[1])
			}
		}
		s = withoutStop(strings.TrimSpace(s))
		for _, sign := range [...]string{"©", "ⓒ", "(c)", "(C)"} {
			s = strings.TrimSpace(strings.TrimPrefix(s, sign))
		}
		for _, w := range selectors.Pictures.Makers {
			s = strings.TrimRight(strings.TrimSuffix(s, w), " ・")
		}
		for _, q := range [...]string{"'", "\"", "“", "‘"} {
			if rest, ok := strings.CutPrefix(s, q); ok && strings.Count(s, q) <= 2 {
				s = strings.TrimRight(rest, "'\"”’")
			}
		}
		ts := tokens(s)
		if n := phraseAt(ts, 0, selectors.Pictures.Tails); n > 0 && n < len(ts) {
			s = s[ts[n].from:]
		} else if n := phraseAt(ts, 0, selectors.Pictures.Labels); n > 0 && n < len(ts) && !ts[n].word && !opening(ts[n].low) && ts[n].low != "/" {
			s = s[ts[n].from:]
		} else if n > 0 && n == len(ts) {
			return ""
		}
		if s == before {
			return s
		}
	}
}
