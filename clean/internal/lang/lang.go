package lang

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"newsclip/selectors"
)

// MinSample is how many bytes a text has at least that is prose and not a label, and
// that a language is Detected in.
const MinSample = 60

// maxTag is the longest tag of a language that is read, in bytes: language,
// script, region and a variant (zh-Hant-TW).
const maxTag = 20

// Tag returns a BCP 47 tag, or "" where s is none.
func Tag(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, ",; ."); i >= 0 {
		s = s[:i]
	}
	if s == "" || len(s) > maxTag {
		return ""
	}
	if t, err := language.Parse(s); err == nil {
		if s = t.String(); s != "und" {
			return s
		}
		return ""
	}
	// A known language with a region or variant that is none: "en-EN".
	if k := strings.IndexAny(s, "-_"); k >= 2 && k <= 3 {
		s = s[:k]
	}
	if b, err := language.ParseBase(s); err == nil && len(s) <= 3 {
		return b.String()
	}
	return ""
}

// Limits of detecting a language.
const (
	minLetters       = 40 // fewer are too few to count
	minStopwords     = 5  // stop words of the language that has most
	sureStopwords    = 12 // percent of the words that are its stop words
	minLanguageWords = 40 // words of a text that can contradict what is declared
	fewStopwords     = 6  // percent; a text in the declared language has more
	kanaShare        = 10 // Japanese has at least one kana for so many Chinese characters
)

// A Detected is a language with the evidence for it.
type Detected struct {
	// Lang is a language (ISO 639), "" where none was detected. Sure is set where
	// the text has plenty of evidence for it.
	Lang string
	Sure bool
	// Of texts in scripts that languages share: each language's stop words,
	// and all words.
	hits  []int
	words int
	// script is set where the language follows from the script alone.
	script bool
}

// scriptLanguages are scripts that are used for one language for the most part.
// They stand here and not in a table: each names a value of package unicode.
var scriptLanguages = []struct {
	table *unicode.RangeTable
	lang  string
}{
	{unicode.Hangul, "ko"}, {unicode.Greek, "el"}, {unicode.Hebrew, "he"}, {unicode.Thai, "th"},
	{unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Bengali, "bn"}, {unicode.Tamil, "ta"},
	{unicode.Telugu, "te"}, {unicode.Kannada, "kn"}, {unicode.Malayalam, "ml"}, {unicode.Gujarati, "gu"},
	{unicode.Gurmukhi, "pa"}, {unicode.Khmer, "km"}, {unicode.Myanmar, "my"}, {unicode.Lao, "lo"},
	{unicode.Sinhala, "si"}, {unicode.Ethiopic, "am"},
}

// maxScripts is room for scriptLanguages, which a test checks.
const maxScripts = 20

// Detect detects a text's language by its script and, where languages share
// one, by their commonest words.
func Detect(s string) Detected {
	if len(s) < MinSample {
		return Detected{}
	}
	letters, kana, han, other := 0, 0, 0, 0
	var byScript [maxScripts]int
	for _, c := range s {
		if c < utf8.RuneSelf {
			letter := 0
			if uint32(c|0x20)-'a' < 26 {
				letter = 1 // without a branch: where words end none can foresee
			}
			letters += letter
			continue
		}
		if c < 0x250 {
			if unicode.IsLetter(c) {
				letters++
			}
			continue
		}
		if !unicode.IsLetter(c) {
			continue
		}
		letters++
		switch {
		case c >= 0x3040 && c <= 0x30FF:
			kana++
		case c >= 0x4E00 && c <= 0x9FFF:
			han++
		case c >= 0x400 && c <= 0x52F, c >= 0x600 && c <= 0x6FF, c >= 0x900 && c <= 0x97F:
			other++
		default:
			for k := range scriptLanguages {
				if unicode.Is(scriptLanguages[k].table, c) {
					byScript[k]++
					break
				}
			}
		}
	}
	if letters < minLetters {
		return Detected{}
	}
	if kana+han > letters/2 {
		if kana*kanaShare > han {
			return Detected{Lang: "ja", Sure: true, script: true}
		}
		return Detected{Lang: "zh", Sure: true, script: true}
	}
	for k, n := range byScript[:len(scriptLanguages)] {
		if n > letters/2 {
			return Detected{Lang: scriptLanguages[k].lang, Sure: true, script: true}
		}
	}
	return detectByWords(s)
}

// isWordRune reports whether a word that may be a stop word has c in it.
func isWordRune(c rune) bool {
	if c < utf8.RuneSelf {
		return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '\''
	}
	return unicode.IsLetter(c) || unicode.IsMark(c)
}

// maxStopword is how many bytes a stop word has at most.
const maxStopword = 18

// detectByWords detects the language of a text by its stop words.
func detectByWords(s string) Detected {
	langs := selectors.StopwordLanguages()
	d := Detected{hits: make([]int, len(langs))}
	var buf [32]byte
	for i := 0; i < len(s); {
		w, n := buf[:0], 0
		for ; i < len(s); i += n {
			c := rune(s[i])
			if n = 1; c >= utf8.RuneSelf {
				c, n = utf8.DecodeRuneInString(s[i:])
			}
			if !isWordRune(c) {
				break
			}
			switch {
			case len(w)+utf8.UTFMax > len(buf):
			case c < utf8.RuneSelf:
				w = append(w, byte(c)|0x20) // in small letters; the apostrophe has this bit
			default:
				w = utf8.AppendRune(w, unicode.ToLower(c))
			}
		}
		if len(w) == 0 {
			i += n
			continue
		}
		d.words++
		if len(w) <= maxStopword {
			for _, l := range selectors.StopwordsOf(string(w)) {
				d.hits[l]++
			}
		}
	}
	best, second := -1, 0
	for l, n := range d.hits {
		if best < 0 || n > d.hits[best] {
			if best >= 0 {
				second = d.hits[best]
			}
			best = l
		} else if n > second {
			second = n
		}
	}
	if best >= 0 && d.hits[best] >= minStopwords {
		d.Lang = langs[best]
		d.Sure = d.hits[best]*100 >= d.words*sureStopwords && d.hits[best] > second
	}
	return d
}

// Confirms reports whether a text has words enough to tell its language, and surely is in
// a declared one.
func (d Detected) Confirms(declared string) bool {
	primary, _, _ := strings.Cut(declared, "-")
	return d.Sure && d.Lang == primary && d.words >= minLanguageWords
}

// Contradicts reports whether a text cannot be in a declared language: it is in
// another script, or has hardly any of that language's words and plenty of
// another's.
func (d Detected) Contradicts(declared string) bool {
	primary, _, _ := strings.Cut(declared, "-")
	if d.Lang == "" || d.Lang == primary {
		return false
	}
	if d.script {
		// A Chinese page may say yue or zh-Hant, and Japanese headlines may
		// have no kana: only another script counts.
		return !(d.Lang == "zh" && (primary == "ja" || primary == "yue" || primary == "ko"))
	}
	known := false
	hits := 0
	for l, lang := range selectors.StopwordLanguages() {
		if lang == primary || primary == "no" && (lang == "nb" || lang == "nn") || (primary == "sh" || primary == "sr") && (lang == "hr" || lang == "bs") {
			known, hits = true, max(hits, d.hits[l])
		}
	}
	best := 0
	for _, n := range d.hits {
		best = max(best, n)
	}
	return known && d.words >= minLanguageWords && best >= minStopwords && hits*2 < best && hits*100 < d.words*fewStopwords
}
