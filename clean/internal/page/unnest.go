package page

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unnest returns the page without the tags of wrappers (div, span, b, …) that
// stand deeper than depth, and without those of any other element that stands
// twice as deep; at depth 0 only paragraphs and headings are left. Where the
// box of a block is left out, a br keeps its words apart from their
// neighbours'. It takes time linear in the size of b.
func unnest(b []byte, depth int) []byte {
	type open struct {
		name    string
		dropped bool
	}
	var (
		out   bytes.Buffer
		stack []open
		count = make(map[string]int) // of the names on the stack
	)
	out.Grow(len(b))
	pop := func() open {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		count[top.name]--
		return top
	}
	z := html.NewTokenizer(bytes.NewReader(b))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return out.Bytes()
		case html.StartTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if isVoid(a) || isRawText(a) {
				out.Write(raw)
				continue
			}
			if len(stack) > 0 && closes(a, atom.Lookup([]byte(stack[len(stack)-1].name))) {
				pop()
			}
			o := open{name: string(name)}
			switch {
			case depth == 0:
				o.dropped = !isLine(a) && a != atom.Html && a != atom.Head && a != atom.Body
			case len(stack) >= 2*depth:
				o.dropped = true
			case len(stack) >= depth:
				o.dropped = isWrapper(a)
			}
			stack = append(stack, o)
			count[o.name]++
			if !o.dropped {
				out.Write(raw)
			} else if IsBlock(&html.Node{DataAtom: a, Data: o.name}) {
				out.WriteString("<br>")
			}
		case html.EndTagToken:
			raw := z.Raw()
			name, _ := z.TagName()
			if count[string(name)] == 0 {
				out.Write(raw)
				continue
			}
			for {
				o := pop()
				if o.name != string(name) {
					continue
				}
				if !o.dropped {
					out.Write(raw)
				} else if IsBlock(&html.Node{DataAtom: atom.Lookup(name), Data: o.name}) {
					out.WriteString("<br>")
				}
				break
			}
		default:
			out.Write(z.Raw())
		}
	}
}

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input,
		atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}

// isRawText reports whether the tokenizer reads an element's content as text,
// so that it holds no elements.
func isRawText(a atom.Atom) bool {
	switch a {
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Plaintext, atom.Script,
		atom.Style, atom.Textarea, atom.Title, atom.Xmp:
		return true
	}
	return false
}

// isLine reports whether an element is a paragraph or a heading: it closes
// itself before the next, so that it does not nest.
func isLine(a atom.Atom) bool {
	switch a {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// isWrapper reports whether an element groups or styles and means nothing.
func isWrapper(a atom.Atom) bool {
	switch a {
	case 0, atom.B, atom.Big, atom.Center, atom.Div, atom.Em, atom.Font, atom.I, atom.Label,
		atom.Main, atom.Section, atom.Small, atom.Span, atom.Strong, atom.U:
		return true
	}
	return false
}

// closes reports whether a start tag ends the element before it, whose end tag
// may be left out.
func closes(start, top atom.Atom) bool {
	switch top {
	case atom.P:
		return IsBlock(&html.Node{DataAtom: start})
	case atom.Li, atom.Option, atom.Tr:
		return start == top
	case atom.Td, atom.Th:
		return start == atom.Td || start == atom.Th || start == atom.Tr
	case atom.Dt, atom.Dd:
		return start == atom.Dt || start == atom.Dd
	}
	return false
}
