package jsonld

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"newsclip/clean/internal/page"
)

// Publishers' JSON-LD is JSON only by intent: it comes inside HTML comments
// and CDATA, with trailing commas, raw line ends in strings and quotes that
// nobody escaped. The reader below takes what it can and never fails. It is
// one pass over the text; what no field asks for is skipped, not built.

const (
	ldMaxDepth  = 24     // deeper values are skipped
	LdMaxValues = 20_000 // values built for one page; the rest is skipped
)

// An LdKey is a property that some field is read from.
type LdKey uint8

const (
	ldNone LdKey = iota
	LdAbstract
	ldAdditionalName
	ldAlternativeHeadline
	LdArticleBody
	LdArticleSection
	LdAuthor
	LdCaption
	LdContentURL
	LdContributor
	LdCreator
	LdCreditText
	LdDateCreated
	LdDateModified
	LdDatePublished
	LdDescription
	ldFamilyName
	LdFree
	ldGivenName
	LdGraph
	LdHeadline
	LdHeight
	LdID
	LdImage
	LdInLanguage
	LdItem
	LdItemList
	ldItemReviewed
	LdKeywords
	LdLicense
	LdMainEntity
	LdMainEntityOfPage
	LdName
	LdPublisher
	LdThumbnail
	LdThumbnailURL
	ldType
	LdURL
	ldValueKey
	LdUploadDate
	LdWidth
)

var ldKeys = map[string]LdKey{
	"@graph": LdGraph, "@id": LdID, "@type": ldType, "@value": ldValueKey,
	"abstract": LdAbstract, "additionalName": ldAdditionalName, "alternativeHeadline": ldAlternativeHeadline,
	"articleBody": LdArticleBody, "articleSection": LdArticleSection, "author": LdAuthor,
	"caption": LdCaption, "contentUrl": LdContentURL, "contributor": LdContributor,
	"creator": LdCreator, "creditText": LdCreditText, "dateCreated": LdDateCreated,
	"dateModified": LdDateModified, "datePublished": LdDatePublished,
	"description": LdDescription, "familyName": ldFamilyName, "givenName": ldGivenName, "headline": LdHeadline, "height": LdHeight,
	"image": LdImage, "inLanguage": LdInLanguage, "isAccessibleForFree": LdFree,
	"item": LdItem, "itemListElement": LdItemList, "itemReviewed": ldItemReviewed,
	"keywords": LdKeywords, "license": LdLicense, "mainEntity": LdMainEntity,
	"mainEntityOfPage": LdMainEntityOfPage, "name": LdName, "pubDate": LdDatePublished, "publisher": LdPublisher,
	"thumbnail": LdThumbnail, "thumbnailUrl": LdThumbnailURL, "upDate": LdDateModified, "uploadDate": LdUploadDate,
	"url": LdURL, "width": LdWidth,
}

// An LdValue is one value: an object, a list, or a scalar as it was written.
type LdValue struct {
	Obj  *LdObject
	List []LdValue
	Raw  string // scalar's text, escapes and entities still in it
}

// An LdObject has the wanted properties of one object, in page order.
type LdObject struct {
	Props []ldProp
}

type ldProp struct {
	key LdKey
	Val LdValue
}

// Get returns the first value of a property, or the zero LdValue.
func (o *LdObject) Get(key LdKey) LdValue {
	if o != nil {
		for i := range o.Props {
			if o.Props[i].key == key {
				return o.Props[i].Val
			}
		}
	}
	return LdValue{}
}

// Each calls f for v, or for every value of v where v is a list.
func (v LdValue) Each(f func(LdValue)) {
	if v.List == nil {
		if v.Obj != nil || v.Raw != "" {
			f(v)
		}
		return
	}
	for _, e := range v.List {
		e.Each(f)
	}
}

// Text returns a scalar's text, the first scalar of a list, or an object's
// @value or name, with escapes and entities resolved and white space
// collapsed.
func (v LdValue) Text() string {
	switch {
	case v.Obj != nil:
		if s := v.Obj.Get(ldValueKey).Text(); s != "" {
			return s
		}
		return v.Obj.Get(LdName).Text()
	case v.List != nil:
		for _, e := range v.List {
			if s := e.Text(); s != "" {
				return s
			}
		}
		return ""
	}
	if v.Raw == "" || v.Raw == "null" {
		return ""
	}
	return PlainText(UnescapeJSON(v.Raw))
}

// Texts returns every scalar's text under v.
func (v LdValue) Texts() []string {
	var out []string
	v.Each(func(e LdValue) {
		if s := e.Text(); s != "" {
			out = append(out, s)
		}
	})
	return out
}

// Types returns an object's @type values without the vocabulary's address.
func (o *LdObject) Types() []string {
	ts := o.Get(ldType).Texts()
	for i, t := range ts {
		ts[i] = AfterVocabulary(t)
	}
	return ts
}

// AfterVocabulary cuts "schema:", "http://schema.org/" and the like.
func AfterVocabulary(s string) string {
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

// ReadJSONLD returns the top-level objects of a script, in order.
func ReadJSONLD(s string, budget *int) []*LdObject {
	if k := strings.IndexByte(s, '{'); k >= 0 {
		if in := strings.TrimLeft(s[k+1:], " \t\r\n"); strings.HasPrefix(in, "&quot;") || strings.HasPrefix(in, "&#34;") {
			s = html.UnescapeString(s) // a template has escaped the whole of it
		}
	}
	r := ldReader{s: s, values: *budget}
	var out []*LdObject
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
		r.value(0).Each(func(v LdValue) {
			if v.Obj != nil {
				out = append(out, v.Obj)
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

func (r *ldReader) value(depth int) LdValue {
	r.space()
	if r.i >= len(r.s) {
		return LdValue{}
	}
	r.values--
	switch c := r.s[r.i]; {
	case depth > ldMaxDepth || r.values <= 0:
		r.skip()
		return LdValue{}
	case c == '{':
		r.i++
		return LdValue{Obj: r.object(depth)}
	case c == '[':
		r.i++
		return LdValue{List: r.list(depth)}
	case c == '"':
		return LdValue{Raw: r.str()}
	default:
		return LdValue{Raw: r.word()}
	}
}

func (r *ldReader) object(depth int) *LdObject {
	o := &LdObject{}
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
			key := ldKeys[AfterVocabulary(name)]
			if key == ldNone {
				r.space()
				r.skip()
				continue
			}
			o.Props = append(o.Props, ldProp{key, r.value(depth + 1)})
		default:
			r.i++
		}
	}
}

func (r *ldReader) list(depth int) []LdValue {
	vs := []LdValue{}
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

// UnescapeJSON resolves a string's backslashes. An escape that JSON does not
// know stands for itself.
func UnescapeJSON(s string) string {
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

// PlainText resolves entities and collapses white space.
func PlainText(s string) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
		// Templates that escape an escaped value: &amp;#8217;, &amp;quot;
		if strings.IndexByte(s, '&') >= 0 && strings.IndexByte(s, ';') >= 0 {
			s = html.UnescapeString(s)
		}
	}
	return Collapse(s)
}

// Collapse makes each run of white space one space, trims, and takes out the signs that show
// nothing, such as soft hyphens.
func Collapse(s string) string {
	clean := true
	for i := 0; i < len(s) && clean; i++ {
		c := s[i]
		if c > ' ' && c < 0x7F {
			continue
		}
		if c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') || c < ' ' || c == 0x7F ||
			c == 0xC2 && i+1 < len(s) && (s[i+1] <= 0xA0 || s[i+1] == 0xAD) || c == 0xE2 && i+1 < len(s) && s[i+1] == 0x80 {
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
	return string(bytes.TrimSpace(page.AppendCollapsed(b, s)))
}
