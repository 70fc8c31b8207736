package embedded

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"html"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// MinWords is how many words a body has at least.
	MinWords = 60
	// minBytes is the length of a string or a script under which it is not
	// looked at: shorter ones hold no body.
	minBytes = 300
	// maxBytes bounds what is read of a page's scripts and attributes, and
	// maxBody the HTML of one body.
	maxBytes = 8 << 20
	maxBody  = 2 << 20
	// maxBodies is how many bodies are weighed; a page with more has lists of
	// them.
	maxBodies = 200
	// titleShare is the share of the title's words that a body has which no
	// title in the data names as the page's.
	titleShare = 0.3
	// otherShare is the same for a body beside a title that is not the page's: it
	// may be the site's.
	otherShare = 0.6
	// ldShare is the share of a body's runs of words, such as the one's in
	// JSON-LD, that another form of it has.
	ldShare = 0.5
	// alike is how large, beside the largest, bodies are of which none is the
	// page's more than the others, where there are as many as tooMany.
	alike   = 0.5
	tooMany = 3
)

// A Body is an article's body that a page carries.
type Body struct {
	// From names where it stands: "json-ld articleBody", "script __NEXT_DATA__",
	// "attribute data-story".
	From string
	HTML string

	words int
	title titleMatch
	shown bool // it stands in elements, or a frame, that a browser shows
}

// titleMatch is what a title beside a body tells of it.
type titleMatch int8

const (
	titleOther titleMatch = iota - 1 // it is another article's
	titleNone
	titleOwn
)

// A Known is what is known of the page's article.
type Known struct {
	Title string
	// LDBody is the articleBody of JSON-LD, as plain text.
	LDBody string
	// Thread is set for a page that is a thread: its data have its first post, and what
	// stands in elements all of them.
	Thread bool
}

type finder struct {
	t     *page.Tree
	known Known
	title []uint64 // words of Known.Title
	keys  *selectors.StateWords
	refs  map[string]any // objects by the key that others name
	left  int            // bytes that may still be read
	nodes int            // values that may still be walked
	items int            // items of lists that may still be searched for objects that others name
	named int            // keys of objects that others name, each time that it is done
	bytes int            // of strings that may still be looked at and written
	out   []Body
}

// Find lists the bodies that may be the page's article, the likeliest first.
func Find(t *page.Tree, known Known) []Body {
	f := &finder{t: t, known: known, keys: selectors.State(), left: maxBytes, nodes: maxValues, items: maxItems, named: maxNamed, bytes: maxWork}
	f.title = text.AppendWords(nil, known.Title)
	f.elements()
	f.scripts()
	return f.choose()
}

// add files a body, in HTML.
func (f *finder) add(from, body string, title titleMatch, shown bool) {
	if len(body) < minBytes/2 || len(body) > maxBody || len(f.out) >= maxBodies {
		return
	}
	if n := wordsOf(body); n >= MinWords {
		f.out = append(f.out, Body{From: strings.TrimSpace(from), HTML: body, words: n, title: title, shown: shown})
	}
}

// choose sorts the bodies, and leaves out those that are not the page's.
func (f *finder) choose() []Body {
	var ld text.HashSet[struct{}]
	ldToks := text.AppendWords(nil, f.known.LDBody)
	if len(ldToks) >= MinWords {
		ld = gramsOf(ldToks)
	}
	out := f.out[:0]
	largest, sizes := 0, 0
	for _, b := range f.out {
		if b.title != titleOwn && !f.fitsTitle(&b) || ld.N > 0 && !covers(&b, &ld) {
			continue
		}
		if ld.N > 0 {
			b.title = titleOwn
		}
		out = append(out, b)
		if b.title != titleOwn {
			largest = max(largest, b.words)
		}
	}
	var told []text.HashSet[struct{}] // what those say that are no other's forms
	for _, b := range out {
		if b.title == titleOwn || b.shown || float64(b.words) < alike*float64(largest) || sizes >= tooMany {
			continue
		}
		if !slices.ContainsFunc(told, func(t text.HashSet[struct{}]) bool { return covers(&b, &t) }) {
			told = append(told, gramsOf(text.AppendWords(nil, plain(b.HTML))))
			sizes++
		}
	}
	if sizes >= tooMany && ld.N == 0 {
		out = slices.DeleteFunc(out, func(b Body) bool { return b.title != titleOwn && !b.shown })
	}
	if ld.N > 0 {
		// It has no headings and no links: another form of it goes first, unless
		// that is much shorter.
		out = append(out, Body{From: "json-ld articleBody", HTML: paragraphs(f.known.LDBody), words: len(ldToks) * 4 / 5, title: titleOwn})
	}
	slices.SortStableFunc(out, func(a, b Body) int {
		if f.known.Thread && a.shown != b.shown {
			if a.shown {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(b.title, a.title), cmp.Compare(b.words, a.words))
	})
	return out
}

// fitsTitle reports whether a body can be the page's by the words of its title.
func (f *finder) fitsTitle(b *Body) bool {
	if b.shown || len(f.title) == 0 {
		return true
	}
	var said text.HashSet[struct{}]
	text.EachWord(plain(b.HTML), func(h uint64) { said.At(h) })
	n := 0
	for _, h := range f.title {
		if said.Has(h) {
			n++
		}
	}
	share := titleShare
	if b.title == titleOther {
		share = otherShare
	}
	return float64(n) >= share*float64(len(f.title))
}

// gramsOf is the set of the runs of words.
func gramsOf(toks []uint64) (set text.HashSet[struct{}]) {
	for k := range text.Grams(toks) {
		set.At(text.Gram(toks, k))
	}
	return set
}

// covers reports whether a body has the runs of words of another.
func covers(b *Body, other *text.HashSet[struct{}]) bool {
	var own text.HashSet[struct{}]
	toks := text.AppendWords(nil, plain(b.HTML))
	hit := 0
	for k := range text.Grams(toks) {
		if h := text.Gram(toks, k); !own.Has(h) {
			own.At(h)
			if other.Has(h) {
				hit++
			}
		}
	}
	return float64(hit) >= ldShare*float64(other.N)
}

// elements finds the bodies in elements and attributes.
func (f *finder) elements() {
	shadow := false
	for i := range f.t.Nodes {
		nd := &f.t.Nodes[i]
		switch nd.DataAtom {
		case atom.Noscript, atom.Noframes:
			if c := nd.FirstChild; c != nil && c.Type == nethtml.TextNode {
				f.add(nd.Data, c.Data, titleNone, true)
			}
		case atom.Textarea:
			// Pages that show parts of them later keep these in text fields.
			if c := nd.FirstChild; c != nil && f.take(len(c.Data)) {
				f.string("textarea", c.Data, "", titleNone, 0)
			}
		case atom.Template:
			if shadowMode(nd.Node) != "" {
				shadow = true
			} else {
				f.template(nd.Node)
			}
		}
		for c := nd.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == nethtml.CommentNode && len(c.Data) >= minBytes && f.take(len(c.Data)) && hasMarkup(c.Data) {
				f.add("comment", c.Data, titleNone, false)
			}
		}
		for k := range nd.Attr {
			a := &nd.Attr[k]
			if len(a.Val) < minBytes || !f.take(len(a.Val)) {
				continue
			}
			switch a.Key {
			case "href", "src", "srcset", "style", "class", "d", "alt", "title", "sizes", "points":
			case "srcdoc":
				f.add("iframe srcdoc", a.Val, titleNone, true)
			default:
				// A meta element of microdata names a key of bodies.
				f.string("attribute "+a.Key, a.Val, f.t.Attr(int32(i), "itemprop"), titleNone, 0)
			}
		}
	}
	if shadow {
		var b bytes.Buffer
		for c := f.t.Nodes[f.t.Body].FirstChild; c != nil; c = c.NextSibling {
			writeOpen(&b, c, 0)
		}
		f.add("template shadowrootmode", b.String(), titleNone, true)
	}
}

// template adds what stands in a template that a script may show.
func (f *finder) template(n *nethtml.Node) {
	var b bytes.Buffer
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeOpen(&b, c, 0)
	}
	if s := b.String(); f.take(len(s)) && hasMarkup(s) {
		f.add("template", s, titleNone, false)
	}
}

func shadowMode(n *nethtml.Node) string {
	for _, a := range n.Attr {
		if a.Key == "shadowrootmode" || a.Key == "shadowroot" {
			return a.Val
		}
	}
	return ""
}

// maxOpenDepth bounds how deep elements are written.
const maxOpenDepth = 400

// writeOpen writes an element with the shadow roots in it as elements of the
// page. What its host has in a slot comes after it.
func writeOpen(b *bytes.Buffer, n *nethtml.Node, depth int) {
	switch {
	case depth > maxOpenDepth || b.Len() > maxBody:
		return
	case n.Type == nethtml.TextNode:
		b.WriteString(html.EscapeString(n.Data))
		return
	case n.Type != nethtml.ElementNode || page.IsOpaque(n.DataAtom) && n.DataAtom != atom.Template:
		return
	case n.DataAtom == atom.Template && shadowMode(n) == "":
		return
	}
	tag := n.Data
	if n.DataAtom == atom.Template {
		tag = "div"
	}
	b.WriteByte('<')
	b.WriteString(tag)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Key + `="` + html.EscapeString(a.Val) + `"`)
	}
	b.WriteByte('>')
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeOpen(b, c, depth+1)
	}
	switch n.DataAtom {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Source, atom.Wbr:
	default:
		b.WriteString("</" + tag + ">")
	}
}

// works reports whether n bytes of strings may be looked at or copied.
func (f *finder) works(n int) bool {
	f.bytes -= n
	return f.bytes >= 0
}

// take reports whether n bytes more may be read.
func (f *finder) take(n int) bool {
	f.left -= n
	return f.left >= 0
}

// string looks for a body in a string: JSON, HTML, or under a key of bodies
// plain text.
func (f *finder) string(from, s, key string, title titleMatch, depth int) {
	s = strings.TrimSpace(s)
	switch {
	case len(s) < minBytes || depth > maxNested || !utf8.ValidString(s):
	case s[0] == '{' || s[0] == '[' || s[0] == '"':
		f.json(from, s, title, depth+1)
	case strings.HasPrefix(s, "%7B") || strings.HasPrefix(s, "%5B"):
		if s, err := url.PathUnescape(s); err == nil && f.take(len(s)) {
			f.json(from, s, title, depth+1)
		}
	case strings.HasPrefix(s, "eyJ") || strings.HasPrefix(s, "W3si"): // {" and [{" in base64
		if b, err := base64.StdEncoding.DecodeString(s); err == nil && f.take(len(b)) {
			f.json(from, string(b), title, depth+1)
		}
	case hasMarkup(s):
		f.add(from, s, title, false)
	case strings.Contains(s, "&lt;") && hasMarkup(html.UnescapeString(s)):
		f.add(from, html.UnescapeString(s), title, false)
	case f.keys.Body[selectors.FoldKey(key)] && strings.ContainsAny(s, " \n。、"):
		f.add(from, paragraphs(s), title, false)
	}
}

// hasMarkup reports whether a string is HTML with paragraphs.
func hasMarkup(s string) bool {
	for _, tag := range [...]string{"<p", "<div", "<br", "<h2", "<li", "<section", "<article"} {
		for rest := s; ; {
			k := strings.Index(rest, tag)
			if k < 0 {
				break
			}
			rest = rest[k+len(tag):]
			if rest != "" && (rest[0] == '>' || rest[0] == ' ' || rest[0] == '/') {
				return true
			}
		}
	}
	return false
}

// paragraphs writes plain text as HTML, each line a paragraph.
func paragraphs(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("<p>" + html.EscapeString(line) + "</p>\n")
		}
	}
	return b.String()
}

// plain is the text of HTML, roughly: what stands between tags.
func plain(s string) string {
	var b strings.Builder
	for s != "" {
		k := strings.IndexByte(s, '<')
		if k < 0 {
			b.WriteString(html.UnescapeString(s))
			break
		}
		b.WriteString(html.UnescapeString(s[:k]))
		b.WriteByte(' ')
		end := strings.IndexByte(s[k:], '>')
		if end < 0 {
			break
		}
		s = s[k+end+1:]
	}
	return b.String()
}

func wordsOf(s string) int { return int(text.CountWords(plain(s))) }

// Page makes a page of which the body is all that is visible, with the head and
// the JSON-LD of the one that carries it. Its headline is added where the body
// has none.
func (b *Body) Page(t *page.Tree, headline string) (*page.Page, error) {
	var out bytes.Buffer
	out.WriteString("<html")
	if t.Lang != "" {
		out.WriteString(` lang="` + html.EscapeString(t.Lang) + `"`)
	}
	out.WriteString("><head>")
	for _, list := range [][]int32{t.Metas, t.Links, t.JSONLD} {
		for _, i := range list {
			if err := nethtml.Render(&out, t.Nodes[i].Node); err != nil {
				return nil, err
			}
		}
	}
	if t.TitleTag >= 0 {
		if err := nethtml.Render(&out, t.Nodes[t.TitleTag].Node); err != nil {
			return nil, err
		}
	}
	out.WriteString("</head><body><article>")
	if headline != "" && !strings.Contains(b.HTML, "<h1") {
		out.WriteString("<h1>" + html.EscapeString(headline) + "</h1>\n")
	}
	out.WriteString(b.HTML)
	out.WriteString("</article></body></html>")
	in := t.Page.Input
	in.HTML, in.ContentType, in.MaxBytes = out.Bytes(), "text/html; charset=utf-8", 0
	p, err := page.Parse(in)
	if err != nil {
		return nil, err
	}
	p.Base = t.Page.Base
	return p, nil
}
