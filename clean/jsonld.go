package clean

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Publishers' JSON-LD is JSON only by intent: it comes inside HTML comments
// and CDATA, with trailing commas, raw line ends in strings and quotes that
// nobody escaped. The reader below takes what it can and never fails. It is
// one pass over the text; what no field asks for is skipped, not built.

const (
	ldMaxDepth  = 24     // deeper values are skipped
	ldMaxValues = 20_000 // values built for one page; the rest is skipped
)

// An ldKey is a property that some field is read from.
type ldKey uint8

const (
	ldNone ldKey = iota
	ldAbstract
	ldAlternativeHeadline
	ldArticleBody
	ldArticleSection
	ldAuthor
	ldCaption
	ldContentURL
	ldContributor
	ldCreator
	ldCreditText
	ldDateCreated
	ldDateModified
	ldDatePublished
	ldDescription
	ldFree
	ldGraph
	ldHeadline
	ldHeight
	ldID
	ldImage
	ldInLanguage
	ldItem
	ldItemList
	ldItemReviewed
	ldKeywords
	ldLicense
	ldMainEntity
	ldMainEntityOfPage
	ldName
	ldPublisher
	ldThumbnail
	ldThumbnailURL
	ldType
	ldURL
	ldValueKey
	ldUploadDate
	ldWidth
)

var ldKeys = map[string]ldKey{
	"@graph": ldGraph, "@id": ldID, "@type": ldType, "@value": ldValueKey,
	"abstract": ldAbstract, "alternativeHeadline": ldAlternativeHeadline,
	"articleBody": ldArticleBody, "articleSection": ldArticleSection, "author": ldAuthor,
	"caption": ldCaption, "contentUrl": ldContentURL, "contributor": ldContributor,
	"creator": ldCreator, "creditText": ldCreditText, "dateCreated": ldDateCreated,
	"dateModified": ldDateModified, "datePublished": ldDatePublished,
	"description": ldDescription, "headline": ldHeadline, "height": ldHeight,
	"image": ldImage, "inLanguage": ldInLanguage, "isAccessibleForFree": ldFree,
	"item": ldItem, "itemListElement": ldItemList, "itemReviewed": ldItemReviewed,
	"keywords": ldKeywords, "license": ldLicense, "mainEntity": ldMainEntity,
	"mainEntityOfPage": ldMainEntityOfPage, "name": ldName, "publisher": ldPublisher,
	"thumbnail": ldThumbnail, "thumbnailUrl": ldThumbnailURL, "uploadDate": ldUploadDate,
	"url": ldURL, "width": ldWidth,
}

// An ldValue is one value: an object, a list, or a scalar as it was written.
type ldValue struct {
	obj  *ldObject
	list []ldValue
	raw  string // scalar's text, escapes and entities still in it
}

// An ldObject has the wanted properties of one object, in page order.
type ldObject struct {
	props []ldProp
}

type ldProp struct {
	key ldKey
	val ldValue
}

// get returns the first value of a property, or the zero ldValue.
func (o *ldObject) get(key ldKey) ldValue {
	if o != nil {
		for i := range o.props {
			if o.props[i].key == key {
				return o.props[i].val
			}
		}
	}
	return ldValue{}
}

// each calls f for v, or for every value of v where v is a list.
func (v ldValue) each(f func(ldValue)) {
	if v.list == nil {
		if v.obj != nil || v.raw != "" {
			f(v)
		}
		return
	}
	for _, e := range v.list {
		e.each(f)
	}
}

// text returns a scalar's text, the first scalar of a list, or an object's
// @value or name, with escapes and entities resolved and white space
// collapsed.
func (v ldValue) text() string {
	switch {
	case v.obj != nil:
		if s := v.obj.get(ldValueKey).text(); s != "" {
			return s
		}
		return v.obj.get(ldName).text()
	case v.list != nil:
		for _, e := range v.list {
			if s := e.text(); s != "" {
				return s
			}
		}
		return ""
	}
	if v.raw == "" || v.raw == "null" {
		return ""
	}
	return plainText(unescapeJSON(v.raw))
}

// texts returns every scalar's text under v.
func (v ldValue) texts() []string {
	var out []string
	v.each(func(e ldValue) {
		if s := e.text(); s != "" {
			out = append(out, s)
		}
	})
	return out
}

// types returns an object's @type values without the vocabulary's address.
func (o *ldObject) types() []string {
	ts := o.get(ldType).texts()
	for i, t := range ts {
		ts[i] = afterVocabulary(t)
	}
	return ts
}

// afterVocabulary cuts "schema:", "http://schema.org/" and the like.
func afterVocabulary(s string) string {
	if s != "" && s[0] == '@' {
		return s
	}
	if i := strings.LastIndexAny(s, "/#:"); i >= 0 {
		return s[i+1:]
	}
	return s
}

// An ldReader reads values out of one script's text.
type ldReader struct {
	s      string
	i      int
	values int
}

// readJSONLD returns the top-level objects of a script, in order.
func readJSONLD(s string, budget *int) []*ldObject {
	r := ldReader{s: s, values: *budget}
	var out []*ldObject
	for r.i < len(r.s) && r.values > 0 {
		// Whatever stands around the values (comment signs, CDATA, commas,
		// semicolons) has neither of these two.
		k := strings.IndexAny(r.s[r.i:], "{[")
		if k < 0 {
			break
		}
		r.i += k
		if strings.HasPrefix(r.s[r.i:], "[CDATA[") {
			r.i += len("[CDATA[")
			continue
		}
		r.value(0).each(func(v ldValue) {
			if v.obj != nil {
				out = append(out, v.obj)
			}
		})
	}
	*budget = r.values
	return out
}

// space moves past white space, control characters and byte order marks.
func (r *ldReader) space() {
	for r.i < len(r.s) {
		switch c := r.s[r.i]; {
		case c <= ' ':
			r.i++
		case c == 0xC2 && r.i+1 < len(r.s) && r.s[r.i+1] == 0xA0:
			r.i += 2
		case c == 0xEF && strings.HasPrefix(r.s[r.i:], "\ufeff"):
			r.i += 3
		default:
			return
		}
	}
}

func (r *ldReader) value(depth int) ldValue {
	r.space()
	if r.i >= len(r.s) {
		return ldValue{}
	}
	r.values--
	switch c := r.s[r.i]; {
	case depth > ldMaxDepth || r.values <= 0:
		r.skip()
		return ldValue{}
	case c == '{':
		r.i++
		return ldValue{obj: r.object(depth)}
	case c == '[':
		r.i++
		return ldValue{list: r.list(depth)}
	case c == '"':
		return ldValue{raw: r.str()}
	default:
		return ldValue{raw: r.word()}
	}
}

func (r *ldReader) object(depth int) *ldObject {
	o := &ldObject{}
	for {
		r.space()
		if r.i >= len(r.s) {
			return o
		}
		switch r.s[r.i] {
		case '}':
			r.i++
			return o
		case ']':
			// The object was never closed; the list above reads this sign.
			return o
		case '"':
			name := r.str()
			r.space()
			if r.i >= len(r.s) || r.s[r.i] != ':' {
				continue
			}
			r.i++
			key := ldKeys[afterVocabulary(name)]
			if key == ldNone {
				r.space()
				r.skip()
				continue
			}
			o.props = append(o.props, ldProp{key, r.value(depth + 1)})
		default:
			r.i++
		}
	}
}

func (r *ldReader) list(depth int) []ldValue {
	vs := []ldValue{}
	for {
		r.space()
		if r.i >= len(r.s) {
			return vs
		}
		switch r.s[r.i] {
		case ']':
			r.i++
			return vs
		case '}':
			return vs
		case ',', ':', ';':
			r.i++
		default:
			vs = append(vs, r.value(depth+1))
		}
	}
}

// str reads a string at a quote and returns what stands between the quotes.
// A quote ends it only where what follows can follow a string: publishers
// leave quotes in headlines unescaped.
func (r *ldReader) str() string {
	from := r.i + 1
	for i := from; i < len(r.s); i++ {
		switch r.s[i] {
		case '\\':
			i++
		case '"':
			j := i + 1
			for j < len(r.s) && r.s[j] <= ' ' {
				j++
			}
			if j >= len(r.s) || strings.IndexByte(",:}]", r.s[j]) >= 0 || j > i+1 && r.s[j] == '"' {
				r.i = i + 1
				return r.s[from:i]
			}
		}
	}
	r.i = len(r.s)
	return ""
}

// word reads a number, true, false, null, or anything else up to a sign.
func (r *ldReader) word() string {
	from := r.i
	for r.i < len(r.s) && strings.IndexByte(",:}]{[\"", r.s[r.i]) < 0 && r.s[r.i] > ' ' {
		r.i++
	}
	if r.i == from {
		r.i++
		return ""
	}
	return r.s[from:r.i]
}

// skip moves past one value without building it and without recursion.
func (r *ldReader) skip() {
	open := 0
	for r.i < len(r.s) {
		switch r.s[r.i] {
		case '{', '[':
			open++
			r.i++
		case '}', ']':
			if open == 0 {
				return
			}
			open--
			r.i++
		case '"':
			r.str()
		case ',', ':':
			if open == 0 {
				return
			}
			r.i++
			continue
		default:
			if r.s[r.i] <= ' ' {
				r.i++
				continue
			}
			r.word()
		}
		if open == 0 {
			return
		}
	}
}

// unescapeJSON resolves a string's backslashes. An escape that JSON does not
// know stands for itself.
func unescapeJSON(s string) string {
	k := strings.IndexByte(s, '\\')
	if k < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for k >= 0 {
		b.WriteString(s[:k])
		s = s[k+1:]
		if s == "" {
			break
		}
		c := s[0]
		s = s[1:]
		switch c {
		case 'n':
			b.WriteByte('\n')
		case 't', 'r', 'b', 'f':
			b.WriteByte(' ')
		case 'u':
			r, n := hex4(s)
			s = s[n:]
			if r >= 0xD800 && r < 0xDC00 && strings.HasPrefix(s, `\u`) {
				if low, m := hex4(s[2:]); low >= 0xDC00 && low < 0xE000 {
					r = 0x10000 + (r-0xD800)<<10 + (low - 0xDC00)
					s = s[2+m:]
				}
			}
			if n > 0 && utf8.ValidRune(r) {
				b.WriteRune(r)
			}
		default:
			b.WriteByte(c)
		}
		k = strings.IndexByte(s, '\\')
	}
	b.WriteString(s)
	return b.String()
}

// hex4 reads four hexadecimal digits; n is 0 where there are none.
func hex4(s string) (r rune, n int) {
	if len(s) < 4 {
		return 0, 0
	}
	v, err := strconv.ParseUint(s[:4], 16, 32)
	if err != nil {
		return 0, 0
	}
	return rune(v), 4
}

// plainText resolves entities and collapses white space.
func plainText(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
		// Templates that escape an escaped value: &amp;#8217;, &amp;quot;
		if strings.IndexByte(s, '&') >= 0 && strings.IndexByte(s, ';') >= 0 {
			s = html.UnescapeString(s)
		}
	}
	return collapse(s)
}

// collapse makes each run of white space one space and trims.
func collapse(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		c := s[i]
		if c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') || c < ' ' ||
			c == 0xC2 && i+1 < len(s) && s[i+1] == 0xA0 || c == 0xE2 && i+1 < len(s) && s[i+1] == 0x80 {
			clean = false
		}
	}
	if clean {
		return s
	}
	var arr [512]byte
	b := arr[:0]
	if len(s) > len(arr) {
		b = make([]byte, 0, len(s))
	}
	return string(bytes.TrimSpace(appendCollapsed(b, s)))
}
