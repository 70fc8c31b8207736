package selectors

import _ "embed"

//go:embed feeds.txt
var feedsText string

var feedsTable = &table{"feeds.txt", feedsText, []string{"kind"}}

// Feeds returns what feeds.txt has. It is shared: do not change it.
func Feeds() *FeedNames { return feeds() }

var feeds = lazily(feedsTable, readFeeds)

// FeedNames are the names of feeds.txt, which tells what each kind holds. All are lower
// case.
type FeedNames struct {
	ForeignPrefixes, JunkElements, PartRelations, TextElements map[string]bool
}

func readFeeds(t table) (*FeedNames, error) {
	f := &FeedNames{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	return f, readLists(t, map[string]func(string){
		"foreign-prefix": toSet(f.ForeignPrefixes), "junk-element": toSet(f.JunkElements),
		"part-relation": toSet(f.PartRelations), "text-element": toSet(f.TextElements),
	})
}

//go:embed guesses.txt
var guessesText string

var guessesTable = &table{"guesses.txt", guessesText, []string{"kind", "rank", "source"}}

// Guesses returns what guesses.txt has. It is shared: do not change it.
func Guesses() *GuessedPaths { return guesses() }

var guesses = lazily(guessesTable, readGuesses)

// GuessedPaths are the paths of guesses.txt at which feeds and sitemaps are looked for,
// the likeliest first.
type GuessedPaths struct{ Feeds, Sitemaps []string }

func readGuesses(t table) (*GuessedPaths, error) {
	g := &GuessedPaths{}
	return g, readLists(t, map[string]func(string){"feed": toList(&g.Feeds), "sitemap": toList(&g.Sitemaps)})
}
