package body

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// promoWords is how many words a paragraph has at most that is all promotion
	// where its first sentence is, or a disclosure, and promoSentence a sentence that is.
	promoWords    = 50
	promoSentence = 40
	// hookWords is how many words a question has that leads to a promotion, or a
	// line of thanks after one.
	hookWords = 10
	// maxCutBytes bounds the sentences that are cut out of one paragraph: each time,
	// all of it is read anew.
	maxCutBytes = 4 << 20
)

// promotes drops the paragraphs in which the publisher asks the reader to
// follow it, to subscribe or to write below: they are set like the article's
// own, so that the models keep them. Of a paragraph that says more it cuts those
// sentences, whole ones alone.
func promotes(bd *Body) {
	var sentences []span
	var promo []bool
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || page.IsHeading(b.Tag) || b.Where&(page.InList|page.InQuote|page.InPre) != 0 || bd.InData(b) {
			continue
		}
		sentences, promo = appendSentences(sentences[:0], b.Text), promo[:0]
		found := 0
		for n, s := range sentences {
			if promo = append(promo, isPromo(s.in(b.Text))); promo[n] {
				found++
			}
		}
		if found == 0 {
			continue
		}
		short := func(n int) bool { return !promo[n] && text.CountWords(sentences[n].in(b.Text)) <= hookWords }
		last := len(sentences) - 1
		for n := last - 1; n >= 0; n-- {
			promo[n] = promo[n] || promo[n+1] && short(n) && leadsToPromo(sentences[n].in(b.Text), found == last)
		}
		for n := 1; n <= last; n++ {
			promo[n] = promo[n] || promo[n-1] && short(n) && endsQuestion(sentences[n-1].in(b.Text))
		}
		all := !slices.Contains(promo[:last], false)
		promo[last] = promo[last] || all && last > 0 && short(last) // thanks
		all = all && promo[last]
		if all || b.Words <= promoWords && (promo[0] || promo[last] && isSetApart(b) || selectors.Discloses(b.Text)) {
			bd.Drop(k, "sweep", "promotion")
			continue
		}
		left := maxCutBytes
		for n := len(sentences) - 1; n >= 0; n-- {
			if promo[n] {
				if left -= len(b.Text); left < 0 {
					break
				}
				bd.cut(k, sentences[n], "promotion")
			}
		}
	}
}

// isSetApart reports whether a paragraph is in italics from its first word to its last, as
// what a publisher adds to a text is.
func isSetApart(b *page.Block) bool { return b.ItalicWords == b.Words }

func isPromo(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return !strings.ContainsRune(openers, first) && selectors.Promotes(s) && text.CountWords(s) <= promoSentence
}

// openers are the signs that begin somebody's words: what they ask is theirs.
const openers = `"“„«‹‘'「『—–`

// leadsToPromo reports whether a short sentence belongs to the promotion after it: a
// question, a line of rights, or a call where the paragraph has nothing else (alone).
func leadsToPromo(s string, alone bool) bool {
	return endsQuestion(s) || strings.Contains(s, "©") || selectors.MatchPhrase(s).Line&selectors.PhraseCopyright != 0 || alone && (strings.HasSuffix(s, "!") || strings.HasSuffix(s, "！"))
}

func endsQuestion(s string) bool {
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？") || strings.HasSuffix(s, "؟")
}

// A span is a range of bytes of a block's text.
type span struct{ from, to int }

func (s span) in(text string) string { return text[s.from:s.to] }

// appendSentences appends the sentences of a text to out, which are parted at their ends.
func appendSentences(out []span, s string) []span {
	from, read := 0, 0 // read is the end of the last signs that were looked at
	for k, r := range s {
		if r < utf8.RuneSelf && r != '.' && r != '?' && r != '!' || k < read || !isSentenceEnd(r) {
			continue
		}
		end := k + utf8.RuneLen(r)
		for end < len(s) {
			next, n := utf8.DecodeRuneInString(s[end:])
			if !strings.ContainsRune(closers+".!?", next) {
				break
			}
			end += n
		}
		read = end
		next, _ := utf8.DecodeRuneInString(s[end:])
		if end < len(s) && next != ' ' && r < 0x3000 || end <= from {
			continue // inside a number or a name
		}
		if after, _ := utf8.DecodeRuneInString(strings.TrimLeft(s[end:], " ")); unicode.IsLower(after) {
			continue
		}
		out = append(out, span{from, end})
		for from = end; from < len(s) && s[from] == ' '; from++ {
		}
	}
	if from < len(s) {
		out = append(out, span{from, len(s)})
	}
	return out
}

func isSentenceEnd(r rune) bool {
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '।':
		return true
	}
	return false
}

// A Cut is a part of a kept block that was taken out of it.
type Cut struct {
	Block      int
	Text, Rule string
}

// cut takes a part of a block out of its text, with the space before it. The tree
// has copies of the nodes that it changes: the page stays as it is.
func (bd *Body) cut(k int, s span, rule string) {
	b := &bd.Blocks[k]
	bd.Cuts = append(bd.Cuts, Cut{k, s.in(b.Text), rule})
	rest := strings.TrimRight(b.Text[:s.from], " ") + b.Text[s.to:]
	from, to := len(strings.TrimRight(b.Text[:s.from], " ")), s.to
	// The block's text is that of its nodes one after another, less the space at
	// its ends.
	var buf []byte
	trimmed := -1
	var touched []int32
	var kept []string
	bd.Tree.EachInline(b, func(i int32) {
		at := len(buf)
		buf = page.AppendCollapsed(buf, bd.Tree.Nodes[i].Data)
		if trimmed < 0 {
			if n := len(buf) - len(strings.TrimLeft(string(buf), " ")); n < len(buf) {
				trimmed = n
			} else {
				return
			}
			at = max(at, trimmed)
		}
		lo, hi := max(from, at-trimmed), min(to, len(buf)-trimmed)
		if lo < hi {
			touched = append(touched, i)
			kept = append(kept, string(buf[at:trimmed+lo])+string(buf[trimmed+hi:]))
		}
	})
	for n, i := range touched {
		bd.Tree.Nodes[i].Node = &html.Node{Type: html.TextNode, Data: kept[n], Parent: bd.Tree.Nodes[i].Node.Parent}
	}
	b.Say(strings.TrimSpace(rest), nil)
}
