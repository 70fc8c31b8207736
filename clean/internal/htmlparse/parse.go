package htmlparse

import (
	"errors"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of a tree. No page that was written for readers comes near them.
const (
	// MaxTags is the number of tags, comments and doctypes.
	MaxTags = 200_000
	// MaxAttributes is the number of all tags' attributes.
	MaxAttributes = 1_000_000
	// MaxDepth is the number of elements that are open at once.
	MaxDepth = 512
	// maxFormatting is the number of active formatting elements and markers.
	maxFormatting = 4 * MaxDepth
	// maxReopened is the number of formatting elements, and of their attributes,
	// that are opened again (13.2.4.3, "reconstruct the active formatting
	// elements"): 39 kB of a page could become ten million nodes.
	maxReopened = 500_000
)

var (
	// ErrTooManyTags is the error for a page with over [MaxTags] tags or
	// [MaxAttributes] attributes.
	ErrTooManyTags = errors.New("too many tags or attributes")
	// ErrTooDeep is the error for a page in which more than [MaxDepth] elements are
	// open at once.
	ErrTooDeep = errors.New("elements are nested too deep")
	// ErrReopened is the error for a page whose formatting elements, left open,
	// would become too many.
	ErrReopened = errors.New("formatting elements are opened again too often")
)

// A Tree is a page's nodes.
type Tree struct {
	Doc  *html.Node // the document node
	Base *html.Node // the first base element that has an address, or nil
	slab *slab      // nil once it was released
}

// Release gives the memory of the tree to trees that are parsed later. None of its
// nodes can be used after. A tree that is not released is collected as anything else.
func (t *Tree) Release() {
	if t.slab != nil {
		t.slab.release()
		*t = Tree{}
	}
}

// Parse returns the tree of a page in UTF-8. Scripting is on, so that the content of a
// noscript element is text. The strings of the tree are parts of one copy of
// page, or of page itself where inPlace is set, which must not be changed then while they
// are in use.
// The error is one of [ErrTooManyTags], [ErrTooDeep] and [ErrReopened].
func Parse(page []byte, inPlace bool) (*Tree, error) {
	p := newParser(page, inPlace)
	if err := p.parse(); err != nil {
		return nil, err
	}
	return &Tree{Doc: p.doc, Base: p.base, slab: p.slab}, nil
}

// A parser is the tree construction stage (13.2.6).
type parser struct {
	tokenizer
	token token
	mode  mode
	// original is the mode to go back to after text.
	original mode
	// templates is the stack of template insertion modes.
	templates []mode

	doc, head, form, base *html.Node
	// open is the stack of open elements, active the list of active formatting
	// elements, in which a nil is a marker.
	open   []openElement
	active []*html.Node

	scripting, framesetOK, quirks bool
	// fostering is whether what the current table cannot hold goes before it.
	fostering bool
	// joined are the texts of text nodes that were appended to.
	joined map[*html.Node][]byte
	// given are the attributes of the html and body elements, once there was a
	// second tag.
	given map[*html.Node]map[string]bool
	// reopened counts as maxReopened does.
	reopened int
	err      error
}

// An openElement is an element on the stack, and what the rules know of it.
type openElement struct {
	*html.Node
	is class
}

func newParser(page []byte, inPlace bool) *parser {
	p := &parser{tokenizer: newTokenizer(page, inPlace), scripting: true, framesetOK: true}
	p.doc = p.node()
	p.doc.Type = html.DocumentNode
	p.open = make([]openElement, 0, 64)
	p.active = make([]*html.Node, 0, 16)
	return p
}

func (p *parser) parse() error {
	for p.err == nil {
		p.cdata = len(p.open) > 0 && p.top().is&inHTML == 0
		p.next(&p.token)
		last := p.token.kind == endOfFile
		p.process()
		if p.tags > MaxTags || p.attributes > MaxAttributes {
			p.err = ErrTooManyTags
		}
		if last {
			break
		}
	}
	for n, text := range p.joined {
		n.Data = string(text)
	}
	return p.err
}

// process hands the token to the rules that hold, until one has used it.
func (p *parser) process() {
	for done := false; !done && p.err == nil; {
		if p.isForeign() {
			done = p.foreign()
		} else {
			done = p.step(p.mode)
		}
	}
}

// imply treats the page as if it had a tag before the current token.
func (p *parser) imply(kind tokenKind, a atom.Atom) {
	current := p.token
	p.token = token{kind: kind, atom: a, data: a.String(), element: elementOf(a.String())}
	p.process()
	p.token = current
}

// A mode is an insertion mode (13.2.4.1).
type mode uint8

const (
	initial mode = iota
	beforeHTML
	beforeHead
	inHeadMode
	inHeadNoscript
	afterHead
	inBody
	inText
	inTable
	inCaption
	inColumnGroup
	inTableBody
	inRow
	inCell
	inTemplate
	afterBody
	inFrameset
	afterFrameset
	afterAfterBody
	afterAfterFrameset
)

// step treats the token by the rules of a mode. It reports whether they have used
// it: if not, it is to be treated again, in the mode that holds then.
func (p *parser) step(m mode) bool {
	switch m {
	case initial:
		return p.initial()
	case beforeHTML:
		return p.beforeHTML()
	case beforeHead:
		return p.beforeHead()
	case inHeadMode:
		return p.inHead()
	case inHeadNoscript:
		return p.inHeadNoscript()
	case afterHead:
		return p.afterHead()
	case inBody:
		return p.inBody()
	case inText:
		return p.inText()
	case inTable:
		return p.inTable()
	case inCaption:
		return p.inCaption()
	case inColumnGroup:
		return p.inColumnGroup()
	case inTableBody:
		return p.inTableBody()
	case inRow:
		return p.inRow()
	case inCell:
		return p.inCell()
	case inTemplate:
		return p.inTemplate()
	case afterBody:
		return p.afterBody()
	case inFrameset:
		return p.inFrameset()
	case afterFrameset:
		return p.afterFrameset()
	case afterAfterBody:
		return p.afterAfterBody()
	}
	return p.afterAfterFrameset()
}
