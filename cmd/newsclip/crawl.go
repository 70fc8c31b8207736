package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/articles"
	"newsclip/scrape/frontier"
)

func newCrawlCommand(e *env) *cobra.Command {
	var f crawlFlags
	cmd := &cobra.Command{
		Use:   "crawl [flags] [URL|-]...",
		Short: "Crawl a site and write its articles as it goes",
		Long: `crawl follows the links, sitemaps and feeds of a site from the URLs that are named,
or read from standard input, and writes each article as a record as soon as it is
recognised. It obeys robots.txt, and makes one request a second to a host.

What the pages of a site repeat is learnt from its first articles. These are
written when five of them were read, or after half a minute.

-o FILE begins anew: the first record replaces what FILE has. With --append, --state
or --nats the records are added to it.

With --state DIR the crawl can be stopped or killed at any moment, and the same
command continues it: each article is in the output once. With --nats several
machines share one crawl. With --every TIME beside one of them it goes on, round
after round, until it is interrupted.

Exit codes: 0 the crawl ended, or a watch was interrupted; 1 something failed, or
the crawl was interrupted; 2 wrong usage; 3 no article found.`,
		Example: `  newsclip crawl https://news.example/ > articles.jsonl
  newsclip crawl --max-articles 100 https://news.example/ | jq -r .title
  newsclip crawl --since 2026-01-01 -o january.jsonl https://news.example/
  newsclip crawl --state news.state -o news.jsonl https://news.example/
  newsclip crawl --state news.state -o news.jsonl --recrawl
  newsclip crawl --state news.state -o news.jsonl --every 15m --seeds sites.csv
  newsclip crawl --scope prefix https://news.example/politics/
  newsclip crawl --nats nats://a:4222,nats://b:4222 --job press --collect https://news.example/`,
		RunE: func(cmd *cobra.Command, args []string) error {
			o, err := f.options(cmd.Context(), e, args)
			if errors.Is(err, context.Canceled) {
				e.errorf("interrupted")
				return &reportedError{exitFailed}
			}
			if err != nil {
				return err
			}
			o.Log = newLog(e, f.logFormat, f.quiet, cmd.Flags().Changed("log-format"))
			return runCrawl(cmd.Context(), e, &f, o)
		},
	}
	f.register(cmd)
	return cmd
}

// runCrawl crawls and reports.
func runCrawl(ctx context.Context, e *env, f *crawlFlags, o scrape.Options) (err error) {
	defer keepCrawlMemory(&o)()
	format := f.form(e, false)
	if f.list { // one record of its own form a line
		format = output.JSONL
	}
	cleaning, err := f.cleaning.options(e, format, f.chunk > 0)
	if err != nil {
		return err
	}
	endBrowser, err := f.rendering.openBrowser(e, &o)
	if err != nil {
		return err
	}
	defer endBrowser()
	if !f.collect {
		sink, openErr := f.openSink(ctx, e, f.state == "" && f.nats == "" && !f.add)
		if openErr != nil {
			return openErr
		}
		// Formats with an end write it now.
		defer func() {
			if closeErr := sink.Close(); err == nil && closeErr != nil {
				err = fmt.Errorf("writing records: %w", closeErr)
			}
		}()
		o.Sink = sink
	}
	if f.warc != "" {
		w, err := scrape.CreateWARC(f.warc, o.UserAgent)
		if err != nil {
			return fmt.Errorf("--warc: %w", err)
		}
		defer w.Close()
		o.WARC = w
	}
	if f.metrics != "" {
		stop, err := serveMetrics(e, f.metrics, f.quiet, &o)
		if err != nil {
			return err
		}
		defer stop()
	}
	if f.state != "" {
		leaveProgress(f.state, &o)
	}
	done := f.showProgress(e, &o)
	cleaner := clean.New(cleaning)
	if cleaning.Rules != nil {
		o.SiteRules = cleaner
	}
	h := articles.New(articles.Options{Cleaner: cleaner, NoLearning: f.noLearn, Since: o.Since, Until: o.Until})
	var s *scrape.Summary
	if f.every > 0 {
		tellRounds(e, f.quiet, &o)
		if f.state != "" {
			leaveRounds(f.state, &o)
		}
		s, err = scrape.Watch(ctx, o, h.Handle, f.every)
	} else {
		s, err = scrape.Crawl(ctx, o, h.Handle)
	}
	done()
	if f.summary != "" {
		if writeErr := writeSummary(f.summary, s); err == nil {
			err = writeErr
		}
	}
	return reportCrawl(e, f, &o, s, err)
}

// tellRounds prints a line after each round of a watch in which something was written
// or has failed.
func tellRounds(e *env, quiet bool, o *scrape.Options) {
	if quiet {
		return
	}
	round := 0
	o.OnRound = func(s *scrape.Summary, next time.Time) {
		if round++; round > 1 && s.Articles == 0 && len(s.Errors) == 0 {
			return
		}
		e.infof("round %s: %s new articles, %s changed, %s failed; the next begins at %s", number(round),
			number(s.Articles-s.Revisions), number(s.Revisions), number(failuresOf(s)), next.Local().Format(time.DateTime))
	}
}

// failuresOf returns how many URLs have failed.
func failuresOf(s *scrape.Summary) (n int) {
	for _, k := range s.Errors {
		n += k
	}
	return n
}

// reportCrawl prints how a crawl ended, and returns the error of the command.
func reportCrawl(e *env, f *crawlFlags, o *scrape.Options, s *scrape.Summary, err error) error {
	switch {
	case errors.Is(err, scrape.ErrFinished):
		e.infof("this crawl is finished; nothing was fetched")
		e.hintf("use --recrawl to fetch its pages again, or another --state to begin a new crawl")
		return nil
	case errors.Is(err, frontier.ErrInUse):
		e.errorf("%s: another newsclip is running this crawl", f.state)
		e.hintf("wait for it, or stop it; newsclip status --state %s shows its progress", f.state)
		return &reportedError{exitFailed}
	case errors.Is(err, frontier.ErrDamaged) && f.state != "":
		return damaged(f.state, err)
	case errors.Is(err, scrape.ErrNoSeeds):
		return usagef("newsclip crawl --state "+f.state+" https://news.example/", "%s holds no crawl yet, and no URL to start from is given", f.state)
	}
	dead := err == nil && s.Stopped == "done" && s.Unreachable()
	if !f.quiet && s.Stopped != "" {
		printSummary(e, s, !dead)
	}
	f.rendering.hintScripts(e, s.Errors[article.CodeNeedsJavaScript])
	switch {
	case err != nil:
		return err
	case f.every > 0: // it ends when it is told to
		return nil
	case s.Stopped == "interrupted":
		if f.state != "" {
			e.hintf("the same command continues the crawl")
		}
		return &reportedError{exitFailed}
	case dead:
		return deadError(s)
	case f.list:
		if s.Listed == 0 && !o.Direct && !f.collect {
			return errNoURL
		}
	case s.Articles == 0 && !s.Continued && !f.recrawl && !o.Direct && !f.collect:
		return errNoArticle
	}
	return nil
}
