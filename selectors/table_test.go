package selectors

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// A tableTest is a table with what must hold of its entries.
type tableTest struct {
	*table
	// read is the table's own reader.
	read func(table) error
	// bad are rows that read must refuse, with a part of the error.
	bad map[string]string
	// matched returns what the code compares of a text, for a text that is
	// spelled as the entry is; nil for what is compared as it is, in lower case.
	matched func(columns []string, entry string) string
	// free is set where an entry may stand in several rows of one kind: words
	// that languages share, clues that speak for several kinds.
	free bool
	// check returns what else is wrong with an entry, or "".
	check func(columns []string, entry string) string
}

func reads[T any](read func(table) (T, error)) func(table) error {
	return func(t table) error { _, err := read(t); return err }
}

var tableTests = []tableTest{
	{table: bylinesTable, read: reads(readBylines), free: true, check: checkByline,
		bad: map[string]string{"bye\ten\tx": `no group is called "bye"`, "by\ten\ta b c d e": "longer than 4 words"}},
	{table: cluesTable, read: reads(readClues), matched: matchedClue, free: true, check: checkClue,
		bad: map[string]string{"poem\tpath\tblog": `no kind is called "poem"`, "article\tmood\tblog": `no place is called "mood"`,
			"article\tpath\t" + strings.Repeat("a", MaxClue+1): "longer than 48 bytes"}},
	{table: answersTable, read: reads(readAnswers), free: true, bad: map[string]string{"shout\ten\tx": `no kind is called "shout"`}},
	{table: crawlTable, read: reads(readCrawl), check: checkCrawl, free: true, bad: map[string]string{"mood\ten\tx": `no kind is called "mood"`}},
	{table: datesTable, read: reads(readDates), free: true, check: checkDate, bad: map[string]string{"epoch\tja\tx": `no kind is called "epoch"`, "era\tja\t令和": `era "令和" is not of the form`}},
	{table: embedsTable, read: reads(readEmbeds), check: checkEmbed, bad: map[string]string{"advert\tx": `no kind is called "advert"`,
		"player\ta.example https://a.example/": `player "a.example https://a.example/" is not of the form`}},
	{table: feedsTable, read: reads(readFeeds), check: checkFeed, bad: map[string]string{"root\trss": `no kind is called "root"`}},
	{table: guessesTable, read: reads(readGuesses), check: checkGuess, bad: map[string]string{"page\t01\tx\t/a": `no kind is called "page"`}},
	{table: languagesTable, read: reads(readLanguages), check: checkLanguage, bad: map[string]string{"cursive\tar": `no kind is called "cursive"`}},
	{table: linksTable, read: reads(readLinks), check: checkLink, bad: map[string]string{"shop\ten\tx": `no kind is called "shop"`}},
	{table: markupTable, read: reads(readMarkup), check: checkMarkup, bad: map[string]string{"verse\tpoem": `no kind is called "verse"`}},
	{table: headingsTable, read: reads(readHeadings), bad: map[string]string{"mood\ten\tx": `no kind is called "mood"`}},
	{table: metasTable, read: reads(readMetas), check: checkMeta, bad: map[string]string{"mood\t01\tx": `no field is called "mood"`}},
	{table: monthsTable, read: reads(readMonths), free: true, check: checkMonth,
		bad: map[string]string{"en\t13\tx": "01 to 12", "en\t1\tx": "01 to 12", "en\t01\ta b c d": "longer than 3 words"}},
	{table: phrasesTable, read: reads(readPhrases), matched: matchedPhrase, check: checkPhrase,
		bad: map[string]string{"relaated\tline\ten\tx": `no kind is called "relaated"`, "related\tsuffix\ten\tx": `no form is called "suffix"`,
			"related\tline\ten\ta | ...": "no words or is too long", "related\tline\ten\t" + strings.Repeat("a", maxFolded): "no words or is too long"}},
	{table: picturesTable, read: reads(readPictures), check: checkPicture, bad: map[string]string{"colour\tmul\tred": `no kind is called "colour"`}},
	{table: promosTable, read: reads(readPromos), matched: func(_ []string, e string) string { b, _ := appendFolded(nil, e, maxFolded); return string(b) }, free: true,
		bad: map[string]string{"beg\ten\tx": `no kind is called "beg"`}},
	{table: pronounsTable, read: reads(readPronouns), check: checkWord, bad: map[string]string{"them\ten\tthey": `no person is called "them"`}},
	{table: rolesTable, read: reads(readRoles), matched: matchedRole, free: true, check: checkRole,
		bad: map[string]string{"villain\tx": `no role is called "villain"`}},
	{table: signsTable, read: reads(readSigns), check: checkSign, bad: map[string]string{"wonder\t!": `no kind is called "wonder"`}},
	{table: stateTable, read: reads(readState), check: checkState, bad: map[string]string{"poem\tx": `no kind is called "poem"`}},
	{table: stopwordsTable, read: reads(readStopwords), free: true, check: checkStopword},
	{table: trackingTable, read: reads(readTracking), check: checkStep, bad: map[string]string{"gossip\tx": `no source is called "gossip"`}},
	{table: trapsTable, read: reads(readTraps), check: checkStep, bad: map[string]string{"pit\tx": `no kind is called "pit"`}},
	{table: trackersTable, read: reads(readTrackers), check: checkTracker, bad: map[string]string{"gossip\ta.example": `no kind is called "gossip"`}},
	{table: typesTable, read: reads(readTypes), bad: map[string]string{"novel\tbook": `no kind is called "novel"`}},
	{table: zonesTable, read: reads(readZones), check: checkWord, bad: map[string]string{"1h\tx": "not of the form +0100"}},
}

// TestTables checks what holds of every table: it is read without a fault, rows
// and entries are sorted, no entry stands twice, languages are languages, and no
// entry is spelled in a way that the code which compares it never sees.
func TestTables(t *testing.T) {
	for _, tab := range tableTests {
		t.Run(tab.name, func(t *testing.T) {
			if err := tab.read(*tab.table); err != nil {
				t.Fatal(err)
			}
			var last string
			seen := map[string]string{} // a kind and what is matched, to its row
			err := tab.each(func(r row) error {
				head := strings.Join(r.columns, " ")
				if head <= last {
					t.Errorf("row %q does not sort after %q", head, last)
				}
				last = head
				kind := head
				for k, name := range tab.columns {
					if name == "language" {
						if _, err := language.Parse(r.columns[k]); err != nil {
							t.Errorf("row %q: %v", head, err)
						}
						if !tab.free {
							kind = strings.Join(r.columns[:k], " ")
						}
					}
				}
				if tab.name == "metas.txt" || tab.name == "zones.txt" || tab.name == "guesses.txt" {
					kind = ""
				}
				for k, e := range r.entries {
					if k > 0 && e <= r.entries[k-1] {
						t.Errorf("row %q: %q does not sort after %q", head, e, r.entries[k-1])
					}
					matched := strings.ToLower(e)
					if tab.matched != nil {
						matched = tab.matched(r.columns, e)
					}
					if tab.matched == nil && matched != e {
						t.Errorf("row %q: %q can never match, %q can", head, e, matched)
					}
					if row, twice := seen[kind+"\t"+matched]; twice {
						t.Errorf("row %q: %q stands in row %q too", head, e, row)
					}
					seen[kind+"\t"+matched] = head
					if tab.check == nil {
						continue
					}
					if wrong := tab.check(r.columns, e); wrong != "" {
						t.Errorf("row %q: %q %s", head, e, wrong)
					}
				}
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
}

// TestTableFaults: a row that cannot be read is an error with file and line.
func TestTableFaults(t *testing.T) {
	for _, tab := range tableTests {
		columns := make([]string, len(tab.columns))
		_ = tab.each(func(r row) error { copy(columns, r.columns); return nil })
		head := strings.Join(columns, "\t")
		bad := map[string]string{
			columns[0]:        "with tabs between",
			head:              "with tabs between",
			"\t" + head:       "with tabs between",
			head + "\t":       `entry ""`,
			head + "\ta | ":   `entry ""`,
			head + "\ta |  b": `entry " b"`,
			head + "\ta\tb":   `entry "a\tb"`,
		}
		for row, want := range tab.bad {
			bad[row] = want
		}
		for row, want := range bad {
			err := tab.read(table{tab.name, "# head\n\n" + row + "\n", tab.columns})
			if err == nil || !strings.HasPrefix(err.Error(), tab.name+":3: ") || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: row %q: error %v, want one in line 3 with %q", tab.name, row, err, want)
			}
		}
	}
}

// TestTablesAreListed: a table that is added is tested too.
func TestTablesAreListed(t *testing.T) {
	for _, tab := range tableTests {
		if !strings.HasPrefix(tab.text, "# ") || !strings.Contains(tab.text, "\n# Columns: "+strings.Join(tab.columns, ", ")+", ") {
			t.Errorf("%s does not tell its columns as the code has them: %s", tab.name, strings.Join(tab.columns, ", "))
		}
	}
	files, err := filepath.Glob("*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.ContainsFunc(tableTests, func(tab tableTest) bool { return tab.name == f }) {
			t.Errorf("%s is not in tableTests", f)
		}
	}
	if len(files) != len(tableTests) {
		t.Errorf("%d tables in the folder, %d in tableTests", len(files), len(tableTests))
	}
}

// hasOnly reports whether s has letters, marks, and the given signs only.
func hasOnly(s, signs string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(signs, r)
	}) < 0
}

func checkWord(_ []string, e string) string {
	if !hasOnly(e, "") {
		return "is compared with single words"
	}
	return ""
}

// checkTracker: a host is looked up label by label, so that one below another is
// never reached.
func checkTracker(_ []string, e string) string {
	_, above, ok := strings.Cut(e, ".")
	switch {
	case !ok || strings.ContainsAny(e, "/: *"):
		return "is no host"
	case IsTracker(above):
		return "is below a host that is listed"
	}
	return ""
}

func TestIsTracker(t *testing.T) {
	for host, want := range map[string]bool{
		"doubleclick.net": true, "stats.g.DoubleClick.net.": true, "notdoubleclick.net": false, "net": false, "": false,
		"news.example": false, "127.0.0.1": false,
	} {
		if IsTracker(host) != want {
			t.Errorf("IsTracker(%q) = %v", host, !want)
		}
	}
}

func checkMarkup(_ []string, e string) string {
	if strings.ContainsAny(e, " .") {
		return "is compared with single tokens of a class"
	}
	return ""
}

func checkState(_ []string, e string) string {
	if FoldKey(e) != e {
		return "is compared with keys without _, - and /, of up to 40 bytes"
	}
	return ""
}

func checkByline(columns []string, e string) string {
	words := strings.Fields(e)
	switch group := columns[0]; {
	case strings.Join(words, " ") != e || strings.ContainsAny(e, ":|,.;\u00a0"):
		return "is compared with words, without the signs at which a byline is split"
	case group == "and" && len(words) > 1, group == "credential" && (len(words) > 1 || len(e) > 12):
		return "is compared with single words of up to 12 bytes"
	case group == "job" || group == "nobody" || group == "review":
		if utf8.RuneCountInString(e) < 2 || strings.ContainsAny(e, "@{}<>=#/") {
			return "is no name before it is looked up"
		}
	}
	if columns[0] != "job" || len(words) < 2 || slices.ContainsFunc(Newsrooms(), func(n string) bool { return strings.Contains(e, n) }) {
		return ""
	}
	for _, w := range words {
		if BylineGroupsOf(w)&BylineJob != 0 {
			return "is covered by " + w
		}
	}
	return ""
}

func matchedClue(_ []string, e string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return -1
		}
		return r
	}, e)
}

func checkClue(columns []string, e string) string {
	switch place := columns[1]; {
	case e != strings.ToLower(e) || e != matchedClue(nil, e):
		return "is compared with lower case without digits"
	case place == "line" && len(strings.Fields(e)) > 6:
		return "is compared with lines of up to six words"
	case place == "title" && !hasOnly(e, "'’"):
		return "is compared with single words"
	case strings.Contains(e, " ") && place != "line":
		return "has a space, which nothing in its place has"
	case strings.Contains(e, ".") && (place == "host" || place == "path" || place == "leaf" || place == "house"):
		return "has a full stop, at which what is compared is cut"
	case strings.ContainsAny(e, "/?#&="):
		if place == "host" || place == "path" || place == "leaf" || place == "house" || place == "query" {
			return "has a sign that parts an address"
		}
	}
	return ""
}

func checkDate(columns []string, e string) string {
	switch columns[0] {
	case "day-first", "filler", "suffix":
		return checkWord(columns, e)
	case "month-first":
		if tag, err := language.Parse(e); err != nil || strings.ToLower(tag.String()) != e {
			return "is not how the tag of a language is written"
		}
	}
	return ""
}

func checkEmbed(columns []string, e string) string {
	if (columns[0] == "attribute" || columns[0] == "nothing") && strings.ContainsAny(e, " /?#") {
		return "is compared with a host or the name of an attribute"
	}
	return ""
}

func checkFeed(columns []string, e string) string {
	if strings.ContainsAny(e, " :/") {
		return "is compared with a name without its prefix"
	}
	return ""
}

func checkGuess(columns []string, e string) string {
	switch {
	case len(columns[1]) != 2:
		return "needs a rank of two digits, by which its rows sort"
	case !strings.HasPrefix(e, "/"):
		return "is no path of a host"
	}
	return ""
}

func checkLanguage(_ []string, e string) string {
	if b, err := language.ParseBase(e); err != nil || b.String() != e {
		return "is not how the tables write a language"
	}
	return ""
}

func checkLink(_ []string, e string) string {
	if strings.ContainsAny(e, "/ ?#") {
		return "is compared with a step of an address"
	}
	return ""
}

func checkCrawl(columns []string, e string) string {
	c := Crawl()
	switch kind := columns[0]; {
	case kind == "next-page" && strings.Join(strings.Fields(e), " ") != e:
		return "is compared with words that have one space between"
	case kind != "next-page" && strings.ContainsAny(e, " ?#&="):
		return "is compared with words, names or types, which have no such sign"
	case kind == "load-class" && strings.ContainsAny(e, "-_"):
		return "is compared with classes without - and _"
	case kind == "headline-suffix" && !c.FileSuffixes[e]:
		return "is no file-suffix"
	case kind == "file-suffix" && len(e) > MaxSuffix:
		return "is longer than an extension is read"
	case strings.HasSuffix(kind, "-attribute") && !strings.HasPrefix(e, "data-") && !strings.HasPrefix(e, "hx-"):
		return "is no attribute that is looked at"
	}
	return ""
}

func checkStep(_ []string, e string) string {
	if strings.ContainsAny(e, "/ ?#&=") {
		return "is compared with a segment of a path, or with the name of a parameter"
	}
	return ""
}

func checkMeta(columns []string, e string) string {
	if len(columns[1]) != 2 {
		return "needs a rank of two digits, by which its rows sort"
	}
	if strings.ContainsAny(e, " ") {
		return "has a space"
	}
	return ""
}

func checkMonth(_ []string, e string) string {
	if !hasOnly(e, " \u200d") {
		return "is compared with words of letters"
	}
	return ""
}

func matchedPhrase(columns []string, e string) string {
	folded, _ := appendFolded(nil, e, maxFolded)
	if columns[1] == "line" {
		folded = trimEnd(folded)
	}
	return string(folded)
}

func checkPhrase(columns []string, e string) string {
	kind := Phrases(1) << slices.Index(phraseNames, columns[0])
	m := MatchPhrase(e)
	switch {
	case e != strings.ToLower(e):
		return "is not lower case"
	case columns[1] == "line" && m.Line&kind == 0, columns[1] == "prefix" && m.Prefix&kind == 0:
		return "does not match itself"
	}
	if columns[1] == "prefix" {
		words := matchedPhrase(columns, e)
		for _, p := range phrases().group([]byte(words)).prefixes {
			if p.words != words && p.kinds&kind != 0 && p.begins([]byte(words), len(firstWord(words))) {
				return "is covered by " + p.words
			}
		}
	}
	return ""
}

func checkPicture(columns []string, e string) string {
	switch columns[0] {
	case "box", "class", "skip-class":
		if w, end := NextWord(e, 0, nil); string(w) != e || end != len(e) {
			return "is not one word of a class"
		}
	case "agency", "label", "note", "remark", "short", "tail":
		if !hasOnly(e, " '’-0123456789") || strings.Join(strings.Fields(e), " ") != e || strings.Count(e, " ") > 4 {
			return "is compared with up to five words"
		}
		if columns[0] == "short" && strings.Contains(e, " ") {
			return "is compared with one word"
		}
	case "skip-url":
		if len(e) >= 24 || strings.ContainsAny(e, "/?#.") {
			return "is compared with up to 23 bytes of a step of an address"
		}
	case "stand-in":
		for _, s := range Pictures().StandIns {
			if s != e && strings.Contains(e, s) {
				return "is covered by " + s
			}
		}
	}
	return ""
}

func matchedRole(_ []string, e string) string {
	var words []string
	var buf [64]byte
	for w, k := NextWord(e, 0, buf[:0]); len(w) > 0; w, k = NextWord(e, k, buf[:0]) {
		words = append(words, string(w))
	}
	return strings.Join(words, "-")
}

func checkRole(columns []string, e string) string {
	if matched := matchedRole(nil, e); matched != e || strings.Count(e, "-") >= maxTokenWords {
		return "is looked up as " + matched
	}
	if r := roleNames[columns[0]]; RolesOf(e)&r != r {
		return "is no " + columns[0]
	}
	return ""
}

func checkSign(_ []string, e string) string {
	if strings.IndexFunc(e, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsSpace(r) }) >= 0 {
		return "is no sign"
	}
	return ""
}

func checkStopword(_ []string, e string) string {
	if len(e) > 18 || !hasOnly(e, "'") {
		return "is compared with words of up to 18 bytes"
	}
	return ""
}
