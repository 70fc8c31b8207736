package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/schollz/progressbar/v3"

	"newsclip/scrape"
)

// showProgress draws a line on a terminal's standard error while the crawl
// runs. The function that it returns takes the line away.
func (f *crawlFlags) showProgress(e *env, o *scrape.Options) (done func()) {
	if f.quiet || !isTerminal(e.stderr) {
		return func() {}
	}
	bar := progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(lockedStderr{e}),
		progressbar.OptionSpinnerType(14),
		progressbar.OptionSetElapsedTime(false),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionFullWidth(),
	)
	var last scrape.Progress
	start, lastAt, rate := time.Now(), time.Now(), 0.0
	next := o.OnProgress
	o.OnProgress = func(p scrape.Progress) {
		if next != nil {
			next(p)
		}
		now := time.Now()
		if d := now.Sub(lastAt).Seconds(); d > 0 {
			// Smoothed over about five seconds.
			rate += (float64(p.Pages-last.Pages)/d - rate) * min(1, d/5)
		}
		last, lastAt = p, now
		bar.Describe(progressLine(p, rate, now.Sub(start)))
		_ = bar.Add(1)
	}
	return func() { _ = bar.Finish() }
}

func progressLine(p scrape.Progress, rate float64, elapsed time.Duration) string {
	line := fmt.Sprintf("%s pages  %s articles  %s queued  %.1f/s  %s errors  %v",
		humanize.Comma(int64(p.Pages)), humanize.Comma(int64(p.Articles)), humanize.Comma(int64(p.Queue)),
		rate, humanize.Comma(int64(p.Errors)), elapsed.Truncate(time.Second))
	if len(p.Hosts) > 0 {
		line += "  " + strings.Join(p.Hosts, " ")
		if more := p.HostsPending - len(p.Hosts); more > 0 {
			line += fmt.Sprintf(" +%d", more)
		}
	}
	return line
}

// stopWords say why a crawl ended.
var stopWords = map[string]string{
	"done":        "everything found was fetched",
	"budget":      "the limit of pages or articles was reached",
	"time":        "the time was over",
	"interrupted": "it was interrupted",
	"failed":      "it failed",
}

// printSummary says on standard error what was fetched, written and left out,
// and why.
func printSummary(e *env, s *scrape.Summary) {
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
			e.infof("%s: %s", f.URL, f.Message)
		}
	}
	if s.Pending > 0 {
		e.infof("%s URLs were found and not fetched", humanize.Comma(int64(s.Pending)))
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
