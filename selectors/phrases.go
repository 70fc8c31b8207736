package selectors

import (
	_ "embed"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Phrases is a set of kinds of boilerplate that a line can be by its words.
type Phrases uint32

// The kinds of phrase. phrases.txt has their words, in the order of its rows.
const (
	PhraseAd         Phrases = 1 << iota // "Advertisement", "Sponsored content"
	PhraseBio                            // "About the author"
	PhraseByline                         // "By …", "Von …"
	PhraseComments                       // "Leave a comment", "12 comments"
	PhraseConsent                        // "We use cookies", what stands for a blocked embed
	PhraseCopyright                      // "© 2024 …", "All rights reserved"
	PhraseCredit                         // "Photo: …"
	PhraseCTA                            // "Get started", "Donate", "Download our app"
	PhraseDate                           // "Updated …", "Published on …"
	PhraseFallback                       // "Loading", "Your browser does not support …"
	PhraseFollow                         // "Follow us"
	PhraseListen                         // "Listen to this article"
	PhraseLogin                          // "Log in", "My account"
	PhraseMedia                          // "Image 1 of 5", "Watch video"
	PhraseNewsletter                     // "Sign up for our newsletter"
	PhraseNote                           // "Correction: …": a line that looks like furniture and is the article's
	PhrasePaywall                        // "Already a subscriber?"
	PhraseReadMore                       // "Read more: …"
	PhraseReadTime                       // "3 min read"
	PhraseRelated                        // "Related stories", "No stories found."
	PhraseShare                          // "Share this", "Copy link", a lone "X"
	PhraseSkip                           // "Skip to content"
	PhraseSource                         // "Source: Reuters", "With inputs from agencies"
	PhraseTags                           // "Tags: …"
	PhraseTOC                            // "In this article"
	PhraseUI                             // "Print", "Save", "Close", "Back to top"
)

// phraseNames are the kinds' names in phrases.txt, in the order of the bits.
var phraseNames = []string{
	"ad", "bio", "byline", "comments", "consent", "copyright", "credit", "cta", "date",
	"fallback", "follow", "listen", "login", "media", "newsletter", "note", "paywall",
	"readmore", "readtime", "related", "share", "skip", "source", "tags", "toc", "ui",
}

// String lists the kinds with "+" between them.
func (p Phrases) String() string {
	var names []string
	for k, name := range phraseNames {
		if p&(1<<k) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, "+")
}

// PhraseMatch is what [MatchPhrase] finds in a line.
type PhraseMatch struct {
	// Line are the kinds of the whole line.
	Line Phrases
	// Prefix are the kinds of what the line begins with. Sentences begin so as
	// well: it is evidence, to be weighed with length, links and place.
	Prefix Phrases
	// Words are the table's phrase that matched, in its folded spelling; of
	// several the longest.
	Words string
}

//go:embed phrases.txt
var phrasesText string

var phrasesTable = &table{"phrases.txt", phrasesText, []string{"kind", "form", "language"}}

// A phraseTable is phrases.txt as it is looked up.
type phraseTable struct {
	lines dictionary[Phrases]
	// firsts have what the phrases begin with: a word, or for scripts without spaces
	// a letter.
	firsts   dictionary[firstPhrase]
	prefixes []prefixPhrase
}

// A firstPhrase is which phrases begin with a word.
type firstPhrase struct {
	// prefix is the longest prefix phrase, as an index in prefixes from 1 on, or 0.
	prefix uint32
	// button is set where a line begins so whose kinds [isButton] accepts; a line may
	// be a row of them.
	button bool
}

type prefixPhrase struct {
	words string
	kinds Phrases
	// glued is set where no word has to end at the phrase's end: it ends with a
	// colon, or is in a script without spaces.
	glued bool
	next  uint32 // the next longest with the same first word, as firstPhrase.prefix
}

var phrases = lazily(phrasesTable, readPhrases)

func readPhrases(tab table) (*phraseTable, error) {
	kindOf := make(map[string]Phrases, len(phraseNames))
	for k, name := range phraseNames {
		kindOf[name] = 1 << k
	}
	n := strings.Count(tab.text, "|")
	t := &phraseTable{lines: makeDictionary[Phrases](n), firsts: makeDictionary[firstPhrase](n / 4), prefixes: make([]prefixPhrase, 0, n/4)}
	// All phrases are cut from one string: one large allocation in place of one
	// for each phrase.
	var folded strings.Builder
	folded.Grow(len(tab.text))
	var buf []byte
	err := tab.each(func(r row) error {
		kind, ok := kindOf[r.columns[0]]
		if !ok {
			return unknown("kind", r.columns[0])
		}
		form := r.columns[1]
		if form != "line" && form != "prefix" {
			return unknown("form", form)
		}
		for _, p := range r.entries {
			var whole bool
			buf, whole = appendFolded(buf[:0], p, maxFolded)
			bare := trimEnd(buf)
			if len(bare) == 0 || !whole {
				return fmt.Errorf("phrase %q has no words or is too long", p)
			}
			if form == "line" {
				buf = bare
			}
			from := folded.Len()
			folded.Write(buf)
			if words := folded.String()[from:]; form == "line" {
				t.addLine(words, kind)
			} else {
				t.addPrefix(words, kind)
			}
		}
		return nil
	})
	return t, err
}

func (t *phraseTable) addLine(words string, kind Phrases) {
	*t.lines.at(words) |= kind
	if isButton(kind) {
		first, _, _ := strings.Cut(words, " ")
		t.firsts.at(first).button = true
	}
}

func (t *phraseTable) addPrefix(words string, kind Phrases) {
	at := &t.firsts.at(firstWord(words)).prefix
	for *at != 0 && len(t.prefixes[*at-1].words) >= len(words) {
		p := &t.prefixes[*at-1]
		if p.words == words {
			p.kinds |= kind
			return
		}
		at = &p.next
	}
	last, _ := utf8.DecodeLastRuneInString(words)
	next := *at
	*at = uint32(len(t.prefixes) + 1)
	t.prefixes = append(t.prefixes, prefixPhrase{words, kind, unspaced(last) || !isLetter(last), next})
}

// begins reports whether a folded line begins with the phrase, and a word ends
// where the phrase does.
func (p *prefixPhrase) begins(folded []byte) bool {
	if len(folded) < len(p.words) || string(folded[:len(p.words)]) != p.words {
		return false
	}
	if p.glued || len(folded) == len(p.words) {
		return true
	}
	next, _ := utf8.DecodeRune(folded[len(p.words):])
	return !isLetter(next) && !unicode.IsMark(next) && next != '\'' && next != '-'
}

// firstWord returns what a phrase is filed under in the table of prefixes.
func firstWord[S string | []byte](s S) S {
	for k := 0; k < len(s); k++ {
		switch c := s[k]; {
		case c == ' ' || c == ':':
			return s[:k]
		case k == 0 && c >= 0xe0: // three bytes or more: perhaps no spaces
			if r, n := utf8.DecodeRuneInString(string(s[:min(len(s), utf8.UTFMax)])); unspaced(r) {
				return s[:n]
			}
		}
	}
	return s
}

// isButton reports whether lines of these kinds stand in rows ("Facebook X Copy
// link").
func isButton(p Phrases) bool {
	return p&(PhraseShare|PhraseUI|PhraseListen|PhraseFollow|PhraseLogin) != 0
}

// MatchPhrase returns which boilerplate a line is, by phrases.txt, and the zero
// PhraseMatch where it is none. Case, accents and the punctuation around the
// line do not matter. It costs about a map look-up however long the line is,
// allocates nothing, and is safe for concurrent use.
func MatchPhrase(line string) PhraseMatch {
	t := phrases()
	var arr [maxFolded]byte
	if len(line) > 2*maxFolded {
		// Too long to be a phrase. Whether it can begin with one depends on its
		// first word, and most paragraphs cannot.
		folded, _ := appendFolded(arr[:0], line, firstFolded)
		if word := firstWord(folded); len(word) < len(folded) && t.prefix(word) == 0 {
			return PhraseMatch{}
		}
	}
	folded, whole := appendFolded(arr[:0], line, maxFolded)
	if len(folded) == 0 {
		return PhraseMatch{}
	}
	var m PhraseMatch
	if whole {
		line := trimEnd(folded)
		if e := t.lines.find(line); e != nil {
			m.Line, m.Words = e.value, e.word
		} else {
			m.Line, m.Words = t.row(line)
		}
	}
	for k := t.prefix(firstWord(folded)); k != 0; {
		p := &t.prefixes[k-1]
		k = p.next
		if !p.begins(folded) {
			continue
		}
		m.Prefix |= p.kinds
		if m.Words == "" {
			m.Words = p.words
		}
	}
	return m
}

// prefix returns the longest prefix phrase that begins with a word, as an index from 1
// on, or 0.
func (t *phraseTable) prefix(word []byte) uint32 {
	if e := t.firsts.find(word); e != nil {
		return e.value.prefix
	}
	return 0
}

// row returns the kinds of a line that is nothing but buttons, two or more of
// them, and the first one's words; zero values for any other line.
func (t *phraseTable) row(line []byte) (Phrases, string) {
	const longest = 6 // words of one button
	var kinds Phrases
	var words string
	buttons := 0
	for len(line) > 0 {
		first := line
		if k := indexSpace(line, 0); k >= 0 {
			first = line[:k]
		}
		if bare := trimEnd(first); len(bare) == 0 {
			line = skipWord(line, len(first)) // a sign between two buttons
			continue
		}
		if e := t.firsts.find(trimEnd(first)); e == nil || !e.value.button {
			return 0, ""
		}
		var found *entry[Phrases]
		end := 0
		for k, n := -1, 0; n < longest; n++ {
			if k = indexSpace(line, k+1); k < 0 {
				k = len(line)
			}
			if e := t.lines.find(trimEnd(line[:k])); e != nil && isButton(e.value) {
				found, end = e, k
			}
			if k == len(line) {
				break
			}
		}
		if end == 0 {
			return 0, ""
		}
		kinds |= found.value
		if buttons++; buttons == 1 {
			words = found.word
		}
		line = skipWord(line, end)
	}
	if buttons < 2 {
		return 0, ""
	}
	return kinds, words
}

func indexSpace(b []byte, from int) int {
	for k := from; k < len(b); k++ {
		if b[k] == ' ' {
			return k
		}
	}
	return -1
}

func skipWord(b []byte, end int) []byte {
	if end < len(b) {
		end++
	}
	return b[end:]
}
