package render

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

// marks are the kinds of emphasis that a run of words can have, outermost
// first.
type marks uint16

const (
	markStrong marks = 1 << iota
	markEm
	markDel
	markSub
	markSup
	markCode
	markFormula // its text is TeX
	markDisplay // of a formula on a line of its own
	markNote    // its text is the label of a footnote
)

// A phrasing is a part of a line in which nothing changes.
type phrasing struct {
	text  string
	marks marks
	href  string // absolute; empty outside links
}

// runs cuts a block where its emphasis or its link changes. Their texts make
// up the block's text. Spaces at the edges of emphasis stand outside it, as
// Markdown wants them.
func runs(bd *body.Body, k int) []phrasing { return cutRuns(bd, k, nil) }

// markdownRuns is runs with the source of formulas in the place of their signs,
// the labels of footnotes in that of their marks, and no links back from them.
func markdownRuns(bd *body.Body, k int, notes *footnotes) []phrasing {
	runs := cutRuns(bd, k, notes)
	if text := bd.Blocks[k].Text; (strings.Contains(text, `\`) || strings.Contains(text, "$$")) && notes.tex.of(bd.Tree) {
		return withTeX(runs)
	}
	return runs
}

// A cut is where a run of text with the same marks ends.
type cut struct {
	to    int
	marks marks
	a     int32 // the a element, or -1
}

func cutRuns(bd *body.Body, k int, notes *footnotes) []phrasing {
	b := &bd.Blocks[k]
	t := bd.Tree
	var cuts []cut
	var s []byte
	outer := linkAround(bd, b.El)
	heading := page.IsHeading(b.Tag)
	sources := body.ElementMemo{T: t, Is: isSourceNumber}
	add := func(i int32) {
		c := cut{a: -1}
		for e := t.Nodes[i].Parent; e > b.El; e = t.Nodes[e].Parent {
			switch t.Nodes[e].DataAtom {
			case atom.B, atom.Strong:
				if !heading {
					c.marks |= markStrong
				}
			case atom.I, atom.Em, atom.Dfn, atom.Var:
				c.marks |= markEm
			case atom.Cite:
				if !sources.Of(e) {
					c.marks |= markEm
				}
			case atom.Del, atom.S, atom.Strike:
				c.marks |= markDel
			case atom.Sub:
				c.marks |= markSub
			case atom.Sup:
				c.marks |= markSup
			case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
				c.marks |= markCode
			case atom.A:
				if c.a < 0 {
					c.a = e
				}
			}
		}
		if c.a < 0 {
			c.a = outer
		}
		if notes != nil {
			if c.a >= 0 && notes.backs[c.a] || notes.isNoteBracket(t, i) {
				return
			}
			if label := notes.marks[max(c.a, 0)]; label != "" {
				if n := len(cuts); n > 0 && cuts[n-1].marks == markNote && cuts[n-1].a == -1-c.a {
					return // the rest of the mark
				}
				s = append(s, label...)
				cuts = append(cuts, cut{to: len(s), marks: markNote, a: -1 - c.a})
				return
			}
		}
		if heading && c.a >= 0 && linksToItself(t, b.El, c.a) {
			c.a = -1
		}
		if tex, display := formulaAt(t, i); tex != "" {
			s = append(s, tex...)
			if c.marks = markFormula; display {
				c.marks |= markDisplay
			}
		} else {
			s = page.AppendCollapsed(s, t.Nodes[i].Data)
		}
		c.to = len(s)
		if n := len(cuts); n > 0 && cuts[n-1].marks == c.marks && cuts[n-1].a == c.a {
			cuts[n-1].to = c.to
			return
		}
		cuts = append(cuts, c)
	}
	from, to, formulas := b.From, b.To, false
	if notes != nil {
		from, to, formulas = withFormulas(t, b)
	}
	if formulas {
		eachFormula(t, from, to, add)
	} else {
		t.EachInline(b, add)
	}
	runs := phrasings(t, string(s), cuts)
	if notes != nil && len(notes.marks) > 0 {
		return unbracketed(runs)
	}
	return runs
}

// linksToItself reports whether a link in a heading leads to the heading: to its own id,
// that of the section around it, or that of an element in it.
func linksToItself(t *page.Tree, heading, a int32) bool {
	id, ok := strings.CutPrefix(t.Attr(a, "href"), "#")
	if !ok || id == "" {
		return false
	}
	if t.Attr(heading, "id") == id || t.Attr(t.Nodes[heading].Parent, "id") == id {
		return true
	}
	for j := heading + 1; j < min(t.Nodes[heading].End, heading+maxEdgeNodes); j++ {
		if t.Attr(j, "id") == id || t.Attr(j, "name") == id {
			return true
		}
	}
	return false
}

// isSourceNumber reports whether a cite element begins with "[", as the number of a
// source does. White space before it is passed over.
func isSourceNumber(t *page.Tree, cite int32) bool {
	const most = 64 // bytes of a text that are looked at
	for j := cite + 1; j < t.Nodes[cite].End; j++ {
		nd := &t.Nodes[j]
		if nd.Opaque {
			j = nd.End - 1
		} else if nd.Type == html.TextNode {
			if s := strings.TrimSpace(nd.Data[:min(len(nd.Data), most)]); s != "" {
				return s[0] == '['
			}
		}
	}
	return false
}

// phrasings parts text at cuts, with the spaces at their ends apart.
func phrasings(t *page.Tree, text string, cuts []cut) []phrasing {
	var out []phrasing
	at := 0
	for _, c := range cuts {
		r := phrasing{text: text[at:c.to], marks: c.marks}
		at = c.to
		if r.text == "" {
			continue
		}
		if c.a >= 0 {
			r.href = t.Page.Link(t.Attr(c.a, "href"))
		}
		words := strings.Trim(r.text, " ")
		if words == "" {
			out = append(out, phrasing{text: " "})
			continue
		}
		if r.text[0] == ' ' {
			out = append(out, phrasing{text: " "})
		}
		spaced := r.text[len(r.text)-1] == ' '
		r.text = words
		out = append(out, r)
		if spaced {
			out = append(out, phrasing{text: " "})
		}
	}
	return joinRuns(out)
}

// eachFormula calls f for the text nodes and the formulas among nodes[from:to],
// and not for the signs by which a formula is drawn beside its source.
func eachFormula(t *page.Tree, from, to int32, f func(i int32)) {
	for i := from; i < to; {
		nd := &t.Nodes[i]
		tex, _ := formulaAt(t, i)
		switch {
		case tex != "":
			f(i)
			i = nd.End
		case nd.Type == html.TextNode:
			f(i)
			i++
		case nd.Opaque || t.Pruned(i) != "" || drawsFormula(t, i):
			i = nd.End
		default:
			i++
		}
	}
}

// joinRuns trims a line's ends, lets a space between two runs share what both
// have, and makes one of neighbours that are alike.
func joinRuns(in []phrasing) []phrasing {
	for len(in) > 0 && in[0].text == " " {
		in = in[1:]
	}
	for len(in) > 0 && in[len(in)-1].text == " " {
		in = in[:len(in)-1]
	}
	out := in[:0]
	var same strings.Builder // the text of the last of out, where it is of several
	for k, r := range in {
		if r.text == " " && k > 0 && k+1 < len(in) {
			a, b := &in[k-1], &in[k+1]
			if len(out) > 0 {
				a = &out[len(out)-1]
			}
			if a.href == b.href {
				r.marks, r.href = a.marks&b.marks&^markCode, a.href
			}
		}
		if n := len(out); n > 0 && out[n-1].marks == r.marks && out[n-1].href == r.href {
			if same.Len() == 0 {
				same.WriteString(out[n-1].text)
			}
			same.WriteString(r.text)
			continue
		}
		endSame(out, &same)
		out = append(out, r)
	}
	endSame(out, &same)
	return out
}

// endSame gives the last run the text that was gathered for it, if any.
func endSame(runs []phrasing, text *strings.Builder) {
	if text.Len() > 0 {
		runs[len(runs)-1].text = text.String()
		text.Reset()
	}
}

// linkAround is the a element that makes a link of a whole block, or -1.
func linkAround(bd *body.Body, el int32) int32 {
	for up := 0; up < 4 && el > bd.Tree.Body; up, el = up+1, bd.Tree.Nodes[el].Parent {
		if bd.Tree.Nodes[el].DataAtom == atom.A {
			return el
		}
	}
	return -1
}
