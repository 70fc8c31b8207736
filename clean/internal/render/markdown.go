package render

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
	"newsclip/clean/internal/picture"
)

// Markdown writes the kept blocks as CommonMark with GitHub's tables. It is
// the body alone: the first level of headings is left to the title.
func Markdown(bd *body.Body, pics []picture.Picture, images []article.Image) string {
	extras := extrasOf(bd, pics, images)
	w := markdownWriter{bd: bd, o: outlineOf(bd, extras), extras: extras, images: images, notes: footnotesOf(bd)}
	return w.kids(0)
}

type markdownWriter struct {
	bd     *body.Body
	o      *outline
	extras []extra
	images []article.Image
	notes  footnotes
	// nesting is how many quotes and items are being written within each other.
	nesting int
}

// kids writes the parts in part p with a blank line between them.
func (w *markdownWriter) kids(p int32) string {
	var b strings.Builder
	write := func(sep, s string) {
		if s == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		b.WriteString(s)
	}
	last := int32(0) // the list just written
	for k := w.o.parts[p].first; k != 0; k = w.o.parts[k].next {
		if w.o.parts[k].kind != partList {
			write("\n\n", w.part(k))
			continue
		}
		// Two lists in a row would read as one, were their marks equal.
		follows := last != 0 && w.o.parts[last].next == k
		if follows && w.goesOn(last, k) {
			write("\n", w.list(k, false))
			last = k
			continue
		}
		write("\n\n", w.list(k, follows))
		if last = k; follows {
			last = 0
		}
	}
	return b.String()
}

func (w *markdownWriter) part(p int32) string {
	x := &w.o.parts[p]
	switch x.kind {
	case partExtra:
		return w.extra(&w.extras[x.block])
	case partPara:
		if label := w.notes.notes[x.el]; label != "" && w.bd.Tree.Nodes[x.el].DataAtom != atom.Li {
			return "[^" + label + "]: " + unlabelled(strings.TrimSpace(w.lines(p, "  \n", false)), label)
		}
		return w.lines(p, "  \n", true)
	case partHeading:
		s := w.lines(p, " ", false)
		if strings.HasSuffix(s, " #") {
			s = s[:len(s)-1] + `\#` // a closing sign
		}
		return strings.Repeat("#", headingDepth(w.bd.Tree.Nodes[x.el].DataAtom)) + " " + s
	case partQuote:
		return w.quote(p)
	case partTable:
		return w.table(p)
	case partTerm:
		if s := w.lines(w.o.parts[p].first, " ", false); s != "" {
			return "**" + strings.ReplaceAll(s, "**", "") + "**"
		}
		return ""
	case partPre:
		return w.code(p)
	}
	return w.kids(p)
}

// headingDepth is the level at which the body shows a heading: an h1 in the
// body is no title.
func headingDepth(a atom.Atom) int { return max(2, int(page.HeadingLevel(a))) }

// lines writes the lines of a paragraph. At the begin of a block, words can
// read as a mark of a list or a heading.
func (w *markdownWriter) lines(p int32, sep string, begins bool) string {
	var b strings.Builder
	for k := w.o.parts[p].first; k != 0; k = w.o.parts[k].next {
		x := &w.o.parts[k]
		if b.Len() > 0 {
			b.WriteString(sep)
		}
		if x.kind != partLine {
			b.WriteString(w.lines(k, sep, begins))
			continue
		}
		line := markdownLine(markdownRuns(w.bd, int(x.block), &w.notes))
		if begins {
			line = escapeBegin(line)
		}
		b.WriteString(line)
	}
	return b.String()
}

func (w *markdownWriter) list(p int32, other bool) string {
	el := w.o.parts[p].el
	ordered := w.bd.Tree.Nodes[el].DataAtom == atom.Ol
	if len(w.notes.notes) > 0 {
		if s := w.noteList(p); s != "" {
			return s
		}
	}
	var items []string
	n := 1
	tight := true
	for k := w.o.parts[p].first; k != 0; k = w.o.parts[k].next {
		mark := "- "
		if other {
			mark = "* "
		}
		if ordered {
			if len(items) == 0 {
				n = max(0, (&numbers{t: w.bd.Tree}).of(el, w.o.parts[k].el))
			}
			mark = strconv.Itoa(n) + ". "
			if other {
				mark = strconv.Itoa(n) + ") "
			}
			n++
		}
		if x := w.o.parts[k].first; x == 0 || w.o.parts[x].kind != partPara ||
			w.o.parts[x].next != 0 && (w.o.parts[w.o.parts[x].next].kind != partList || w.o.parts[w.o.parts[x].next].next != 0) {
			tight = false
		}
		items = append(items, mark+w.item(k, len(mark)))
	}
	if tight {
		for k := range items {
			items[k] = strings.ReplaceAll(items[k], "\n\n", "\n")
		}
		return strings.Join(items, "\n")
	}
	return strings.Join(items, "\n\n")
}

// code writes a pre as a fenced block, whose fence is longer than any in it.
func (w *markdownWriter) code(p int32) string {
	s := preText(w.bd, w.o.parts[p].el)
	fence := strings.Repeat("`", max(3, longestRun(s, '`')+1))
	return fence + codeLanguage(w.bd, w.o.parts[p].el) + "\n" + s + "\n" + fence
}

func (w *markdownWriter) extra(x *extra) string {
	if x.tex != "" {
		return "$$" + x.tex + "$$"
	}
	if x.image < 0 {
		return "[" + escapeMarkdown(x.embed.label, false) + "](" + markdownLink(x.embed.href) + ")"
	}
	im := &w.images[x.image]
	src := w.bd.Tree.Page.Link(im.URL)
	if src == "" {
		return ""
	}
	s := "![" + escapeMarkdown(im.Alt, false) + "](" + markdownLink(src) + ")"
	if c := captionLine(im); c != "" {
		s += "  \n*" + escapeMarkdown(c, false) + "*"
	}
	return s
}

// markdownLink writes an address so that no part of its query reads as the
// name of a letter: "&copy=1".
func markdownLink(href string) string {
	if strings.IndexByte(href, '&') >= 0 && html.UnescapeString(href) != href {
		return strings.ReplaceAll(href, "&", "&amp;")
	}
	return href
}

// captionLine is a picture's caption with its credit.
func captionLine(im *article.Image) string {
	switch {
	case im.Credit == "":
		return im.Caption
	case im.Caption == "":
		return im.Credit
	}
	return im.Caption + " (" + im.Credit + ")"
}

// table writes a table of data. Cells that have no text left keep their place,
// and a cell over several columns or rows has empty ones in the rest.
func (w *markdownWriter) table(p int32) string {
	rows, before := grid(w.bd, w.o, p)
	var out []string
	for _, k := range before {
		out = append(out, w.part(k))
	}
	width := 0
	for _, r := range rows {
		width = max(width, len(r))
	}
	if width == 0 {
		return strings.Join(out, "\n\n")
	}
	// Renderers add the cells that a row is short of.
	pad := width*len(rows) <= maxPadded
	var b strings.Builder
	for n, r := range rows {
		b.WriteByte('|')
		for c := range rowWidth(width, len(r), pad || n == 0) {
			b.WriteByte(' ')
			if c < len(r) && r[c].part != 0 {
				b.WriteString(strings.ReplaceAll(w.cell(r[c].part), "|", `\|`))
				b.WriteByte(' ')
			}
			b.WriteByte('|')
		}
		b.WriteByte('\n')
		if n == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", width) + "\n")
		}
	}
	out = append(out, strings.TrimSuffix(b.String(), "\n"))
	return strings.Join(out, "\n\n")
}

// maxPadded is how many cells a table has at most whose rows are all written as
// wide as the widest.
const maxPadded = 100_000

func rowWidth(widest, own int, pad bool) int {
	if pad {
		return widest
	}
	return max(own, 1)
}

// cell writes what stands in a cell as one line.
func (w *markdownWriter) cell(p int32) string {
	var lines []string
	var walk func(int32)
	walk = func(p int32) {
		for k := w.o.parts[p].first; k != 0; k = w.o.parts[k].next {
			switch x := &w.o.parts[k]; x.kind {
			case partLine:
				lines = append(lines, markdownLine(markdownRuns(w.bd, int(x.block), &w.notes)))
			case partExtra:
			default:
				walk(k)
			}
		}
	}
	walk(p)
	return strings.Join(lines, "<br>")
}

// A gridCell is a cell of a table: its part, 0 where it is empty, and how far
// it reaches. Of the columns and rows that it reaches into, the fields are
// zero.
type gridCell struct {
	part       int32
	el         int32
	cols, rows int
}

// maxSpan bounds what a cell may claim to reach over, and maxSpread what the
// cells of a table may together.
const (
	maxSpan   = 50
	maxSpread = 100_000
)

// grid lays out the rows of a table that have kept text, and lists the parts
// that stand in no row, such as a caption.
func grid(bd *body.Body, o *outline, table int32) (rows [][]gridCell, outside []int32) {
	t := bd.Tree
	spread := 0
	below := map[int]int{} // column → rows that a cell above still takes
	for k := o.parts[table].first; k != 0; k = o.parts[k].next {
		if o.parts[k].kind != partRow {
			outside = append(outside, k)
			continue
		}
		tr := o.parts[k].el
		cells := map[int32]int32{}
		for c := o.parts[k].first; c != 0; c = o.parts[c].next {
			cells[o.parts[c].el] = c
		}
		var row []gridCell
		taken := func() {
			for below[len(row)] > 0 {
				below[len(row)]--
				row = append(row, gridCell{})
			}
		}
		for j := tr + 1; j < t.Nodes[tr].End; j = t.Nodes[j].End {
			if a := t.Nodes[j].DataAtom; a != atom.Td && a != atom.Th {
				continue
			}
			taken()
			g := gridCell{part: cells[j], el: j, cols: spanOf(t, j, "colspan"), rows: spanOf(t, j, "rowspan")}
			if spread += g.cols*g.rows - 1; spread > maxSpread {
				g.cols, g.rows = 1, 1
			}
			for c := range g.cols {
				if g.rows > 1 {
					below[len(row)] = g.rows - 1
				}
				if c == 0 {
					row = append(row, g)
				} else {
					row = append(row, gridCell{})
				}
			}
		}
		taken()
		rows = append(rows, row)
	}
	return rows, outside
}

func spanOf(t *page.Tree, i int32, key string) int {
	n, ok := intAttr(t, i, key)
	if !ok || n < 1 {
		return 1
	}
	return min(n, maxSpan)
}

// markdownLine writes a line's runs.
func markdownLine(runs []phrasing) string {
	var b markdownBuilder
	var bangs []int // where a "!" stands before a link, which would be a picture
	for k := 0; k < len(runs); {
		from, href := k, runs[k].href
		for k < len(runs) && runs[k].href == href {
			k++
		}
		if href == "" {
			writeMarked(&b, runs, from, k, markStrong|markEm|markDel)
			continue
		}
		if strings.HasSuffix(b.String(), "!") {
			bangs = append(bangs, b.Len()-1)
		}
		b.WriteByte('[')
		writeMarked(&b, runs, from, k, markStrong|markEm|markDel)
		b.WriteString("](" + markdownLink(href) + ")")
	}
	return escapeAt(b.String(), bangs)
}

// A markdownBuilder knows where the last sign that opens an emphasis ended.
type markdownBuilder struct {
	strings.Builder
	opened int
}

// emphases are what Markdown has signs for.
var emphases = [...]struct {
	mark marks
	sign string
}{{markStrong, "**"}, {markEm, "*"}, {markDel, "~~"}}

// writeMarked writes runs[from:to]. Of the emphases left to write, the one
// that goes on longest is the outermost.
func writeMarked(b *markdownBuilder, runs []phrasing, from, to int, left marks) {
	for from < to {
		end, mark, sign := from+1, marks(0), ""
		for _, e := range emphases {
			if runs[from].marks&left&e.mark == 0 {
				continue
			}
			n := from
			for n < to && runs[n].marks&e.mark != 0 {
				n++
			}
			if mark == 0 || n > end {
				end, mark, sign = n, e.mark, e.sign
			}
		}
		if mark == 0 {
			writeRun(b, &runs[from])
			from++
			continue
		}
		if !mayMark(b, runs, from, end) {
			sign = ""
		}
		if sign != "" {
			b.WriteString(sign)
			b.opened = b.Len()
		}
		writeMarked(b, runs, from, end, left&^mark)
		b.WriteString(sign)
		from = end
	}
}

// mayMark reports whether signs of emphasis around runs[from:to] would be read
// as such: beside a letter, none may stand between it and punctuation
// (CommonMark's flanking delimiter runs).
func mayMark(b *markdownBuilder, runs []phrasing, from, to int) bool {
	before, after := ' ', ' '
	if s := b.String(); s != "" {
		before, _ = utf8.DecodeLastRuneInString(s)
		if (before == '*' || before == '~') && b.opened != len(s) {
			return false // after a sign that closes, it would be read as a part of that
		}
	}
	if to < len(runs) {
		after, _ = utf8.DecodeRuneInString(runs[to].text)
	}
	first, _ := utf8.DecodeRuneInString(runs[from].text)
	last, _ := utf8.DecodeLastRuneInString(runs[to-1].text)
	if runs[from].marks&(markCode|markSub|markSup) != 0 {
		first = '<' // or a backtick: they are written with signs
	}
	if runs[to-1].marks&(markCode|markSub|markSup) != 0 {
		last = '>'
	}
	if first == ' ' || last == ' ' {
		return false
	}
	return !(isPunct(first) && !breaks(before)) && !(isPunct(last) && !breaks(after))
}

// writeRun writes a run's words without emphasis.
func writeRun(b *markdownBuilder, r *phrasing) {
	if r.marks&markCode != 0 {
		b.WriteString(codeSpan(r.text))
		return
	}
	if r.marks&markNote != 0 {
		b.WriteString("[^" + r.text + "]")
		return
	}
	if r.marks&markFormula != 0 {
		sign := "$"
		if r.marks&markDisplay != 0 {
			sign = "$$"
		}
		b.WriteString(sign + r.text + sign)
		return
	}
	before, _ := utf8.DecodeLastRuneInString(b.String())
	s := escapeMarkdown(r.text, isWordRune(before))
	switch {
	case r.marks&markSup != 0:
		s = "<sup>" + s + "</sup>"
	case r.marks&markSub != 0:
		s = "<sub>" + s + "</sub>"
	}
	b.WriteString(s)
}

func isWordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// isPunct is CommonMark's punctuation: of Unicode's kinds P and S.
func isPunct(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func breaks(r rune) bool { return unicode.IsSpace(r) || isPunct(r) }

func codeSpan(s string) string {
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if fence == "`" {
		return fence + s + fence
	}
	return fence + " " + s + " " + fence
}

// escapeMarkdown keeps words from reading as marks. inWord says that a letter
// stands before them. Tags and character references are kept from it by
// references: where a renderer makes links of bare addresses, a backslash in one
// is part of the address, and the tag after it would stand.
func escapeMarkdown(s string, inWord bool) string {
	if !strings.ContainsAny(s, "\\`*_[]<&~") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 8)
	for k, r := range s {
		switch r {
		case '<':
			b.WriteString("&lt;")
			inWord = false
			continue
		case '!':
			if strings.HasPrefix(s[k+1:], "[") {
				b.WriteString(bangReference)
				inWord = false
				continue
			}
		case '\\', '`', '*', '[', ']', '~':
			b.WriteByte('\\')
		case '_':
			// Inside a word it is no mark.
			next, _ := utf8.DecodeRuneInString(s[k+1:])
			if !inWord || !isWordRune(next) {
				b.WriteByte('\\')
			}
		case '&':
			if next, _ := utf8.DecodeRuneInString(s[k+1:]); next == '#' || unicode.IsLetter(next) {
				b.WriteString("&amp;")
				inWord = false
				continue
			}
		}
		b.WriteRune(r)
		inWord = isWordRune(r)
	}
	return b.String()
}

// escapeBegin keeps the begin of a line from reading as a mark of a block.
func escapeBegin(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '#', '>', '+', '-', '=', '|', ':':
		return `\` + s
	}
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	if n > 0 && n < 10 && n < len(s) && (s[n] == '.' || s[n] == ')') {
		return s[:n] + `\` + s[n:]
	}
	return s
}
