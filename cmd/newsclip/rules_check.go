package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/clean/saved"
	"newsclip/selectors"
)

func newRulesCheckCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "check DIR",
		Short: "Check that rules load, and give what they should on saved pages",
		Long: `check lists the lines of a folder's rules that do not load, and the directives that
have no effect, with the reason. It cleans the saved pages that stand beside the
rules: the page of the first test_url of news.example.txt is news.example.html or
news.example/1.html, that of the second news.example/2.html, in any form that
newsclip clean reads. Each must have an article with all words of its
test_contains, and a body if there are rules for the body.

Exit codes: 0 all is well; 1 a line does not load, or a page is not what it
should be; 2 wrong usage.`,
		Example: `  newsclip rules check rules/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef("newsclip rules check DIR", "one folder of rules is needed, but %d are named", len(args))
			}
			return checkRules(e, args[0])
		},
	}
}

func checkRules(e *env, dir string) error {
	set, err := selectors.LoadDir(dir)
	if set == nil {
		return err
	}
	faults := 0
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, fault := range joined.Unwrap() {
			faults++
			e.errorf("%v", fault)
		}
	}
	type unused struct {
		name, reason string
		lines        int
	}
	idle := make(map[string]*unused)
	cleaner := clean.New(clean.Options{Rules: set})
	rules, tests, pages, failed := set.All(), 0, 0, 0
	for _, r := range rules {
		for _, u := range r.Unused {
			if idle[u.Name] == nil {
				idle[u.Name] = &unused{name: u.Name, reason: u.Reason}
			}
			idle[u.Name].lines++
		}
		for n := range r.Tests {
			tests++
			page := testPage(r.File, n+1)
			if page == "" {
				continue
			}
			pages++
			if err := checkPage(cleaner, r, &r.Tests[n], page); err != nil {
				failed++
				e.errorf("%s: %s: %v", r.Tests[n].Rule, page, err)
			}
		}
	}
	n := func(k int) string { return humanize.Comma(int64(k)) }
	var b strings.Builder
	for _, u := range slices.SortedFunc(maps.Values(idle), func(a, b *unused) int { return cmp.Compare(a.name, b.name) }) {
		fmt.Fprintf(&b, "%s has no effect (%s lines): %s\n", u.name, n(u.lines), u.reason)
	}
	fmt.Fprintf(&b, "%s sites, %s lines do not load; %s test pages, %s of them saved, %s failed\n", n(len(rules)), n(faults), n(tests), n(pages), n(failed))
	if _, err := fmt.Fprint(e.stdout, visible(b.String())); err != nil {
		return err
	}
	if faults > 0 || failed > 0 {
		return &reportedError{exitFailed}
	}
	return nil
}

// pageEndings are those of a page beside rules.
var pageEndings = []string{".html", ".htm", ".mhtml", ".mht", ".webarchive", ".html.gz", ".html.zst", ".html.br"}

// testPage returns the file of the nth page that the rules in a file were made
// for, or "" where it is not saved.
func testPage(file string, n int) string {
	host := strings.TrimSuffix(file, ".txt")
	names := []string{filepath.Join(host, strconv.Itoa(n))}
	if n == 1 {
		names = append(names, host)
	}
	for _, name := range names {
		for _, ending := range pageEndings {
			if fi, err := os.Stat(name + ending); err == nil && fi.Mode().IsRegular() {
				return name + ending
			}
		}
	}
	return ""
}

// checkPage returns what is wrong with what the rules make of a page.
func checkPage(cleaner *clean.Cleaner, r *selectors.Rules, test *selectors.RuleTest, path string) error {
	in, err := saved.LoadFile(path)
	if err != nil {
		return err
	}
	in.URL = test.URL
	page, err := cleaner.Parse(in)
	if err != nil {
		return err
	}
	fits := func(list []*selectors.Selector) bool {
		return len(list) == 0 || slices.ContainsFunc(list, func(s *selectors.Selector) bool { return len(s.Select(selectors.NewSearch(page.Doc.Nodes[0]))) > 0 })
	}
	a, err := cleaner.Clean(in)
	if err != nil {
		return err
	}
	var wrong []error
	for _, d := range []struct {
		name string
		list []*selectors.Selector
	}{{"body", r.Body}, {"title", r.Title}, {"author", r.Author}, {"date", r.Date}} {
		if !fits(d.list) {
			wrong = append(wrong, fmt.Errorf("no rule for the %s finds anything", d.name))
		}
	}
	text := strings.Join(strings.Fields(a.Title+" "+a.Subtitle+" "+a.Text), " ")
	for _, words := range test.Contains {
		if !strings.Contains(text, words) {
			wrong = append(wrong, fmt.Errorf("the text does not contain %q", words))
		}
	}
	return errors.Join(wrong...)
}
