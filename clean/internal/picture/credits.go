package picture

import (
	"slices"
	"strings"
	"unicode"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// Limits of credits, in words. Agencies name photographer, agency, pool and
// licence in one line.
const (
	creditWords   = 16  // of a credit that is split off a caption
	agencyWords   = 10  // of one that is recognised by an agency's name
	makerWords    = 4   // of one in a script without spaces
	makerBytes    = 120 // of a caption that ends with one in no brackets: a longer one is text
	maxNames      = 6   // of names
	maxListed     = 9   // of names with a slash or colon between them
	fewNamesMax   = 5   // of names in a script that may have no case
	fewListedMax  = 10  // of those with a slash or bracket between
	nameWords     = 3   // of the name of one photographer
	shortName     = 6   // bytes of the short name of an agency
	slashWords    = 4   // from which on what stands before a slash and an agency is no name
	maxSmallWord  = 3   // bytes of a small word inside a name: van, de, the
	sentenceWords = 7   // from which on small words make a sentence
)

// splitLabelled divides a caption's text into the sentence and the credit that
// stands at its end, or between its sentences, where a label or a sign begins
// the credit. The credit keeps them.
func splitLabelled(p text.Phrase) (caption, credit string) {
	if j := creditBefore(p); j > 0 {
		return p.S[p.Ts[j].To:], p.S[:p.Ts[j].From]
	}
	for k := range p.Ts {
		from, ok := creditStart(p, k)
		if !ok {
			continue
		}
		if opening(p.Sign(k-2)) && p.Word(k-1) != "" {
			k, from = k-1, p.Ts[k-2].From // "[NAME photo: AGENCY]"
		} else if j := bracketAround(p, k); j >= 0 && j+2 < k && p.Word(j+1) != "" && p.Sign(j+2) == ":" {
			k, from = j+1, p.Ts[j].From // "(Collage: NAME / AGENCY, photos: NAME)"
		}
		end := creditEnd(p, k)
		inside := p.Sub(k, end)
		if inside.Words() > creditWords || !bracketed(p, k) && p.Word(k) != "" && readsAsSentence(inside) {
			continue
		}
		to := len(p.S)
		if end < len(p.Ts) {
			to = p.Ts[end].From
			if closing(p.Sign(end)) || p.Sign(end) == "\n" {
				to = p.Ts[end].To
			}
		}
		return p.S[:from] + " " + p.S[to:], p.S[from:to]
	}
	return p.S, ""
}

// creditBefore returns the sign behind a labelled name with which a caption begins, before
// the sentence, or 0: "Photo by NAME: Boats wait at the bridge".
func creditBefore(p text.Phrase) int {
	n := p.At(0, selectors.Pictures().Tails)
	if n == 0 {
		if n = p.At(0, selectors.Pictures().Labels); n == 0 || p.Sign(n) != ":" && p.Sign(n) != "：" {
			return 0
		}
		n++
	}
	for j := n; j < len(p.Ts) && j <= n+nameWords+1; j++ {
		switch p.Sign(j) {
		case ":", "|", ".", "–", "—", "\n":
			name, rest := p.Sub(n, j), p.Sub(j+1, len(p.Ts))
			if w := p.Word(j - 1); p.Sign(j) == "." && len(w) < maxSmallWord {
				continue // an initial
			}
			if name.Words() > 1 && isName(name) && rest.Words() > nameWords && smallWords(rest) > 1 && !looksLikeCredit(rest) {
				return j
			}
			return 0
		}
	}
	return 0
}

// creditStart reports whether a credit begins at token k: a label with its sign, a
// copyright sign, or a label that needs no sign. from is where the text begins that
// is cut off the caption, the bracket or dash before the credit included.
func creditStart(p text.Phrase, k int) (from int, ok bool) {
	from = p.Ts[k].From
	fresh := k == 0
	switch p.Sign(k - 1) {
	case "(", "[", "（", "【", "|", "/", "–", "—", "-", "•", "·", "∙", "\n", "■", "〈", "＝", "=", "►":
		fresh, from = true, p.Ts[k-1].From
	case ".", "!", "?", "…", "\"", "”", "“", "»", "’", "'", ")", "]", "。", "，", ",", ";", "«", ":":
		fresh = true
	}
	word := p.Word(k)
	switch {
	case p.Sign(k) == "©" || p.Sign(k) == "ⓒ":
		return from, k+1 < len(p.Ts)
	case word == "":
		return 0, false
	case (word == "c" || word == "C" || word == "ｃ" || word == "Ｃ") && opening(p.Sign(k-1)) && closing(p.Sign(k+1)):
		return from, p.Word(k+2) != ""
	case !selectors.Pictures().MayBeginCredit(word): // as nearly all
		return 0, false
	}
	fresh = fresh || !text.IsLower(word)
	if n := p.At(k, selectors.Pictures().Tails); n > 0 && fresh && !(word == courtesy && p.Sign(k-1) == ",") {
		if next := p.Word(k + n); text.IsUpper(next) || p.Sign(k+n) == ":" || strings.HasPrefix(next, "@") || isComma(p.Sign(k+n)) && p.At(k, selectors.Pictures().Sources) == n ||
			from < p.Ts[k].From && next != "" && !text.IsLower(next) && p.Sub(k+n, creditEnd(p, k)).Words() <= nameWords { // "/ ภาพโดย NAME"
			return from, true
		}
	}
	if p.At(k, selectors.Pictures().Shorts) > 0 && p.Sign(k+1) == "." {
		return from, text.IsUpper(p.Word(k + 2)) // "fot. NAME"
	}
	n := p.At(k, selectors.Pictures().Labels)
	if n == 0 || !fresh || k+n+1 > len(p.Ts) {
		return 0, false
	}
	switch p.Sign(k + n) {
	case ":", "：", "|", "©", "＝", "=", "՝":
		// "Das neue Bild: …" is a sentence. A credit's label stands after a
		// stop, or is written as a name is.
		return from, k+n+1 < len(p.Ts)
	case "/", "-", "–", "—", "・", "►":
		return from, k+n+1 < len(p.Ts) && (k == 0 || from < p.Ts[k].From || p.Sign(k-1) != "")
	}
	// "(Photo AFP)", "Foto dpa", and in brackets or behind a sentence or slash "Beeld NAME".
	if k == 0 || p.Sign(k-1) != "" {
		rest := p.Sub(k+n, creditEnd(p, k))
		if slash := p.Sign(k - 1); (slash == "/" || slash == "|") && rest.Words() > 1 && rest.Words() <= nameWords+1 && isName(rest) {
			return from, true
		}
		return from, p.At(k+n, selectors.Pictures().Agencies) > 0 || k > 0 && (isStop(p.Sign(k-1)) || p.Sign(k-1) == "\n" || bracketed(p, k)) && rest.Words() > 1 && rest.Words() <= nameWords && isName(rest)
	}
	return 0, false
}

// courtesy, behind a comma, goes with the work that a caption names before it.
const courtesy = "courtesy"

// creditEnd returns the index of the token that ends the credit which begins
// at k: the bracket that closes it, a line's end, or the end.
func creditEnd(p text.Phrase, k int) int {
	inside := bracketed(p, k)
	if inside && closing(p.Sign(k+1)) { // "(c)"
		inside = false
		k += 2
	}
	depth, words := 0, 0
	for j := k; j < len(p.Ts); j++ {
		if p.Word(j) != "" {
			if words++; words > creditWords {
				return j + 1 // too long, wherever it ends
			}
		}
		switch sign := p.Sign(j); {
		case opening(sign):
			depth++
		case closing(sign):
			depth--
			if inside && depth < 0 {
				return j
			}
		case sign == "\n" && !inside && j > k+2:
			return j
		}
	}
	return len(p.Ts)
}

// bracketReach is how many tokens before a credit its bracket is looked for: a
// bracket that opens earlier holds more than a credit.
const bracketReach = 3 * creditWords

// bracketAround returns the index of the bracket that is open before token k,
// or -1.
func bracketAround(p text.Phrase, k int) int {
	depth := 0
	for j := k - 1; j >= max(0, k-bracketReach); j-- {
		switch sign := p.Sign(j); {
		case closing(sign):
			depth++
		case opening(sign):
			if depth == 0 {
				return j
			}
			depth--
		}
	}
	return -1
}

// bracketed reports whether token k stands right after an opening bracket.
func bracketed(p text.Phrase, k int) bool { return opening(p.Sign(k - 1)) }

// opening and closing report whether a sign is the one or the other half of a pair
// of brackets.
func opening(sign string) bool { return isBracket(sign, 0) }

func closing(sign string) bool { return isBracket(sign, 1) }

func isBracket(sign string, half int) bool {
	for k := range brackets {
		if brackets[k][half] == sign {
			return true
		}
	}
	return false
}

// splitTail finds a credit without a label at the end of a caption: in
// brackets, or after the last sentence.
func splitTail(p text.Phrase) (caption, credit string) {
	whole := p
	for n := len(p.Ts); n > 0 && (p.Sign(n-1) == "." || p.Sign(n-1) == "\n"); n-- {
		p = p.Sub(0, n-1)
	}
	end := len(p.Ts)
	if end == 0 {
		return p.S, ""
	}
	if j := openingOf(p, end-1); j >= 0 {
		in := p.Sub(j+1, end-1)
		if looksLikeCredit(in) || endsWithMaker(in) || endsWithLabel(in) || endsWithShort(in) || isStop(p.Sign(j-1)) && in.Words() >= 2 && isName(in) {
			if k := nameBefore(p, j); k >= 0 {
				j = k
			}
			return p.S[:p.Ts[j].From], p.S[p.Ts[j].From:]
		}
	}
	for j := end - 2; j >= 0 && end-j <= creditWords; j-- {
		from := p.Ts[j].To
		switch p.Sign(j) {
		case "|":
			from = p.Ts[j].From
			if isShortName(p.Sub(j+1, end)) && j > nameWords {
				return p.S[:from], p.S[p.Ts[j+1].From:] // "The bridge in fog | ACN"
			}
		case "–", "—", "•", "·", "∙", "\n", "-", "＝", "=":
			from = p.Ts[j].From
		case ".", "!", "?", "…", "\"", "”", "“", "»", "。", ")":
		case "、", "，":
			if rest := p.Sub(j+1, end); endsWithMaker(rest) && len(p.S) <= makerBytes {
				return p.S[:p.Ts[j].From], p.S[p.Ts[j+1].From:] // 古い橋＝北浜町、山田太郎撮影
			}
			continue
		default:
			// "NAME/AGENCY" begins further left.
			continue
		}
		rest := p.Sub(j+1, end)
		if initial := p.Sign(j) == "." && len(p.Word(j-1)) < maxSmallWord; looksLikeCredit(rest) || !initial && (endsWithShort(rest) || isStop(p.Sign(j)) && endsWithLabel(rest)) || (isStop(p.Sign(j)) || p.Sign(j) == "＝") && endsWithMaker(rest) && len(p.S) <= makerBytes {
			if k := nameBefore(p, j); k >= 0 {
				return p.S[:p.Ts[k].From], p.S[p.Ts[k].From:]
			}
			return p.S[:from], p.S[p.Ts[j+1].From:]
		}
		switch p.Sign(j) {
		case "-", ")":
			continue
		case ".":
			if len(p.Word(j-1)) == 1 || len(p.Word(j-1)) == 2 {
				continue // "J. Doe"
			}
			marked := j >= 2 && rest.Words() > 1 && (strings.Contains(rest.Text(), "/") || inCapitals(rest) && !inCapitals(p.Sub(0, j)))
			if (j >= 5 || marked) && len(p.Word(j-1)) > 3 && len(whole.Ts) == end && isName(rest) {
				return p.S[:from], p.S[p.Ts[j+1].From:]
			}
		}
		return p.S, ""
	}
	if before, after, ok := strings.Cut(p.S, " / "); ok && text.CountWords(before) > slashWords && !strings.Contains(after, "/") && !strings.Contains(before, ",") && looksLikeCredit(text.Cut(after)) {
		return before, after // "Die Brücke im Nebel am Morgen / AGENCY"
	}
	if looksLikeCredit(p) {
		return "", p.S
	}
	if endsWithShort(p) {
		if before, after, ok := strings.Cut(p.S, " / "); ok && strings.Contains(after, "/") {
			return before, after // "Tiltas / J. Jonaitis/BNS nuotr."
		}
		return "", p.S
	}
	return p.S, ""
}

// endsWithShort reports whether a phrase is names and a label cut short behind them:
// "Jono Jonaičio nuotr".
func endsWithShort(p text.Phrase) bool {
	last := len(p.Ts) - 1
	if last > 0 && p.Sign(last) == "." {
		last--
	}
	return last > 0 && p.Words() <= agencyWords && text.IsUpper(p.Word(0)) && p.At(last, selectors.Pictures().Shorts) == 1 && text.IsLower(p.Word(last)) && smallWords(p) <= 2
}

// isShortName reports whether a phrase is one word of a few capital letters, as the short
// names of agencies are.
func isShortName(p text.Phrase) bool {
	w := p.Word(0)
	return len(p.Ts) == 1 && len(w) > 1 && len(w) <= shortName && !strings.ContainsFunc(w, func(c rune) bool { return !unicode.IsUpper(c) })
}

// inCapitals reports whether each word of a phrase is written in capitals.
func inCapitals(p text.Phrase) bool { return p.Text() == strings.ToUpper(p.Text()) }

// nameBefore returns the token at which a photographer's name begins that stands between a
// caption's last sentence and the sign at j, or -1: "Boats at dusk. Jo Doe | AGENCY",
// "Boats at dusk. JO DOE (AGENCY)".
func nameBefore(p text.Phrase, j int) int {
	if sign := p.Sign(j); sign != "|" && sign != "/" && sign != "•" && sign != "·" && sign != "(" {
		return -1
	}
	k := j - 1
	for k > 0 && j-k <= nameWords && p.Word(k) != "" {
		k--
	}
	name := p.Sub(k+1, j)
	if (isStop(p.Sign(k)) && len(p.Word(k-1)) > maxSmallWord-1 || p.Sign(k) == "\n") && name.Words() >= 2 && isName(name) {
		return k + 1
	}
	return -1
}

// openingOf returns the index of the bracket that the one at k closes, or -1.
func openingOf(p text.Phrase, k int) int {
	if !closing(p.Sign(k)) {
		return -1
	}
	depth := 0
	for j := k; j >= 0; j-- {
		switch sign := p.Sign(j); {
		case closing(sign):
			depth++
		case opening(sign):
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return -1
}

func isComma(sign string) bool { return sign == "," || sign == "،" || sign == "，" }

func isStop(sign string) bool {
	switch sign {
	case ".", "!", "?", "。":
		return true
	}
	return false
}

// looksLikeCredit reports whether a short phrase names a source: an agency is in
// it, and otherwise only names.
func looksLikeCredit(p text.Phrase) bool {
	if n := p.Words(); n == 0 || n > agencyWords {
		return false
	}
	agency, small := false, 0
	for k := 0; k < len(p.Ts); k++ {
		if n := p.At(k, selectors.Pictures().Agencies); n > 0 {
			agency = true
			k += n - 1
		} else if n := p.At(k, selectors.Pictures().Labels); n > 0 {
			k += n - 1
		} else if w := p.Word(k); len(w) > maxSmallWord && text.IsLower(w) {
			small++
		}
	}
	return agency && small <= 1
}

// endsWithMaker reports whether a phrase ends as credits do in scripts without
// spaces, and in Korean: with the name, and then "photographed", "provided" or a job.
func endsWithMaker(p text.Phrase) bool {
	if len(p.Ts) == 0 || p.Words() > makerWords {
		return false
	}
	last := p.Word(len(p.Ts) - 1)
	ends := func(w string) bool { return strings.HasSuffix(last, w) && (len(last) > len(w) || len(p.Ts) > 1) }
	return slices.ContainsFunc(selectors.Pictures().Makers, ends) || slices.ContainsFunc(selectors.AttachedJobs(), ends)
}

// endsWithLabel reports whether a phrase is the name of one person and a label in small
// letters: "Jo Doe photo".
func endsWithLabel(p text.Phrase) bool {
	n := trailingLabel(p)
	if n == 0 || n >= len(p.Ts) || !text.IsLower(p.Word(len(p.Ts)-n)) {
		return false
	}
	name := p.Sub(0, len(p.Ts)-n)
	return name.Words() > 1 && name.Words() <= nameWords && isName(name)
}

// isName reports whether a phrase is a name, in a script with two cases, and no
// remark such as "Archive picture".
func isName(p text.Phrase) bool {
	n, marked := 0, false
	for k := range p.Ts {
		switch p.Sign(k) {
		case "":
		case ":", "/":
			marked = true
			continue
		case ",", ".", "&", "-":
			continue
		default:
			return false
		}
		n++
		if p.At(k, selectors.Pictures().Remarks) > 0 {
			return false
		}
		if w := p.Word(k); !text.IsUpper(w) && !strings.Contains(w, "@") && (n == 1 || len(w) > maxSmallWord) {
			return false
		}
	}
	return n > 0 && (n <= maxNames || n <= maxListed && marked)
}

// fewNames reports whether a phrase has a few words, each with a capital or
// without case, and does not end as a sentence does.
func fewNames(p text.Phrase) bool {
	n, small, digits := 0, 0, 0
	limit := fewNamesMax
	for k := range p.Ts {
		w := p.Word(k)
		if w == "" {
			switch p.Sign(k) {
			case "/", "(", "|":
				limit = fewListedMax
			}
			continue
		}
		n++
		if len(w) > maxSmallWord && text.IsLower(w) {
			small++
		}
		if w[0] >= '0' && w[0] <= '9' {
			digits++
		}
		if p.At(k, selectors.Pictures().Remarks) == p.Words() {
			return false // "File photo", and not "County Archive"
		}
	}
	switch p.Sign(len(p.Ts) - 1) {
	case "!", "?", ".":
		return false
	}
	return n > 0 && n <= limit && small*3 <= n && digits*2 < n
}

// readsAsSentence reports whether what follows a label is a sentence: "Photo: The
// mayor opens the bridge to the public."
func readsAsSentence(p text.Phrase) bool {
	n := p.Words()
	return n >= sentenceWords && smallWords(p)*2 > n
}

// smallWords is how many words of a phrase begin small.
func smallWords(p text.Phrase) (n int) {
	for k := range p.Ts {
		if w := p.Word(k); w != "" && text.IsLower(w) {
			n++
		}
	}
	return n
}

// brackets are the pairs in which captions set credits. They and the signs in this
// file are the grammar of a caption, whose branches differ for each: no table.
var brackets = [...][2]string{{"(", ")"}, {"[", "]"}, {"（", "）"}, {"【", "】"}, {"〈", "〉"}}

// cleanCredit takes labels, signs and brackets off a credit.
func cleanCredit(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for round := 1; ; round++ {
		before := s
		s = strings.Trim(s, " |:;,،/–—-•·∙►＝=：■՝")
		for _, b := range brackets {
			s = withoutBracket(s, b[0], b[1])
		}
		s = withoutStop(strings.TrimSpace(s))
		for _, sign := range [...]string{"©", "ⓒ", "(c)", "(C)", "（Ｃ）", "（C）", "(Ｃ)", "（ｃ）", "（c）"} {
			s = strings.TrimSpace(strings.TrimPrefix(s, sign))
		}
		for _, w := range selectors.Pictures().Makers {
			s = strings.TrimRight(strings.TrimSuffix(s, w), " ・")
		}
		for _, q := range [...]string{"'", "\"", "“", "‘"} {
			if rest, ok := strings.CutPrefix(s, q); ok && strings.Count(s, q) <= 2 {
				s = strings.TrimRight(rest, "'\"”’")
			}
		}
		p := text.Cut(s)
		if n := p.At(0, selectors.Pictures().Tails); n > 0 && n < len(p.Ts) {
			s = s[p.Ts[n].From:]
		} else if n := p.At(0, selectors.Pictures().Shorts); n > 0 && p.Sign(n) == "." && n+1 < len(p.Ts) {
			s = s[p.Ts[n+1].From:]
		} else if n := p.At(0, selectors.Pictures().Labels); n > 0 {
			switch sign := p.Sign(n); {
			case n == len(p.Ts):
				return ""
			case sign != "" && sign != "/" && !opening(sign):
				s = s[p.Ts[n].From:]
			case sign == "":
				if rest := p.Sub(n, len(p.Ts)); rest.Words() > 1 && isName(rest) && (rest.Words() <= nameWords+1 || strings.Contains(s, "/")) && p.At(n, selectors.Pictures().Agencies) == 0 {
					s = rest.Text() // "Beeld NAME", "foto NAME / AGENCY"
				} else if text.IsLower(p.Word(0)) && p.At(n, selectors.Pictures().Agencies) == len(rest.Ts) {
					s = rest.Text() // "foto AGENCY"
				}
			}
		} else if endsWithShort(p) {
			s = s[:strings.LastIndexByte(s, ' ')]
		} else if n := trailingLabel(p); n > 0 && n < len(p.Ts) && text.IsLower(p.Word(len(p.Ts)-n)) {
			if rest := p.Sub(0, len(p.Ts)-n); isName(rest) || p.At(0, selectors.Pictures().Agencies) == len(rest.Ts) {
				s = rest.Text() // "NAME photo"
			}
		}
		if s == before || round == maxCleanings {
			return s
		}
	}
}

// maxCleanings is how many signs and labels are taken off one after another.
const maxCleanings = 32

// withoutBracket takes off a pair of brackets around s, and a bracket at
// either end that has no partner.
func withoutBracket(s, left, right string) string {
	lefts, rights := strings.Count(s, left), strings.Count(s, right)
	if rest, ok := strings.CutPrefix(s, left); ok {
		if inner, ok := strings.CutSuffix(strings.TrimRight(rest, "."), right); ok && lefts == rights &&
			strings.Count(inner, left) == strings.Count(inner, right) && !strings.HasPrefix(inner, right) {
			return inner
		}
		if lefts > rights {
			return rest
		}
	} else if rest, ok := strings.CutSuffix(s, right); ok && rights > lefts {
		return rest
	}
	return s
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
