package selectors

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// BylineGroups is a set of things that a phrase can be in a byline or beside a
// date.
type BylineGroups uint16

// The groups of bylines.txt, which tells what each holds.
const (
	BylineAgency BylineGroups = 1 << iota
	BylineAnd
	BylineBy
	BylineCity
	BylineCompany
	BylineCredential
	BylineDate
	BylineInstitution
	BylineIs
	BylineJob
	BylineNobody
	BylineOther
	BylinePlace
	BylinePublished
	BylineReview
	BylineUpdated
)

var bylineGroups = map[string]BylineGroups{
	"and": BylineAnd, "by": BylineBy, "city": BylineCity, "company": BylineCompany, "credential": BylineCredential, "date": BylineDate,
	"institution": BylineInstitution, "is": BylineIs, "job": BylineJob, "nobody": BylineNobody, "other": BylineOther, "place": BylinePlace, "agency": BylineAgency,
	"published": BylinePublished, "review": BylineReview, "updated": BylineUpdated,
}

//go:embed bylines.txt
var bylinesText string

var bylinesTable = &table{"bylines.txt", bylinesText, []string{"group", "language"}}

var bylines = lazily(bylinesTable, readBylines)

// bylineWords is bylines.txt as it is looked up.
type bylineWords struct {
	groups    map[string]BylineGroups
	known     wordBits // of groups
	by        wordBits // of the letters that a "by" begins with
	newsrooms []string
	reports   []string
	withAnd   map[string]bool
	spaceless []DateLabel
	languages map[phraseGroup][]string
	titles    []string
}

// A phraseGroup is a phrase as one of a group.
type phraseGroup struct {
	phrase string
	group  BylineGroups
}

// BylineIn reports whether a phrase is of a group in a language (BCP 47). Rows of
// every language ("mul") count; so do all where lang is empty.
func BylineIn(phrase string, group BylineGroups, lang string) bool {
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch primary {
	case "nb", "nn":
		primary = "no" // the two ways to write it
	case "fil":
		primary = "tl"
	}
	for _, l := range bylines().languages[phraseGroup{phrase, group}] {
		if l == "mul" || l == primary || lang == "" {
			return true
		}
	}
	return false
}

// AttachedJobs returns the job titles that are written at a name with no space
// between, in Chinese, Japanese and Korean; the longest first. The slice is shared:
// do not change it.
func AttachedJobs() []string { return bylines().titles }

// A DateLabel marks a date as that of publication or of the last change.
type DateLabel struct {
	Text    string
	Updated bool
}

// SpacelessDateLabels returns the labels of dates in the languages without spaces,
// where a label is a part of a longer run of signs. The slice is shared: do not
// change it.
func SpacelessDateLabels() []DateLabel { return bylines().spaceless }

// MaxBylineWords is the number of words that a phrase of bylines.txt may have.
const MaxBylineWords = 4

// BylineGroupsOf returns the groups of bylines.txt that hold a phrase: lower case,
// one space between words.
func BylineGroupsOf(phrase string) BylineGroups {
	b := bylines()
	if !mayHave(&b.known, phrase) {
		return 0
	}
	return b.groups[phrase]
}

// MayBeginBy tells of most texts, in whatever case, that they do not begin with a "by".
func MayBeginBy(text string) bool {
	word, plain := firstLetters(text)
	return !plain || mayHave(&bylines().by, word)
}

// firstLetters returns the ASCII letters that a text begins with. It reports false where
// letters of other scripts may follow.
func firstLetters(text string) (string, bool) {
	k := 0
	for k < len(text) && text[k]|0x20-'a' < 26 {
		k++
	}
	return text[:k], k == len(text) || text[k] < utf8.RuneSelf
}

// Newsrooms returns what the names of newsrooms have in them, lower case. The
// slice is shared: do not change it.
func Newsrooms() []string { return bylines().newsrooms }

// Reports returns what ends the word for the place that a report comes from. The
// slice is shared: do not change it.
func Reports() []string { return bylines().reports }

// IsNameWithAnd reports whether a word, lower case, is a name that begins with the letter by
// which Arabic and Hebrew say "and".
func IsNameWithAnd(word string) bool { return bylines().withAnd[word] }

func readBylines(t table) (*bylineWords, error) {
	out := &bylineWords{groups: make(map[string]BylineGroups, 1024), languages: make(map[phraseGroup][]string, 1024), withAnd: map[string]bool{}}
	err := t.each(func(r row) error {
		name := r.columns[0]
		group := bylineGroups[name]
		for _, p := range r.entries {
			switch {
			case name == "newsroom":
				out.newsrooms = append(out.newsrooms, p)
			case name == "report":
				out.reports = append(out.reports, p)
			case name == "name":
				out.withAnd[p] = true
			case group == 0:
				return unknown("group", name)
			case strings.Count(p, " ") >= MaxBylineWords:
				return fmt.Errorf("phrase %q is longer than %d words", p, MaxBylineWords)
			default:
				out.groups[p] |= group
				out.known.add(p)
				if word, plain := firstLetters(p); group == BylineBy && plain {
					if word == "" {
						return fmt.Errorf("phrase %q begins with a sign", p)
					}
					out.by.add(word)
				}
				key := phraseGroup{p, group}
				out.languages[key] = append(out.languages[key], r.columns[1])
				if group == BylineJob && languages().attachedJob[r.columns[1]] {
					out.titles = append(out.titles, p)
				}
				if dated := group & (BylinePublished | BylineUpdated); dated != 0 && languages().spaceless[r.columns[1]] {
					out.spaceless = append(out.spaceless, DateLabel{p, group == BylineUpdated})
				}
			}
		}
		return nil
	})
	slices.SortStableFunc(out.titles, func(a, b string) int { return len(b) - len(a) })
	return out, err
}
