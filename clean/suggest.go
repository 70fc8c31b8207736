package clean

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// SuggestedRule is a directive for the rules of a site and the CSS selector of
// an element of the page that it fits.
type SuggestedRule struct {
	Directive, Selector string
}

// SuggestRules returns rules with which the page gives about the draft's record:
// where title, standfirst, authors, date and text stand, and what in between is
// left out. An element that no short selector tells from the others of the page
// is left out. It is a beginning for an author of rules, who knows other pages.
func (x *Draft) SuggestRules() []SuggestedRule {
	s := suggester{x: x, doc: x.d.body.Tree.Nodes[0].Node}
	t, md := x.d.body.Tree, x.d.meta
	title := slices.IndexFunc(t.Headings, func(i int32) bool { return t.Text(i) == md.Title })
	if title >= 0 {
		s.add("title", t.Headings[title])
	}
	if x.d.subtitle >= 0 {
		s.add("subtitle", x.d.body.Blocks[x.d.subtitle].El)
	}
	for _, a := range md.Authors {
		s.add("author", s.smallest(a.Name))
	}
	for _, i := range t.Times {
		if at := t.Attr(i, "datetime"); len(at) >= len("2006-01-02") && strings.HasPrefix(md.Published, at[:len("2006-01-02")]) {
			s.add("date", i)
			break
		}
	}
	box := s.box()
	if box < 0 {
		return s.rules
	}
	s.add("body", box)
	// Headline and byline stand before the text, and are fields of their own.
	first, _ := x.d.body.Span()
	for k := range x.d.body.Blocks {
		if x.d.body.Blocks[k].From < first {
			continue
		}
		if i := s.aside(k, box); i >= 0 {
			s.add("strip", i)
		}
	}
	return s.rules
}

type suggester struct {
	x     *Draft
	doc   *html.Node
	rules []SuggestedRule
}

// add adds a rule for an element, where a selector tells it from all others.
func (s *suggester) add(directive string, i int32) {
	if i < 0 {
		return
	}
	rule := SuggestedRule{directive, s.selector(i)}
	if rule.Selector != "" && !slices.Contains(s.rules, rule) {
		s.rules = append(s.rules, rule)
	}
}

// smallest returns the innermost element with just these words, or -1.
func (s *suggester) smallest(words string) int32 {
	t, found := s.x.d.body.Tree, int32(-1)
	for i := range t.Nodes {
		if t.Nodes[i].Type == html.ElementNode && !t.Nodes[i].Opaque && (found < 0 || int32(i) < t.Nodes[found].End) && t.Text(int32(i)) == words {
			found = int32(i)
		}
	}
	return found
}

// box returns the innermost element around all blocks that are kept, or -1 where
// that is the page.
func (s *suggester) box() int32 {
	b := s.x.d.body
	first, last := b.Span()
	if first < 0 {
		return -1
	}
	i := b.Tree.Nodes[first].Parent
	for i >= 0 && b.Tree.Nodes[i].End <= last {
		i = b.Tree.Nodes[i].Parent
	}
	// A paragraph alone is no box.
	for i >= 0 && (!b.Tree.Nodes[i].Block || b.Tree.Nodes[i].DataAtom == atom.P || s.selector(i) == "") {
		i = b.Tree.Nodes[i].Parent
	}
	if i < 0 || b.Tree.Nodes[i].DataAtom == atom.Body || b.Tree.Nodes[i].DataAtom == atom.Html {
		return -1
	}
	return i
}

// aside returns the outermost element in box around block k that has no kept
// block in it, or -1.
func (s *suggester) aside(k int, box int32) int32 {
	b := s.x.d.body
	if b.Verdicts[k].Keep {
		return -1
	}
	found := int32(-1)
	for i := b.Blocks[k].El; i > box && i < b.Tree.Nodes[box].End && !b.KeepsIn(i); i = b.Tree.Nodes[i].Parent {
		found = i
	}
	return found
}

// plainName matches ids and classes that are words, and not made up by a program
// for this page or this build of the site.
var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z][A-Za-z_-]*(\d{0,2})$`) })

// selector returns a CSS selector that fits an element and no other one of the
// page: by its id, its classes, its tag, or below the element around it.
func (s *suggester) selector(i int32) string {
	nodes := s.x.d.body.Tree.Nodes
	tail := ""
	for range 3 {
		for _, c := range simpleSelectors(nodes[i].Node) {
			if sel := c + tail; s.matchesOnly(sel) {
				return sel
			}
		}
		tail = " > " + simpleSelectors(nodes[i].Node)[0] + tail
		if i = nodes[i].Parent; i < 0 || nodes[i].Type != html.ElementNode {
			break
		}
	}
	return ""
}

// simpleSelectors returns those that fit an element, the best first.
func simpleSelectors(n *html.Node) []string {
	var out []string
	for _, a := range n.Attr {
		switch a.Key {
		case "id":
			if plainName().MatchString(a.Val) {
				out = append([]string{"#" + a.Val}, out...)
			}
		case "class":
			for class := range strings.FieldsSeq(a.Val) {
				if plainName().MatchString(class) {
					out = append(out, n.Data+"."+class)
				}
			}
		case "itemprop", "rel":
			if plainName().MatchString(a.Val) {
				out = append(out, n.Data+"["+a.Key+"="+a.Val+"]")
			}
		}
	}
	return append(out, n.Data)
}

func (s *suggester) matchesOnly(selector string) bool {
	sel, err := cascadia.ParseGroup(selector)
	return err == nil && len(cascadia.QueryAll(s.doc, sel)) == 1
}
