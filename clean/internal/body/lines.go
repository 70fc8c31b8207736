package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// furnitureWords is how many words a line of buttons and times may have.
const furnitureWords = 14

// editorsWords is how many words a note to editors has at most.
const editorsWords = 40

// furniturePhrases are what buttons say. A line of one of them alone is the
// models' to judge: they have its place on the page as well.
const furniturePhrases = selectors.PhraseAd | selectors.PhraseComments | selectors.PhraseFollow | selectors.PhraseListen |
	selectors.PhraseLogin | selectors.PhraseNewsletter | selectors.PhraseReadTime | selectors.PhraseShare | selectors.PhraseSkip | selectors.PhraseUI

// furniture drops kept lines of which every part is a button, a time or a
// counter: "06:40 Copy link", "Print | Back to top", "1 / 5"; and shortcodes.
func furniture(bd *Body) {
	rated := rates(bd)
	last := len(bd.Blocks) - 1 // the text's last paragraph
	for last >= 0 && !(bd.Verdicts[last].Keep && page.IsLong(&bd.Blocks[last]) && !isFiled(&bd.Blocks[last])) {
		last--
	}
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep && b.Where&page.InPre == 0 && text.IsShortcode(b.Text) {
			bd.Drop(k, "sweep", "shortcode")
		}
		if bd.Verdicts[k].Keep && b.Words <= editorsWords && b.Where&(page.InPre|page.InTable|page.InList|page.InQuote) == 0 && selectors.TellsEditors(b.Text) {
			bd.Drop(k, "sweep", "note to editors")
		}
		if bd.Verdicts[k].Keep && (b.RoleDepth[tagsRole] > 0 || k > last) && isFiled(b) {
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseTags.String())
		}
		if bd.Verdicts[k].Keep && b.Words <= linkWords && b.Where&(page.InPre|page.InTable|page.InList) == 0 && isBarred(b.Text) {
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseReadMore.String())
		}
		if bd.Verdicts[k].Keep && leadsToDropped(bd, k) {
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseRelated.String())
		}
		if bd.Verdicts[k].Keep && page.IsHeading(b.Tag) && b.Phrases().Line&selectors.PhraseAd != 0 {
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseAd.String())
		}
		if bd.Verdicts[k].Keep && b.Words <= furnitureWords && b.Where&(page.InPre|page.InList) == 0 && (b.Words > 1 || bd.amid(k)) && !bd.InData(b) && b.Phrases().Line&selectors.PhraseAd != 0 {
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseAd.String())
		}
		if !bd.Verdicts[k].Keep || b.Words > furnitureWords || page.IsHeading(b.Tag) || b.Where&page.InPre != 0 {
			continue
		}
		if b.Where&page.InTable == 0 && (!rated && isPlace(b.Text) || isCounter(b) || isPlayer(b.Text)) {
			bd.Drop(k, "sweep", "counter")
		} else if isRule(b.Text) && (b.Where&page.InTable == 0 || len(b.Text) >= longRule) {
			bd.Drop(k, "sweep", "separator")
		} else if b.Words == 1 && b.Where&(page.InTable|page.InList|page.InQuote) == 0 && isEndMark(b.Text) {
			bd.Drop(k, "sweep", "separator")
		} else if rule := buttons(bd, b); rule != "" {
			bd.Drop(k, "sweep", rule)
		}
	}
}

// amid reports whether block k stands between two paragraphs.
func (bd *Body) amid(k int) bool {
	return k > 0 && k+1 < len(bd.Blocks) && isParagraph(&bd.Blocks[k-1]) && isParagraph(&bd.Blocks[k+1])
}

// leadsToDropped reports whether a line names related pages whose links are left out.
func leadsToDropped(bd *Body, k int) bool {
	b := &bd.Blocks[k]
	return b.Words <= relatedLabel && b.Links == 0 && b.Where&page.InPre == 0 && k+1 < len(bd.Blocks) && !bd.Verdicts[k+1].Keep && bd.Blocks[k+1].Links > 0 && !bd.InData(b) &&
		b.Phrases().Line&selectors.PhraseRelated != 0
}

// isBarred reports whether a line names another page behind a label and a bar, with or
// without a link: "READ | The ferry is sold".
func isBarred(s string) bool {
	label, rest, ok := strings.Cut(s, "|")
	label = strings.TrimSpace(label)
	if !ok || len(label) > barLabel || strings.TrimSpace(rest) == "" || text.EndsSentence(rest) {
		return false
	}
	return selectors.MatchPhrase(label+":").Prefix&(selectors.PhraseReadMore|selectors.PhraseRelated|selectors.PhraseListen|selectors.PhraseMedia) != 0
}

// barLabel is how many bytes such a label has at most.
const barLabel = 24

// isFiled reports whether a line tells under what the text is filed, with links to it.
func isFiled(b *page.Block) bool {
	return b.Links > 0 && b.Words <= editorsWords && b.Where&(page.InPre|page.InTable|page.InQuote) == 0 && b.Phrases().Prefix&selectors.PhraseTags != 0
}

// tagsRole is the index of boxes of tags in a block's RoleDepth.
var tagsRole = page.RoleIndex(selectors.Tags)

// leadsAway drops the lines of news stories that only send the reader to
// another page: "Read more: …". The models are divided on them where they have
// not read the language. In guides and reviews such a line is most often the
// writer's own: "Read our full review of …".
func leadsAway(bd *Body, sig *judge.Signals) {
	if !sig.News {
		return
	}
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep && b.Words <= 40 && b.LinkWords*2 > b.Words && b.Where&(page.InList|page.InPre) == 0 && !bd.InData(b) &&
			b.Phrases().Prefix&selectors.PhraseReadMore != 0 {
			bd.Drop(k, "sweep", "phrase "+selectors.PhraseReadMore.String())
		}
	}
}

// sureHeading is how likely a heading is from which on it stays over a section
// of which nothing is kept: of 25 such in the corpora, 23 belong to the text,
// and of less likely ones 35 of 91.
const sureHeading = 0.8

// headsNothing drops kept headings over sections of which nothing is kept:
// what they head was a box of links or a form. A picture is something. The sections
// within such a section count where it ends the text.
func headsNothing(bd *Body, sig *judge.Signals) {
	last := bd.LastKept()
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || !page.IsHeading(b.Tag) || bd.Probs[k] >= sureHeading {
			continue
		}
		out := 0
		j := k + 1
		for ; j < len(bd.Blocks) && (!page.IsHeading(bd.Blocks[j].Tag) || k == last && page.HeadingLevel(bd.Blocks[j].Tag) > page.HeadingLevel(b.Tag)); j++ {
			if bd.Verdicts[j].Keep {
				break
			}
			if !sig.Captions.Has(&bd.Blocks[j]) {
				out++
			}
		}
		if out > 0 && (j == len(bd.Blocks) || page.IsHeading(bd.Blocks[j].Tag) && page.HeadingLevel(bd.Blocks[j].Tag) <= page.HeadingLevel(b.Tag)) {
			bd.Drop(k, "sweep", "heads nothing")
		}
	}
}

// buttons names what the parts of a line say where they say nothing else.
func buttons(bd *Body, b *page.Block) string {
	var said selectors.Phrases
	parts, times := 0, 0
	prose := false
	bd.Tree.EachInline(b, func(i int32) {
		s := strings.TrimFunc(bd.Tree.Nodes[i].Data, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
		switch {
		case s == "" || prose:
		case len(s) > 60:
			prose = true
		case isClock(s) || inTime(bd, i, b.El):
			parts++
			times++
		case b.To == b.From+1:
			prose = true // the whole line is one part
		default:
			parts++
			m := selectors.MatchPhrase(s).Line & furniturePhrases
			if m == 0 {
				prose = true
			}
			said |= m
		}
	})
	switch {
	case prose || parts == 0:
		return ""
	case times == parts && inTime(bd, b.From, b.El) && b.Where&page.InTable == 0:
		return "time"
	case parts > 1 && said != 0:
		return "phrase " + said.String()
	}
	return ""
}

// inTime reports whether a text node stands in a time element of its block.
func inTime(bd *Body, i, el int32) bool {
	for e := bd.Tree.Nodes[i].Parent; e > el; e = bd.Tree.Nodes[e].Parent {
		if bd.Tree.Nodes[e].DataAtom == atom.Time {
			return true
		}
	}
	return false
}

// isClock reports whether s is a time of day: 6:40, 06.40.
func isClock(s string) bool {
	h, m, ok := strings.Cut(s, ":")
	if !ok {
		h, m, ok = strings.Cut(s, ".")
	}
	return ok && len(h) <= 2 && len(m) == 2 && text.IsDigits(h) && text.IsDigits(m)
}

// isRule reports whether s is a line drawn with signs, such as underscores, which
// count as letters of words wherever words are counted, a lone dash, or the end of a
// release: "# # #". Stars part sections of a story: they are the writer's.
func isRule(s string) bool {
	return utf8.RuneCountInString(s) >= 3 && strings.Trim(s, "_-–—=~─━═▬") == "" || len(s) > maxDots && strings.Trim(s, ".… ") == "" || s != "" && strings.Trim(s, "-–—―─ ") == "" ||
		strings.Count(s, "_") >= 3 && strings.Trim(s, "_-–—=*~ ") == "" || strings.Count(s, "#") >= 3 && strings.Trim(s, "# ") == ""
}

// isEndMark reports whether a line of one word is the mark under which a release or a report
// ends: "-ENDS-", "— Ende —", "-30-". Other numbers between dashes count the parts of a story.
func isEndMark(s string) bool {
	const dashes = "-–—"
	first, _ := utf8.DecodeRuneInString(s)
	if s == "ENDS" {
		return true
	}
	if !strings.ContainsRune(dashes, first) || !text.EndsIn(s, dashes) {
		return false
	}
	word := strings.Trim(s, dashes+" ")
	return word == "30" || utf8.RuneCountInString(word) >= endMark && strings.Trim(word, "IVXivx") != "" && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

// endMark is how many letters the word of such a mark has at least.
const endMark = 3

// longRule is how many bytes a line drawn in a table has at least: a cell of a few dashes
// says that there is no value.
const longRule = 8

// maxDots is how many bytes of dots leave words out: more are drawn as a line.
const maxDots = 6

// rates reports whether a page has marks, 5/5, and no places: of those, none
// comes twice.
func rates(bd *Body) bool {
	var seen map[string]bool
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; bd.Verdicts[k].Keep && b.Words < 4 && b.Where&page.InTable == 0 && isPlace(b.Text) {
			if seen[b.Text] {
				return true
			}
			if seen == nil {
				seen = make(map[string]bool)
			}
			seen[b.Text] = true
		}
	}
	return false
}

// isPlace reports whether s is a place in a series: 3/12, 3 / 12.
func isPlace(s string) bool {
	a, b, ok := strings.Cut(s, "/")
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	return ok && len(a) <= len(b) && len(b) <= 3 && text.IsDigits(a) && text.IsDigits(b)
}

// isCounter reports whether a line tells which picture of how many is shown: "1 of 12 photos".
func isCounter(b *page.Block) bool {
	return b.Words > 3 && dates.HasDigit(b.Text) && b.Phrases().Line&selectors.PhraseMedia != 0
}

// isPlayer reports whether s is where a player stands that has not begun: 0:00 / 2:31.
func isPlayer(s string) bool {
	at, of, ok := strings.Cut(s, "/")
	at, of = strings.TrimSpace(at), strings.TrimSpace(of)
	return ok && isClock(at) && isClock(of) && strings.Trim(at, "0:.") == ""
}

// wholeTables keeps a table of data whole where the models keep most of it:
// a column's head is part of its numbers.
func wholeTables(bd *Body) {
	for from := 0; from < len(bd.Blocks); {
		if !bd.InData(&bd.Blocks[from]) {
			from++
			continue
		}
		table := bd.Tree.Within(bd.Blocks[from].El, atom.Table)
		to := from + 1
		for to < len(bd.Blocks) && bd.Blocks[to].From < bd.Tree.Nodes[table].End {
			to++
		}
		var kept, all int32
		for k := from; k < to; k++ {
			all += bd.Blocks[k].Words
			if bd.Verdicts[k].Keep {
				kept += bd.Blocks[k].Words
			}
		}
		if kept*2 > all {
			for k := from; k < to; k++ {
				bd.Verdicts[k] = Verdict{Keep: true}
			}
		}
		from = to
	}
}

// embeds drops the lines of embeds that are nothing but a link or an address:
// the embed stands in Markdown and HTML as one.
func embeds(bd *Body) {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		bare := b.LinkWords == b.Words || strings.HasPrefix(b.Text, "https://") && !strings.Contains(b.Text, " ")
		if !bd.Verdicts[k].Keep || !bare {
			continue
		}
		for e, up := b.El, 0; e > bd.Tree.Body && up < 3; e, up = bd.Tree.Nodes[e].Parent, up+1 {
			if bd.Tree.Nodes[e].DataAtom == atom.Figure && IsPost(bd.Tree.Attr(e, "class")) {
				bd.Drop(k, "sweep", "embed")
				break
			}
		}
	}
}

// IsPost reports whether a class has a word for a post of a social network or
// another thing that stands here of another site.
func IsPost(class string) bool {
	for w := range strings.FieldsSeq(class) {
		if selectors.Markup().Posts[strings.ToLower(w)] {
			return true
		}
	}
	return false
}

// notes keeps corrections and other notes to the reader that stand among the
// article's own paragraphs. They read like furniture and the models are
// divided on them.
func notes(bd *Body) {
	for k := range bd.Blocks {
		b := &bd.Blocks[k]
		if bd.Verdicts[k].Keep || b.Words < 5 || b.LinkWords*2 > b.Words {
			continue
		}
		parent := bd.Tree.Nodes[b.El].Parent
		for j := k - 1; j >= 0 && j > k-4; j-- {
			if bd.Verdicts[j].Keep && page.IsLong(&bd.Blocks[j]) && bd.Tree.Nodes[bd.Blocks[j].El].Parent == parent {
				if b.Phrases().Prefix&selectors.PhraseNote != 0 {
					bd.Verdicts[k] = Verdict{Keep: true}
				}
				break
			}
		}
	}
}

// BoxRoles are the roles of boxes that are the article's whole or not at all.
const BoxRoles = page.NotArticle | selectors.Author | selectors.CTA | selectors.Infobox | selectors.Paywall | selectors.TOC | selectors.Tags

// wholeBoxes drops what the models keep of a box, such as a heading or an
// item, whose greater part they leave out, and the asides of news stories.
func wholeBoxes(bd *Body, sig *judge.Signals) {
	t := bd.Tree
	words := newKeptWords(bd)
	kept, _ := words.of(0, len(bd.Blocks))
	weighed := int32(-1) // the box before
	for from := range bd.Blocks {
		if !bd.Verdicts[from].Keep {
			continue
		}
		box := int32(-1)
		for e := bd.Blocks[from].El; e > t.Body; e = t.Nodes[e].Parent {
			if nd := &t.Nodes[e]; nd.DataAtom == atom.Aside || nd.Roles&BoxRoles != 0 {
				box = e
				break
			}
		}
		if box < 0 || box == weighed {
			continue
		}
		weighed = box
		first, last := bd.BlocksIn(box)
		in, out := words.of(first, last)
		// In a news story an aside is beside it whatever it says; a recipe has
		// its ingredients in one.
		aside := sig.News && t.Nodes[box].DataAtom == atom.Aside && !isEndnote(t, box) && !IsNote(t, box) && !(last-first == 1 && IsRemark(bd, first))
		if in*boxShare > kept || out <= in && !aside {
			continue
		}
		rule := "element aside"
		if r := t.Nodes[box].Roles & BoxRoles; r != 0 {
			rule = "class " + r.String()
		}
		for k := first; k < last; k++ {
			if bd.Verdicts[k].Keep {
				bd.Drop(k, "sweep", rule)
				if !bd.Verdicts[k].Keep {
					words.add(k, -bd.Blocks[k].Words)
				}
			}
		}
	}
}

// boxShare guards the text: no box that has more than one in boxShare of its
// words is dropped.
const boxShare = 5

// IsNote reports whether an element is an aside that calls itself a note by its role, or by
// its class a note, a tip or a warning.
func IsNote(t *page.Tree, i int32) bool {
	if t.Nodes[i].DataAtom != atom.Aside {
		return false
	}
	for c := range strings.FieldsSeq(t.Attr(i, "class")) {
		if selectors.Markup().IsNote(c) {
			return true
		}
	}
	return t.Attr(i, "role") == "note"
}

// IsRemark reports whether block k is a paragraph alone in an aside between two that are kept,
// which stand in one element with the aside, and is a sentence without a link.
func IsRemark(bd *Body, k int) bool {
	nodes := bd.Tree.Nodes
	b := &bd.Blocks[k]
	box := nodes[b.El].Parent
	if k < 1 || k+1 >= len(bd.Blocks) || b.Tag != atom.P || b.LinkWords > 0 || nodes[box].DataAtom != atom.Aside || nodes[box].Roles&BoxRoles != 0 || !isParagraph(b) {
		return false
	}
	first, last := bd.BlocksIn(box)
	before, after := &bd.Blocks[k-1], &bd.Blocks[k+1]
	return first == k && last == k+1 && bd.Verdicts[k-1].Keep && bd.Verdicts[k+1].Keep && isParagraph(before) && isParagraph(after) &&
		nodes[box].Parent == nodes[before.El].Parent && nodes[box].Parent == nodes[after.El].Parent
}
