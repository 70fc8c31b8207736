package embedded

import (
	"cmp"
	"encoding/json"
	"html"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

const (
	// maxValues is how many values of a page's data are walked, maxDepth how
	// deep, and maxNested how deep JSON may stand in strings of JSON.
	maxValues = 400_000
	maxDepth  = 100
	maxNested = 3
	// What stands in the data once may be named by any number of others. maxNamed is how
	// many keys the objects may have that are named, each counted as often as it is, and
	// maxItems how many items all lists may have. maxWork is how many bytes of strings
	// may be looked at and copied.
	maxNamed = 1_000_000
	maxItems = 4_000_000
	maxWork  = 128 << 20
)

// json looks for bodies in a JSON text.
func (f *finder) json(from, s string, title titleMatch, nested int) {
	if nested > maxNested || !f.take(len(s)) {
		return
	}
	var v any
	if json.Unmarshal([]byte(s), &v) != nil {
		return
	}
	f.value(from, v, title, nested)
}

// value looks for bodies in data.
func (f *finder) value(from string, v any, title titleMatch, nested int) {
	if list, ok := v.([]any); ok && isFlat(list) {
		v = unflatten(list)
	}
	f.note(v, 0)
	f.walk(from, v, "", title, 0, nested)
}

// note files the objects that others name by a key: caches of GraphQL clients
// write each once, and its key in its place elsewhere.
func (f *finder) note(v any, depth int) {
	switch v := v.(type) {
	case map[string]any:
		if f.nodes--; f.nodes < 0 || depth > maxDepth {
			return
		}
		for k, x := range v {
			if m, ok := x.(map[string]any); ok && strings.ContainsRune(k, ':') {
				if f.refs == nil {
					f.refs = map[string]any{}
				}
				f.refs[k] = m
			}
			f.note(x, depth+1)
		}
	case []any:
		if f.items -= 1 + len(v); f.items < 0 || depth > maxDepth {
			return
		}
		for _, x := range v {
			if f.items < 0 || f.nodes < 0 {
				return
			}
			f.note(x, depth+1)
		}
	}
}

// deref returns the object that v names, or v.
func (f *finder) deref(v any) any {
	m, ok := v.(map[string]any)
	if !ok || len(m) > 4 || f.refs == nil {
		return v
	}
	key, ok := m["__ref"].(string)
	if !ok && m["type"] == "id" {
		key, ok = m["id"].(string)
	}
	to, known := f.refs[key]
	if !ok || !known {
		return v
	}
	object, _ := to.(map[string]any)
	if f.named -= 1 + len(object); f.named < 0 {
		return nil
	}
	return to
}

// walk looks for bodies in v, which stands under key.
func (f *finder) walk(from string, v any, key string, title titleMatch, depth, nested int) {
	if f.nodes--; f.nodes < 0 || depth > maxDepth || f.keys.Other[selectors.FoldKey(key)] {
		return
	}
	switch v := v.(type) {
	case string:
		if f.works(len(v)) {
			f.string(from, v, key, title, nested)
		}
	case []any:
		if isElement(v) {
			f.react(from, v, title, depth, nested)
			return
		}
		if body, pieces := f.pieces(v, depth); pieces > 1 && f.works(len(body)) && wordsOf(body) >= MinWords {
			f.add(from, body, title, false)
			return
		}
		for _, x := range v {
			if f.nodes < 0 {
				return
			}
			f.walk(from, x, key, title, depth+1, nested)
		}
	case map[string]any:
		title = f.titleOf(v, title)
		for _, k := range slices.Sorted(maps.Keys(v)) {
			f.walk(from, v[k], k, title, depth+1, nested)
		}
	}
}

// titleOf is what the title of an object tells of the bodies in it. A title
// that is not the page's is another article's where it has an address; else it
// may be a section's.
func (f *finder) titleOf(m map[string]any, around titleMatch) titleMatch {
	match := around
	address := false
	for k, x := range m {
		switch k = selectors.FoldKey(k); {
		case f.keys.Address[k]:
			address = true
		case f.keys.Title[k]:
			s, _ := x.(string)
			if inner, ok := x.(map[string]any); ok {
				s, _ = inner["rendered"].(string)
			}
			if s == "" || len(s) > 500 {
				continue
			}
			if f.isTitle(s) {
				return titleOwn
			}
			if text.CountWords(s) > 2 && len(f.title) > 0 {
				match = titleOther
			}
		}
	}
	if match == titleOther && around != titleOther && !address {
		return around
	}
	return match
}

// isTitle reports whether s is the page's title.
func (f *finder) isTitle(s string) bool {
	return len(f.title) > 0 && slices.Equal(text.AppendWords(nil, html.UnescapeString(s)), f.title)
}

// pieces writes a list of a body's pieces as HTML, and counts those that have
// words. It is "" for a list of other things, such as links to articles.
func (f *finder) pieces(list []any, depth int) (body string, n int) {
	var b strings.Builder
	for _, x := range list {
		if f.nodes--; f.nodes < 0 || depth > maxDepth || b.Len() > maxBody {
			break
		}
		x = f.deref(x)
		if m, ok := x.(map[string]any); ok && f.isTeaser(m) {
			return "", 0
		}
		if s := f.piece(x, depth+1); s != "" && f.works(len(s)) {
			b.WriteString(s + "\n")
			n++
		}
	}
	return b.String(), n
}

// isStyle reports whether a string is declarations of a style, as those of a console's lines
// are: "color:red; font-size:40px".
func isStyle(s string) bool {
	key, value, ok := strings.Cut(s, ":")
	return ok && strings.Contains(value, ";") && key != "" && strings.Trim(key, "abcdefghijklmnopqrstuvwxyz-") == ""
}

// isTeaser reports whether an object leads to an article of its own.
func (f *finder) isTeaser(m map[string]any) bool {
	title, address := false, false
	for k, x := range m {
		s, ok := x.(string)
		if !ok || s == "" {
			continue
		}
		k = selectors.FoldKey(k)
		address = address || f.keys.Address[k]
		title = title || f.keys.Title[k] && text.CountWords(s) > 1
	}
	return title && address
}

// A pieceKind is what a piece of a body is.
type pieceKind struct {
	tag    string // of the element to write, or ""
	inline bool
	unread bool
}

// kindOf reads what a piece is from the values of its keys.
func (f *finder) kindOf(m map[string]any) pieceKind {
	var kind pieceKind
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if !f.keys.KindOf[selectors.FoldKey(k)] {
			continue
		}
		s, ok := m[k].(string)
		if !ok {
			continue
		}
		v := selectors.FoldKey(s)
		switch {
		case selectors.FoldKey(k) == "listitem" && v != "":
			kind.tag = "li"
		case f.keys.Unread[v]:
			kind.unread = true
		case f.keys.Heading[v] && kind.tag == "":
			kind.tag = f.tagOf(v)
			if n := f.level(m, false); kind.tag == "h2" && n >= 3 && n <= 6 {
				kind.tag = "h" + strconv.Itoa(n)
			}
		case f.keys.Inline[v]:
			kind.inline = true
		default:
			kind.tag = cmp.Or(f.tagOf(v), kind.tag)
		}
	}
	return kind
}

// piece writes one piece of a body as HTML, or "" where it has no words.
func (f *finder) piece(v any, depth int) string {
	if f.nodes--; f.nodes < 0 || depth > maxDepth {
		return ""
	}
	switch v := v.(type) {
	case string:
		if !f.works(len(v)) || !strings.ContainsAny(v, " \u3000。") || isStyle(v) {
			return "" // an identifier
		}
		return block("p", inlineHTML(v))
	case []any:
		s, _ := f.pieces(v, depth)
		return s
	case map[string]any:
		if s := f.keyed(v, depth+1); s != "" {
			return s
		}
		kind := f.kindOf(v)
		if kind.unread {
			return ""
		}
		if kind.tag == "ul" {
			return f.list(v, depth+1)
		}
		tag := kind.tag
		if words := f.inline(v, depth+1); words != "" {
			return block(cmp.Or(tag, "p"), words)
		}
		var b strings.Builder
		for _, k := range slices.Sorted(maps.Keys(v)) {
			if !f.keys.Kids[selectors.FoldKey(k)] {
				continue
			}
			switch kids := f.deref(v[k]).(type) {
			case []any:
				s, _ := f.pieces(kids, depth+1)
				b.WriteString(s)
			case map[string]any:
				b.WriteString(f.piece(kids, depth+1))
			}
		}
		switch {
		case b.Len() == 0:
			return ""
		case tag != "":
			return "<" + tag + ">" + b.String() + "</" + tag + ">"
		}
		return f.sectionTitle(v) + b.String()
	}
	return ""
}

// list writes the items of a list, which may stand in an object of it.
func (f *finder) list(m map[string]any, depth int) string {
	if f.nodes--; f.nodes < 0 || depth > maxDepth {
		return ""
	}
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if !f.keys.Kids[selectors.FoldKey(k)] {
			continue
		}
		switch kids := f.deref(m[k]).(type) {
		case map[string]any:
			if s := f.list(kids, depth+1); s != "" {
				return s
			}
		case []any:
			var b strings.Builder
			for _, x := range kids {
				if f.nodes < 0 {
					break
				}
				item := ""
				if s, ok := x.(string); ok {
					if f.works(len(s)) {
						item = inlineHTML(s)
					}
				} else {
					item = strings.TrimSuffix(strings.TrimPrefix(f.piece(f.deref(x), depth+1), "<li>"), "</li>")
				}
				if item != "" {
					b.WriteString("<li>" + item + "</li>")
				}
			}
			if b.Len() > 0 {
				return "<ul>" + b.String() + "</ul>"
			}
		}
	}
	return block("p", f.inline(m, depth+1))
}

// sectionTitle is the heading of an object with pieces, or "".
func (f *finder) sectionTitle(m map[string]any) string {
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if s, ok := m[k].(string); ok && f.keys.Title[selectors.FoldKey(k)] && selectors.FoldKey(k) != "name" && len(s) < 200 && !f.isTitle(s) {
			return block("h2", inlineHTML(s))
		}
	}
	return ""
}

// inline writes the words of a piece that has no pieces but spans, or "".
func (f *finder) inline(m map[string]any, depth int) string {
	if f.nodes--; f.nodes < 0 || depth > maxDepth {
		return ""
	}
	keys := slices.Sorted(maps.Keys(m))
	for _, k := range keys {
		if s, ok := m[k].(string); ok && s != "" && f.keys.Text[selectors.FoldKey(k)] && f.works(len(s)) {
			return inlineHTML(s)
		}
	}
	for _, k := range keys {
		if !f.keys.Kids[selectors.FoldKey(k)] && !f.keys.Text[selectors.FoldKey(k)] {
			continue
		}
		switch kids := f.deref(m[k]).(type) {
		case map[string]any:
			if s := f.inline(kids, depth+1); s != "" {
				return s
			}
		case []any:
			if s := f.spans(kids, depth+1); s != "" {
				return s
			}
		}
	}
	return ""
}

// spans joins the words of spans, and is "" where the list has something else:
// a piece of another kind, or paragraphs.
func (f *finder) spans(list []any, depth int) string {
	var b strings.Builder
	before := ""
	for _, x := range list {
		m, ok := f.deref(x).(map[string]any)
		if !ok || f.nodes < 0 {
			return ""
		}
		kind := f.kindOf(m)
		words := f.inline(m, depth)
		if !f.works(len(words)) {
			return ""
		}
		switch {
		case words == "" && !f.hasKids(m):
			b.WriteByte(' ') // a line break
			before = ""
			continue
		case kind.tag != "" || kind.unread || !kind.inline && !f.isBareText(m) || partsParagraphs(before, words):
			return ""
		}
		b.WriteString(words)
		before = words
	}
	return b.String()
}

// partsParagraphs reports whether a paragraph ends between a and b, and no span:
// a sentence, and no space before the next.
func partsParagraphs(a, b string) bool {
	last, _ := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	return strings.ContainsRune(".!?…”\"。！？>", last) && (unicode.IsUpper(first) || first == '<' || text.CJK(first) || strings.ContainsRune("“\"„«", first))
}

// hasKids reports whether an object has pieces of its own.
func (f *finder) hasKids(m map[string]any) bool {
	for k, x := range m {
		if list, ok := x.([]any); ok && len(list) > 0 && f.keys.Kids[selectors.FoldKey(k)] {
			return true
		}
	}
	return false
}

// isBareText reports whether an object has words and no kind: a span as some
// editors write it.
func (f *finder) isBareText(m map[string]any) bool {
	words := false
	for k, x := range m {
		k = selectors.FoldKey(k)
		if s, ok := x.(string); ok && f.keys.KindOf[k] && !f.keys.Inline[selectors.FoldKey(s)] {
			return false
		}
		_, ok := x.(string)
		words = words || ok && f.keys.Text[k]
	}
	return words
}

// inlineHTML is s where it has tags, else s as HTML.
func inlineHTML(s string) string {
	if k := strings.IndexByte(s, '<'); k >= 0 && strings.IndexByte(s[k:], '>') > 0 {
		return s
	}
	if strings.IndexByte(s, '&') >= 0 && html.UnescapeString(s) != s {
		return s
	}
	return html.EscapeString(s)
}

// block writes words as an element, unless they are one.
func block(tag, words string) string {
	if strings.TrimSpace(words) == "" {
		return ""
	}
	if tag == "p" && hasMarkup(words) {
		return words
	}
	return "<" + tag + ">" + words + "</" + tag + ">"
}

// isFlat reports whether a list is a graph of values that name each other by
// index, as Nuxt writes its data (github.com/Rich-Harris/devalue).
func isFlat(list []any) bool {
	if len(list) < 3 {
		return false
	}
	indexes, ok := 0, true
	each := func(v any) {
		n, is := v.(float64)
		ok = ok && is && n == float64(int(n)) && int(n) < len(list)
		indexes++
	}
	switch v := list[0].(type) {
	case map[string]any:
		for _, x := range v {
			each(x)
		}
	case []any:
		for k, x := range v {
			if s, is := x.(string); is && k == 0 && s != "" {
				continue // the name of a class
			}
			each(x)
		}
	}
	return ok && indexes > 0
}

// flatKey is the key that k stands for in a flat list: _5 is named by the string at index
// 5 where React Router writes the list (github.com/jacob-ebey/turbo-stream).
func flatKey(list []any, k string) string {
	if digits, ok := strings.CutPrefix(k, "_"); ok {
		if n, err := strconv.Atoi(digits); err == nil && n >= 0 && n < len(list) {
			if s, ok := list[n].(string); ok {
				return s
			}
		}
	}
	return k
}

// unflatten builds the value that a flat list stands for. What stands in itself
// is left out.
func unflatten(list []any) any {
	built := make(map[int]any, len(list))
	open := map[int]bool{}
	left := maxValues
	var at func(v any, depth int) any
	at = func(v any, depth int) any {
		n, is := v.(float64)
		i := int(n)
		if left--; left < 0 || !is || i < 0 || i >= len(list) || open[i] || depth > maxDepth {
			return nil
		}
		if x, ok := built[i]; ok {
			return x
		}
		open[i] = true
		defer delete(open, i)
		var x any
		switch v := list[i].(type) {
		case map[string]any:
			m := make(map[string]any, len(v))
			for _, k := range slices.Sorted(maps.Keys(v)) {
				m[flatKey(list, k)] = at(v[k], depth+1)
			}
			x = m
		case []any:
			if len(v) > 0 {
				if _, tagged := v[0].(string); tagged {
					if len(v) > 1 {
						x = at(v[1], depth+1)
					}
					break
				}
			}
			l := make([]any, 0, len(v))
			for _, e := range v {
				l = append(l, at(e, depth+1))
			}
			x = l
		default:
			x = v
		}
		built[i] = x
		return x
	}
	return at(float64(0), 0)
}

// level is the level of a heading that an object names, or an object in it; 0
// where there is none.
func (f *finder) level(m map[string]any, inner bool) int {
	for k, x := range m {
		switch v := x.(type) {
		case float64:
			if f.keys.Level[selectors.FoldKey(k)] {
				return int(v)
			}
		case map[string]any:
			if !inner && f.keys.Kids[selectors.FoldKey(k)] {
				if n := f.level(v, true); n > 0 {
					return n
				}
			}
		}
	}
	return 0
}
