package htmlparse

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/text"
)

// An element is what the rules of the tree construction know of a tag's name.
type element struct {
	atom  atom.Atom
	name  string
	start startRule
	end   endRule
	is    class
}

// A class is a set of the kinds of element that the rules speak of.
type class uint32

const (
	special       class = 1 << iota // 13.2.4.2, "special"
	scopeStop                       // ends the search for an element in scope
	listStop                        // and in list item scope
	buttonStop                      // and in button scope
	tableStop                       // ends the search in table scope
	tableContext                    // "clear the stack back to a table context" stops here
	bodyContext                     // … to a table body context
	rowContext                      // … to a table row context
	impliedEnd                      // "generate implied end tags" closes it
	fosters                         // what a table cannot hold goes before the table
	isHeading                       // h1 to h6
	rawText                         // the tokenizer reads its content as text
	rcdata                          // text with character references
	inHead                          // a start tag in the body is treated as in the head
	breakout                        // its start tag ends foreign content
	textPoint                       // a MathML text integration point
	htmlPoint                       // an HTML integration point
	inHTML                          // of the HTML namespace
	tableContexts = tableContext | bodyContext | rowContext
)

// A startRule is a row of "in body" for start tags (13.2.6.4.7).
type startRule uint8

const (
	startOther startRule = iota
	startHTML
	startInHead
	startBody
	startFrameset
	startBlock
	startHeading
	startPre
	startForm
	startLi
	startDd
	startPlaintext
	startButton
	startA
	startFormatting
	startNobr
	startApplet
	startTable
	startVoid
	startInput
	startParam
	startHr
	startImage
	startTextarea
	startXmp
	startIframe
	startNoembed
	startNoscript
	startSelect
	startOption
	startOptgroup
	startRb
	startRt
	startMath
	startSVG
	startIgnored
)

// An endRule is a row of "in body" for end tags.
type endRule uint8

const (
	endOther endRule = iota
	endBody
	endHTML
	endBlock
	endForm
	endP
	endLi
	endDd
	endHeading
	endFormatting
	endApplet
	endBr
	endTemplate
)

// elements are the names that a rule knows, sorted.
var elements = [...]element{
	{atom: atom.A, start: startA, end: endFormatting},
	{atom: atom.Address, start: startBlock, end: endBlock, is: special},
	{atom: atom.Applet, start: startApplet, end: endApplet, is: special | scopeStop},
	{atom: atom.Area, start: startVoid, is: special},
	{atom: atom.Article, start: startBlock, end: endBlock, is: special},
	{atom: atom.Aside, start: startBlock, end: endBlock, is: special},
	{atom: atom.B, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Base, start: startInHead, is: special | inHead},
	{atom: atom.Basefont, start: startInHead, is: special | inHead},
	{atom: atom.Bgsound, start: startInHead, is: special | inHead},
	{atom: atom.Big, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Blockquote, start: startBlock, end: endBlock, is: special | breakout},
	{atom: atom.Body, start: startBody, end: endBody, is: special | breakout},
	{atom: atom.Br, start: startVoid, end: endBr, is: special | breakout},
	{atom: atom.Button, start: startButton, end: endBlock, is: special | buttonStop},
	{atom: atom.Caption, start: startIgnored, is: special | scopeStop},
	{atom: atom.Center, start: startBlock, end: endBlock, is: special | breakout},
	{atom: atom.Code, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Col, start: startIgnored, is: special},
	{atom: atom.Colgroup, start: startIgnored, is: special},
	{atom: atom.Dd, start: startDd, end: endDd, is: special | impliedEnd | breakout},
	{atom: atom.Details, start: startBlock, end: endBlock, is: special},
	{atom: atom.Dialog, start: startBlock, end: endBlock},
	{atom: atom.Dir, start: startBlock, end: endBlock, is: special},
	{atom: atom.Div, start: startBlock, end: endBlock, is: special | breakout},
	{atom: atom.Dl, start: startBlock, end: endBlock, is: special | breakout},
	{atom: atom.Dt, start: startDd, end: endDd, is: special | impliedEnd | breakout},
	{atom: atom.Em, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Embed, start: startVoid, is: special | breakout},
	{atom: atom.Fieldset, start: startBlock, end: endBlock, is: special},
	{atom: atom.Figcaption, start: startBlock, end: endBlock, is: special},
	{atom: atom.Figure, start: startBlock, end: endBlock, is: special},
	{atom: atom.Font, start: startFormatting, end: endFormatting},
	{atom: atom.Footer, start: startBlock, end: endBlock, is: special},
	{atom: atom.Form, start: startForm, end: endForm, is: special},
	{atom: atom.Frame, start: startIgnored, is: special},
	{atom: atom.Frameset, start: startFrameset, is: special},
	{atom: atom.H1, start: startHeading, end: endHeading, is: special | isHeading | breakout},
	{atom: atom.H2, start: startHeading, end: endHeading, is: special | isHeading | breakout},
	{atom: atom.H3, start: startHeading, end: endHeading, is: special | isHeading | breakout},
	{atom: atom.H4, start: startHeading, end: endHeading, is: special | isHeading | breakout},
	{atom: atom.H5, start: startHeading, end: endHeading, is: special | isHeading | breakout},
	{atom: atom.H6, start: startHeading, end: endHeading, is: special | isHeading | breakout},
	{atom: atom.Head, start: startIgnored, is: special | breakout},
	{atom: atom.Header, start: startBlock, end: endBlock, is: special},
	{atom: atom.Hgroup, start: startBlock, end: endBlock, is: special},
	{atom: atom.Hr, start: startHr, is: special | breakout},
	{atom: atom.Html, start: startHTML, end: endHTML, is: special | scopeStop | tableStop | tableContexts},
	{atom: atom.I, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Iframe, start: startIframe, is: special | rawText},
	{atom: atom.Image, start: startImage},
	{atom: atom.Img, start: startVoid, is: special | breakout},
	{atom: atom.Input, start: startInput, is: special},
	{atom: atom.Keygen, start: startVoid, is: special},
	{atom: atom.Li, start: startLi, end: endLi, is: special | impliedEnd | breakout},
	{atom: atom.Link, start: startInHead, is: special | inHead},
	{atom: atom.Listing, start: startPre, end: endBlock, is: special | breakout},
	{atom: atom.Main, start: startBlock, end: endBlock, is: special},
	{atom: atom.Marquee, start: startApplet, end: endApplet, is: special | scopeStop},
	{atom: atom.Math, start: startMath},
	{atom: atom.Menu, start: startBlock, end: endBlock, is: special | breakout},
	{atom: atom.Meta, start: startInHead, is: special | inHead | breakout},
	{atom: atom.Nav, start: startBlock, end: endBlock, is: special},
	{atom: atom.Nobr, start: startNobr, end: endFormatting, is: breakout},
	{atom: atom.Noembed, start: startNoembed, is: special | rawText},
	{atom: atom.Noframes, start: startInHead, is: special | inHead | rawText},
	{atom: atom.Noscript, start: startNoscript, is: special | rawText},
	{atom: atom.Object, start: startApplet, end: endApplet, is: special | scopeStop},
	{atom: atom.Ol, start: startBlock, end: endBlock, is: special | listStop | breakout},
	{atom: atom.Optgroup, start: startOptgroup, is: impliedEnd},
	{atom: atom.Option, start: startOption, is: impliedEnd},
	{atom: atom.P, start: startBlock, end: endP, is: special | impliedEnd | breakout},
	{atom: atom.Param, start: startParam, is: special},
	{atom: atom.Plaintext, start: startPlaintext, is: special | rawText},
	{atom: atom.Pre, start: startPre, end: endBlock, is: special | breakout},
	{atom: atom.Rb, start: startRb, is: impliedEnd},
	{atom: atom.Rp, start: startRt, is: impliedEnd},
	{atom: atom.Rt, start: startRt, is: impliedEnd},
	{atom: atom.Rtc, start: startRb, is: impliedEnd},
	{atom: atom.Ruby, is: breakout},
	{atom: atom.S, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Script, start: startInHead, is: special | inHead | rawText},
	{atom: atom.Search, start: startBlock, end: endBlock},
	{atom: atom.Section, start: startBlock, end: endBlock, is: special},
	{atom: atom.Select, start: startSelect, end: endBlock, is: special | scopeStop},
	{atom: atom.Small, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Source, start: startParam, is: special},
	{atom: atom.Span, is: breakout},
	{atom: atom.Strike, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Strong, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Style, start: startInHead, is: special | inHead | rawText},
	{atom: atom.Sub, is: breakout},
	{atom: atom.Summary, start: startBlock, end: endBlock, is: special},
	{atom: atom.Sup, is: breakout},
	{atom: atom.Svg, start: startSVG},
	{atom: atom.Table, start: startTable, is: special | scopeStop | tableStop | tableContext | fosters | breakout},
	{atom: atom.Tbody, start: startIgnored, is: special | bodyContext | fosters},
	{atom: atom.Td, start: startIgnored, is: special | scopeStop},
	{atom: atom.Template, start: startInHead, end: endTemplate, is: special | scopeStop | tableStop | tableContexts | inHead},
	{atom: atom.Textarea, start: startTextarea, is: special | rawText | rcdata},
	{atom: atom.Tfoot, start: startIgnored, is: special | bodyContext | fosters},
	{atom: atom.Th, start: startIgnored, is: special | scopeStop},
	{atom: atom.Thead, start: startIgnored, is: special | bodyContext | fosters},
	{atom: atom.Title, start: startInHead, is: special | inHead | rawText | rcdata},
	{atom: atom.Tr, start: startIgnored, is: special | rowContext | fosters},
	{atom: atom.Track, start: startParam, is: special},
	{atom: atom.Tt, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.U, start: startFormatting, end: endFormatting, is: breakout},
	{atom: atom.Ul, start: startBlock, end: endBlock, is: special | listStop | breakout},
	{atom: atom.Var, is: breakout},
	{atom: atom.Wbr, start: startVoid, is: special},
	{atom: atom.Xmp, start: startXmp, is: special | rawText},
}

// unknown has the rules for every other name.
var unknown element

// maxName is the length of the longest name in elements: blockquote.
const maxName = 10

// index finds the elements by name: a hash table with open addressing.
var index = func() (t [512]*element) {
	for k := range elements {
		e := &elements[k]
		e.name = e.atom.String()
		h := hash(e.name)
		for t[h%uint32(len(t))] != nil {
			h++
		}
		t[h%uint32(len(t))] = e
	}
	return t
}()

// hash is FNV-1a.
func hash[T string | []byte](name T) uint32 {
	h := uint32(text.HashStart32)
	for k := range len(name) {
		h = (h ^ uint32(name[k])) * text.HashPrime32
	}
	return h ^ h>>16
}

// elementOf returns the element with a lower-case name; [unknown] where no rule knows it.
func elementOf[T string | []byte](name T) *element {
	if len(name) > maxName {
		return &unknown
	}
	for h := hash(name); ; h++ {
		e := index[h%uint32(len(index))]
		if e == nil {
			return &unknown
		}
		if e.name == string(name) {
			return e
		}
	}
}

// foreignClass returns what is known of an element of SVG or MathML. Only those
// classes of its name hold that the rules give to names in any namespace.
func foreignClass(namespace string, n *html.Node, e *element) class {
	is := e.is & (tableContexts | impliedEnd | fosters)
	switch namespace {
	case "math":
		switch n.Data {
		case "mi", "mn", "mo", "ms", "mtext":
			is |= special | scopeStop | textPoint
		case "annotation-xml":
			is |= special | scopeStop
			if takesHTML(n) {
				is |= htmlPoint
			}
		}
	case "svg":
		switch n.Data {
		case "desc", "foreignObject", "title":
			is |= special | scopeStop | htmlPoint
		}
	}
	return is
}
