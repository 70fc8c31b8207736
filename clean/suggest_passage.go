package clean

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"newsclip/clean/internal/page"
	"newsclip/selectors"
)

const (
	// suggestedFor is how many rules are suggested for a passage.
	suggestedFor = 6
	// boxesAround is how many elements around a passage are named by a rule: those
	// further out hold most of the page.
	boxesAround = 4
	// alikeBoxes is how many elements of a page a rule for one passage may fit.
	// Newsletters and share bars stand on a page several times, paragraphs more
	// often.
	alikeBoxes = 12
	// wholeWords is the length in bytes up to which a rule by words has all of a
	// passage, and firstWords that of the beginning that it has of a longer one.
	wholeWords, firstWords = 60, 40
)

// RulesFor suggests rules for the site of the draft, the best first, any of which
// makes of a passage, a place in [Draft.Passages], what the directive says: keep,
// strip, title, subtitle, author or date. First come those that change no other
// block of the page. There are none for a part that was cut out of a block.
func (x *Draft) RulesFor(passage int, directive string) []SuggestedRule {
	all := x.d.explainer().passages()
	if passage < 0 || passage >= len(all) {
		return nil
	}
	p := &all[passage]
	t := x.d.body.Tree
	s := suggester{x: x, doc: t.Nodes[0].Node}
	el, end := p.node, t.Nodes[p.node].End
	if p.block >= 0 {
		end = x.d.body.Blocks[p.block].To
	} else if t.Nodes[el].Type != html.ElementNode {
		return nil
	}
	for el >= 0 && (t.Nodes[el].Type != html.ElementNode || t.Nodes[el].End < end) {
		el = t.Nodes[el].Parent
	}
	var options []ruleOption
	for range boxesAround {
		if a := t.Nodes[max(el, 0)].DataAtom; el < 0 || a == atom.Body || a == atom.Html {
			break
		}
		options = append(options, s.optionsFor(el, directive)...)
		if directive != "keep" && directive != "strip" {
			break // a field is the element's own words
		}
		el = t.Nodes[el].Parent
	}
	if p.block >= 0 {
		options = append(options, s.byWords(&x.d.body.Blocks[p.block], directive)...)
	}
	slices.SortStableFunc(options, func(a, b ruleOption) int {
		return cmp.Or(cmp.Compare(a.others, b.others), cmp.Compare(a.steps(), b.steps()))
	})
	var out []SuggestedRule
	for _, o := range options {
		if len(out) < suggestedFor && !slices.Contains(out, o.SuggestedRule) {
			out = append(out, o.SuggestedRule)
		}
	}
	return out
}

// A ruleOption is a rule that may be suggested, and how many blocks it changes.
type ruleOption struct {
	SuggestedRule
	others int
}

// steps is how many steps the rule takes to its element: a name of its own holds on
// other pages too, a place among others less so, and words least.
func (o *ruleOption) steps() int {
	if strings.HasPrefix(o.Selector, "//") {
		return boxesAround
	}
	return strings.Count(o.Selector, " > ")
}

// optionsFor returns rules that name an element: by its classes and its id, and by
// the shortest selector that fits it alone.
func (s *suggester) optionsFor(el int32, directive string) []ruleOption {
	nd := &s.x.d.body.Tree.Nodes[el]
	var names []string
	for _, name := range simpleSelectors(nd.Node) {
		if name != nd.Data {
			names = append(names, name)
		}
	}
	if one := s.selector(el); one != "" && !slices.Contains(names, one) {
		names = append(names, one)
	}
	var out []ruleOption
	for _, name := range names {
		if o, ok := s.option(directive, name, nd.Node); ok {
			out = append(out, o)
		}
	}
	return out
}

// byWords returns a rule that finds a block by its words: those of many promotions
// are the same on each page, where the element has no name.
func (s *suggester) byWords(b *page.Block, directive string) []ruleOption {
	if directive != "strip" && directive != "keep" {
		return nil
	}
	nd := &s.x.d.body.Tree.Nodes[b.El]
	words := strings.Join(strings.Fields(s.x.d.body.Tree.Text(b.El)), " ")
	test := `normalize-space(.)="%s"`
	if len(words) > wholeWords {
		test = `starts-with(normalize-space(.), "%s")`
		words = words[:firstWords]
		words = words[:max(strings.LastIndexByte(words, ' '), 0)]
	}
	if words == "" || strings.ContainsAny(words, "\"\n") {
		return nil
	}
	o, ok := s.option(directive, fmt.Sprintf("//%s["+test+"]", nd.Data, words), nd.Node)
	if !ok {
		return nil
	}
	return []ruleOption{o}
}

// option makes a rule of a selector where it finds the element, and not much else.
func (s *suggester) option(directive, selector string, el *html.Node) (ruleOption, bool) {
	o := ruleOption{SuggestedRule: SuggestedRule{directive, selector}}
	compiled, err := selectors.ParseRules("", []byte("keep: "+selector))
	if err != nil || len(compiled.Keep) != 1 {
		return o, false
	}
	found := compiled.Keep[0].Select(selectors.NewSearch(s.doc))
	if len(found) > alikeBoxes || !slices.ContainsFunc(found, func(m selectors.Match) bool { return m.Node == el }) {
		return o, false
	}
	if directive != "keep" && directive != "strip" {
		// Of a field's selector the first match counts, and of an author's all.
		o.others = len(found) - 1
		return o, found[0].Node == el
	}
	b := s.x.d.body
	kept := 0
	for k := range b.Blocks {
		if b.Verdicts[k].Keep {
			kept++
		}
		if b.Verdicts[k].Keep == (directive == "keep") {
			continue
		}
		for n := b.Tree.Nodes[b.Blocks[k].El].Node; n != nil; n = n.Parent {
			if slices.ContainsFunc(found, func(m selectors.Match) bool { return m.Node == n }) {
				o.others++
				break
			}
		}
	}
	// A rule that leaves no text is meant by nobody.
	return o, directive == "keep" || o.others < kept || kept < 2
}
