package selectors

import _ "embed"

//go:embed signs.txt
var signsText string

var signsTable = &table{"signs.txt", signsText, []string{"kind"}}

// Signs returns what signs.txt has. It is shared: do not change it.
func Signs() *SignLists { return signs() }

var signs = lazily(signsTable, readSigns)

// SignLists are the signs of signs.txt.
type SignLists struct {
	// BackArrows lead from a footnote back to its mark.
	BackArrows map[string]bool
	// Bullets begin the items of lists that are set as lines.
	Bullets map[rune]bool
	// Currencies stand beside the number of a price.
	Currencies []string
	// Separators part a headline from a site's name, with the spaces that they
	// need around them.
	Separators []string
	// SeparatorsCJK do the same beside a Chinese, Japanese or Korean sign.
	SeparatorsCJK []string
}

func readSigns(t table) (*SignLists, error) {
	s := &SignLists{BackArrows: map[string]bool{}, Bullets: map[rune]bool{}}
	return s, readLists(t, map[string]func(string){
		"back-arrow":            toSet(s.BackArrows),
		"bullet":                func(sign string) { s.Bullets[[]rune(sign)[0]] = true },
		"currency":              toList(&s.Currencies),
		"separator":             toList(&s.Separators),
		"separator-between-cjk": toList(&s.SeparatorsCJK),
		"separator-then-space":  func(sign string) { s.Separators = append(s.Separators, sign+" ") },
		"separator-in-spaces":   func(sign string) { s.Separators = append(s.Separators, " "+sign+" ") },
	})
}
