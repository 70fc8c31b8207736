package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/clean/saved"
	"newsclip/cmd/internal/show"
	"newsclip/output"
)

// cleanRun is one run of "newsclip clean": what its results go through.
type cleanRun struct {
	e       *env
	f       *cleanFlags
	cleaner *clean.Cleaner
	w       output.Writer
	report  *reportFile // nil without --report
	skips   *skipList
	tally   *saved.Tally
	faults  messages // about pages that failed
	// errorsInRecords is set with --from jsonl: a program reads the records and
	// needs one for each line. Failures of files that a user names go to
	// standard error only.
	errorsInRecords bool
	failed          error // of a write
}

func runClean(ctx context.Context, e *env, f *cleanFlags) error {
	defer limitMemory(f.workers)()
	format := f.form(e, f.one())
	opts, err := f.options(e, format, f.chunk > 0)
	if err != nil {
		return err
	}
	f.roots = f.args
	w, err := f.open(ctx, e, f.one())
	if err != nil {
		return err
	}
	defer w.Abort()
	r := &cleanRun{e: e, f: f, cleaner: clean.New(opts), w: w, errorsInRecords: f.from != "" && format.HoldsErrors}
	if f.report != "" {
		if r.report, err = createReport(f.report, show.ReportOptions{Pictures: f.pictures}); err != nil {
			return err
		}
		defer r.report.file.Abort()
	}
	if r.skips, err = createSkipList(f.skipped); err != nil {
		return err
	}
	defer r.skips.abort()
	r.tally = &saved.Tally{OnSkip: r.skips.skipped}
	r.faults = messages{say: e.errorf, list: "; --skipped FILE lists them"}
	done := showCleanProgress(e, f, r.tally)
	err = r.all(ctx)
	r.faults.end()
	done()
	if errors.Is(err, context.Canceled) {
		// Records on standard output are whole; an unfinished file is removed.
		return fmt.Errorf("interrupted after %d inputs", r.tally.Counts().Read)
	}
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := r.skips.close(); err != nil {
		return err
	}
	c := r.tally.Counts()
	c.LeftOut = w.leftOut()
	r.tell(c)
	if slices.ContainsFunc(f.args, isURL) {
		f.rendering.hintScripts(e, c.Failed[article.CodeNeedsJavaScript])
	}
	return outcome(c)
}

// memoryPerByte is how many bytes of memory a byte of a page that was read ahead counts
// for: the page is decoded and parsed while the next ones are read.
const memoryPerByte = 16

// all cleans the inputs and writes their records in order.
func (r *cleanRun) all(ctx context.Context) error {
	live := r.f.isLive(r.e)
	learn := !r.f.noLearn && (r.f.learn || !live)
	series := clean.NewSeries(r.write)
	if r.report == nil {
		series.ShrinkHeld()
	}
	var pause func() error
	if learn && live {
		pause = func() error { series.Flush(); return r.failed }
	}
	var fetcher *pageFetcher
	if slices.ContainsFunc(r.f.args, isURL) {
		o := fetchOptions(r.f.args, r.f.delay)
		endBrowser, err := r.f.rendering.openBrowser(r.e, &o)
		if err != nil {
			return err
		}
		defer endBrowser()
		var end func()
		if fetcher, end, err = newPageFetcher(o); err != nil {
			return err
		}
		defer end()
	}
	items := r.f.items(ctx, r.e, r.tally, fetcher)
	if r.f.url != "" {
		var end func()
		var err error
		if items, end, err = single(items); err != nil {
			return err
		}
		defer end()
	}
	err := ordered(ctx, items, r.f.workers,
		func(it saved.Item) int { return it.Held * memoryPerByte },
		func(it saved.Item, take func(int64)) *cleaned {
			return cleanOne(r.cleaner, it, r.f.url, take, !learn && r.report == nil)
		},
		func(c *cleaned) error {
			if learn {
				series.Add(c, c.draft)
			} else {
				r.write(c)
			}
			return r.failed
		}, pause)
	if err == nil {
		series.Flush()
		err = r.failed
	}
	return err
}

// single returns the items again where there is one at most, and else an error. The
// caller calls end when it has read them.
func single(items iter.Seq[saved.Item]) (_ iter.Seq[saved.Item], end func(), err error) {
	next, end := iter.Pull(items)
	first, ok := next()
	if _, more := next(); more {
		end()
		return nil, nil, &hintedError{
			errors.New("--url is the address of one page, but the input has more"),
			`leave --url out, or give each page's address with --from jsonl`,
		}
	}
	return func(yield func(saved.Item) bool) {
		if ok {
			yield(first)
		}
	}, end, nil
}

// write writes the record of one input, or reports its failure.
func (r *cleanRun) write(c *cleaned) {
	c.finish(r.cleaner, r.report)
	r.tally.Done(c.err)
	r.skips.failed(c)
	switch {
	case r.failed != nil:
	case c.err != nil && !r.errorsInRecords:
		r.faults.about(wholeOf(c.in), "%v", c.err)
		if hint := addressHint(c.name); hint != "" {
			r.e.hintf("%s", hint)
		}
	default:
		if err := r.w.Write(&output.Record{Article: *c.article}); err != nil {
			r.failed = fmt.Errorf("writing records: %w", err)
		}
	}
}

// wholeOf returns the archive or the file of lines that an input is a part of, or "".
func wholeOf(in clean.Input) string {
	if archive, _, ok := strings.Cut(in.File, "!/"); ok {
		return archive
	}
	return in.Source[:max(0, strings.LastIndexByte(in.Source, ':'))]
}

// tell prints the closing counts, where they hold more than the records show.
func (r *cleanRun) tell(c saved.Counts) {
	switch failed := c.Read - c.Written; {
	case r.errorsInRecords && failed > 0:
		r.e.warnf(`%d of %d inputs gave no article; the field "error" of their records gives the reason`, failed, c.Read)
	case c.Read > 1 && failed > 0, len(c.Skipped) > 0, c.Read > manyInputs && isTerminal(r.e.stderr):
		r.e.infof("%s", c)
	}
}

// addressHint returns what to type where the name of a file that is not there
// looks like an address without its scheme.
func addressHint(name string) string {
	if _, err := os.Stat(name); err == nil || isURL(name) {
		return ""
	}
	u, err := url.Parse("https://" + name)
	if err != nil || !strings.Contains(u.Hostname(), ".") {
		return ""
	}
	if _, known := publicsuffix.PublicSuffix(u.Hostname()); !known {
		return ""
	}
	return "an address begins with https://, as in newsclip clean https://" + name
}

// outcome returns the error that has the exit code of the whole command.
func outcome(c saved.Counts) error {
	failed := c.Read - c.Written
	switch {
	case c.Written > 0 && failed == 0:
		return nil
	case c.Written > 0 || failed > c.Failed[article.CodeNoArticle]+c.Failed[article.CodeNeedsJavaScript]:
		return &reportedError{exitFailed}
	case failed > 0:
		return &reportedError{exitNoArticle}
	}
	return errNoArticle
}
