package selectors

import (
	_ "embed"
	"strings"
)

//go:embed state.txt
var stateText string

var stateTable = &table{"state.txt", stateText, []string{"kind"}}

// State returns what state.txt has. It is shared: do not change it.
func State() *StateWords { return state() }

var state = lazily(stateTable, readState)

// StateWords tell what the parts of a page's data are. A key or value is looked
// up as [FoldKey] writes it.
type StateWords struct {
	// Keys of objects.
	Address, Body, Kids, KindOf, Level, Other, Text, Title map[string]bool
	// Values of a key in KindOf.
	Code, Heading, Inline, Item, List, Quote, Unread map[string]bool
}

func readState(t table) (*StateWords, error) {
	s := &StateWords{}
	dest := map[string]func(string){}
	for kind, set := range map[string]*map[string]bool{
		"address": &s.Address, "body": &s.Body, "kids": &s.Kids, "kind-of": &s.KindOf, "level": &s.Level, "other": &s.Other,
		"text": &s.Text, "title": &s.Title, "code": &s.Code, "heading": &s.Heading, "inline": &s.Inline, "item": &s.Item,
		"list": &s.List, "quote": &s.Quote, "unread": &s.Unread,
	} {
		*set = map[string]bool{}
		dest[kind] = toSet(*set)
	}
	return s, readLists(t, dest)
}

// maxKey is the length in bytes over which a key is none of state.txt's.
const maxKey = 40

var keyFolder = strings.NewReplacer("_", "", "-", "", "/", "")

// FoldKey returns a key or value in the form in which state.txt has it.
func FoldKey(key string) string {
	if len(key) > maxKey {
		return ""
	}
	return keyFolder.Replace(strings.ToLower(key))
}
