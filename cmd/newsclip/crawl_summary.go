package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"newsclip/output"
	"newsclip/scrape"
)

// stopWords tell why a crawl ended, by [scrape.Summary.Stopped].
var stopWords = map[string]string{
	"done":        "everything found was fetched",
	"budget":      "the limit of pages or articles was reached",
	"time":        "the time limit was reached",
	"interrupted": "it was interrupted",
	"failed":      "it failed",
}

// printSummary prints on standard error what was fetched, written and left out.
// The first failures are listed where failures is set.
func printSummary(e *env, s *scrape.Summary, failures bool) {
	what, n, stopped := "articles", s.Articles, stopWords[s.Stopped]
	if s.Listed > 0 {
		what, n = "URLs listed", s.Listed
		if s.Stopped == "done" {
			stopped = "every URL found is listed"
		}
	}
	e.infof("%s %s from %s pages in %s (%s requests, %s); %s",
		humanize.Comma(int64(n)), what, humanize.Comma(int64(s.Pages)),
		time.Duration(s.Seconds*float64(time.Second)).Round(100*time.Millisecond),
		humanize.Comma(int64(s.Requests)), humanize.IBytes(uint64(s.Bytes)), stopped)
	if len(s.Kinds) > 0 {
		e.infof("not articles: %s", counts(s.Kinds))
	}
	if len(s.Skipped) > 0 {
		e.infof("skipped: %s", counts(s.Skipped))
	}
	if len(s.Errors) > 0 {
		e.infof("errors: %s", counts(s.Errors))
		for _, f := range s.Failures[:min(3, len(s.Failures))] {
			if failures {
				e.infof("%s: %s", f.URL, f.Message)
			}
		}
		if failures && s.FailuresOmitted+len(s.Failures) > 3 {
			e.infof("%s more failures; --log-format text lists all", number(s.FailuresOmitted+len(s.Failures)-3))
		}
	}
	printHosts(e, s)
	if s.Pending > 0 {
		e.infof("%s URLs were found but not fetched", humanize.Comma(int64(s.Pending)))
	}
}

// hostsInSummary is how many of the worst and of the best hosts the summary shows.
const hostsInSummary = 5

// printHosts prints the hosts, where there are several.
func printHosts(e *env, s *scrape.Summary) {
	if len(s.Health) < 2 {
		return
	}
	width := terminalWidth(e.stderr)
	if width > 0 {
		width = max(1, width-len(sayPrefix))
	}
	for _, line := range hostTable(s.Health, hostsInSummary, width, time.Now()) {
		e.sayLine(line)
	}
}

// counts lists causes, the most frequent first.
func counts[K ~string](m map[K]int) string {
	keys := slices.SortedFunc(maps.Keys(m), func(a, b K) int {
		return cmp.Or(cmp.Compare(m[b], m[a]), cmp.Compare(a, b))
	})
	var parts []string
	for _, k := range keys {
		parts = append(parts, fmt.Sprintf("%s %s", humanize.Comma(int64(m[k])), strings.ReplaceAll(string(k), "_", " ")))
	}
	return strings.Join(parts, ", ")
}

// writeSummary writes the summary as JSON to the file of --summary.
func writeSummary(path string, s *scrape.Summary) error {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return err
	}
	out, err := output.CreateCompressed(path)
	if err != nil {
		return fmt.Errorf("--summary: %w", err)
	}
	defer out.Abort()
	if _, err := out.Write(append(b, '\n')); err != nil {
		return fmt.Errorf("--summary: %w", err)
	}
	return out.Close()
}

// deadError returns the error of a crawl in which no site could be reached. The cause
// is that of one site; those of several are in the log.
func deadError(s *scrape.Summary) error {
	hosts := make(map[string]bool)
	for _, f := range s.Failures {
		if u, err := url.Parse(f.URL); err == nil {
			hosts[u.Host] = true
		}
	}
	if len(hosts) != 1 {
		return errors.New("no site could be reached")
	}
	return fmt.Errorf("the site cannot be reached: %s", s.Failures[0].Message)
}
