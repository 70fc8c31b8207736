package selectors

import _ "embed"

//go:embed languages.txt
var languagesText string

var languagesTable = &table{"languages.txt", languagesText, []string{"kind"}}

var languages = lazily(languagesTable, readLanguages)

// writtenLanguages are the languages of languages.txt, which tells what each kind
// holds.
type writtenLanguages struct{ attachedJob, spaceless map[string]bool }

func readLanguages(t table) (*writtenLanguages, error) {
	l := &writtenLanguages{attachedJob: map[string]bool{}, spaceless: map[string]bool{}}
	return l, readLists(t, map[string]func(string){
		"attached-job": toSet(l.attachedJob), "spaceless": toSet(l.spaceless),
	})
}
