package page

import (
	"strings"

	"golang.org/x/net/html"

	"newsclip/selectors"
)

// maxSteps is how many elements a selector names.
const maxSteps = 3

// SelectorOf returns a selector of an element, or of the one around a text: its names
// up to the next id, three steps at most.
func (t *Tree) SelectorOf(i int32) string {
	if t.Nodes[i].Type == html.TextNode {
		i = t.Nodes[i].Parent
	}
	var steps []string
	for ; i > t.Body && len(steps) < maxSteps; i = t.Nodes[i].Parent {
		step := t.Nodes[i].Data
		if id := t.Attr(i, "id"); id != "" && !strings.ContainsAny(id, " .:#") {
			steps = append(steps, step+"#"+id)
			break
		}
		if class := strings.Fields(t.Attr(i, "class")); len(class) > 0 {
			step += "." + class[0]
		}
		steps = append(steps, step)
	}
	for a, b := 0, len(steps)-1; a < b; a, b = a+1, b-1 {
		steps[a], steps[b] = steps[b], steps[a]
	}
	return strings.Join(steps, " > ")
}

// LinkKinds returns the kinds of page that the steps of an address stand for, but
// for the last step, which is the page's own.
func LinkKinds(href string) selectors.Link {
	var kinds selectors.Link
	_, rest, more := strings.Cut(strings.ToLower(href), "/")
	for more {
		var step string
		step, rest, more = strings.Cut(rest, "/")
		switch {
		case !more:
		case rest == "": // "/author/" lists all authors
			kinds |= selectors.LinkOf(step) &^ selectors.LinkAuthor
		default:
			kinds |= selectors.LinkOf(step)
		}
	}
	return kinds
}
