package read

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newsclip/scrape/internal/fetch"
	"newsclip/selectors"
)

const (
	// maxToken bounds a tag or a text of an XML document, in bytes: the longest is
	// the content of a feed's article, or of all between a quote that is not
	// closed and the next one.
	maxToken = 16 << 20
	// maxOpen is the number of open elements in an entry that are told apart.
	maxOpen = 128
	// maxJunk is the number of tags before the root element that are passed over.
	maxJunk = 32
)

// sitemapRoots and feedRoots are the root elements of the documents that are read,
// in lower case and without prefix, because wrong and missing namespaces are
// common.
var (
	sitemapRoots = map[string]bool{"sitemapindex": true, "urlset": true}
	feedRoots    = map[string]bool{"feed": true, "rdf": true, "rss": true}
)

// rootless are the root elements that belong to entries which stand at the beginning of a
// document: of one that is put together from parts, or that came without its beginning.
var rootless = map[string]string{"entry": "feed", "item": "rss", "sitemap": "sitemapindex", "url": "urlset"}

// entryTags are the elements that are entries, by root element.
var entryTags = map[string][]string{
	"feed":         {"entry"},
	"rdf":          {"item"},
	"rss":          {"item"},
	"sitemapindex": {"sitemap", "url"},
	"urlset":       {"sitemap", "url"},
}

// rootOf returns the name of the root element of a sitemap or feed, without prefix.
// It reports false for any other document.
func rootOf(head []byte) (string, bool) {
	z := newTokenizer(bytes.NewReader(head))
	for junk := 0; junk < maxJunk; {
		switch z.Next() {
		case html.ErrorToken:
			return "", false
		case html.StartTagToken, html.SelfClosingTagToken:
			z.NextIsNotRawText()
			name, _ := z.TagName()
			_, local := splitName(string(name))
			if root := rootless[local]; root != "" {
				return root, true
			}
			if sitemapRoots[local] || feedRoots[local] {
				return local, true
			}
			if !selectors.Feeds().JunkElements[local] {
				return "", false
			}
			junk++
		}
	}
	return "", false
}

// newTokenizer returns the tokenizer of HTML, which takes whatever comes: where a
// parser of XML ends at the first byte that is not allowed, it goes on. Its caller
// must call NextIsNotRawText after each start tag.
func newTokenizer(r io.Reader) *html.Tokenizer {
	z := html.NewTokenizer(r)
	z.AllowCDATA(true)
	z.SetMaxBuf(maxToken)
	return z
}

func splitName(name string) (prefix, local string) {
	if p, l, ok := strings.Cut(name, ":"); ok {
		return p, l
	}
	return "", name
}

// xmlReader reads the tags of one document.
type xmlReader struct {
	d      *Document
	each   func(Entry) error
	failed bool // each has

	root   string // the root element, without prefix; "" before it
	closed bool   // the root element has ended
	inside string // the entry's element with its prefix; "" outside of entries
	e      Entry
	locs   []candidate
	path   []string       // open elements below the entry, or below the root
	open   map[string]int // how often each of them is in path
	text   strings.Builder

	permaLink bool // the guid is an address, and may be relative
	given     bool // an entry had an address
	// listed are the resources that the head of an RDF document lists.
	listed []string
}

// maxListed bounds the resources of an RDF document that are kept.
const maxListed = 10_000

// readXML walks the tags of a document. Elements are told by their local names and
// by where they stand. It takes time in proportion to the document, whatever is
// open and never closed.
func (d *Document) readXML(br *bufio.Reader, each func(Entry) error) error {
	x := &xmlReader{d: d, each: each, open: make(map[string]int)}
	err := x.walk(newTokenizer(br), 0)
	if err != nil && x.failed {
		return err
	}
	return x.end(err)
}

// maxCutOff bounds the sections that are cut off within each other.
const maxCutOff = 32

// walk deals with the tags that z reads, up to the error at its end. An error of each
// sets failed.
func (x *xmlReader) walk(z *html.Tokenizer, depth int) error {
	for {
		kind := z.Next()
		if rest := x.cutOff(kind, z.Raw()); rest != nil && depth < maxCutOff {
			err := x.walk(newTokenizer(bytes.NewReader(bytes.Clone(rest))), depth+1)
			if x.failed {
				return err
			}
			if kind != html.ErrorToken {
				z.NextIsNotRawText()
				continue
			}
		}
		if kind == html.ErrorToken {
			return z.Err()
		}
		var err error
		switch kind {
		case html.StartTagToken, html.SelfClosingTagToken:
			err = x.start(z.Token())
			z.NextIsNotRawText()
		case html.TextToken:
			if n := len(x.path); n > 0 && selectors.Feeds().TextElements[x.path[n-1]] && x.text.Len() < maxLocLength {
				x.text.WriteString(unescape(z.Raw()))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			err = x.endTag(string(name))
		}
		if err != nil {
			x.failed = true
			return err
		}
	}
}

// cutOff returns what stands in a CDATA section, a comment or a tag whose end is
// missing, so that it holds the end of the entry that it is in: in a section that is
// not closed or has another one in it, and in a tag from the next one on. It returns
// nil for any other token.
func (x *xmlReader) cutOff(kind html.TokenType, raw []byte) []byte {
	if x.inside == "" {
		return nil
	}
	var rest []byte
	switch kind {
	case html.TextToken:
		rest = unclosed(raw, "<![CDATA[", "]]>")
	case html.CommentToken:
		rest = unclosed(raw, "<!--", "-->")
	case html.StartTagToken, html.SelfClosingTagToken, html.ErrorToken: // with an error it was not closed
		if i := bytes.IndexByte(raw[min(1, len(raw)):], '<'); i >= 0 {
			rest = raw[1+i:]
		}
	}
	if rest == nil || !bytes.Contains(bytes.ToLower(rest), []byte("</"+x.inside)) {
		return nil
	}
	return rest
}

// unclosed returns what stands in a section that is not closed, or that has another
// one in it, and nil for any other token.
func unclosed(raw []byte, begin, end string) []byte {
	rest, ok := bytes.CutPrefix(raw, []byte(begin))
	if !ok || bytes.HasSuffix(rest, []byte(end)) && !bytes.Contains(rest, []byte(begin)) {
		return nil
	}
	return rest
}

// errCutFeed is returned for a document that ends before its root element does.
var errCutFeed = fmt.Errorf("the document is cut short: %w", io.ErrUnexpectedEOF)

// end deals with the end of the document, or an error of its reader. An entry that
// has its address already is not lost.
func (x *xmlReader) end(err error) error {
	if x.inside != "" {
		x.path = x.path[:0] // what is half there is no address
		if err := x.emit(); err != nil {
			return err
		}
	}
	if !x.given {
		for _, loc := range x.listed {
			if err := x.each(Entry{Loc: loc}); err != nil {
				return err
			}
		}
	}
	switch {
	case x.root == "":
		return ErrNoSitemap
	case x.closed:
		return nil
	case err == io.EOF:
		return errCutFeed
	case errors.Is(err, html.ErrBufferExceeded):
		return fmt.Errorf("an element is %w", fetch.ErrCut)
	}
	return err
}

// start deals with a start tag.
func (x *xmlReader) start(t html.Token) error {
	selfClosing := t.Type == html.SelfClosingTagToken
	prefix, local := splitName(t.Data)
	if x.root == "" && !x.begins(&t, local) {
		return nil
	}
	if n := len(x.path); n > 0 && selectors.Feeds().TextElements[x.path[n-1]] {
		x.close(n - 1)
	}
	isEntry := slices.Contains(entryTags[x.root], local)
	switch {
	case x.inside == "" && isEntry && x.open["image"]+x.open["textinput"] == 0, x.inside == t.Data:
		if x.inside != "" {
			if err := x.emit(); err != nil { // the end of the one before is missing
				return err
			}
		}
		x.begin(t, local)
		if selfClosing {
			return x.emit()
		}
		return nil
	case local == "link":
		if x.link(&t, prefix) {
			return nil
		}
	case local == "news" && x.inside != "":
		x.e.IsNews = true
	case local == "guid":
		x.permaLink = strings.EqualFold(attribute(&t, "ispermalink"), "true")
	case local == "content" && x.inside != "" && x.root == "feed" && prefersHTML(&t):
		x.add(attribute(&t, "src"), 3) // RFC 4287, 4.1.3.2
	case local == "li" && x.inside == "" && x.root == "rdf" && len(x.listed) < maxListed:
		if loc := absolute(attribute(&t, "rdf:resource")); loc != "" {
			x.listed = append(x.listed, loc)
		}
	}
	if selfClosing && local != "link" {
		return nil
	}
	x.push(local, prefix)
	return nil
}

// begins deals with a start tag before or at the root element. It reports whether the
// tag is that of an entry, which has no root element.
func (x *xmlReader) begins(t *html.Token, local string) bool {
	x.root = rootless[local]
	isEntry := x.root != ""
	if sitemapRoots[local] || feedRoots[local] {
		x.root, x.d.Base = local, attribute(t, "xml:base")
	}
	switch {
	case sitemapRoots[x.root]:
		x.d.Kind = KindSitemap
	case x.root != "":
		x.d.Kind = KindFeed
	}
	return isEntry
}

func (x *xmlReader) begin(t html.Token, local string) {
	x.inside, x.locs = t.Data, x.locs[:0]
	x.path = x.path[:0]
	clear(x.open)
	x.e = Entry{Index: local == "sitemap", Base: attribute(&t, "xml:base")}
	if x.root == "rdf" {
		x.add(absolute(attribute(&t, "rdf:about")), 3)
	}
}

// push opens an element. Beyond maxOpen they are passed over: nothing that is read
// stands so deep.
func (x *xmlReader) push(local, prefix string) {
	if len(x.path) >= maxOpen {
		return
	}
	if selectors.Feeds().ForeignPrefixes[prefix] {
		local = prefix + ":" + local
	}
	x.path = append(x.path, local)
	x.open[local]++
	x.text.Reset()
}

// close ends the elements from path[k] on, and files the text of the last.
func (x *xmlReader) close(k int) {
	if k == len(x.path)-1 && x.text.Len() > 0 {
		x.take(x.path, x.text.String())
	}
	for _, name := range x.path[k:] {
		x.open[name]--
	}
	x.path = x.path[:k]
	x.text.Reset()
}

// endTag deals with an end tag. One that nothing opened is passed over.
func (x *xmlReader) endTag(name string) error {
	prefix, local := splitName(name)
	if x.root == "" {
		return nil
	}
	if n := len(x.path); n > 0 && selectors.Feeds().TextElements[x.path[n-1]] && x.path[n-1] != local {
		x.close(n - 1)
	}
	own := local
	if selectors.Feeds().ForeignPrefixes[prefix] {
		own = name
	}
	switch {
	case x.open[own] > 0:
		for k := len(x.path) - 1; k >= 0; k-- {
			if x.path[k] == own {
				x.close(k)
				break
			}
		}
	case name == x.inside:
		return x.emit()
	case local == x.root:
		x.closed = true
	}
	return nil
}

// emit gives the entry away, where it has an address.
func (x *xmlReader) emit() error {
	if n := len(x.path); n > 0 {
		x.close(n - 1)
	}
	x.inside, x.path = "", x.path[:0]
	clear(x.open)
	slices.SortStableFunc(x.locs, func(a, b candidate) int { return a.rank - b.rank })
	for _, c := range x.locs {
		x.e.addLoc(c.loc)
	}
	if x.e.Loc == "" {
		return nil
	}
	x.given = true
	return x.each(x.e)
}

// attribute returns the value of an attribute of a tag, whose name is in lower
// case.
func attribute(t *html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return tidyAddress(a.Val)
		}
	}
	return ""
}

// unescape returns the text of a token: of CDATA what it holds, and of other text
// with its references resolved. Those without a semicolon are left as they are: a
// bare & is common in addresses, and "&copy=1" no sign of copyright.
func unescape(raw []byte) string {
	if body, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok {
		return string(bytes.TrimSuffix(body, []byte("]]>")))
	}
	if bytes.IndexByte(raw, '&') < 0 {
		return string(raw)
	}
	const longest = 32 // of the names that HTML knows
	var b strings.Builder
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '&')
		if i < 0 {
			break
		}
		b.Write(raw[:i])
		raw = raw[i:]
		end := bytes.IndexByte(raw[:min(len(raw), longest)], ';')
		if end < 0 {
			b.WriteByte('&')
			raw = raw[1:]
			continue
		}
		if bytes.IndexByte(raw[1:end], '&') >= 0 || bytes.IndexByte(raw[1:end], '=') >= 0 {
			end = 0
		}
		b.WriteString(html.UnescapeString(string(raw[:end+1])))
		raw = raw[end+1:]
	}
	b.Write(raw)
	return b.String()
}
