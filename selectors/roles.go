package selectors

import (
	"bytes"
	_ "embed"
	"slices"
	"strings"
	"unicode/utf8"
)

// Roles is a set of things that an element can be by the words of its class and
// id.
type Roles uint64

// The roles. roles.txt has the words that stand for each.
const (
	Ad Roles = 1 << iota
	Author
	Body
	Breadcrumb
	Byline
	Caption
	Comment
	Consent
	Credit
	CTA
	Date
	Embed
	Footer
	Gallery
	Header
	Headline
	Hidden
	Infobox
	Nav
	Newsletter
	Paywall
	Player
	Print
	Product
	Promo
	Quote
	Related
	Share
	Sidebar
	Standfirst
	Tags
	TOC
	// Streamed marks a box in which React streams finished content. No word
	// stands for it.
	Streamed
)

var roleNames = map[string]Roles{
	"ad": Ad, "author": Author, "body": Body, "breadcrumb": Breadcrumb, "byline": Byline,
	"caption": Caption, "comment": Comment, "consent": Consent, "credit": Credit, "cta": CTA,
	"date": Date, "embed": Embed, "footer": Footer, "gallery": Gallery, "header": Header,
	"headline": Headline, "hidden": Hidden, "infobox": Infobox, "nav": Nav,
	"newsletter": Newsletter, "paywall": Paywall, "player": Player, "print": Print,
	"product": Product, "promo": Promo, "quote": Quote, "related": Related, "share": Share,
	"sidebar": Sidebar, "standfirst": Standfirst, "tags": Tags, "toc": TOC,
	"none": 0,
}

// String lists the roles' names with "+" between them, in alphabetical order.
func (rs Roles) String() string {
	var names []string
	for name, r := range roleNames {
		if rs&r != 0 {
			names = append(names, name)
		}
	}
	if rs&Streamed != 0 {
		names = append(names, "streamed")
	}
	slices.Sort(names)
	return strings.Join(names, "+")
}

//go:embed roles.txt
var rolesText string

var rolesTable = &table{"roles.txt", rolesText, []string{"role"}}

var roles = lazily(rolesTable, readRoles)

// A roleTable has the roles of words.
type roleTable struct {
	roles dictionary[Roles]
	known wordBits
}

// of returns the roles of a word that is not empty, and whether the table has it.
func (t *roleTable) of(word []byte) (Roles, bool) {
	if !mayHave(&t.known, word) {
		return 0, false
	}
	e := t.roles.find(word)
	if e == nil {
		return 0, false
	}
	return e.value, true
}

func readRoles(t table) (*roleTable, error) {
	m := &roleTable{roles: makeDictionary[Roles](2048)}
	err := t.each(func(r row) error {
		role, ok := roleNames[r.columns[0]]
		if !ok {
			return unknown("role", r.columns[0])
		}
		for _, word := range r.entries {
			*m.roles.at(word) |= role
			m.known.add(word)
		}
		return nil
	})
	return m, err
}

// CutToken cuts the first token off an attribute's list of them, "" where it has none.
func CutToken(attr string) (token, rest string) {
	from := 0
	for from < len(attr) && isAttrSpace(attr[from]) {
		from++
	}
	to := from
	for to < len(attr) && !isAttrSpace(attr[to]) {
		to++
	}
	return attr[from:to], attr[to:]
}

// isAttrSpace reports whether c separates the tokens of an attribute.
func isAttrSpace(c byte) bool {
	return c <= ' ' && (c == ' ' || c >= '\t' && c <= '\r')
}

// maxTokenWords is how many words a token of the table may have.
const maxTokenWords = 8

// maxChance is how many letters behind a digit are no word: build tools make names such as
// css-1ad8q2 by chance.
const maxChance = 2

// RolesOf returns the roles that the words of a token of a class or id attribute stand
// for. A token such as "story-footer" is looked up whole; where the table does not have
// it, its words are ("storyFooter", "story_footer" and "story-footer" have the same words).
func RolesOf(token string) Roles {
	table := roles()
	var buf [64]byte
	joined := buf[:0] // the words with "-" between them
	last := 0         // where the last of them begins
	var rs Roles
	words := 0
	for k := 0; ; {
		from := len(joined)
		if from > 0 {
			joined = append(joined, '-')
			from++
		}
		joined, k = NextWord(token, k, joined)
		if len(joined) == from {
			break
		}
		w := joined[from:]
		if at := k - len(w); len(w) > maxChance || at <= 0 || token[at-1] < '0' || token[at-1] > '9' {
			r, _ := table.of(w)
			rs |= r
		}
		if words++; words > maxTokenWords {
			joined = joined[:0]
			continue
		}
		// Build tools put names of their own around a module's: Link_srOnly__a81k. So do
		// themes, around that of a line under the headline: ArticlePage-subHeadline.
		if words > 1 {
			pair, _ := table.of(joined[last:])
			rs |= pair & (Hidden | Standfirst)
		}
		last = from
	}
	if words > 1 && words <= maxTokenWords {
		if r, ok := table.of(joined[:len(joined)-1]); ok {
			return r
		}
	}
	return rs
}

// NextWord appends to buf the first word of a class token from byte k on, in
// lower case, and returns it with where it ends; nothing where there is none
// left. A word ends at every sign that is no letter, at a digit, and where a
// capital follows a small letter. NextWord allocates only where buf has no room
// or letters are not ASCII.
func NextWord(token string, k int, buf []byte) (word []byte, end int) {
	for k < len(token) && letterClass[token[k]] == 0 {
		k++
	}
	from := k
	wide := false
	for ; k < len(token); k++ {
		c := token[k]
		if c-'a' < 26 {
			buf = append(buf, c)
			continue
		}
		class := letterClass[c]
		if class == 0 || class == upperLetter && k > from && letterClass[token[k-1]] == lowerLetter {
			break
		}
		switch class {
		case upperLetter:
			c += 'a' - 'A'
		case wideLetter:
			wide = true
		}
		buf = append(buf, c)
	}
	if wide {
		return bytes.ToLower(buf), k
	}
	return buf, k
}

// The kinds of letter that a byte of a class token is, or is a part of.
const (
	lowerLetter = 1 + iota
	upperLetter
	wideLetter
)

var letterClass = func() (t [256]uint8) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z':
			t[c] = lowerLetter
		case c >= 'A' && c <= 'Z':
			t[c] = upperLetter
		case c >= utf8.RuneSelf:
			t[c] = wideLetter
		}
	}
	return t
}()
