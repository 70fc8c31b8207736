package htmlparse

import (
	"bytes"
	"strings"
	"unsafe"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A tokenKind is a kind of token (13.2.5).
type tokenKind uint8

const (
	endOfFile tokenKind = iota
	textToken
	startTag
	endTag
	commentToken
	doctypeToken
)

// A token is what the tokenizer gives the tree builder.
type token struct {
	kind        tokenKind
	selfClosing bool
	atom        atom.Atom
	element     *element // the rules of a tag's name
	data        string   // the text, or the tag's name
	attr        []html.Attribute
}

// A tokenizer takes a page apart. It holds no state of the standard's but the
// place where it is: each token is read whole.
type tokenizer struct {
	*slab
	src string
	pos int
	// ampersand is where the next one stands after what refers was last asked of.
	ampersand int
	// hasNUL is whether NUL occurs in the page at all.
	hasNUL bool
	// raw is the element whose content is read as text next, or nil.
	raw *element
	// cdata is whether CDATA sections are read as text: in foreign content.
	cdata bool
	// tags and attributes count what was read.
	tags, attributes int
	met              difference
}

// newTokenizer returns a tokenizer of page, or of a copy of it where inPlace is not set.
func newTokenizer(page []byte, inPlace bool) tokenizer {
	src := normalized(page, inPlace)
	return tokenizer{slab: newSlab(len(src)), src: src, ampersand: -1, hasNUL: strings.IndexByte(src, 0) >= 0}
}

// normalized returns b with "\n" for "\r\n" and for "\r" (13.2.3.5). Where it has neither
// and inPlace is set, the string is b itself and no copy.
func normalized(b []byte, inPlace bool) string {
	k := bytes.IndexByte(b, '\r')
	if k < 0 && !inPlace {
		return string(b)
	}
	if k < 0 {
		return unsafe.String(unsafe.SliceData(b), len(b))
	}
	var to strings.Builder
	to.Grow(len(b))
	for ; k >= 0; k = bytes.IndexByte(b, '\r') {
		to.Write(b[:k])
		to.WriteByte('\n')
		if b = b[k+1:]; len(b) > 0 && b[0] == '\n' {
			b = b[1:]
		}
	}
	to.Write(b)
	return to.String()
}

// next reads the next token into t.
func (z *tokenizer) next(t *token) {
	t.attr, t.selfClosing, t.atom, t.element = nil, false, 0, &unknown
	if z.raw != nil {
		e := z.raw
		z.raw = nil
		if s := z.rawText(e); s != "" {
			t.kind, t.data = textToken, z.rawData(s, e.is&rcdata != 0)
			return
		}
	}
	src, start := z.src, z.pos
	at := start
	for {
		k := strings.IndexByte(src[at:], '<')
		if k < 0 || at+k+1 >= len(src) {
			at = len(src)
			break
		}
		at += k
		if c := src[at+1]; isLetter(c) || c == '/' || c == '!' || c == '?' {
			break
		}
		at++
	}
	if at > start {
		t.kind, t.data, z.pos = textToken, src[start:at], at
		if z.refers(start, at) {
			t.data = z.decode(t.data, false)
		}
		return
	}
	if at == len(src) {
		t.kind, t.data = endOfFile, ""
		return
	}
	switch src[at+1] {
	case '/':
		z.endTag(t, at+2)
	case '!':
		z.declaration(t, at+2)
	case '?':
		z.bogusComment(t, at+1)
	default:
		z.startTag(t, at+1)
	}
}

// endTag reads from after "</".
func (z *tokenizer) endTag(t *token, at int) {
	z.tags++
	switch {
	case at == len(z.src):
		t.kind, t.data, z.pos = textToken, "</", at
	case z.src[at] == '>':
		// As x/net: the standard has no token here.
		t.kind, t.data, z.pos = commentToken, "", at+1
	case !isLetter(z.src[at]):
		z.bogusComment(t, at)
	default:
		t.kind = endTag
		if at = z.name(t, at); at < len(z.src) && z.src[at] == '>' {
			z.pos = at + 1 // as nearly all
			return
		}
		at, _ = z.attributesOf(nil, at)
		z.finish(t, at)
	}
}

// startTag reads from the first letter of the name on.
func (z *tokenizer) startTag(t *token, at int) {
	z.tags++
	t.kind = startTag
	at = z.name(t, at)
	at, valueEnd := z.attributesOf(t, at)
	z.attributes += len(t.attr)
	if !z.finish(t, at) {
		return
	}
	// A slash ends the tag, unless it is of a value without quotes.
	t.selfClosing = z.src[at-2] == '/' && valueEnd != at-1
	if t.element.is&rawText != 0 {
		z.raw = t.element
	}
	if z.hasNUL {
		for k := range t.attr {
			t.attr[k].Key = z.replaceNUL(t.attr[k].Key)
		}
	}
}

// finish ends a tag at at, and reports whether it is complete: one that the page's
// end cuts is dropped, and the page ends.
func (z *tokenizer) finish(t *token, at int) bool {
	if at < 0 {
		*t = token{kind: endOfFile}
		z.pos = len(z.src)
		return false
	}
	z.pos = at
	return true
}

// name reads a tag's name, which begins at from, and returns where it ends.
func (z *tokenizer) name(t *token, from int) int {
	at, seen := from, uint8(0)
	for src := z.src; at < len(src); at++ {
		sign := signs[src[at]]
		if sign&endsName != 0 {
			break
		}
		seen |= sign
	}
	name := z.src[from:at]
	if seen&upperLetter != 0 {
		name = z.lower(name)
	}
	if z.hasNUL {
		name = z.replaceNUL(name)
	}
	t.element = elementOf(name)
	if t.element != &unknown {
		t.atom, t.data = t.element.atom, t.element.name
		return at
	}
	t.data = name
	if t.atom = atom.Lookup([]byte(name)); t.atom != 0 {
		t.data = t.atom.String()
	}
	return at
}

// attributesOf reads the attributes of a tag from at on, and returns where the tag
// ends: after its ">", or -1 where the page ends before. Those of an end tag, where
// t is nil, are read and dropped. valueEnd is where the last attribute's value
// ends, or -1.
func (z *tokenizer) attributesOf(t *token, at int) (end, valueEnd int) {
	src := z.src
	valueEnd = -1
	var attr []html.Attribute
	var names map[string]bool
	if t != nil {
		attr = z.attrRoom()
	}
	for {
		for at < len(src) && isSpace(src[at]) {
			at++
		}
		if at == len(src) {
			return -1, -1
		}
		if src[at] == '>' {
			break
		}
		// An equals sign before a name is a part of it (13.2.5.32).
		from, seen := at, uint8(0)
		if src[at] == '=' {
			at++
		}
		for ; at < len(src); at++ {
			sign := signs[src[at]]
			if sign&endsAttribute != 0 {
				break
			}
			seen |= sign
		}
		key := src[from:at]
		var value string
		var to int
		if at, value, to = z.value(at); at < 0 {
			return -1, -1
		}
		if key == "" || t == nil {
			continue
		}
		if seen&upperLetter != 0 {
			key = z.lower(key)
		}
		if has(attr, names, key) || z.attributes+len(attr) > MaxAttributes {
			continue
		}
		if valueEnd = to; z.hasNUL || z.refers(to-len(value), to) {
			value = z.attributeValue(value)
		}
		attr = z.appendAttr(attr, html.Attribute{Key: key, Val: value})
		names = remember(names, attr)
	}
	if t != nil {
		t.attr = z.take(attr)
	}
	return at + 1, valueEnd
}

// value reads what stands after an attribute's name: the value as it is written,
// and where it ends. next is where to go on, or -1 where the page ends before.
func (z *tokenizer) value(at int) (next int, value string, end int) {
	src := z.src
	end = at
	for at < len(src) && isSpace(src[at]) {
		at++
	}
	if at == len(src) {
		return -1, "", 0
	}
	switch src[at] {
	case '/':
		return at + 1, "", end
	case '=':
		at++
	default:
		return at, "", end
	}
	for at < len(src) && isSpace(src[at]) {
		at++
	}
	if at == len(src) {
		return -1, "", 0
	}
	switch c := src[at]; c {
	case '>':
		return at, "", end
	case '"', '\'':
		at++
		k := strings.IndexByte(src[at:], c)
		if k < 0 {
			return -1, "", 0
		}
		return at + k + 1, src[at : at+k], at + k
	}
	from := at
	for at < len(src) && !isSpace(src[at]) && src[at] != '>' {
		at++
	}
	if at == len(src) {
		return -1, "", 0
	}
	return at, src[from:at], at
}

// manyAttributes is the number of a tag's attributes from which on their names
// are looked up in a map.
const manyAttributes = 24

// has reports whether there is an attribute called key.
func has(attr []html.Attribute, names map[string]bool, key string) bool {
	if names != nil {
		return names[key]
	}
	for k := range attr {
		if attr[k].Key == key {
			return true
		}
	}
	return false
}

// remember adds the name of the last attribute to names, once there are many.
func remember(names map[string]bool, attr []html.Attribute) map[string]bool {
	switch {
	case names != nil:
		names[attr[len(attr)-1].Key] = true
	case len(attr) >= manyAttributes:
		names = make(map[string]bool)
		for k := range attr {
			names[attr[k].Key] = true
		}
	}
	return names
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isSpace(c byte) bool {
	return c <= ' ' && (c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r')
}

// What a character of a tag can be.
const (
	endsName      = 1 << iota // of the tag
	endsAttribute             // its name
	upperLetter
)

var signs = func() (t [256]uint8) {
	for _, c := range []byte(" \n\t\f\r/>") {
		t[c] = endsName | endsAttribute
	}
	t['='] = endsAttribute
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = upperLetter
	}
	return t
}()
