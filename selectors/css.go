package selectors

import (
	"fmt"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// maxCompounds is how many compound selectors, as p.intro in "div > p.intro", one CSS
// selector may be combined of.
const maxCompounds = 64

// A cssSelector is a CSS selector without a comma, compiled. The library would try each
// ancestor for each " " and each sibling for each "~" again; here both are remembered on the
// way through the page, so that a selector takes time linear in it.
type cssSelector []compound

// A compound is what a CSS selector asks of one element.
type compound struct {
	// combinator stands before it: ' ', '>', '+', '~', or 0 at the start.
	combinator byte
	all        cascadia.Sel
	// plain is the part of all before its first pseudo-class, or nil, and price what the
	// rest takes. Without a pseudo-class both are nil.
	plain cascadia.Sel
	price cssPrice
}

// A cssPrice returns what trying a selector on a node takes at most, in units of maxWork.
type cssPrice func(z nodeSize, s *Search) float64

// compileCSS reads a group of selectors.
func compileCSS(source string) ([]cssSelector, error) {
	if _, err := cascadia.ParseGroup(source); err != nil {
		return nil, err
	}
	var out []cssSelector
	for _, one := range splitGroup(source) {
		var sel cssSelector
		for _, part := range splitCompounds(one) {
			c, err := compileCompound(part)
			if err != nil {
				return nil, err
			}
			if sel = append(sel, c); len(sel) > maxCompounds {
				return nil, fmt.Errorf("more than %d elements are combined in it", maxCompounds)
			}
		}
		out = append(out, sel)
	}
	return out, nil
}

func compileCompound(part cssPart) (c compound, err error) {
	c.combinator = part.combinator
	// The library wants a byte after an empty regular expression: ":matches() p".
	if c.all, err = cascadia.Parse(part.text + " "); err != nil {
		return c, err
	}
	plain, pseudo := cutPseudo(part.text)
	if pseudo == "" {
		return c, nil
	}
	if plain != "" {
		if c.plain, err = cascadia.Parse(plain); err != nil {
			return c, err
		}
		if c.plain.Match(&html.Node{Type: html.ElementNode}) {
			c.plain = nil // "*": with a pseudo-class, texts match as well
		}
	}
	c.price = priceOfPseudo(pseudo)
	return c, nil
}

// selectCSS returns the nodes of a page that any of the selectors matches, in document
// order. As for the library, the document itself is none of them; but it is above others.
func (s *Search) selectCSS(group []cssSelector) ([]Match, error) {
	s.measure()
	found := make([]bool, len(s.sizes))
	for _, sel := range group {
		if err := s.match(sel, found); err != nil {
			return nil, err
		}
	}
	var out []Match
	at := 0
	for n := range preorder(s.doc) {
		if found[at] && n != s.doc {
			out = append(out, Match{Node: n})
		}
		at++
	}
	return out, nil
}

// A level is what is known of the nodes above and before one: bit k is set where the first
// k+1 compounds of a selector match such a node.
type level struct {
	parent, ancestors, previous, siblings uint64
}

// match sets in found the nodes that a selector matches.
func (s *Search) match(sel cssSelector, found []bool) error {
	if !s.spend(float64(s.attributes) / 10) {
		return errWork
	}
	var levels []level
	at := 0
	for n, depth := range preorder(s.doc) {
		if depth == len(levels) {
			levels = append(levels, level{})
		}
		l := &levels[depth]
		var bits uint64
		for k := range sel {
			if k > 0 && !l.leads(sel[k].combinator, k-1) {
				continue
			}
			ok, err := s.matchesOne(&sel[k], n, at)
			if err != nil {
				return err
			}
			if ok {
				bits |= 1 << k
			}
		}
		found[at] = found[at] || bits>>(len(sel)-1) != 0
		at++
		// The library passes over texts and comments before a "+", and not before a "~".
		if l.siblings |= bits; n.Type != html.TextNode && n.Type != html.CommentNode {
			l.previous = bits
		}
		if n.FirstChild != nil {
			below := level{parent: bits, ancestors: l.ancestors | bits}
			levels = append(levels[:depth+1], below)
		}
	}
	return nil
}

// leads reports whether the first compounds, up to k, match a node that the combinator
// leads from.
func (l *level) leads(combinator byte, k int) bool {
	bits := l.ancestors
	switch combinator {
	case '>':
		bits = l.parent
	case '+':
		bits = l.previous
	case '~':
		bits = l.siblings
	}
	return bits>>k&1 != 0
}

// matchesOne reports whether a compound matches the node at a place in document order.
func (s *Search) matchesOne(c *compound, n *html.Node, at int) (bool, error) {
	price := 2.
	if c.price != nil {
		if c.plain != nil && !c.plain.Match(n) {
			price, c = 2, nil
		} else {
			price += c.price(s.sizes[at], s)
		}
	}
	if !s.spend(price) {
		return false, errWork
	}
	return c != nil && c.all.Match(n), nil
}

// priceOfGroup returns the price of a group of selectors within a pseudo-class, in which the
// library looks for ancestors and siblings again and again.
func priceOfGroup(group string) cssPrice {
	type step struct {
		combinator byte
		price      cssPrice
	}
	var all [][]step
	for _, one := range splitGroup(group) {
		var steps []step
		for _, part := range splitCompounds(one) {
			_, pseudo := cutPseudo(part.text)
			steps = append(steps, step{part.combinator, priceOfPseudo(pseudo)})
		}
		all = append(all, steps)
	}
	return func(z nodeSize, s *Search) (sum float64) {
		for _, steps := range all {
			one := 1.
			for _, st := range steps {
				one *= 2 + st.price(z, s)
				switch st.combinator {
				case ' ':
					one *= float64(s.depth + 1)
				case '~':
					one *= float64(s.wide + 1)
				}
			}
			sum += one
		}
		return sum
	}
}

// priceOfPseudo returns the price of the pseudo-classes in the rest of a compound.
func priceOfPseudo(rest string) cssPrice {
	var all []cssPrice
	for i := 0; i < len(rest); {
		next := skipCSS(rest, i)
		if rest[i] == ':' {
			name, arg := rest[i+1:], ""
			if end := strings.IndexAny(name, "(.#[:"); end >= 0 {
				if name[end] == '(' {
					next = skipCSS(rest, i+1+end)
					arg = rest[i+2+end : max(i+2+end, next-1)]
				}
				name = name[:end]
			}
			all = append(all, priceOfClass(strings.ToLower(strings.TrimSpace(name)), arg))
		}
		i = next
	}
	return func(z nodeSize, s *Search) (sum float64) {
		for _, p := range all {
			sum += p(z, s)
		}
		return sum
	}
}

// priceOfClass returns the price of one pseudo-class.
func priceOfClass(name, arg string) cssPrice {
	switch name {
	case "not":
		return priceOfGroup(arg)
	case "has", "haschild":
		group := priceOfGroup(arg)
		return func(z nodeSize, s *Search) float64 {
			z.siblings = z.nodes
			return float64(z.nodes) * group(z, s)
		}
	case "contains", "containsown", "matches", "matchesown":
		char := 1.
		if strings.HasPrefix(name, "matches") {
			// What does not compile here did not compile before.
			char, _ = instructions(arg)
		}
		return func(z nodeSize, _ *Search) float64 { return 3*float64(z.nodes) + (1+3*char)*float64(z.text) }
	case "lang", "enabled", "disabled":
		return func(_ nodeSize, s *Search) float64 { return float64(s.depth) }
	default:
		// Most of the others count siblings.
		return func(z nodeSize, _ *Search) float64 { return 5 * float64(z.siblings) }
	}
}

// A cssPart is a compound selector, and the combinator before it.
type cssPart struct {
	combinator byte
	text       string
}

// splitGroup returns the selectors between the commas of a group that the library has read.
func splitGroup(source string) (out []string) {
	start := 0
	for i := 0; i < len(source); {
		if source[i] == ',' {
			out, start = append(out, source[start:i]), i+1
		}
		i = skipCSS(source, i)
	}
	return append(out, source[start:])
}

// splitCompounds returns the compounds of a selector that the library has read.
func splitCompounds(source string) (out []cssPart) {
	start, combinator := -1, byte(0)
	end := func(i int, next byte) {
		if start >= 0 {
			out = append(out, cssPart{combinator, source[start:i]})
			start, combinator = -1, next
		} else if next != ' ' {
			combinator = next
		}
	}
	for i := 0; i < len(source); i = skipCSS(source, i) {
		switch c := source[i]; {
		case strings.IndexByte(" \t\r\n\f", c) >= 0 || strings.HasPrefix(source[i:], "/*"):
			end(i, ' ')
		case c == '>' || c == '+' || c == '~':
			end(i, c)
		case start < 0:
			start = i
		}
	}
	end(len(source), ' ')
	return out
}

// cutPseudo returns a compound up to its first pseudo-class, and from there.
func cutPseudo(source string) (plain, pseudo string) {
	for i := 0; i < len(source); i = skipCSS(source, i) {
		if source[i] == ':' {
			return source[:i], source[i:]
		}
	}
	return source, ""
}

// skipEscape returns where an escape ends whose sign is at i: up to six hexadecimal digits
// and one white space, or one byte.
func skipEscape(source string, i int) int {
	from := i
	for i < len(source) && i < from+6 && strings.IndexByte("0123456789abcdefABCDEF", source[i]) >= 0 {
		i++
	}
	switch {
	case i == from:
		return min(i+1, len(source))
	case strings.HasPrefix(source[i:], "\r\n"):
		return i + 2
	case i < len(source) && strings.IndexByte(" \t\r\n\f", source[i]) >= 0:
		return i + 1
	}
	return i
}

// skipCSS returns where the thing at i ends: an escape, a text in quotation marks, a
// comment, a pair of brackets with what is in it, or a byte. Regular expressions end where
// the library ends them: at the first bracket that closes more than they have opened.
func skipCSS(source string, i int) int {
	switch c := source[i]; {
	case c == '\\':
		return skipEscape(source, i+1)
	case c == '"' || c == '\'':
		for i++; i < len(source) && source[i] != c; i++ {
			if source[i] == '\\' {
				i++
			}
		}
		return min(i+1, len(source))
	case strings.HasPrefix(source[i:], "/*"):
		if end := strings.Index(source[i+2:], "*/"); end >= 0 {
			return i + 2 + end + 2
		}
	case c == '(' && (endsFold(source[:i], ":matches") || endsFold(source[:i], ":matchesown")):
		return skipRegexp(source, i+1)
	case c == '[':
		if op := strings.IndexAny(source[i:], `="']`); op > 0 && source[i+op-1] == '#' {
			return skipRegexp(source, i+op+1)
		}
		return skipTo(source, i+1, ']')
	case c == '(':
		return skipTo(source, i+1, ')')
	}
	return i + 1
}

func skipTo(source string, i int, closing byte) int {
	for i < len(source) && source[i] != closing {
		i = skipCSS(source, i)
	}
	return min(i+1, len(source))
}

func skipRegexp(source string, i int) int {
	for open := 0; i < len(source); i++ {
		switch source[i] {
		case '(', '[':
			open++
		case ')', ']':
			if open--; open < 0 {
				// An attribute's regular expression has its own bracket at the end.
				return i + 1
			}
		}
	}
	return len(source)
}

func endsFold(s, end string) bool {
	return len(s) >= len(end) && strings.EqualFold(s[len(s)-len(end):], end)
}
