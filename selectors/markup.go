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
	// AppRoots are ids of elements that a program fills with the page.
	AppRoots map[string]bool
	// Cards are parts of the tokens that mark a card which opens on a click.
	Cards []string
	// Hides mark inline elements that are not shown on a wide screen, unless one of
	// Shows marks them too.
	Hides, Shows map[string]bool
	// LineNumbers mark the numbers of lines of code.
	LineNumbers map[string]bool
	// Posts mark posts of social networks in the page of another site.
	Posts map[string]bool
}

func readMarkup(t table) (*MarkupClasses, error) {
	m := &MarkupClasses{AppRoots: map[string]bool{}, Hides: map[string]bool{}, Shows: map[string]bool{}, LineNumbers: map[string]bool{}, Posts: map[string]bool{}}
	return m, readLists(t, map[string]func(string){
		"app-root":    toSet(m.AppRoots),
		"card":        toList(&m.Cards),
		"hides":       toSet(m.Hides),
		"line-number": toSet(m.LineNumbers),
		"post":        toSet(m.Posts),
		"shows":       toSet(m.Shows),
	})
}
