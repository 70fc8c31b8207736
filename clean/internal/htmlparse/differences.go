package htmlparse

// A difference is a kind of page whose tree is not that of html.Parse, which
// leaves the standard there and would lose words, or read a script as words.
type difference uint8

const (
	// scriptLessThan is a "<" in the comment of a script with neither letter nor
	// slash after it. It leaves the comment open (13.2.5.23, script data escaped
	// less-than sign state: "Reconsume in the script data escaped state");
	// html.Parse takes the comment to be over, so that a script's own "</script>"
	// in quotes ends it, and its rest is words of the page.
	scriptLessThan difference = 1 << iota
	// foreignTemplate is a template of HTML within SVG or MathML. It is an element
	// like any other (13.2.6.4.4, start tag "template"); html.Parse drops all that
	// comes after it.
	foreignTemplate
)
