package render

import (
	"html"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"

	"newsclip/clean/article"
	"newsclip/clean/internal/body"
	"newsclip/clean/internal/picture"
)

// HTMLBody writes the kept blocks as HTML that is safe to show.
//
// It is safe by construction: no tag, attribute or address of the page is
// copied. The elements are those that this file spells out, their attributes
// are addresses that passed [Page.link], numbers and one class, all else is text,
// which is escaped. A sanitizer after it would parse the result again to
// remove nothing; the tests hold it against one.
func HTMLBody(bd *body.Body, pics []picture.Picture, images []article.Image) string {
	extras := extrasOf(bd, pics, images)
	w := htmlWriter{bd: bd, o: outlineOf(bd, extras), extras: extras, images: images}
	w.kids(0)
	return strings.TrimSuffix(w.b.String(), "\n")
}

// embedClass marks the link to an embed, which is no text of the article: the
// HTML may be cleaned again. It is the class that the most used content system
// gives to embeds.
const embedClass = "wp-block-embed"

type htmlWriter struct {
	bd     *body.Body
	o      *outline
	extras []extra
	images []article.Image
	b      strings.Builder
}

func (w *htmlWriter) kids(p int32) {
	for k := w.o.parts[p].first; k != 0; k = w.o.parts[k].next {
		w.part(k)
	}
}

func (w *htmlWriter) part(p int32) {
	x := &w.o.parts[p]
	switch x.kind {
	case partExtra:
		w.extra(&w.extras[x.block])
	case partPara:
		w.box("p", p, w.lines)
	case partHeading:
		w.box("h"+strconv.Itoa(headingDepth(w.bd.Tree.Nodes[x.el].DataAtom)), p, w.lines)
	case partQuote:
		w.outer("blockquote", p)
	case partList:
		w.list(p)
	case partItem:
		w.box("li", p, w.inner)
	case partTable:
		w.table(p)
	case partTerms:
		w.outer("dl", p)
	case partTerm:
		w.box("dt", p, w.inner)
	case partMeaning:
		w.box("dd", p, w.inner)
	case partPre:
		w.b.WriteString("<pre><code>" + html.EscapeString(preText(w.bd, x.el)) + "</code></pre>\n")
	default:
		w.kids(p)
	}
}

// box writes an element on a line of its own.
func (w *htmlWriter) box(tag string, p int32, inside func(int32)) {
	w.b.WriteString("<" + tag + ">")
	inside(p)
	w.b.WriteString("</" + tag + ">\n")
}

// outer writes an element around lines.
func (w *htmlWriter) outer(tag string, p int32) {
	w.b.WriteString("<" + tag + ">\n")
	w.kids(p)
	w.b.WriteString("</" + tag + ">\n")
}

// inner writes what stands in an item or a cell: its only paragraph, or the
// first before a list, without a p around it.
func (w *htmlWriter) inner(p int32) {
	first := w.o.parts[p].first
	if first == 0 {
		return
	}
	if w.o.parts[first].kind != partPara {
		w.kids(p)
		return
	}
	next := w.o.parts[first].next
	if next == 0 {
		w.lines(first)
		return
	}
	if w.o.parts[next].kind == partList && w.o.parts[next].next == 0 {
		w.lines(first)
		w.b.WriteByte('\n')
		w.part(next)
		return
	}
	w.kids(p)
}

func (w *htmlWriter) list(p int32) {
	el := w.o.parts[p].el
	if w.bd.Tree.Nodes[el].DataAtom != atom.Ol {
		w.outer("ul", p)
		return
	}
	w.b.WriteString("<ol")
	if first := w.o.parts[p].first; first != 0 {
		if n := (&numbers{t: w.bd.Tree}).of(el, w.o.parts[first].el); n != 1 {
			w.b.WriteString(` start="` + strconv.Itoa(n) + `"`)
		}
	}
	if _, ok := lookup(w.bd.Tree, el, "reversed"); ok {
		w.b.WriteString(` reversed=""`)
	}
	w.b.WriteString(">\n")
	w.kids(p)
	w.b.WriteString("</ol>\n")
}

// lines writes the lines of a paragraph or heading.
func (w *htmlWriter) lines(p int32) {
	for k := w.o.parts[p].first; k != 0; k = w.o.parts[k].next {
		if k != w.o.parts[p].first {
			w.b.WriteString("<br>\n")
		}
		if w.o.parts[k].kind == partLine {
			w.runs(runs(w.bd, int(w.o.parts[k].block)))
		}
	}
}

// runTags are the elements of marks, outermost first.
var runTags = [...]struct {
	mark marks
	tag  string
}{{markStrong, "strong"}, {markEm, "em"}, {markDel, "del"}, {markSub, "sub"}, {markSup, "sup"}, {markCode, "code"}}

func (w *htmlWriter) runs(runs []phrasing) {
	for k := 0; k < len(runs); {
		href := runs[k].href
		if href != "" {
			w.b.WriteString(`<a href="` + html.EscapeString(href) + `">`)
		}
		var open marks
		for ; k < len(runs) && runs[k].href == href; k++ {
			w.turn(open, runs[k].marks)
			open = runs[k].marks
			w.b.WriteString(html.EscapeString(runs[k].text))
		}
		w.turn(open, 0)
		if href != "" {
			w.b.WriteString("</a>")
		}
	}
}

// turn closes the marks that end and opens those that begin. From the
// outermost that differs on, all are closed, so that elements nest.
func (w *htmlWriter) turn(from, to marks) {
	same := 0
	for same < len(runTags) && from&runTags[same].mark == to&runTags[same].mark {
		same++
	}
	for k := len(runTags) - 1; k >= same; k-- {
		if from&runTags[k].mark != 0 {
			w.b.WriteString("</" + runTags[k].tag + ">")
		}
	}
	for _, m := range runTags[same:] {
		if to&m.mark != 0 {
			w.b.WriteString("<" + m.tag + ">")
		}
	}
}

func (w *htmlWriter) table(p int32) {
	rows, outside := grid(w.bd, w.o, p)
	for _, k := range outside {
		w.part(k)
	}
	if len(rows) == 0 {
		return
	}
	w.b.WriteString("<table>\n")
	for _, r := range rows {
		w.b.WriteString("<tr>")
		for _, c := range r {
			if c.cols == 0 {
				continue
			}
			tag := "td"
			if w.bd.Tree.Nodes[c.el].DataAtom == atom.Th {
				tag = "th"
			}
			w.b.WriteString("<" + tag)
			if c.cols > 1 {
				w.b.WriteString(` colspan="` + strconv.Itoa(c.cols) + `"`)
			}
			if c.rows > 1 {
				w.b.WriteString(` rowspan="` + strconv.Itoa(c.rows) + `"`)
			}
			w.b.WriteByte('>')
			if c.part != 0 {
				w.inner(c.part)
			}
			w.b.WriteString("</" + tag + ">")
		}
		w.b.WriteString("</tr>\n")
	}
	w.b.WriteString("</table>\n")
}

func (w *htmlWriter) extra(x *extra) {
	if x.tex != "" {
		return
	}
	if x.image < 0 {
		w.b.WriteString(`<figure class="` + embedClass + `"><a href="` + html.EscapeString(x.embed.href) + `">` + html.EscapeString(x.embed.label) + "</a></figure>\n")
		return
	}
	im := &w.images[x.image]
	src := w.bd.Tree.Page.Link(im.URL)
	if src == "" || strings.HasPrefix(src, "mailto:") {
		return
	}
	w.b.WriteString(`<figure><img src="` + html.EscapeString(src) + `" alt="` + html.EscapeString(im.Alt) + `"`)
	if im.Width > 0 {
		w.b.WriteString(` width="` + strconv.Itoa(im.Width) + `"`)
	}
	if im.Height > 0 {
		w.b.WriteString(` height="` + strconv.Itoa(im.Height) + `"`)
	}
	w.b.WriteByte('>')
	if c := captionLine(im); c != "" {
		w.b.WriteString("<figcaption>" + html.EscapeString(c) + "</figcaption>")
	}
	w.b.WriteString("</figure>\n")
}
