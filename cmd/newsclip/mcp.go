package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"newsclip/cmd/internal/agents"
	"newsclip/cmd/internal/serve"
	"newsclip/scrape"
	"newsclip/selectors"
)

func newMCPCommand(e *env) *cobra.Command {
	var rules, search string
	var delay time.Duration
	var allowPrivate bool
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: "Offer newsclip to an agent, by the Model Context Protocol",
		Long: `mcp speaks the Model Context Protocol on standard input and output, for a program
that starts it: its tools clean a page, fetch and clean one, crawl a site within a
budget, and search articles that were collected before. newsclip serve offers the
same over HTTP, at /mcp.`,
		Example: `  newsclip mcp
  newsclip mcp --search articles.sqlite`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if delay < 0 {
				return usagef("write a time as in 1s or 500ms", "--delay: %v is too short", delay)
			}
			crawl := scrape.Options{UserAgent: userAgent(), Delay: delay, Proxy: environmentProxy(), PublicOnly: !allowPrivate}
			pages, end, err := newPageFetcher(crawl)
			if err != nil {
				return err
			}
			defer end()
			fetch := pages.page
			o := &agents.Options{
				Version: strings.TrimPrefix(versionString(), "v"), Fetch: fetch, Crawl: crawl, Timeout: serve.DefaultTimeout, Search: search,
			}
			if rules != "" {
				set, err := selectors.LoadDir(rules)
				if err != nil {
					return fmt.Errorf("--rules: %w", err)
				}
				o.Rules = func() *selectors.Set { return set }
			}
			defer keepMemory()()
			err = agents.Run(cmd.Context(), o, io.NopCloser(e.stdin), nopCloser{e.stdout})
			if errors.Is(err, context.Canceled) || errors.Is(err, io.EOF) {
				return nil
			}
			return err
		},
	}
	fs := cmd.Flags()
	fs.StringVar(&rules, "rules", "", "read rules for single sites from the files in `DIR`")
	fs.StringVar(&search, "search", "", "let the agent search the articles in this SQLite `FILE`")
	fs.DurationVar(&delay, "delay", time.Second, "`TIME` between two requests to one host")
	fs.BoolVar(&allowPrivate, "allow-private", false, "fetch pages of private addresses too, where the agent spells them out")
	return cmd
}

// nopCloser is a writer whose owner closes it.
type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
