package selectors

import _ "embed"

//go:embed markup.txt
var markupText string

var markupTable = &table{"markup.txt", markupText, []string{"kind"}}

// Markup returns what markup.txt has. It is shared: do not change it.
func Markup() *MarkupClasses { return markup() }

var markup = lazily(markupTable, readMarkup)

// MarkupClasses are whole tokens of classes, in lower case.
type MarkupClasses struct {
	// Cards are parts of the tokens that mark a card which opens on a click.
	Cards []string
	// LineNumbers mark the numbers of lines of code.
	LineNumbers map[string]bool
	// Posts mark posts of social networks in the page of another site.
	Posts map[string]bool
}

func readMarkup(t table) (*MarkupClasses, error) {
	m := &MarkupClasses{LineNumbers: map[string]bool{}, Posts: map[string]bool{}}
	return m, readLists(t, map[string]func(string){
		"card":        toList(&m.Cards),
		"line-number": toSet(m.LineNumbers),
		"post":        toSet(m.Posts),
	})
}
