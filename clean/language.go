package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"

	"newsclip/selectors"
)

// readLanguage sets language and dateLang: what the page declares, unless its
// own words plainly say otherwise; templates are copied with the language that
// they were made in.
func (r *metaReader) readLanguage() {
	declared, from := "", source{}
	for _, c := range [...]struct {
		tag  string
		from sourceOf
	}{
		{r.lang, fromHTMLLang},
		{r.metas.first("content-language", "language", "dc.language", "dcterms.language", "inlanguage"), fromMetaLanguage},
		{r.ld.first(ldInLanguage), fromLDLanguage},
		{r.metas.first("og:locale"), fromOGLocale},
	} {
		if declared = languageTag(c.tag); declared != "" {
			from = source{of: c.from}
			break
		}
	}
	d := detectLanguage(r.languageSample())
	switch {
	case declared == "" && d.lang != "" && d.sure:
		declared, from = d.lang, source{of: fromText}
	case declared != "" && d.contradicts(declared):
		declared, from = d.lang, source{fromTextAgainst, from.String()}
	}
	r.md.language, r.md.from.language = declared, from
	r.dateLang = dateLanguage(declared, r.metas.first("og:locale"), r.host)
}

// languageTag returns a BCP 47 tag, or "" where s is none.
func languageTag(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexAny(s, ",; ."); i >= 0 {
		s = s[:i]
	}
	if s == "" || len(s) > 20 {
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

// dayFirstTLDs are the top-level domains of countries that write English and
// put the day before the month.
var dayFirstTLDs = map[string]bool{
	"uk": true, "ie": true, "au": true, "nz": true, "za": true, "in": true, "ng": true, "ke": true, "gh": true,
	"my": true, "sg": true, "pk": true, "lk": true, "bd": true, "hk": true, "zw": true, "zm": true, "ug": true,
	"tz": true, "mt": true, "jm": true, "tt": true, "na": true, "bw": true, "ls": true, "rw": true, "eu": true,
}

// dateLanguage adds the country to a language where only the country tells
// what 5/6/2024 means.
func dateLanguage(lang, locale, host string) string {
	if lang != "" && !strings.HasPrefix(strings.ToLower(lang), "en") {
		return lang
	}
	if dayFirstTLDs[host[strings.LastIndexByte(host, '.')+1:]] {
		return "en-GB"
	}
	if l := languageTag(locale); strings.HasPrefix(l, "en-") && len(lang) <= 2 {
		return l
	}
	return lang
}

// languageSample returns the head of the page's prose: enough text to tell
// its language.
func (r *metaReader) languageSample() string {
	const want = 1200
	var b strings.Builder
	for i := r.body; i < int32(len(r.nodes)) && b.Len() < want; {
		nd := &r.nodes[i]
		if isOpaque(nd.DataAtom) || nd.DataAtom == atom.Nav || nd.DataAtom == atom.Header || nd.DataAtom == atom.Footer {
			i = nd.end
			continue
		}
		if nd.Type == html.TextNode && len(nd.Data) >= 60 {
			b.WriteString(nd.Data[:min(len(nd.Data), 600)])
			b.WriteByte(' ')
		}
		i++
	}
	return b.String()
}

// A detected language with the evidence for it.
type detected struct {
	lang string
	sure bool
	// Of texts in scripts that languages share: each language's stop words,
	// and all words.
	hits  []int
	words int
	// script is set where the script alone tells the language.
	script bool
}

// scriptLanguages are scripts that one language writes for the most part.
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

// detectLanguage tells a text's language by its script and, where languages
// share one, by their commonest words.
func detectLanguage(s string) detected {
	if len(s) < 60 {
		return detected{}
	}
	letters, kana, han, other := 0, 0, 0, 0
	var byScript [len("12345678901234567890")]int
	for _, c := range s {
		if c < 0x250 {
			if c >= 'A' && unicode.IsLetter(c) {
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
	if letters < 40 {
		return detected{}
	}
	if kana+han > letters/2 {
		if kana*10 > han {
			return detected{lang: "ja", sure: true, script: true}
		}
		return detected{lang: "zh", sure: true, script: true}
	}
	for k, n := range byScript[:len(scriptLanguages)] {
		if n > letters/2 {
			return detected{lang: scriptLanguages[k].lang, sure: true, script: true}
		}
	}
	return detectByWords(s)
}

func detectByWords(s string) detected {
	langs := selectors.StopwordLanguages()
	d := detected{hits: make([]int, len(langs))}
	var buf [32]byte
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(c) && !unicode.IsMark(c) && c != '\'' {
			i += n
			continue
		}
		w := buf[:0]
		for i < len(s) && (unicode.IsLetter(c) || unicode.IsMark(c) || c == '\'') {
			if len(w)+utf8.UTFMax <= len(buf) {
				w = utf8.AppendRune(w, unicode.ToLower(c))
			}
			i += n
			c, n = utf8.DecodeRuneInString(s[i:])
		}
		d.words++
		if len(w) <= 18 {
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
	if best >= 0 && d.hits[best] >= 5 {
		d.lang = langs[best]
		d.sure = d.hits[best]*100 >= d.words*12 && d.hits[best] > second
	}
	return d
}

// contradicts says that a text cannot be in a declared language: its script is
// another's, or it has hardly any of that language's words and plenty of
// another's.
func (d detected) contradicts(declared string) bool {
	primary, _, _ := strings.Cut(declared, "-")
	if d.lang == "" || d.lang == primary {
		return false
	}
	if d.script {
		// A Chinese page may say yue or zh-Hant, and Japanese headlines may
		// have no kana: only another script counts.
		return !(d.lang == "zh" && (primary == "ja" || primary == "yue" || primary == "ko"))
	}
	known := false
	hits := 0
	for l, lang := range selectors.StopwordLanguages() {
		if lang == primary || primary == "no" && (lang == "nb" || lang == "nn") || primary == "sh" && lang == "hr" {
			known, hits = true, max(hits, d.hits[l])
		}
	}
	best := 0
	for _, n := range d.hits {
		best = max(best, n)
	}
	return known && d.words >= 40 && best >= 5 && hits*2 < best && hits*100 < d.words*6
}
