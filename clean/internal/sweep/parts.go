package sweep

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/judge"
	"newsclip/clean/internal/names"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/source"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// standfirstParts returns the blocks of the standfirst that block k is a part
// of: the items of its list of key points, or the lines that a br parts.
func standfirstParts(bd *body.Body, sig *judge.Signals, k int) []int {
	b := &bd.Blocks[k]
	alone := []int{k}
	if box := standfirstBox(bd, sig, k, endOfDeck(bd, k)); box.named || box.said {
		return boxParts(bd, box)
	}
	if list := body.GroupAround(bd, &body.ElementMemo{T: bd.Tree, Is: body.IsGroup}, k); list >= 0 && b.Where&page.InList != 0 {
		first, last := bd.BlocksIn(list)
		var parts []int
		var words int32
		for j := first; j < last; j++ {
			n := &bd.Blocks[j]
			words += n.Words
			if n.LinkWords*2 > n.Words || words > standfirstMax {
				return alone
			}
			if !isSigned(n) {
				parts = append(parts, j)
			}
		}
		return parts
	}
	// What is parted by br stands in one element; two in a row part paragraphs.
	joins := func(j int) bool {
		n := &bd.Blocks[j]
		return n.El == b.El && n.LinkWords*2 <= n.Words && n.Words <= standfirstMax && !sig.Headlines.Has(n) && !sig.Bylines.Has(n) && !sig.Dates.Has(n)
	}
	if b.Sig == bodySig(bd) {
		return alone
	}
	from, to := k, k+1
	if bd.StandfirstFrom == source.StandfirstPlace {
		to = endOfRun(bd, k, endOfDeck(bd, k))
	}
	for from > 0 && bd.Blocks[from].Brs == 1 && joins(from-1) {
		from--
	}
	for to < len(bd.Blocks) && bd.Blocks[to].Brs == 1 && joins(to) {
		to++
	}
	var words int32
	parts := make([]int, 0, to-from)
	for j := from; j < to; j++ {
		words += bd.Blocks[j].Words
		parts = append(parts, j)
	}
	if words > standfirstMax {
		return alone
	}
	return parts
}

// leastPoint is how many words each key point of a text has at least.
const leastPoint = 4

// opensWithPoints reports whether block k is the first of a list that opens the text, right
// before its first paragraph and behind the headline, with nothing kept between: key points,
// each of some words and without links.
func opensWithPoints(bd *body.Body, title, k int) bool {
	points := 0
	for j := title + 1; j < len(bd.Blocks) && bd.Blocks[k].Where&page.InList != 0; j++ {
		b := &bd.Blocks[j]
		switch {
		case !bd.Verdicts[j].Keep:
		case j > k && b.Where&page.InList == 0 && page.IsLong(b):
			return points > 1
		case j < k || b.Where&page.InList == 0 || b.Sig != bd.Blocks[k].Sig || b.Words < leastPoint || b.LinkWords*2 > b.Words || isDated(b, bylineWords):
			return false
		default:
			points++
		}
	}
	return false
}

// maxRun is how many paragraphs a standfirst has at most that nothing but its place tells.
const maxRun = 3

// endOfRun returns the block after those that begin with block k and are all that one
// element holds, before block end, and that the models leave out: the paragraphs of a deck
// in a box, or in one element with br between them; or a heading and one more right under it.
// It is k+1 where there are none.
func endOfRun(bd *body.Body, k, end int) int {
	nodes := bd.Tree.Nodes
	if k+1 < end && isSecondDeck(bd, k) {
		return k + 2
	}
	el := bd.Blocks[k].El
	for range 2 {
		if el <= bd.Tree.Body {
			break
		}
		first, last := bd.BlocksIn(el)
		if first != k || last > min(end, k+maxRun) {
			break
		}
		if last > k+1 {
			for j := k; j < last; j++ {
				if bd.Verdicts[j].Keep {
					return k + 1
				}
			}
			return last
		}
		el = nodes[el].Parent
	}
	return k + 1
}

// isSecondDeck reports whether the block after k is a heading of another rank, in the box of
// the deck that block k is, and the length of a sentence, which the models leave out.
func isSecondDeck(bd *body.Body, k int) bool {
	a, b := &bd.Blocks[k], &bd.Blocks[k+1]
	return page.IsHeading(a.Tag) && page.IsHeading(b.Tag) && a.Tag != b.Tag && b.Tag != atom.H1 && !bd.Verdicts[k+1].Keep && b.Words >= standfirstSentence && b.LinkWords == 0 &&
		bd.Tree.Nodes[a.El].Parent == bd.Tree.Nodes[b.El].Parent
}

// endOfDeck returns the block before which the standfirst that has block k ends: the
// body's first paragraph, where that stands after it.
func endOfDeck(bd *body.Body, k int) int {
	if head := firstOf(bd, bodySig(bd)); head > k {
		return head
	}
	return len(bd.Blocks)
}

// A partsBox is an element that holds the parts of a standfirst, and those like it
// right after it.
type partsBox struct {
	first, last int // its blocks, first to last-1
	words       int32
	named       bool // its class is that of a standfirst
	said        bool // a description of the page says what all of it says
	headed      bool // it is none: a heading stands over a paragraph in it
}

// maxParts is how many parts a standfirst has at most.
const maxParts = 12

// standfirstBox returns the box of several blocks around block k that is a standfirst by
// its class or by what it says, and ends before block end; the zero value where there is
// none.
func standfirstBox(bd *body.Body, sig *judge.Signals, k, end int) (box partsBox) {
	b := &bd.Blocks[k]
	nodes := bd.Tree.Nodes
	role, depth := b.RoleDepth[standfirstRole], int16(nodes[b.El].Depth)
	el := b.El
	if named := role > 0 && depth-role <= roleUp; named {
		for int16(nodes[el].Depth) > role {
			el = nodes[el].Parent
		}
	} else if len(sig.DescHash) > 0 && nodes[el].Parent > bd.Tree.Body {
		el = nodes[el].Parent
	} else {
		return box
	}
	box.first, box.last = bd.BlocksIn(el)
	if role > 0 && box.last < min(end, len(bd.Blocks)) {
		// Elements of the same class right after it: each line of the deck in its own.
		for from := el; box.last < len(bd.Blocks) && box.last-box.first < maxParts; {
			sibling := body.ChildOf(bd.Tree, nodes[el].Parent, bd.Blocks[box.last].From)
			if sibling < 0 || sibling != nodes[from].End && sibling > nodes[from].End+2 || nodes[sibling].DataAtom != nodes[el].DataAtom && !(page.IsHeading(nodes[sibling].DataAtom) && page.IsHeading(nodes[el].DataAtom)) || bd.Tree.Attr(sibling, "class") != bd.Tree.Attr(el, "class") {
				break
			}
			from = sibling
			_, box.last = bd.BlocksIn(sibling)
		}
	}
	if n := box.last - box.first; n < 2 || n > maxParts || box.last > end {
		return partsBox{}
	}
	var joined strings.Builder
	author := false
	for j := box.first; j < box.last; j++ {
		n := &bd.Blocks[j]
		author = author || role > 0 && tellsOfAuthor(bd, sig, j)
		if box.words += n.Words; box.words > standfirstMax || n.LinkWords*2 > n.Words || n.Where&(page.InHidden|page.InFigure) != 0 ||
			tellsElse(n) || sig.Headlines.Has(n) || sig.Bylines.Has(n) || sig.Dates.Has(n) || sig.Captions.Has(n) || sig.Titles[n.Hash] {
			return partsBox{}
		}
		if isPartHead(bd, box, j) {
			return partsBox{headed: true}
		}
		joined.WriteString(n.Text + " ")
	}
	if role > 0 {
		if author {
			return partsBox{}
		}
		box.named = true
		return box
	}
	h, _, _ := text.Scan(joined.String())
	if box.said = sig.DescHash[h]; !box.said {
		return partsBox{}
	}
	return box
}

// isPartHead reports whether block k of a box is a heading over a paragraph there: a box of
// the text's first part. The label of a list or of a summary is a few words, or ends with
// a colon.
func isPartHead(bd *body.Body, box partsBox, k int) bool {
	b := &bd.Blocks[k]
	return page.IsHeading(b.Tag) && k+1 < box.last && page.IsLong(&bd.Blocks[k+1]) && !page.IsHeading(bd.Blocks[k+1].Tag) && (k > box.first || b.Words > labelWords && !body.EndsWithColon(b.Text))
}

// tellsElse reports whether a line is one of those that stand about a head: a label over
// names, a form, a list of contents.
func tellsElse(b *page.Block) bool {
	if b.Words > maxHeadLine {
		return false
	}
	m := b.Phrases()
	if text.EndsSentence(b.Text) {
		m.Prefix &^= selectors.PhraseByline // "From Monday on, all trains stop.", "De pont vaart weer."
	}
	return m.Line|m.Prefix != 0 || names.IsReview(b.Text)
}

// maxHeadLine is how many words such a line has at most.
const maxHeadLine = 12

// labelWords is how many words the label of a list of key points has at most.
const labelWords = 4

// boxParts returns the blocks of a box that are the standfirst. The label over a list of
// key points is none: it is dropped.
func boxParts(bd *body.Body, box partsBox) (parts []int) {
	items := 0
	for k := box.first; k < box.last; k++ {
		if bd.Blocks[k].Where&page.InList != 0 {
			items++
		}
	}
	for k := box.first; k < box.last; k++ {
		b := &bd.Blocks[k]
		leads := items > 0 && b.Where&page.InList == 0 || k == box.first && (body.EndsWithColon(b.Text) || page.IsHeading(b.Tag) && !page.IsHeading(bd.Blocks[k+1].Tag))
		if leads && b.Words <= labelWords && !text.EndsSentence(b.Text) {
			bd.Drop(k, "sweep", "standfirst")
			continue
		}
		if text.HasLetter(b.Text) {
			parts = append(parts, k)
		}
	}
	return parts
}

// bodySig is the kind of box in which most of the kept paragraphs stand, 0
// where there is none.
func bodySig(bd *body.Body) (main uint32) {
	words := map[uint32]int32{}
	for k := range bd.Blocks {
		if b := &bd.Blocks[k]; bd.Verdicts[k].Keep && page.IsLong(b) {
			if words[b.Sig] += b.Words; words[b.Sig] > words[main] {
				main = b.Sig
			}
		}
	}
	return main
}

// StandfirstText is the standfirst as a reader sees it, its parts on lines of
// their own; "" where there is none. Authors are the names that the page's byline has:
// where they stand after the last sentence, they are no part of it. Lang is the page's
// primary language, or empty.
func StandfirstText(bd *body.Body, authors []string, lang string) string {
	lines := make([]string, len(bd.Standfirst))
	for n, k := range bd.Standfirst {
		lines[n] = bd.Blocks[k].Text
		if c := body.BulletOf(lines[n]); c != 0 && c != '-' && c != '–' && c != '—' { // a dash may begin somebody's words
			lines[n] = strings.TrimLeft(lines[n], string(c)+" ")
		}
	}
	return unsigned(strings.Join(lines, "\n"), authors, names.NameReader{Lang: lang})
}

const (
	// labelBytes is how many bytes the label before a standfirst has at most.
	labelBytes = 100
	// describedBytes is how many bytes of a description tell that it says what stands
	// after the label.
	describedBytes = 40
)

// WithoutLabel takes the label off a standfirst that stands before what one of the page's
// descriptions begins with: its topic, in an element or in capitals of its own; where the
// standfirst ends with the whole description any label, a time or who wrote. The place
// and the agency before a report have a sign after them, and an article has neither.
func WithoutLabel(bd *body.Body, standfirst string, descriptions []string) string {
	for _, d := range descriptions {
		n := min(describedBytes, len(d))
		for n < len(d) && !utf8.RuneStart(d[n]) {
			n++
		}
		at := strings.Index(standfirst[:min(len(standfirst), labelBytes+n)], d[:n])
		label := strings.TrimSpace(standfirst[:max(at, 0)])
		if at <= 0 || text.EndsIn(label, ".!?…:;,–—-·•|)]。！？：") || label == "" {
			continue
		}
		if first, _ := utf8.DecodeRuneInString(d); standfirst[at:] == d && len(d) > len(label) && !unicode.IsLower(first) && !strings.Contains(label, "\n") && label != standfirst[:at] && (len(strings.Fields(label)) > 1 || dates.HasDigit(label)) {
			return d
		}
		if len(d) >= describedBytes && len(strings.Fields(label)) <= labelWords && text.HasLetter(label) && (label == strings.ToUpper(label) && label != strings.ToLower(label) || opensElement(bd, label)) {
			return standfirst[at:]
		}
	}
	return standfirst
}

// opensElement reports whether words are all that the first element in the standfirst's says.
func opensElement(bd *body.Body, words string) bool {
	if len(bd.Standfirst) == 0 {
		return false
	}
	t, el := bd.Tree, bd.Blocks[bd.Standfirst[0]].El
	for i := el + 1; i < t.Nodes[el].End; i++ {
		if nd := &t.Nodes[i]; nd.Type == html.ElementNode {
			if strings.TrimSpace(t.Text(i)) == words {
				return true
			}
		} else if nd.Type == html.TextNode && !text.IsSpace(nd.Data) {
			return false
		}
	}
	return false
}

const (
	// signedWords is how many words the byline at the end of a standfirst has at most.
	signedWords = 12
	// byWords is how many of them stand before the names: more tell what the article is,
	// such as a comment.
	byWords = 2
)

// unsigned cuts a byline that names authors off the end of a text.
func unsigned(s string, authors []string, reader names.NameReader) string {
	if len(authors) == 0 || !strings.HasSuffix(strings.TrimRight(s, ". "), authors[len(authors)-1]) {
		return s
	}
	for k := len(s) - 1; k > 0; k-- {
		if s[k] != ' ' && s[k] != '\n' || !body.ClosesSentence(s[:k]) {
			continue
		}
		rest := s[k+1:]
		if len(strings.Fields(rest)) > signedWords {
			break
		}
		rest = strings.TrimRight(rest, ". ")
		signed, _ := reader.CutBy(rest)
		if len(strings.Fields(rest[:len(rest)-len(signed)])) <= byWords && slices.Equal(names.SplitByline(signed), authors) {
			return strings.TrimRight(s[:k], " \n")
		}
	}
	return s
}
