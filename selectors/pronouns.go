package selectors

import _ "embed"

//go:embed pronouns.txt
var pronounsText string

var pronounsTable = &table{"pronouns.txt", pronounsText, []string{"person", "language"}}

// PronounWords are the words with which the owner of a site speaks of itself
// and to its customers, lower case.
type PronounWords struct {
	Owner, Customer []string
}

// Pronouns returns what pronouns.txt has. It is shared: do not change it.
func Pronouns() *PronounWords { return pronouns() }

var pronouns = lazily(pronounsTable, readPronouns)

func readPronouns(t table) (*PronounWords, error) {
	p := &PronounWords{}
	return p, readLists(t, map[string]func(string){"owner": toList(&p.Owner), "customer": toList(&p.Customer)})
}
