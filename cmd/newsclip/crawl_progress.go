package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/dustin/go-humanize"

	"newsclip/scrape"
)

// The values of --progress.
const (
	progressAuto  = "auto"  // a line that is rewritten, where a terminal shows it alone
	progressPlain = "plain" // a line a minute, for a log
	progressNone  = "none"
)

var progressForms = []string{progressAuto, progressPlain, progressNone}

// showProgress shows on standard error how the crawl stands, while it runs. The
// function that it returns ends that.
func (f *crawlFlags) showProgress(e *env, o *scrape.Options) (done func()) {
	recordsShown := f.path == "" && !f.collect && isTerminal(e.stdout)
	switch {
	case f.quiet || f.progress == progressNone:
	case f.progress == progressPlain:
		tellProgress(e, o, time.Now)
	case isTerminal(e.stderr) && !recordsShown:
		return rewriteProgress(e, o, func() int { return terminalWidth(e.stderr) })
	}
	return func() {}
}

// plainEvery is the time between two lines of --progress plain.
const plainEvery = time.Minute

// tellProgress prints a line every minute.
func tellProgress(e *env, o *scrape.Options, now func() time.Time) {
	start := now()
	told, pages := start, 0
	onProgress(o, func(p scrape.Progress) {
		at := now()
		since := at.Sub(told)
		if since < plainEvery {
			return
		}
		rate := float64(p.Pages-pages) / since.Seconds()
		told, pages = at, p.Pages
		e.infof("%s", progressLine(p, rate, at.Sub(start), 0))
	})
}

// rewriteProgress shows one line, which is rewritten.
func rewriteProgress(e *env, o *scrape.Options, width func() int) (done func()) {
	var last scrape.Progress
	start := time.Now()
	lastAt, rate := start, 0.0
	onProgress(o, func(p scrape.Progress) {
		now := time.Now()
		if d := now.Sub(lastAt).Seconds(); d > 0 {
			rate += (float64(p.Pages-last.Pages)/d - rate) * min(1, d/smoothing)
		}
		last, lastAt = p, now
		// A terminal begins a new row after a character in its last column.
		e.setLine(progressLine(p, rate, now.Sub(start), max(1, width()-1)))
	})
	return func() { e.setLine("") }
}

// onProgress adds a function to those that get the progress of a crawl.
func onProgress(o *scrape.Options, do func(scrape.Progress)) {
	next := o.OnProgress
	o.OnProgress = func(p scrape.Progress) {
		if next != nil {
			next(p)
		}
		do(p)
	}
}

// smoothing is the time over which the rate is smoothed, in seconds.
const smoothing = 5

// progressLine tells how a crawl stands, with as many of its hosts as have room in
// width columns; 0 sets no limit.
func progressLine(p scrape.Progress, rate float64, elapsed time.Duration, width int) string {
	line := fmt.Sprintf("%s pages  %s articles  %s queued  %.1f/s  %s errors  %v",
		humanize.Comma(int64(p.Pages)), humanize.Comma(int64(p.Articles)), humanize.Comma(int64(p.Queue)),
		rate, humanize.Comma(int64(p.Errors)), elapsed.Truncate(time.Second))
	for n := len(p.Hosts); n > 0; n-- {
		hosts := visible(strings.Join(p.Hosts[:n], " "))
		if more := p.HostsPending - n; more > 0 {
			hosts += fmt.Sprintf(" +%d", more)
		}
		if with := line + "  " + hosts; width == 0 || columns(with) <= width {
			return with
		}
	}
	return cutWhere(line, width)
}
