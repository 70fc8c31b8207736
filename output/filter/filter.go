// Package filter chooses which records are written, and counts what it leaves
// out.
package filter

import (
	"fmt"
	"slices"
	"strings"

	"newsclip/output"
)

// Options tell which records are kept. The zero value keeps all.
type Options struct {
	// Kinds are those that are kept, as in [clean.Article.Kind]; none keeps all.
	Kinds []string
	// Languages are tags of BCP 47, each of which keeps its own variants too:
	// "en" keeps "en-GB". None keeps all.
	Languages []string
	// MinConfidence and MinWords are the least of [clean.Article.Confidence] and
	// WordCount; zero keeps all.
	MinConfidence float64
	MinWords      int
	// Duplicates leaves out records with the text of an earlier one, and those
	// that a crawl has marked with DuplicateOf.
	Duplicates bool
	// Nearest finds near-duplicates: it returns the key of an earlier text that
	// is nearly the same, or the empty string, and remembers the text under key
	// then. Nil finds only equal texts.
	Nearest func(text, key string) string
}

// The reasons for which a record is left out, in the order of [Filter.Dropped].
const (
	kind = iota
	language
	confidence
	words
	duplicate
	reasons
)

var reasonNames = [reasons]string{"of another kind", "in another language", "of less confidence", "with fewer words", "duplicates"}

// Filter decides about the records of one run. It may be used by one goroutine
// at a time.
type Filter struct {
	o       Options
	hashes  map[string]bool
	seen    int
	dropped [reasons]int
}

// New returns a filter.
func New(o Options) *Filter { return &Filter{o: o, hashes: make(map[string]bool)} }

// Keep reports whether a record is written. One that holds an error is, since it
// tells of a failure and not of an article. A record that is left out is counted
// once, by the first reason that holds.
func (f *Filter) Keep(r *output.Record) bool {
	if r.Error != nil {
		return true
	}
	reason := f.reason(r)
	if reason < 0 {
		return true
	}
	f.dropped[reason]++
	return false
}

func (f *Filter) reason(r *output.Record) int {
	switch {
	case len(f.o.Kinds) > 0 && !slices.Contains(f.o.Kinds, r.Kind):
		return kind
	case len(f.o.Languages) > 0 && !slices.ContainsFunc(f.o.Languages, func(tag string) bool { return inLanguage(r.Language, tag) }):
		return language
	case r.Confidence < f.o.MinConfidence:
		return confidence
	case r.WordCount < f.o.MinWords:
		return words
	case f.o.Duplicates && f.isDuplicate(r):
		return duplicate
	}
	return -1
}

// inLanguage reports whether a tag is that of a language or of a variant of it
// (basic filtering, RFC 4647, section 3.3.1).
func inLanguage(tag, of string) bool {
	if len(tag) < len(of) || !strings.EqualFold(tag[:len(of)], of) {
		return false
	}
	return len(tag) == len(of) || tag[len(of)] == '-'
}

func (f *Filter) isDuplicate(r *output.Record) bool {
	if r.DuplicateOf != "" {
		return true
	}
	if r.Text == "" {
		return false
	}
	hash := r.ContentHash
	if hash == "" {
		hash = r.Text
	}
	if f.hashes[hash] {
		return true
	}
	f.hashes[hash] = true
	f.seen++
	return f.o.Nearest != nil && f.o.Nearest(r.Text, fmt.Sprint(f.seen)) != ""
}

// Count returns how many records were left out.
func (f *Filter) Count() (n int) {
	for _, dropped := range f.dropped {
		n += dropped
	}
	return n
}

// Dropped tells how many records were left out by each reason, such as "2 of
// another kind, 1 duplicates"; it is empty where none was.
func (f *Filter) Dropped() string {
	var parts []string
	for reason, n := range f.dropped {
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, reasonNames[reason]))
		}
	}
	return strings.Join(parts, ", ")
}
