package selectors

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

// Phrase is a group of phrases that stand around an author's name or a date.
type Phrase uint8

// The groups of bylines.txt, which says what each holds.
const (
	PhraseBy Phrase = 1 << iota
	PhraseAnd
	PhraseJob
	PhraseNobody
	PhraseUpdated
	PhrasePublished
	PhraseReview
)

var bylineNames = map[string]Phrase{
	"by": PhraseBy, "and": PhraseAnd, "job": PhraseJob, "nobody": PhraseNobody, "updated": PhraseUpdated, "published": PhrasePublished,
	"review": PhraseReview,
}

//go:embed bylines.txt
var bylinesTxt string

var bylines = sync.OnceValue(func() map[string]Phrase {
	m, err := readBylines(bylinesTxt)
	if err != nil {
		panic(err) // the table is part of the program, and tested
	}
	return m
})

// MaxPhraseWords is the number of words in the longest phrase that [PhraseOf]
// knows.
const MaxPhraseWords = 4

// PhraseOf returns the groups that hold a phrase: lower case, one space
// between words.
func PhraseOf(phrase string) Phrase { return bylines()[phrase] }

func readBylines(txt string) (map[string]Phrase, error) {
	out := make(map[string]Phrase, 1024)
	for n, line := range strings.Split(txt, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		name, phrases, ok := strings.Cut(line, "\t")
		group := bylineNames[name]
		if !ok || group == 0 {
			return nil, fmt.Errorf("bylines.txt:%d: want a group, a tab and phrases", n+1)
		}
		for _, p := range strings.Split(phrases, ",") {
			p = strings.TrimSpace(p)
			if p == "" || len(strings.Fields(p)) > MaxPhraseWords {
				return nil, fmt.Errorf("bylines.txt:%d: phrase %q is empty or longer than %d words", n+1, p, MaxPhraseWords)
			}
			out[p] |= group
		}
	}
	return out, nil
}
