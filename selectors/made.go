package selectors

import (
	"errors"
	"strings"

	"golang.org/x/net/html"
)

// maxMade is how many bytes the functions of an XPath may make of a page's text. One that
// replaces each letter by a paragraph, or joins the page's text with itself a thousand
// times, makes gigabytes of a page of some kilobytes.
const maxMade = 64 << 20

// errMade is the error of an XPath that would make more than maxMade of a page.
var errMade = errors.New("it makes too much of the page's text")

// madeBy returns how many times a page's text the functions of an XPath make of it at most,
// 0 where none makes any, and whether one joins the texts of elements that stand in each
// other. The error is that of a function whose text is not written out.
func madeBy(expr string) (times float64, joins bool, err error) {
	for rest := expr; ; {
		name, args, after, ok := nextCall(rest)
		if !ok {
			return times, joins, err
		}
		rest = after
		var parts, inner float64 // of the arguments
		for _, arg := range args {
			n, j, e := madeBy(arg)
			parts, inner, joins, err = parts+max(n, 1), inner+n, joins || j, errors.Join(err, e)
		}
		last := ""
		if len(args) > 1 {
			last = strings.TrimSpace(args[len(args)-1])
		}
		switch name {
		case "concat":
			times += parts
		case "replace", "string-join":
			if len(last) < 2 || last[0] != '"' && last[0] != '\'' || last[len(last)-1] != last[0] {
				err = errors.Join(err, errors.New(name+": its last argument has to be a text in quotation marks"))
			}
			joins = joins || name == "string-join"
			times += max(inner, 1) * float64(len(last)-1)
		default:
			times += inner
		}
	}
}

// nextCall returns the first call of a function in an expression, with its arguments, and
// what comes after it. Predicates count as arguments of what they are in.
func nextCall(expr string) (name string, args []string, after string, ok bool) {
	depth, start := 0, 0
	for k := 0; k < len(expr); k++ {
		switch c := expr[k]; c {
		case '"', '\'':
			end := strings.IndexByte(expr[k+1:], c)
			if end < 0 {
				return "", nil, "", false
			}
			k += end + 1
		case '(':
			if depth++; depth == 1 {
				name = strings.TrimRight(expr[:k], " \t\r\n")
				name = name[strings.LastIndexFunc(name, notInName)+1:]
				start = k + 1
			}
		case ',':
			if depth == 1 {
				args, start = append(args, expr[start:k]), k+1
			}
		case ')':
			if depth--; depth == 0 {
				return name, append(args, expr[start:k]), expr[k+1:], true
			}
			if depth < 0 {
				return "", nil, "", false
			}
		}
	}
	return "", nil, "", false
}

func notInName(r rune) bool { return r != '-' && (r < 'a' || r > 'z') }

// textSize returns how many bytes of text a page has; where joins is set, each counts for
// every element that it stands in, and every element counts.
func textSize(doc *html.Node, joins bool) (size int) {
	for n, depth := range preorder(doc) {
		switch {
		case n.Type == html.TextNode && joins:
			size += len(n.Data) * depth
		case n.Type == html.TextNode:
			size += len(n.Data)
		case joins:
			size++
		}
	}
	return size
}
