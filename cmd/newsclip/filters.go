package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/language"

	"newsclip/clean"
	"newsclip/output"
	"newsclip/output/filter"
	"newsclip/scrape"
)

// filters holds the flags that choose which records are written.
type filters struct {
	kinds, languages []string
	minConfidence    float64
	minWords         int
	dropDuplicates   bool
}

var kinds = []string{clean.KindArticle, clean.KindLiveblog, clean.KindGallery, clean.KindVideo, clean.KindIndex, clean.KindOther}

func (f *filters) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringSliceVar(&f.kinds, "kind", nil, "write only records of these `KINDS`: "+strings.Join(kinds, ", "))
	fs.StringSliceVar(&f.languages, "language", nil, "write only records in these `LANGUAGES`, as in en,pt-BR")
	fs.Float64Var(&f.minConfidence, "min-confidence", 0, "write only records of this `CONFIDENCE` or more, from 0 to 1")
	fs.IntVar(&f.minWords, "min-words", 0, "write only records with `N` words or more")
	fs.BoolVar(&f.dropDuplicates, "drop-duplicates", false, "leave out records with the text, or nearly the text, of an earlier one")
	completeWith(cmd, "kind", kinds...)
}

// check validates the flags.
func (f *filters) check() error {
	for _, k := range f.kinds {
		if !slices.Contains(kinds, k) {
			return usagef("--kind takes "+strings.Join(kinds, ", "), "--kind: unknown kind %q", k)
		}
	}
	for _, l := range f.languages {
		if _, err := language.Parse(l); err != nil {
			return usagef("write a tag as in en or pt-BR", "--language: %q is not a language", l)
		}
	}
	switch {
	case f.minConfidence < 0 || f.minConfidence > 1:
		return usagef("write a number as in 0.9", "--min-confidence: %v is not from 0 to 1", f.minConfidence)
	case f.minWords < 0:
		return usagef("--min-words takes 0 or more", "--min-words: %d is too small", f.minWords)
	}
	return nil
}

// new returns the filter, or nil where no flag is set.
func (f *filters) new() *filter.Filter {
	if len(f.kinds) == 0 && len(f.languages) == 0 && f.minConfidence == 0 && f.minWords == 0 && !f.dropDuplicates {
		return nil
	}
	return filter.New(filter.Options{
		Kinds: f.kinds, Languages: f.languages, MinConfidence: f.minConfidence, MinWords: f.minWords,
		Duplicates: f.dropDuplicates, Nearest: new(scrape.NearDuplicates).Nearest,
	})
}

// filteredWriter writes what a filter keeps, and reports at Close what it left out.
type filteredWriter struct {
	output.Writer
	filter *filter.Filter
	e      *env
}

func (w *filteredWriter) Write(r *output.Record) error {
	if !w.filter.Keep(r) {
		return nil
	}
	return w.Writer.Write(r)
}

func (w *filteredWriter) Close() error {
	tellDropped(w.e, w.filter)
	return w.Writer.Close()
}

// filteredSink is the same for a crawl.
type filteredSink struct {
	crawlSink
	filter *filter.Filter
	e      *env
}

func (s *filteredSink) Write(record []byte) error {
	r, err := output.Decode(record)
	if err != nil {
		return fmt.Errorf("reading a record back: %w", err)
	}
	if !s.filter.Keep(r) {
		return nil
	}
	return s.crawlSink.Write(record)
}

// SkipWritten is that of the sink behind the filter.
func (s *filteredSink) SkipWritten() error {
	if w, ok := s.crawlSink.(interface{ SkipWritten() error }); ok {
		return w.SkipWritten()
	}
	return nil
}

func (s *filteredSink) Close() error {
	tellDropped(s.e, s.filter)
	return s.crawlSink.Close()
}

func tellDropped(e *env, f *filter.Filter) {
	if dropped := f.Dropped(); dropped != "" {
		e.infof("records left out: %s", dropped)
	}
}
