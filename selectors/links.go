package selectors

import _ "embed"

// Link is a set of kinds of page that sites keep under a step of an address.
type Link uint8

// The kinds of links.txt, which tells what each holds.
const (
	LinkAuthor Link = 1 << iota
	LinkTopic
)

var linkKinds = map[string]Link{"author": LinkAuthor, "topic": LinkTopic}

//go:embed links.txt
var linksText string

var linksTable = &table{"links.txt", linksText, []string{"kind", "language"}}

var links = lazily(linksTable, readLinks)

// LinkOf returns the kinds of page that sites keep under a step of an address:
// lower case, without its slashes.
func LinkOf(step string) Link { return links()[step] }

func readLinks(t table) (map[string]Link, error) {
	steps := make(map[string]Link, 64)
	dest := make(map[string]func(string), len(linkKinds))
	for name, kind := range linkKinds {
		dest[name] = func(step string) { steps[step] |= kind }
	}
	return steps, readLists(t, dest)
}
