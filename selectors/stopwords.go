package selectors

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed stopwords.txt
var stopwordsTxt string

type stopwords struct {
	langs []string
	// of maps a word to the languages whose line has it, by index in langs.
	of map[string][]uint8
}

var stops = sync.OnceValue(func() stopwords {
	s, err := readStopwords(stopwordsTxt)
	if err != nil {
		panic(err) // the table is part of the program, and tested
	}
	return s
})

// StopwordLanguages returns the languages of stopwords.txt, in its order. The
// slice is shared: do not change it.
func StopwordLanguages() []string { return stops().langs }

// StopwordsOf returns the indexes, in [StopwordLanguages], of the languages to
// whose commonest words a lower-case word belongs. The slice is shared.
func StopwordsOf(word string) []uint8 { return stops().of[word] }

func readStopwords(txt string) (stopwords, error) {
	s := stopwords{of: make(map[string][]uint8, 1024)}
	for n, line := range strings.Split(txt, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		lang, words, ok := strings.Cut(line, "\t")
		if !ok || len(s.langs) > 250 {
			return s, fmt.Errorf("stopwords.txt:%d: want a language, a tab and words", n+1)
		}
		i := uint8(len(s.langs))
		s.langs = append(s.langs, lang)
		for _, w := range strings.Fields(words) {
			if have := s.of[w]; len(have) > 0 && have[len(have)-1] == i {
				return s, fmt.Errorf("stopwords.txt:%d: %q stands twice", n+1, w)
			}
			s.of[w] = append(s.of[w], i)
		}
	}
	return s, nil
}
