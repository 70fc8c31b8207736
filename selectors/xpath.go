package selectors

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strings"

	"github.com/antchfx/htmlquery"
	"github.com/antchfx/xpath"
	"golang.org/x/net/html"
)

// A navigator moves through a page for an XPath. Each step takes off the work that its
// search has left, and when there is no more it panics with errWork: the library has no
// other way to stop an evaluation.
type navigator struct {
	htmlquery.NodeNavigator
	*effort
}

// movePrice is the price of a step to a neighbour, which is seldom in the processor's cache
// on a page of 100,000 nodes.
const movePrice = 10

// An effort is the work of one evaluation.
type effort struct {
	search *Search
	price  xpathPrice
	copies int
}

// An xpathPrice is what an expression takes, in units of maxWork.
type xpathPrice struct {
	step float64 // for each step in the page
	char float64 // for each byte that is read of the page's text
}

func newNavigator(s *Search, p xpathPrice) *navigator {
	return &navigator{*htmlquery.CreateXPathNavigator(s.doc), &effort{search: s, price: p}}
}

func (e *effort) pay(n float64) {
	if !e.search.spend(n) {
		panic(errWork)
	}
}

func (n *navigator) Copy() xpath.NodeNavigator {
	if n.copies++; n.copies > maxCopies {
		panic(errWork)
	}
	n.pay(n.price.step)
	c := *n
	return &c
}

// Value returns what the library's navigator does, in as many steps as are paid for.
func (n *navigator) Value() string {
	if n.NodeType() != xpath.ElementNode {
		v := n.NodeNavigator.Value()
		n.pay(n.price.char * float64(len(v)))
		return v
	}
	var b strings.Builder
	for d := range preorder(n.Current()) {
		if n.pay(3); d.Type == html.TextNode {
			n.pay(n.price.char * float64(len(d.Data)))
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func (n *navigator) String() string { return n.Value() }

func (n *navigator) MoveTo(other xpath.NodeNavigator) bool {
	o, ok := other.(*navigator)
	return ok && n.NodeNavigator.MoveTo(&o.NodeNavigator)
}

func (n *navigator) MoveToParent() bool {
	n.pay(movePrice)
	return n.NodeNavigator.MoveToParent()
}

func (n *navigator) MoveToNextAttribute() bool {
	n.pay(movePrice)
	return n.NodeNavigator.MoveToNextAttribute()
}

func (n *navigator) MoveToChild() bool {
	n.pay(movePrice)
	return n.NodeNavigator.MoveToChild()
}

// MoveToFirst pays for the siblings that it passes.
func (n *navigator) MoveToFirst() bool {
	moved := false
	for n.MoveToPrevious() {
		moved = true
	}
	return moved
}

func (n *navigator) MoveToNext() bool {
	n.pay(movePrice)
	return n.NodeNavigator.MoveToNext()
}

func (n *navigator) MoveToPrevious() bool {
	n.pay(movePrice)
	return n.NodeNavigator.MoveToPrevious()
}

// priceOf returns what an expression takes that makes a text of so many times its length.
// The error is that of a function whose pattern is not written out: it could be made of the
// page.
func priceOf(expr string, made float64) (xpathPrice, error) {
	p := xpathPrice{step: 8 + float64(len(expr))/2, char: 0.3}
	err := addCalls(&p, expr)
	p.char *= max(1, made)
	return p, err
}

// addCalls adds to p what the functions in expr take.
func addCalls(p *xpathPrice, expr string) error {
	for rest := expr; ; {
		name, args, after, ok := nextCall(rest)
		if !ok {
			return nil
		}
		rest = after
		for _, arg := range args {
			if err := addCalls(p, arg); err != nil {
				return err
			}
		}
		if name != "matches" && name != "replace" && name != "translate" || len(args) < 2 {
			continue
		}
		pattern, ok := literal(args[1])
		if !ok {
			return errors.New(name + ": its second argument has to be a text in quotation marks")
		}
		if name == "translate" {
			// The library makes a table of it at each call.
			p.step += 5 * float64(len(pattern))
			p.char++
			continue
		}
		n, err := instructions(pattern)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		p.char += 3 * n
		// Of the text that is searched, what is not of the page.
		p.step += 3 * n * float64(quoted(args[0]))
	}
}

// literal returns the text in quotation marks that an argument is.
func literal(arg string) (string, bool) {
	arg = strings.TrimSpace(arg)
	if len(arg) < 2 || arg[0] != '"' && arg[0] != '\'' || strings.IndexByte(arg[1:], arg[0]) != len(arg)-2 {
		return "", false
	}
	return arg[1 : len(arg)-1], true
}

// quoted returns how many bytes of an expression stand in quotation marks.
func quoted(expr string) (n int) {
	for {
		start := strings.IndexAny(expr, `"'`)
		if start < 0 {
			return n
		}
		end := strings.IndexByte(expr[start+1:], expr[start])
		if end < 0 {
			return n
		}
		n, expr = n+end, expr[start+end+2:]
	}
}

// instructions returns how many instructions a regular expression has: Go's matcher takes
// up to so many steps for each character.
func instructions(pattern string) (float64, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return 0, err
	}
	prog, err := syntax.Compile(re.Simplify())
	if err != nil {
		return 0, err
	}
	return float64(len(prog.Inst)), nil
}
