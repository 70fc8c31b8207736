package selectors

import (
	_ "embed"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync/atomic"
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

// A phraseTable is phrases.txt as it is looked up: by how phrases begin. Those that
// begin alike are folded when a line is met that begins so, because a page has lines for
// a part of them only, and folding them all is most of what the tables cost at the start.
type phraseTable struct {
	written []writtenPhrase
	begins  [phraseBegins]struct {
		first  uint16 // in written from 1 on, and the next in writtenPhrase.next; 0 for none
		folded atomic.Pointer[foldedPhrases]
	}
}

// phraseBegins is the number of ways to begin that are told apart.
const phraseBegins = 4096

// A writtenPhrase is a phrase as the table has it.
type writtenPhrase struct {
	text string
	kind uint8 // in phraseNames
	line bool  // the form
	next uint16
}

// foldedPhrases are phrases that begin alike.
type foldedPhrases struct {
	lines    dictionary[Phrases]
	prefixes []prefixPhrase // the longest first
	// firsts are the first words of all, and buttons those of the lines whose kinds
	// [isButton] accepts; a line may be a row of them.
	firsts, buttons []string
}

type prefixPhrase struct {
	words string
	first int // the length of firstWord
	kinds Phrases
	// glued is set where no word has to end at the phrase's end: it ends with a
	// colon, or is in a script without spaces.
	glued bool
}

var phrases = lazily(phrasesTable, readPhrases)

func readPhrases(tab table) (*phraseTable, error) {
	kindOf := make(map[string]uint8, len(phraseNames))
	for k, name := range phraseNames {
		kindOf[name] = uint8(k)
	}
	t := &phraseTable{written: make([]writtenPhrase, 0, strings.Count(tab.text, "|"))}
	var buf []byte
	return t, tab.each(func(r row) error {
		kind, ok := kindOf[r.columns[0]]
		if !ok {
			return unknown("kind", r.columns[0])
		}
		form := r.columns[1]
		if form != "line" && form != "prefix" {
			return unknown("form", form)
		}
		if len(t.written)+len(r.entries) > math.MaxUint16 {
			return errors.New("more phrases than are counted")
		}
		for _, p := range r.entries {
			begin, ok := plainBegin(p)
			if !ok {
				limit := beginFolded
				if len(p) > maxFolded-utf8.UTFMax {
					limit = maxFolded // it may be too long
				}
				var whole bool
				if buf, whole = appendFolded(buf[:0], p, limit); len(buf) == 0 || limit == maxFolded && !whole {
					return fmt.Errorf("phrase %q has no words or is too long", p)
				}
				begin = beginOf(buf)
			}
			at := &t.begins[begin].first
			t.written = append(t.written, writtenPhrase{p, kind, form == "line", *at})
			*at = uint16(len(t.written))
		}
		return nil
	})
}

// beginFolded is how many bytes of a phrase are folded at least to tell its beginning.
const beginFolded = 3 + utf8.UTFMax

// beginOf returns how a folded line begins: a number below phraseBegins. It is equal for
// a line and what it begins with, as long as a word ends there. So it goes by the letter
// that it begins with, and where that is a small ASCII letter by two more such letters:
// what stands after the end of a word is none.
func beginOf[S string | []byte](folded S) uint32 {
	if len(folded) == 0 {
		return 0
	}
	h := uint32(folded[0])
	n := 1
	switch c := folded[0]; {
	case c >= 0xe0:
		n = min(3, len(folded))
	case c >= 0xc0:
		n = min(2, len(folded))
	case c-'a' < 26:
		for n < min(3, len(folded)) && folded[n]-'a' < 26 {
			n++
		}
	}
	for k := 1; k < n; k++ {
		h = h<<8 | uint32(folded[k])
	}
	return h * 0x9e3779b1 >> 20
}

// plainBegin is [beginOf] of a phrase that is not too long and begins with three small
// ASCII letters, which fold to themselves, as most do. It reports false for any other.
func plainBegin(phrase string) (uint32, bool) {
	if len(phrase) < 3 || len(phrase) > maxFolded-utf8.UTFMax ||
		phrase[0]-'a' >= 26 || phrase[1]-'a' >= 26 || phrase[2]-'a' >= 26 {
		return 0, false
	}
	return beginOf(phrase[:3]), true
}

// group returns the phrases that begin as a folded line does.
func (t *phraseTable) group(folded []byte) *foldedPhrases {
	b := &t.begins[beginOf(folded)]
	g := b.folded.Load()
	if g == nil {
		g = t.fold(b.first)
		b.folded.Store(g) // another goroutine may have made the same
	}
	return g
}

// fold makes the group of a written phrase and those after it.
func (t *phraseTable) fold(first uint16) *foldedPhrases {
	g := &foldedPhrases{}
	var buf []byte
	for k := first; k != 0; k = t.written[k-1].next {
		p := &t.written[k-1]
		buf, _ = appendFolded(buf[:0], p.text, maxFolded)
		if word := trimEnd(firstWord(buf)); !g.hasFirst(word) {
			g.firsts = append(g.firsts, string(word))
		}
		if p.line {
			g.addLine(string(trimEnd(buf)), 1<<p.kind)
		} else {
			g.addPrefix(string(buf), 1<<p.kind)
		}
	}
	return g
}

func (g *foldedPhrases) addLine(words string, kind Phrases) {
	*g.lines.at(words) |= kind
	if isButton(kind) {
		first, _, _ := strings.Cut(words, " ")
		if !slices.Contains(g.buttons, first) {
			g.buttons = append(g.buttons, first)
		}
	}
}

func (g *foldedPhrases) addPrefix(words string, kind Phrases) {
	at := 0
	for ; at < len(g.prefixes) && len(g.prefixes[at].words) >= len(words); at++ {
		if p := &g.prefixes[at]; p.words == words {
			p.kinds |= kind
			return
		}
	}
	last, _ := utf8.DecodeLastRuneInString(words)
	p := prefixPhrase{words, len(firstWord(words)), kind, unspaced(last) || !isLetter(last)}
	g.prefixes = slices.Insert(g.prefixes, at, p)
}

// begins reports whether a folded line begins with the phrase, and a word ends
// where the phrase does. The line's first word has first bytes.
func (p *prefixPhrase) begins(folded []byte, first int) bool {
	if first != p.first || len(folded) < len(p.words) || string(folded[:len(p.words)]) != p.words {
		return false
	}
	if p.glued || len(folded) == len(p.words) {
		return true
	}
	next, _ := utf8.DecodeRune(folded[len(p.words):])
	return !isLetter(next) && !unicode.IsMark(next) && next != '\'' && next != '-'
}

// hasFirst reports whether a phrase of the group has this first word, less the signs that
// it ends with.
func (g *foldedPhrases) hasFirst(word []byte) bool {
	for _, first := range g.firsts {
		if first == string(word) {
			return true
		}
	}
	return false
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
	folded, whole := appendFolded(arr[:0], line, firstFolded)
	if len(folded) == 0 {
		return PhraseMatch{}
	}
	g := t.group(folded)
	if word := firstWord(folded); (whole || len(word) < len(folded)) && !g.hasFirst(trimEnd(word)) {
		return PhraseMatch{} // as most lines
	}
	if !whole {
		folded, whole = appendFolded(arr[:0], line, maxFolded)
	}
	var m PhraseMatch
	if whole {
		line := trimEnd(folded)
		if e := g.lines.find(line); e != nil {
			m.Line, m.Words = e.value, e.word
		} else {
			m.Line, m.Words = t.row(line)
		}
	}
	first := len(firstWord(folded))
	for k := range g.prefixes {
		p := &g.prefixes[k]
		if !p.begins(folded, first) {
			continue
		}
		m.Prefix |= p.kinds
		if m.Words == "" {
			m.Words = p.words
		}
	}
	return m
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
		g := t.group(line)
		if word := trimEnd(first); !slices.ContainsFunc(g.buttons, func(b string) bool { return b == string(word) }) {
			return 0, ""
		}
		var found *entry[Phrases]
		end := 0
		for k, n := -1, 0; n < longest; n++ {
			if k = indexSpace(line, k+1); k < 0 {
				k = len(line)
			}
			if e := g.lines.find(trimEnd(line[:k])); e != nil && isButton(e.value) {
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
