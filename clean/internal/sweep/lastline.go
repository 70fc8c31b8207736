package sweep

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// lastProb is what the models have to think of a sentence that ends the text,
	// lastLongProb of a paragraph: one that is about the author begins as likely.
	lastProb     = 0.15
	lastLongProb = 0.4
	// lastLower is how many words in small letters make a sentence of a line, where a
	// credit has names; lastLetters how many letters do in Chinese and Japanese, and
	// lastCaseless how many words in other scripts that have no small letters.
	lastLower    = 4
	lastLetters  = 10
	lastCaseless = 6
	// whoseWords is how many words the line has at most that says whose a quotation is.
	whoseWords = 10
	// tombstones are the signs that magazines set behind the last sentence of a text.
	tombstones = "■□▪◼◾●◆◊♦♢∎❖⬛▲★✦ \u00a0"
)

// lastSentence keeps the sentence right after the last paragraph, beside it in one
// box, and the first word of a conversation there: the models take short lines that nothing
// comes after for furniture, above all where they begin with a word of it ("Photo albums
// fill two shelves.").
func lastSentence(bd *body.Body, sig *judge.Signals) {
	last, box := body.LastParagraph(bd)
	k := last + 1
	if last < 0 || k >= len(bd.Blocks) || bd.Verdicts[k].Keep {
		return
	}
	b := &bd.Blocks[k]
	if isSpeech(b.Text) && k+1 < len(bd.Blocks) && bd.Verdicts[k+1].Keep && isSpeech(bd.Blocks[k+1].Text) && bd.Tree.Nodes[b.El].Parent == box {
		bd.Verdicts[k] = body.Verdict{Keep: true}
		return
	}
	least := float32(lastProb)
	if page.IsLong(b) {
		least = lastLongProb
	}
	if b.Tag == atom.P && bd.Tree.Nodes[b.El].Parent == box && bd.Tree.Nodes[b.El].Roles&^selectors.Body == 0 && b.Links == 0 && bd.Probs[k] >= least && b.Where&(page.InList|page.InTable|page.InQuote) == 0 &&
		!sig.InField(b) && maySay(b.Text) && !selectors.Promotes(b.Text) && isSentence(b.Text) {
		bd.Verdicts[k] = body.Verdict{Keep: true}
	}
}

const (
	// closingReach is how many blocks after the last paragraph the sentence that ends the
	// text may stand, behind links to other pages.
	closingReach = 6
	// closingKin is how many paragraphs the text has at least that are set as the last is.
	closingKin = 3
	// closingProb is what the models have to think of a long one, in a box of its own.
	closingProb = 0.2
)

// closingSentence keeps the short sentence after the last paragraph that is set as the
// paragraphs are, in an element of the same class or beside the box of some of them, where
// nothing but a list or links to other pages stands between: "Read also: …", and then the
// text ends.
func closingSentence(bd *body.Body, sig *judge.Signals) {
	bs, nodes := bd.Blocks, bd.Tree.Nodes
	last := bd.LastLong()
	if last < 0 || bs[last].Where&(body.Elsewhere|page.InList|page.InQuote) != 0 {
		return
	}
	kin := 0
	for k := range last + 1 {
		if bd.Verdicts[k].Keep && page.IsLong(&bs[k]) && nodes[bs[k].El].Sig == nodes[bs[last].El].Sig {
			kin++
		}
	}
	if kin < closingKin {
		return
	}
	for k := last + 1; k < min(last+1+closingReach, len(bs)); k++ {
		b := &bs[k]
		if v := &bd.Verdicts[k]; b.Where&(page.InList|page.InQuote) != 0 && b.Links == 0 {
			continue
		} else if v.Keep || !v.LeftByModels() {
			return
		}
		around := nodes[b.El].Parent
		alike := b.El != bs[last].El && nodes[b.El].Sig == nodes[bs[last].El].Sig && (b.Sig == bs[last].Sig || around > bd.Tree.Body && around < bs[last].El && bs[last].El < nodes[around].End)
		switch {
		case alike && b.Where == bs[last].Where && b.Links == 0 && (!page.IsLong(b) && bd.Probs[k] >= lastProb || b.Sig == bs[last].Sig && around != nodes[bs[last].El].Parent && bd.Probs[k] >= closingProb) && !sig.InField(b) && !sig.Captions.Has(b) && maySay(b.Text) && !selectors.Promotes(b.Text) && isSentence(b.Text):
			bd.Verdicts[k] = body.Verdict{Keep: true}
			return
		case b.LinkWords*2 > b.Words || b.Phrases().Line&(selectors.PhraseRelated|selectors.PhraseReadMore|selectors.PhraseAd) != 0:
		default:
			return
		}
	}
}

// attributions keeps the line under a quotation that says whose it is after a dash: the
// models take it for furniture where it ends the text.
func attributions(bd *body.Body, sig *judge.Signals) {
	for k := 1; k < len(bd.Blocks); k++ {
		b, said := &bd.Blocks[k], &bd.Blocks[k-1]
		if bd.Verdicts[k].Keep || !bd.Verdicts[k-1].Keep || b.Words > whoseWords || b.Links > 0 || !isSpeech(b.Text) || said.ItalicWords < said.Words && said.Where&page.InQuote == 0 || bd.Tree.Nodes[b.El].Parent != bd.Tree.Nodes[said.El].Parent {
			continue
		}
		if b.Where&(body.Elsewhere|page.InList) == 0 && !bd.InData(b) && text.HasLetter(b.Text) && !body.EndsLine(b.Text) && !sig.InField(b) && maySay(b.Text) && !selectors.Promotes(b.Text) {
			bd.Verdicts[k] = body.Verdict{Keep: true}
		}
	}
}

// maySay reports whether no phrase of the furniture speaks against a sentence of the text:
// those of credits, sources and the like are single words that begin sentences, too.
func maySay(s string) bool {
	const words = selectors.PhraseAd | selectors.PhraseByline | selectors.PhraseCredit | selectors.PhraseRelated | selectors.PhraseSource | selectors.PhraseTags
	m := selectors.MatchPhrase(s)
	return m.Line == 0 && m.Prefix&^words == 0
}

// isSpeech reports whether a line begins with a dash, as what somebody says does.
func isSpeech(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("-–—―", r)
}

// isSentence reports whether a line is a sentence by its form.
func isSentence(s string) bool {
	s = strings.TrimRight(s, tombstones)
	if !text.EndsSentence(s) || strings.ContainsAny(s, ":：＝=|@©/") {
		return false
	}
	letters := 0
	for _, r := range s {
		if text.CJK(r) {
			letters++
		}
	}
	return text.SmallWords(s) >= lastLower || letters >= lastLetters || text.CountWords(s) >= lastCaseless && strings.IndexFunc(s, func(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }) < 0
}
