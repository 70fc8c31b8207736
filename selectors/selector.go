package selectors

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/antchfx/xpath"
	"golang.org/x/net/html"
)

// Selector is a compiled CSS selector or XPath. It is safe for concurrent use.
type Selector struct {
	// Source is the selector as the rule has it, and Rule the rule's place:
	// file:line.
	Source, Rule string

	css []cssSelector
	// An XPath keeps the state of its evaluation in itself. path is what expr was compiled
	// of, "" for CSS.
	mu    sync.Mutex
	expr  *xpath.Expr
	path  string
	price xpathPrice
	// made and joins are what madeBy tells of expr.
	made  float64
	joins bool
}

// Match is one thing that a selector finds: a node of the tree, or, where an
// XPath selects an attribute or computes a string, a value.
type Match struct {
	Node  *html.Node
	Value string
}

var (
	looksLikeXPath = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^(/|\(|'|"|\.\.?/|@|[a-z-]+\(|[\w*-]+(/|::|\[\s*(@|\d+\s*\]|[a-z-]+\()))`)
	})
	relativeStep = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[\w*-]+(/|::|\[|$)`) })
	idCall       = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\bid\(\s*("[^"]*"|'[^']*')\s*\)`) })
)

// maxSelector bounds a selector, in bytes: each step and each predicate is tried on all
// elements of a page.
const maxSelector = 8 << 10

// quote returns a line, or a part of it, for a message: what is wrong with it stands behind.
func quote(s string) string {
	const most = 200 // bytes
	if len(s) <= most {
		return strconv.Quote(s)
	}
	return strconv.Quote(strings.ToValidUTF8(s[:most], "")) + "…"
}

// faulty returns the error of a selector. That of a library may repeat all of it.
func faulty(source, what string, err error) error {
	const most = 300 // bytes
	if text := err.Error(); len(text) > most {
		err = errors.New(strings.ToValidUTF8(text[:most], "") + "…")
	}
	return fmt.Errorf("%s%s: %w", quote(source), what, err)
}

// compileSelector reads the value of a directive.
func compileSelector(source string) (*Selector, error) {
	s := &Selector{Source: source}
	if len(source) > maxSelector {
		return nil, fmt.Errorf("%s: longer than %d bytes, the most that a selector may have", quote(source), maxSelector)
	}
	if !looksLikeXPath().MatchString(source) {
		var err error
		if s.css, err = compileCSS(source); err != nil {
			return nil, faulty(source, " is no CSS selector", err)
		}
		return s, nil
	}
	// The library has no id(); and a path that starts nowhere would start at
	// the document, whose only child is html.
	path := idCall().ReplaceAllString(source, "//*[@id=$1]")
	if relativeStep().MatchString(path) {
		path = "//" + path
	}
	var err error
	if s.expr, err = xpath.Compile(path); err != nil {
		return nil, faulty(source, " is no XPath", err)
	}
	s.path = path
	if s.made, s.joins, err = madeBy(path); err != nil {
		return nil, faulty(source, "", err)
	}
	if s.price, err = priceOf(path, s.made); err != nil {
		return nil, faulty(source, "", err)
	}
	// Wrong arguments show only when an expression is evaluated.
	doc, _ := html.Parse(strings.NewReader("<html><head><title>x</title></head><body><p>x</p></body></html>"))
	if _, err := s.evaluate(NewSearch(doc)); err != nil {
		return nil, faulty(source, " is no XPath", err)
	}
	return s, nil
}

// Select returns what the selector finds in a document, in the document's
// order for CSS and in the library's for XPath. It is nil where nothing is
// found, and where an XPath fails on this document: that is a rule that does
// not fit the page. It is nil as well where page has too little work left.
func (s *Selector) Select(page *Search) []Match {
	find := s.evaluate
	if s.path == "" {
		find = func(page *Search) ([]Match, error) { return page.selectCSS(s.css) }
	}
	out, err := find(page)
	if err != nil {
		return nil
	}
	return out
}

func (s *Selector) evaluate(page *Search) (out []Match, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer func() {
		// The library panics where a function gets what it cannot use, and a navigator
		// where there is no work left: the state in the expression is then of this page.
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("%v", r)
			s.expr = xpath.MustCompile(s.path)
		}
	}()
	if s.made > 0 && s.made*float64(textSize(page.doc, s.joins)) > maxMade {
		return nil, errMade
	}
	switch v := s.expr.Evaluate(newNavigator(page, s.price)).(type) {
	case *xpath.NodeIterator:
		for v.MoveNext() {
			nav, ok := v.Current().(*navigator)
			if !ok {
				return nil, errors.New("not a node of HTML")
			}
			if nav.NodeType() == xpath.AttributeNode {
				out = append(out, Match{Value: nav.Value()})
			} else {
				out = append(out, Match{Node: nav.Current()})
			}
		}
	case string:
		if v != "" {
			out = []Match{{Value: v}}
		}
	case float64:
		out = []Match{{Value: strconv.FormatFloat(v, 'f', -1, 64)}}
	}
	return out, nil
}
