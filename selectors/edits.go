package selectors

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// LinkRule finds a link on a page.
type LinkRule struct {
	// Link finds an element with an address, or computes the address.
	Link *Selector
	// If, where it is not nil, has to find something on a page for the rule to
	// hold there.
	If *Selector
}

// FirstLink returns the address that the first of the rules which finds one gives
// for a page, as it stands there, or "".
func FirstLink(rules []*LinkRule, doc *html.Node) string {
	page := NewSearch(doc)
	for _, r := range rules {
		if r.If != nil && len(r.If.Select(page)) == 0 {
			continue
		}
		for _, m := range r.Link.Select(page) {
			if ref := strings.TrimSpace(m.address()); ref != "" {
				return ref
			}
		}
	}
	return ""
}

// address returns the address in a match: the value, or that of the element.
func (m *Match) address() string {
	if m.Node == nil {
		return m.Value
	}
	if m.Node.Type == html.TextNode {
		return m.Node.Data
	}
	for _, name := range []string{"href", "src", "action", "content"} {
		if v := attr(m.Node, name); v != "" {
			return v
		}
	}
	return ""
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// EditKind is what an [Edit] does to the elements that it finds.
type EditKind int

const (
	// WrapIn puts each of them into a new element.
	WrapIn EditKind = iota
	// Dissolve puts the children of each in its place.
	Dissolve
	// MoveInto moves them to the end of another element.
	MoveInto
	// LazySource makes an attribute's value their src.
	LazySource
)

// maxWraps is how many elements the edits of a page make in all: wrapping all elements ten
// times would make a thousand of each.
const maxWraps = 100_000

// Edit is a change of a page's tree.
type Edit struct {
	Kind  EditKind
	Nodes *Selector
	Tag   atom.Atom // of WrapIn
	Into  *Selector // of MoveInto
	Attr  string    // of LazySource
	Rule  string    // file:line
}

// EditTree changes a page's tree as the rules say, edit by edit. A nil Rules
// changes nothing.
func (r *Rules) EditTree(doc *html.Node) {
	if r == nil {
		return
	}
	page := NewSearch(doc)
	for _, e := range r.Edits {
		e.apply(page)
		page.Changed()
	}
}

func (e *Edit) apply(page *Search) {
	var into *html.Node
	if e.Kind == MoveInto {
		found := e.Into.Select(page)
		i := slices.IndexFunc(found, func(m Match) bool { return isElement(m.Node) })
		if i < 0 {
			return
		}
		into = found[i].Node
	}
	for _, m := range e.Nodes.Select(page) {
		n := m.Node
		// The document's own elements are where the parser looks for the rest.
		if !isElement(n) || n.Parent == nil || n.DataAtom == atom.Html || n.DataAtom == atom.Head || n.DataAtom == atom.Body {
			continue
		}
		switch e.Kind {
		case WrapIn:
			if page.wraps++; page.wraps > maxWraps {
				return
			}
			wrapper := &html.Node{Type: html.ElementNode, DataAtom: e.Tag, Data: e.Tag.String()}
			n.Parent.InsertBefore(wrapper, n)
			n.Parent.RemoveChild(n)
			wrapper.AppendChild(n)
		case Dissolve:
			for c := n.FirstChild; c != nil; c = n.FirstChild {
				n.RemoveChild(c)
				n.Parent.InsertBefore(c, n)
			}
			n.Parent.RemoveChild(n)
		case MoveInto:
			if !isWithin(into, n) {
				n.Parent.RemoveChild(n)
				into.AppendChild(n)
			}
		case LazySource:
			setAttr(n, "src", attr(n, e.Attr))
		}
	}
}

func isElement(n *html.Node) bool { return n != nil && n.Type == html.ElementNode }

// isWithin reports whether n is other or stands in it.
func isWithin(n, other *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == other {
			return true
		}
	}
	return false
}

func setAttr(n *html.Node, name, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == name {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: name, Val: value})
}

// Finding is what one rule finds on a page.
type Finding struct {
	// Directive and Source are the rule as it is written, Rule is its file:line.
	Directive, Source, Rule string
	// Texts are the words of what it finds, each as long as it is.
	Texts []string
}

// Find returns what each rule with a selector finds on a page, in the order of the
// directives' names and, for each, of the file.
func (r *Rules) Find(doc *html.Node) []Finding {
	var out []Finding
	page := NewSearch(doc)
	for _, d := range []struct {
		name string
		list []*Selector
	}{
		{"author", r.Author}, {"body", r.Body}, {"date", r.Date}, {"keep", r.Keep}, {"strip", r.Strip}, {"subtitle", r.Subtitle}, {"title", r.Title},
	} {
		for _, s := range d.list {
			f := Finding{Directive: d.name, Source: s.Source, Rule: s.Rule}
			for _, m := range s.Select(page) {
				f.Texts = append(f.Texts, m.words())
			}
			out = append(out, f)
		}
	}
	for _, w := range r.StripNames {
		f := Finding{Directive: "strip_id_or_class", Source: w.Word, Rule: w.Rule}
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && (strings.Contains(attr(n, "id"), w.Word) || strings.Contains(attr(n, "class"), w.Word)) {
				f.Texts = append(f.Texts, (&Match{Node: n}).words())
			}
		}
		out = append(out, f)
	}
	return out
}

// words returns the words of a match, or the address of an element without any.
func (m *Match) words() string {
	if m.Node == nil {
		return m.Value
	}
	var b strings.Builder
	for n := range m.Node.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
	}
	if m.Node.Type == html.TextNode {
		b.WriteString(m.Node.Data)
	}
	words := strings.Join(strings.Fields(b.String()), " ")
	if words == "" {
		return m.address()
	}
	return words
}
