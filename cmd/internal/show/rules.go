package show

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A Rule is a rule that takes blocks out of a page, for readers.
type Rule struct {
	// Field is what the block is where its words stand in a field of the record:
	// headline, standfirst, byline, date or caption. Into is that field's name in
	// the record. Both are empty where the block is removed.
	Field, Into string
	// Group names blocks that are taken out for the like reason, in the plural:
	// "navigation", "related stories".
	Group string
	// Words tell why; "it" goes before them: "is mostly links".
	Words string
}

// fields are the rules that find a block's words in a field of the record,
// sorted by rule.
var fields = []struct{ rule, into, group, words string }{
	{"byline", "authors", "bylines", "names the authors"},
	{"caption", "images", "captions", "belongs to a picture"},
	{"date", "published", "dates", "tells the article's date"},
	{"headline", "title", "headlines", "has the title's words"},
	{"standfirst", "subtitle", "standfirsts", "leads into the text"},
}

// reasons are the rules that have one word or a fixed sentence, sorted by rule.
var reasons = []struct{ rule, group, words string }{
	{"after the comments' anchor", "comments", "stands where links to the readers' comments lead"},
	{"after the text", "what follows the text", "stands after the text"},
	{"appeared first", "fallback text", "says where the text appeared first"},
	{"author's bio", "about the author", "introduces an author"},
	{"before the headline", "what precedes the headline", "stands before the headline"},
	{"before the text", "what precedes the text", "stands before the text"},
	{"button", "buttons and labels", "is a button's label"},
	{"code's name", "buttons and labels", "names the language of code"},
	{"counter", "counters and times", "counts pages or pictures"},
	{"credit of the lead picture", "credits", "says who made the lead picture"},
	{"decoration", "signs and icons", "only decorates"},
	{"dialog", "dialogs", "is in a dialog"},
	{"embed", "embeds", "is an embed, which Markdown and HTML have as a link"},
	{"footer", "footer", "is in the page's footer"},
	{"footnote's number", "signs and icons", "is the number of the footnote after it"},
	{"heads a nav", "navigation", "is the heading of a menu"},
	{"heads nothing", "empty sections", "is a heading over nothing that is kept"},
	{"hidden", "hidden text", "is not shown to readers"},
	{"in each post", "buttons and labels", "comes again in each post of the thread"},
	{"label", "buttons and labels", "is a form's label"},
	{"link alone", "related links", "is nothing but a link to another page of the site"},
	{"link button", "buttons and labels", "is a link that is set as a button"},
	{"links", "links", "is mostly links"},
	{"model", "other text", "is unlike an article's text, by the models"},
	{"nav", "navigation", "is in the navigation"},
	{"no content", "other text", "is marked as no content for search engines"},
	{"note to editors", "fallback text", "tells editors what an agency has changed"},
	{"outside the article", "other text", "stands outside the element of the article"},
	{"outside the body that the site's rules name", "site rules", "is outside the body that the site's rules name"},
	{"outside the posts", "other text", "stands in no post of the thread"},
	{"own address", "buttons and labels", "is the page's own address, as forms for printing have it"},
	{"own id", "buttons and labels", "is the name of its own place in the page"},
	{"picture's source", "credits", "names the site that a picture is from"},
	{"points to a film", "promotion", "points to a film beside the text"},
	{"program error", "fallback text", "is a message of the server's program"},
	{"promotion", "promotion", "asks the reader to subscribe, follow or buy"},
	{"pull quote", "repetition", "repeats a sentence of the text as a quote"},
	{"related", "related stories", "points to related stories"},
	{"said before", "repetition", "says again what the text has said"},
	{"separator", "signs and icons", "is a line of signs"},
	{"shortcode", "fallback text", "is a command to the content system"},
	{"tabs", "buttons and labels", "is a line of tabs"},
	{"teaser", "related stories", "stands under the link to another story"},
	{"time", "counters and times", "is only a time"},
}

// topics are what the names of boxes ("class …") and the words of lines
// ("phrase …") tell, sorted by name.
var topics = []struct{ name, group, thing string }{
	{"ad", "advertising", "advertising"},
	{"author", "about the author", "a note on the author"},
	{"bio", "about the author", "a note on the author"},
	{"breadcrumb", "navigation", "breadcrumbs"},
	{"byline", "bylines", "a byline"},
	{"caption", "captions of other pictures", "a caption"},
	{"comment", "comments", "comments"},
	{"comments", "comments", "comments"},
	{"consent", "consent to cookies", "consent to cookies"},
	{"copyright", "copyright", "a copyright notice"},
	{"credit", "credits", "a picture's credit"},
	{"cta", "calls to action", "a call to action"},
	{"date", "dates", "a date"},
	{"fallback", "fallback text", "a text for when something does not load"},
	{"follow", "sharing and following", "a call to follow"},
	{"footer", "footer", "a footer"},
	{"header", "header", "the page's header"},
	{"hidden", "hidden text", "hidden text"},
	{"infobox", "information boxes", "an information box"},
	{"listen", "media players", "a listen button"},
	{"login", "accounts", "a login"},
	{"media", "media players", "a picture's or film's controls"},
	{"nav", "navigation", "navigation"},
	{"newsletter", "newsletters", "a newsletter"},
	{"note", "notes", "a note to the reader"},
	{"paywall", "paywall", "a paywall"},
	{"player", "media players", "a media player"},
	{"print", "text for print", "text for print alone"},
	{"product", "products", "a product"},
	{"promo", "promotion", "promotion"},
	{"readmore", "related stories", "a link to another story"},
	{"readtime", "counters and times", "a reading time"},
	{"related", "related stories", "related stories"},
	{"share", "sharing and following", "sharing"},
	{"sidebar", "sidebar", "a sidebar"},
	{"skip", "navigation", "a link that skips navigation"},
	{"source", "sources", "a source"},
	{"streamed", "data for scripts", "data for scripts"},
	{"tags", "tags", "tags"},
	{"toc", "table of contents", "a table of contents"},
	{"ui", "buttons and labels", "a button"},
}

// elements are the elements of rules "element …", sorted by name.
var elements = []struct{ name, group string }{
	{"aside", "asides"},
	{"button", "buttons and labels"},
	{"figcaption", "captions of other pictures"},
	{"footer", "footer"},
	{"form", "forms"},
	{"nav", "navigation"},
	{"time", "dates"},
}

// repeated matches the rules of what a site's pages repeat.
var repeated = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^(?:stands on (\d+|N) of (\d+|N) pages|place of furniture on (\d+|N) pages)$`)
})

// siteRule matches the place of a rule in a file of site rules.
var siteRule = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^.+:\d+$`)
})

// RuleOf returns the rule that [clean.Removed] names, as readers are told it. A
// rule that is not known is quoted, so that records of other versions can be
// shown.
func RuleOf(rule string) Rule {
	for _, f := range fields {
		if f.rule == rule {
			return Rule{Field: f.rule, Into: f.into, Group: f.group, Words: f.words}
		}
	}
	for _, r := range reasons {
		if r.rule == rule {
			return Rule{Group: r.group, Words: r.words}
		}
	}
	kind, names, _ := strings.Cut(rule, " ")
	switch {
	case names == "":
	case kind == "class":
		return named(names, "is in a box named for ")
	case kind == "phrase":
		return named(names, "is worded like ")
	case kind == "element":
		r := Rule{Group: names, Words: "is in a " + names + " element"}
		if strings.ContainsRune("aeiou", rune((names + " ")[0])) {
			r.Words = "is in an " + names + " element"
		}
		for _, e := range elements {
			if e.name == names {
				r.Group = e.group
			}
		}
		return r
	}
	if m := repeated().FindStringSubmatch(rule); m != nil {
		return repeatedRule(m[1], m[2], m[3])
	}
	if siteRule().MatchString(rule) {
		return Rule{Group: "site rules", Words: "is stripped by the site rule " + rule}
	}
	return Rule{Group: "other text", Words: "is taken out by the rule “" + rule + "”"}
}

// repeatedRule returns the rule of blocks that stand on seen of all pages of a
// site, or, where seen is "", where so many pages have no text. The numbers of a
// rule that [Plain] has made are "N".
func repeatedRule(seen, all, places string) Rule {
	words := "stands on " + seen + " of " + all + " pages of the site"
	switch {
	case seen == "N":
		words = "stands on other pages of the site too"
	case places == "N":
		words = "stands where other pages of the site have no text"
	case places != "":
		words = "stands where " + places + " pages of the site have no text"
	}
	return Rule{Group: "repeated on the site", Words: words}
}

// named returns the rule of boxes or lines by the names of their topics, which
// have "+" between them. The first topic that is known gives the group.
func named(names, words string) Rule {
	r := Rule{}
	var things []string
	for name := range strings.SplitSeq(names, "+") {
		group, thing := "other text", name
		for _, t := range topics {
			if t.name == name {
				group, thing = t.group, t.thing
			}
		}
		if r.Group == "" {
			r.Group = group
		}
		if !slices.Contains(things, thing) {
			things = append(things, thing)
		}
	}
	r.Words = words + strings.Join(things, " and ")
	return r
}

// number matches the numbers in the rule of a repeated block.
var number = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\d+`)
})

// Plain returns a rule without the numbers of the page that it was applied to, so
// that its uses on many pages can be counted: "stands on N of N pages".
func Plain(rule string) string {
	if repeated().MatchString(rule) {
		return number().ReplaceAllString(rule, "N")
	}
	return rule
}
