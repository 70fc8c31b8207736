package selectors

import _ "embed"

//go:embed answers.txt
var answersText string

var answersTable = &table{"answers.txt", answersText, []string{"kind", "language"}}

// Answers returns the words of the button with which a reader answers a comment, in lower
// case. They are for all callers.
var Answers = lazily(answersTable, readAnswers)

func readAnswers(t table) (words []string, err error) {
	err = readLists(t, map[string]func(string){"answer": func(s string) { words = append(words, s) }})
	return words, err
}
