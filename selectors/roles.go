package selectors

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
)

// Roles is a set of things that an element's class and id words say it is.
type Roles uint64

// The roles. roles.txt says which words stand for which.
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
var rolesTxt string

var roleOf = mustRoles(rolesTxt)

// mustRoles reads the table; a line that does not read stops the program at
// start, and the table's test before that.
func mustRoles(txt string) map[string]Roles {
	m := make(map[string]Roles)
	for n, line := range strings.Split(txt, "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		r, ok := roleNames[f[0]]
		if !ok {
			panic(fmt.Sprintf("roles.txt:%d: no role is called %q", n+1, f[0]))
		}
		for _, word := range f[1:] {
			m[word] |= r
		}
	}
	return m
}

// RolesOf returns what a class or id attribute's words say. A token such as
// "story-footer" is looked up whole; where the table does not have it, its
// words are ("storyFooter", "story_footer" and "story-footer" have the same
// words).
func RolesOf(attr string) Roles {
	var rs Roles
	for _, token := range strings.Fields(attr) {
		rs |= rolesOfToken(token)
	}
	return rs
}

func rolesOfToken(token string) Roles {
	words := Words(token)
	if len(words) > 1 {
		if r, ok := roleOf[strings.Join(words, "-")]; ok {
			return r
		}
	}
	var rs Roles
	for _, w := range words {
		rs |= roleOf[w]
	}
	return rs
}

// Words splits a class token into lower-case words: at every sign that is no
// letter, at digits, and where a capital follows a small letter.
func Words(token string) []string {
	var words []string
	from := -1
	for k := 0; k <= len(token); k++ {
		var c byte
		if k < len(token) {
			c = token[k]
		}
		upper := c >= 'A' && c <= 'Z'
		letter := upper || c >= 'a' && c <= 'z' || c >= 0x80
		if from >= 0 && (!letter || upper && token[k-1] >= 'a' && token[k-1] <= 'z') {
			words = append(words, strings.ToLower(token[from:k]))
			from = -1
		}
		if from < 0 && letter {
			from = k
		}
	}
	return words
}
