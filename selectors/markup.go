package selectors

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

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
	// Bios are parts of the tokens that mark the text about an author.
	Bios []string
	// Cards are parts of the tokens that mark a card which opens on a click.
	Cards []string
	// CodeLanguages are the names of languages of code.
	CodeLanguages map[string]bool
	// EntryFooters are parts of the tokens that mark the end of an article, and not that of
	// the site's pages.
	EntryFooters []string
	// Ingredients are parts of the tokens that mark the list of a recipe's ingredients or of
	// its steps.
	Ingredients []string
	// Posts mark posts of social networks in the page of another site.
	Posts map[string]bool
	// Sides are the ends of classes that tell on which side a row of a conversation stands.
	Sides []string
	// TagBoxes are parts of the tokens that mark a list of an article's tags.
	TagBoxes []string
	// VerseLines mark a line of verse.
	VerseLines map[string]bool

	marks dictionary[ClassMarks]
	known wordBits // of marks

	callouts        map[string]bool
	capitalCallouts map[string]bool // where they are written in capitals
	knownCallouts   wordBits        // of both

	panelHeads      map[string]bool
	knownPanelHeads wordBits

	buttons map[string]bool
}

func readMarkup(t table) (*MarkupClasses, error) {
	m := &MarkupClasses{AppRoots: map[string]bool{}, buttons: map[string]bool{}, CodeLanguages: map[string]bool{}, panelHeads: map[string]bool{}, Posts: map[string]bool{}, VerseLines: map[string]bool{}, callouts: map[string]bool{}, capitalCallouts: map[string]bool{}}
	err := readLists(t, map[string]func(string){
		"app-root":     toSet(m.AppRoots),
		"bio":          toList(&m.Bios),
		"button":       toSet(m.buttons),
		"callout":      toSet(m.callouts),
		"callout-caps": toSet(m.capitalCallouts),
		"card":         toList(&m.Cards),
		"code":         m.toMarks(Code),
		"code-line":    m.toMarks(CodeLine),
		"controls":     m.toMarks(Controls),
		"entry-footer": toList(&m.EntryFooters),
		"hides":        m.toMarks(Hides),
		"ingredients":  toList(&m.Ingredients),
		"keeps-lines":  m.toMarks(KeepsLines),
		"language":     toSet(m.CodeLanguages),
		"line":         m.toMarks(Line),
		"line-number":  m.toMarks(LineNumbers),
		"panel-head":   toSet(m.panelHeads),
		"post":         toSet(m.Posts),
		"shows":        m.toMarks(Shows),
		"side":         toList(&m.Sides),
		"sidenote":     m.toMarks(Sidenote),
		"tag-box":      toList(&m.TagBoxes),
		"verse-line":   toSet(m.VerseLines),
	})
	addStarts(&m.knownCallouts, m.callouts, m.capitalCallouts)
	addStarts(&m.knownPanelHeads, m.panelHeads)
	return m, err
}

// IsCallout reports whether a class marks a box in which a writer sets a remark apart.
func (m *MarkupClasses) IsCallout(class string) bool {
	if !mayHave(&m.knownCallouts, class) {
		return false // as nearly all
	}
	lower := strings.ToLower(class)
	return m.callouts[lower] || lower != class && m.capitalCallouts[lower] && class == strings.ToUpper(class)
}

// IsNote reports whether a class says of an element that is set apart that it is a note, a
// tip or a warning.
func (m *MarkupClasses) IsNote(class string) bool { return m.capitalCallouts[strings.ToLower(class)] }

// IsPanelHead reports whether a token of a class marks the line that opens a panel of a text
// on a click, in either case.
func (m *MarkupClasses) IsPanelHead(token string) bool {
	return mayHave(&m.knownPanelHeads, token) && m.panelHeads[strings.ToLower(token)]
}

// IsButton reports whether the class attribute of a link sets it as a button.
func (m *MarkupClasses) IsButton(class string) bool {
	for token := range strings.FieldsSeq(class) {
		if m.buttons[token] {
			return true
		}
	}
	return false
}

// ClassMarks is a set of what the tokens of a class mark.
type ClassMarks uint16

const (
	// LineNumbers marks the numbers of lines of code.
	LineNumbers ClassMarks = 1 << iota
	// Hides marks inline elements that are not shown on a wide screen, unless Shows
	// marks them too.
	Hides
	Shows
	// Code marks a div that shows code, and CodeLine a pre that is one line of it.
	Code
	CodeLine
	// Controls marks what a player says of itself: its buttons, menus and dialogs.
	Controls
	// Sidenote marks a note that is shown in the margin.
	Sidenote
	// Line marks inline elements that are set on lines of their own.
	Line
	// KeepsLines marks elements that show the line feeds of their text.
	KeepsLines
)

// toMarks returns a function for [readLists].
func (m *MarkupClasses) toMarks(mark ClassMarks) func(string) {
	return func(e string) {
		*m.marks.at(e) |= mark
		m.known.add(e)
	}
}

// MarksOf returns what a token of a class marks, in either case.
func (m *MarkupClasses) MarksOf(token string) (marks ClassMarks) {
	for k := 0; k < len(token); k++ {
		if c := token[k]; c >= utf8.RuneSelf {
			for part := range strings.FieldsSeq(strings.ToLower(token)) {
				marks |= m.markOf([]byte(part))
			}
			return marks
		}
	}
	if !mayHave(&m.known, token) {
		return 0
	}
	var arr [64]byte
	word := arr[:0]
	for k := 0; k < len(token); k++ {
		c := token[k]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		word = append(word, c)
	}
	return m.markOf(word)
}

func (m *MarkupClasses) markOf(token []byte) ClassMarks {
	if e := m.marks.find(token); e != nil {
		return e.value
	}
	return 0
}
