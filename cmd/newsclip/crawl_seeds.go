package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"newsclip/output"
	"newsclip/scrape"
	"newsclip/scrape/seedlist"
)

// seeds returns the sites to start with, from the arguments, the files of --seeds and
// standard input. A wrong argument, or line of a list, is
// warned of and left out, unless all are wrong.
func (f *crawlFlags) seeds(ctx context.Context, e *env, args []string) ([]scrape.Site, error) {
	canContinue := f.state != "" || f.nats != ""
	if len(args) == 0 && len(f.seedFiles) == 0 && !canContinue {
		if isTerminal(e.stdin) {
			return nil, f.noURL()
		}
		args = []string{"-"}
	}
	var seeds []scrape.Site
	wrong := 0
	var wrongArgs []error
	add := func(name string, r io.Reader) error {
		list, err := readSeeds(ctx, e, name, r, &wrong)
		seeds = append(seeds, list...)
		return err
	}
	for _, arg := range args {
		if arg != "-" {
			if err := checkSeed(arg); err == nil {
				seeds = append(seeds, scrape.Site{URL: arg})
			} else {
				wrongArgs = append(wrongArgs, err)
			}
		} else if err := add("standard input", e.stdin); err != nil {
			return nil, err
		}
	}
	for _, path := range f.seedFiles {
		file, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("--seeds: %w", err)
		}
		err = add(path, file)
		file.Close()
		if err != nil {
			return nil, err
		}
	}
	switch {
	case len(seeds) > 0:
		for _, err := range wrongArgs {
			e.warnf("a URL is left out: %v", err)
		}
		return seeds, nil
	case len(wrongArgs) > 0:
		return nil, wrongArgs[0]
	case wrong > 0:
		return nil, usagef("write each as https://news.example/", "none of the seeds can be crawled")
	case !canContinue:
		return nil, f.noURL()
	}
	return nil, nil
}

// noURL is the error of a crawl that has nowhere to begin.
func (f *crawlFlags) noURL() error {
	if f.list {
		return usagef("newsclip map https://news.example/", "no URL to begin with")
	}
	return usagef("newsclip crawl https://news.example/", "no URL to crawl")
}

// setSeeds sets the seeds of a crawl.
func (f *crawlFlags) setSeeds(ctx context.Context, e *env, args []string, o *scrape.Options) error {
	sites, err := f.seeds(ctx, e, args)
	for _, s := range sites {
		if s.HasOptions() {
			o.Sites = append(o.Sites, s)
		} else {
			o.Seeds = append(o.Seeds, s.URL)
		}
	}
	return err
}

func checkSeed(s string) error {
	if !isURL(s) {
		if fi, err := os.Stat(s); err == nil && fi.Mode().IsRegular() {
			return usagef("newsclip clean "+s+" cleans a saved page; newsclip crawl - < "+s+" crawls the URLs in a file", "%q is a file, not a URL", s)
		}
		if strings.Contains(s, "://") {
			return usagef("a URL begins with https:// or http://", "%q is not a URL that can be crawled", scrape.Redact(s))
		}
		return usagef("write it as https://"+scrape.Redact(s), "%q is not a URL that can be crawled", scrape.Redact(s))
	}
	if _, err := scrape.Normalize(s); err != nil {
		return usagef("write a URL as in https://news.example/", "%v", err)
	}
	return nil
}

// readSeeds reads a list, compressed or not, and counts what it warns of. It returns
// when ctx ends, although a terminal is still being read.
func readSeeds(ctx context.Context, e *env, name string, r io.Reader, wrong *int) ([]scrape.Site, error) {
	type bad struct {
		line int
		err  error
	}
	type result struct {
		sites []scrape.Site
		bad   []bad // the first ones
		wrong int
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var res result
		plain, err := output.Decompress(r)
		if err != nil {
			done <- result{err: err}
			return
		}
		defer plain.Close()
		res.sites, res.err = seedlist.Read(plain, func(line int, err error) {
			if res.wrong++; res.wrong <= mostMessages {
				res.bad = append(res.bad, bad{line, err})
			}
		})
		done <- res
	}()
	select {
	case res := <-done:
		*wrong += res.wrong
		warnings := messages{say: e.warnf}
		for _, b := range res.bad {
			warnings.about(name, "%s: line %d: %v", name, b.line, b.err)
		}
		warnings.n = res.wrong
		warnings.end()
		if res.err != nil {
			return nil, fmt.Errorf("reading seeds from %s: %w", name, res.err)
		}
		return res.sites, nil
	case <-ctx.Done():
		return nil, fmt.Errorf("reading seeds from %s: %w", name, ctx.Err())
	}
}
