package main

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/clean/saved"
	"newsclip/selectors"
)

func newRulesCommand(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules COMMAND",
		Short: "Check, try and begin the rules of single sites",
		Long: `rules helps to write the rules of single sites, which --rules reads: a folder with
a file for each host, news.example.txt, or .news.example.txt for the hosts below
it as well. A line of it is a directive, as in

  body: article.story
  strip: .newsletter
  author: //span[@itemprop="author"]

The rules of the community's site configurations
(https://github.com/fivefilters/ftr-site-config) can be used as they are.`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runGroup(e, cmd, args, "command") },
	}
	cmd.AddCommand(newRulesCheckCommand(e), newRulesNewCommand(e), newRulesTestCommand(e))
	return cmd
}

// rulesPage is the page that "newsclip rules test" and "new" look at.
type rulesPage struct{ url string }

func (p *rulesPage) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&p.url, "url", "", "`ADDRESS` that the page was saved from")
}

// load reads the page in a file. Its host is known then.
func (p *rulesPage) load(args []string) (in clean.Input, host string, err error) {
	if len(args) != 1 {
		return in, "", usagef("name one file", "one saved page is needed, but %d are named", len(args))
	}
	if p.url != "" && !isURL(p.url) {
		return in, "", usagef("an address begins with https:// or http://", "--url: %q is not an address", p.url)
	}
	if in, err = saved.LoadFile(args[0]); err != nil {
		return in, "", err
	}
	if p.url != "" {
		in.URL = p.url
	}
	if in.URL == "" {
		if a, err := clean.New(clean.Options{}).Clean(in); err == nil {
			in.URL = a.CanonicalURL
		}
	}
	u, err := url.Parse(in.URL)
	if err != nil || u.Host == "" {
		return in, "", usagef("add --url ADDRESS", "%s: the page does not tell where it is from", args[0])
	}
	return in, u.Hostname(), nil
}

func newRulesNewCommand(e *env) *cobra.Command {
	var p rulesPage
	cmd := &cobra.Command{
		Use:   "new [--url ADDRESS] FILE",
		Short: "Begin the rules of a site from one of its saved pages",
		Long: `new writes rules with which a saved page gives what newsclip finds on it by itself:
a file to begin with. The selectors fit the page; whether they fit the site,
other pages of it show.`,
		Example: `  newsclip rules new page.html > rules/quay.example.txt`,
		RunE: func(cmd *cobra.Command, args []string) error {
			in, host, err := p.load(args)
			if err != nil {
				return err
			}
			d, err := clean.New(clean.Options{}).Draft(in)
			if err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			defer d.Close()
			var b strings.Builder
			fmt.Fprintf(&b, "# %s.txt\n", host)
			for _, r := range d.SuggestRules() {
				fmt.Fprintf(&b, "%s: %s\n", r.Directive, r.Selector)
			}
			fmt.Fprintf(&b, "test_url: %s\n", in.URL)
			_, err = fmt.Fprint(e.stdout, b.String())
			return err
		},
	}
	p.register(cmd)
	return cmd
}

func newRulesTestCommand(e *env) *cobra.Command {
	var p rulesPage
	var dir string
	cmd := &cobra.Command{
		Use:   "test --rules DIR [--url ADDRESS] FILE",
		Short: "Show what each rule of a site takes and leaves on a saved page",
		Long: `test lists each rule of the site that a saved page is from, with what it finds on
the page, and then the record that comes of it, beside that without the rules.

Exit codes: 0 there are rules, and an article; 1 something failed; 2 wrong
usage; 3 no article found.`,
		Example: `  newsclip rules test --rules rules --url https://quay.example/ferry.html page.html`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if dir == "" {
				return usagef("add --rules DIR", "--rules is missing")
			}
			in, host, err := p.load(args)
			if err != nil {
				return err
			}
			return testRules(e, dir, host, in)
		},
	}
	p.register(cmd)
	cmd.Flags().StringVar(&dir, "rules", "", "the rules in `DIR`")
	return cmd
}

func testRules(e *env, dir, host string, in clean.Input) error {
	set, err := selectors.LoadDir(dir)
	if set == nil {
		return fmt.Errorf("--rules: %w", err)
	}
	warnFaults(e, dir, err)
	r := set.For(host)
	if r == nil {
		return fmt.Errorf("%s has no rules for %s", dir, host)
	}
	cleaner := clean.New(clean.Options{Rules: set})
	page, err := cleaner.Parse(in)
	if err != nil {
		return err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s, for %s\n", r.File, in.URL)
	for _, f := range r.Find(page.Doc.Nodes[0]) {
		fmt.Fprintf(&b, "  %s: %s\n    %s\n", f.Directive, f.Source, finds(f.Texts))
	}
	for _, u := range r.Unused {
		fmt.Fprintf(&b, "  %s\n    has no effect: %s\n", u.Name, u.Reason)
	}
	if next := cleaner.SinglePage(page); next != "" {
		fmt.Fprintf(&b, "the whole article is at %s\n", next)
	}
	if next := cleaner.NextPage(page); next != "" {
		fmt.Fprintf(&b, "the next page is %s\n", next)
	}
	a, err := cleaner.Clean(in)
	plain, plainErr := clean.New(clean.Options{}).Clean(in)
	if plainErr != nil {
		plain = &clean.Article{}
	}
	if err == nil {
		writeBeside(&b, a, plain)
	}
	if _, writeErr := fmt.Fprint(e.stdout, visible(b.String())); writeErr != nil {
		return writeErr
	}
	if err != nil {
		e.errorf("%v", err)
		return &reportedError{exitNoArticle}
	}
	return nil
}

// finds tells what a rule has found.
func finds(texts []string) string {
	const most, long = 3, 70 // matches shown, and bytes of each
	switch len(texts) {
	case 0:
		return "finds nothing"
	case 1:
		return fmt.Sprintf("finds %q", cutText(texts[0], long))
	}
	var shown []string
	for _, t := range texts[:min(most, len(texts))] {
		shown = append(shown, fmt.Sprintf("%q", cutText(t, long)))
	}
	return fmt.Sprintf("finds %d: %s", len(texts), strings.Join(shown, ", "))
}

// cutText returns the first words of a text.
func cutText(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// writeBeside writes the fields of a record, and after them what they are
// without rules where that is something else.
func writeBeside(b *strings.Builder, a, plain *clean.Article) {
	names := func(a *clean.Article) string {
		var names []string
		for _, by := range a.Authors {
			names = append(names, by.Name)
		}
		return strings.Join(names, ", ")
	}
	text := func(a *clean.Article) string {
		return fmt.Sprintf("%d words in %d paragraphs", a.WordCount, strings.Count(a.Text, "\n\n")+1)
	}
	b.WriteString("the record\n")
	for _, f := range []struct{ name, with, without string }{
		{"title", a.Title, plain.Title}, {"subtitle", a.Subtitle, plain.Subtitle}, {"authors", names(a), names(plain)},
		{"published", a.Published, plain.Published}, {"text", text(a), text(plain)},
	} {
		fmt.Fprintf(b, "  %-9s %s\n", f.name, f.with)
		if f.with != f.without {
			fmt.Fprintf(b, "  %-9s without rules: %s\n", "", f.without)
		}
	}
	kept := make(map[string]bool)
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		kept[p] = true
	}
	before := make(map[string]bool)
	for p := range strings.SplitSeq(plain.Text, "\n\n") {
		if before[p] = true; !kept[p] && p != "" {
			fmt.Fprintf(b, "  - %s\n", cutText(p, 100))
		}
	}
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		if !before[p] && p != "" {
			fmt.Fprintf(b, "  + %s\n", cutText(p, 100))
		}
	}
}
