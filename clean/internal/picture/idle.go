package picture

import (
	"strings"

	"newsclip/clean/internal/text"
	"newsclip/selectors"
)

// This file knows captions that say nothing of their pictures.

// isPlayer reports whether words are what a player says without script.
func isPlayer(words string) bool {
	return len(words) <= longestButton && selectors.MatchPhrase(words).Line&selectors.PhraseFallback != 0
}

// isButton reports whether words are those of a button: "Print".
func isButton(words string) bool {
	return len(words) <= longestButton && selectors.MatchPhrase(words).Line&(selectors.PhraseShare|selectors.PhraseUI) != 0
}

// longestButton is how many bytes such words have at most.
const longestButton = 80

// isFileName reports whether a caption is the name of the picture's file, as systems give it
// to pictures that have no title.
func isFileName(caption, url string) bool {
	if strings.IndexByte(caption, ' ') >= 0 || !strings.ContainsAny(caption, "0123456789_-.") {
		return false // as nearly all
	}
	name, ext := fileOf(url)
	caption = strings.ToLower(caption)
	return caption == name || caption == name+"."+ext || caption == withoutSize(name)
}

// dropCounters takes the numbers of a series off the heads of its pictures' captions: "2/5
// The quay", "3/5 The ferry". One alone is a fraction.
func dropCounters(pics []Picture) {
	of := make(map[string]int, 1)
	for k := range pics {
		if _, last, _ := counted(pics[k].Caption); last != "" {
			of[last]++
		}
	}
	for k := range pics {
		if _, last, rest := counted(pics[k].Caption); last != "" && of[last] > 1 {
			pics[k].Caption = rest
		}
	}
}

// counted cuts a number of a series off a caption; last is empty where there is none.
func counted(caption string) (n, last, rest string) {
	if caption == "" || caption[0] < '1' || caption[0] > '9' {
		return "", "", caption // as nearly all
	}
	word, rest, _ := strings.Cut(caption, " ")
	n, last, _ = strings.Cut(word, "/")
	if rest == "" || !text.IsDigits(n) || !text.IsDigits(last) || len(n) > len(last) || len(last) > 2 || len(n) == len(last) && n > last {
		return "", "", caption
	}
	return n, last, rest
}
