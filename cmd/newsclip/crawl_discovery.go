package main

import (
	"github.com/spf13/cobra"

	"newsclip/output"
	"newsclip/scrape"
)

// discovery are the flags that say where a crawl's pages come from, and whether
// they are fetched.
type discovery struct {
	sitemapsOnly, feedsOnly bool
	followNofollow          bool
	list                    bool
}

func (d *discovery) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.BoolVar(&d.sitemapsOnly, "sitemaps-only", false, "take pages from sitemaps alone, and follow no links; with --feeds-only from both")
	fs.BoolVar(&d.feedsOnly, "feeds-only", false, "take pages from feeds alone, and follow no links")
	fs.BoolVar(&d.followNofollow, "follow-nofollow", false, "follow links in spite of nofollow; --ignore-robots does so too")
	fs.BoolVar(&d.list, "list", false, "fetch seeds, sitemaps and feeds only, and write the URLs that they lead to")
}

// check refuses what does not go together, before anything is fetched.
func (d *discovery) check(f *crawlFlags) error {
	switch {
	case d.list && f.results.chosen().Name != output.JSONL.Name:
		return usagef("--format jsonl", "URLs are listed as lines of JSON, and not as %s", f.results.chosen().Name)
	case d.list && f.recrawl:
		return usagef("list without --recrawl, to another --state", "--recrawl fetches pages, and --list fetches none")
	}
	return nil
}

func (d *discovery) apply(o *scrape.Options) {
	o.SitemapsOnly, o.FeedsOnly, o.FollowNofollow, o.List = d.sitemapsOnly, d.feedsOnly, d.followNofollow, d.list
}

// newMapCommand returns "newsclip map", which is "newsclip crawl --list".
func newMapCommand(e *env) *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "map [flags] [URL|-]...",
		Short: "List the URLs that a site's pages, sitemaps and feeds name",
		Long: `map fetches the pages that are named, and the sitemaps and feeds of their sites,
and writes each URL that a crawl would fetch from there as a line of JSON:

  {"url":"…","found_in":"https://news.example/sitemap.xml","by":"sitemap",
   "lastmod":"2026-03-01T09:30:00Z","depth":1}

by is link, sitemap or feed, and lastmod is left out where no date is known. The
URLs themselves are not fetched. It is the same as newsclip crawl --list, and has
its flags.

Exit codes: 0 the URLs were listed; 1 something failed, or it was interrupted; 2
wrong usage; 3 no URL found.`,
		Example: `  newsclip map https://news.example/ | jq -r .url
  newsclip map --sitemaps-only --since 2026-01-01 https://news.example/ > new.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.list = true
			o, err := f.options(cmd.Context(), e, args)
			if err != nil {
				return err
			}
			o.Log = newLog(e, f.logFormat, f.quiet, cmd.Flags().Changed("log-format"))
			return runCrawl(cmd.Context(), e, &f, o)
		},
	}
	f.register(cmd)
	cmd.Flags().MarkHidden("list")
	return cmd
}
