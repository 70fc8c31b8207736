package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"newsclip/scrape"
)

// showProgress shows a line on standard error while the crawl runs, if that is a
// terminal. The function that it returns removes the line.
func showProgress(e *env, o *scrape.Options) (done func()) {
	if !isTerminal(e.stderr) {
		return func() {}
	}
	bar := newSpinner(e)
	var last scrape.Progress
	start, lastAt, rate := time.Now(), time.Now(), 0.0
	next := o.OnProgress
	o.OnProgress = func(p scrape.Progress) {
		if next != nil {
			next(p)
		}
		now := time.Now()
		if d := now.Sub(lastAt).Seconds(); d > 0 {
			rate += (float64(p.Pages-last.Pages)/d - rate) * min(1, d/smoothing)
		}
		last, lastAt = p, now
		bar.Describe(visible(progressLine(p, rate, now.Sub(start))))
		_ = bar.Add(1)
	}
	return func() { _ = bar.Finish() }
}

// smoothing is the time over which the rate is smoothed, in seconds.
const smoothing = 5

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
