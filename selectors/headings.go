package selectors

import _ "embed"

//go:embed headings.txt
var headingsText string

var headingsTable = &table{"headings.txt", headingsText, []string{"kind", "language"}}

var headings = lazily(headingsTable, readHeadings)

// headingWords are the headings of headings.txt, which tells what each kind holds.
type headingWords struct{ sections, steps map[string]bool }

func readHeadings(t table) (*headingWords, error) {
	h := &headingWords{sections: map[string]bool{}, steps: map[string]bool{}}
	return h, readLists(t, map[string]func(string){"section": toSet(h.sections), "step": toSet(h.steps)})
}

// IsSectionHeading reports whether a heading, in lower case, is the name of a section in
// which a site tells its news, and no headline.
func IsSectionHeading(heading string) bool { return headings().sections[heading] }

// IsPageStep reports whether a step of a breadcrumb, in lower case, or a value of a field
// for the section, names no section: "Detail", "Uncategorized".
func IsPageStep(step string) bool { return headings().steps[step] }
