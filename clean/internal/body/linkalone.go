package body

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
)

const (
	// linkWords is how many words a line has at most that leads to another page and
	// says nothing else, and linkLeast how many its link has at least: fewer are a name.
	linkWords = 30
	linkLeast = 3
	// linkLabel is how many words stand before the link at most.
	linkLabel = 5
)

// linksAlone drops the lines among the text's paragraphs that are an arrow or a label and
// a link to another page of the site: "→ The ferry is sold", "Earlier: The ferry is sold".
// What a label and a link to another site say, such as the source, is the writer's.
// So is a label outside the news: guides send their readers to the next one. In the news
// a teaser goes that is all link, as it is set: "[The ferry is sold]", or in capitals.
func linksAlone(bd *Body, sig *judge.Signals) {
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; b.Words == 0 && b.Links > 0 && bd.Verdicts[k].Keep && b.Where&page.InPre == 0 && !bd.InData(b) && isAllLink(bd, b) {
			bd.Drop(k, "sweep", "link alone") // an arrow back
		}
	}
	for k := 1; k+1 < len(bd.Blocks); k++ {
		b := &bd.Blocks[k]
		if !bd.Verdicts[k].Keep || b.Links == 0 || b.Words > linkWords || b.LinkWords < linkLeast || b.Words-b.LinkWords > linkLabel || page.IsHeading(b.Tag) ||
			b.Where&(page.InList|page.InPre|page.InQuote) != 0 || bd.InData(b) || !(bd.Verdicts[k-1].Keep && page.IsLong(&bd.Blocks[k-1])) && bd.Verdicts[k-1].Rule != "link alone" {
			continue
		}
		if label, ok := labelOfLink(bd, b); ok && (isPointer(label) || sig.News && (b.Words > b.LinkWords && leadsOn(label) || b.Words == b.LinkWords && (isTeaser(b.Text, b.Words) || !EndsLine(b.Text)))) {
			bd.Drop(k, "sweep", "link alone")
		}
	}
}

// isAllLink reports whether all that a block says stands in links.
func isAllLink(bd *Body, b *page.Block) bool {
	all := true
	bd.Tree.EachInline(b, func(i int32) {
		if strings.TrimSpace(bd.Tree.Nodes[i].Data) != "" && bd.Tree.Within(i, atom.A) <= b.El {
			all = false
		}
	})
	return all
}

// leadsOn reports whether a label ends with a sign that leads to what follows.
func leadsOn(label string) bool {
	return EndsWithColon(label) || text.EndsIn(strings.TrimRight(label, " \u00a0"), "|›»>")
}

// labelOfLink returns what a line says before its links to other pages of the site, and
// whether it says nothing else.
func labelOfLink(bd *Body, b *page.Block) (label string, alone bool) {
	t := bd.Tree
	alone = true
	linked := false
	bd.Tree.EachInline(b, func(i int32) {
		s := strings.TrimSpace(t.Nodes[i].Data)
		if s == "" || !alone {
			return
		}
		switch a := t.Within(i, atom.A); {
		case a > b.El:
			linked = true
			alone = t.Page.LeadsToSite(t.Attr(a, "href"))
		case linked:
			alone = strings.Trim(s, ".»›>)]】 ") == ""
		default:
			label += s
		}
	})
	return label, alone && linked
}

// pointers are the signs that point to what follows.
const pointers = "→►▶»›>➡➔➜➤\ufe0f "

// isPointer reports whether a label is a sign that points to what follows.
func isPointer(s string) bool { return s != "" && strings.Trim(s, pointers) == "" }

// teaserWords is how many words a line in capitals has at least that is a headline: fewer
// are the heading of a part.
const teaserWords = 5

// isTeaser reports whether a line that is all link is set as the headline of another
// story is: after a sign that points to it, in brackets, or in capitals.
func isTeaser(s string, words int32) bool {
	first, n := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(pointers, first) || s[0] == '[' && s[len(s)-1] == ']' && len(s) > n ||
		words >= teaserWords && strings.IndexFunc(s, unicode.IsLower) < 0 && strings.IndexFunc(s, unicode.IsUpper) >= 0
}
