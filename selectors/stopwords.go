package selectors

import (
	_ "embed"
	"errors"
	"math"
)

//go:embed stopwords.txt
var stopwordsText string

var stopwordsTable = &table{"stopwords.txt", stopwordsText, []string{"language"}}

type stopwords struct {
	langs []string
	// of maps a word to the languages whose row has it, by index in langs.
	of    map[string][]uint8
	known wordBits
}

var stops = lazily(stopwordsTable, readStopwords)

// StopwordLanguages returns the languages of stopwords.txt, in its order. The
// slice is shared: do not change it.
func StopwordLanguages() []string { return stops().langs }

// StopwordsOf returns the indexes, in [StopwordLanguages], of the languages to
// whose commonest words a lower-case word belongs. The slice is shared: do not
// change it.
func StopwordsOf(word string) []uint8 {
	s := stops()
	if !mayHave(&s.known, word) {
		return nil
	}
	return s.of[word]
}

func readStopwords(t table) (*stopwords, error) {
	s := &stopwords{of: make(map[string][]uint8, 1024)}
	err := t.each(func(r row) error {
		if len(s.langs) > math.MaxUint8 {
			return errors.New("more languages than fit into a byte")
		}
		lang := uint8(len(s.langs))
		s.langs = append(s.langs, r.columns[0])
		for _, w := range r.entries {
			s.of[w] = append(s.of[w], lang)
			s.known.add(w)
		}
		return nil
	})
	return s, err
}
