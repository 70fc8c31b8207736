package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/clean/article"
	"newsclip/clean/saved"
	"newsclip/output"
)

// cleanFlags holds the flags and arguments of "newsclip clean".
type cleanFlags struct {
	results
	cleaning
	from    string
	url     string
	report  string
	workers int
	noLearn bool
	args    []string

	skipped      string
	allowOutside bool
}

func newCleanCommand(e *env) *cobra.Command {
	var f cleanFlags
	cmd := &cobra.Command{
		Use:   "clean [flags] [FILE|DIR|URL|-]...",
		Short: "Clean saved pages, a folder of them, or one address",
		Long: `clean turns saved pages into records: HTML files, also .gz, .br and .zst; MHTML,
SingleFile, SingleFileZ and Safari web archives; the pages in ZIP, tar, WARC, WACZ
and ARC archives; the chapters of EPUB; every page in a folder and the folders
below it; standard input, named - or where no input is named; and addresses. What
a file is, its content decides.

A page that cannot be read, or that holds no article, is reported on standard
error, and the remaining pages are cleaned. With --from jsonl each input line
gives one record, in the order of the lines; a page that failed gives a record
with the field "error". Files in a folder or an archive that are no pages are
skipped and counted; --skipped lists them.

-o FILE begins anew: the records replace what FILE has, when all are written.

Exit codes: 0 every input done; 1 something failed; 2 wrong usage; 3 no article
found. Where some inputs have an article, one without it is a failure: 1.`,
		Example: `  newsclip clean page.html
  newsclip clean --format markdown -o page.md page.html
  newsclip clean saved/ > articles.jsonl
  newsclip clean --url https://news.example/a.html - < page.html
  newsclip clean https://news.example/a.html
  newsclip clean --from jsonl < pages.jsonl | jq -r .title
  newsclip clean --explain page.html | jq .removed
  newsclip clean --report report.html page.html > record.jsonl`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.args = args
			if err := f.check(e); err != nil {
				return err
			}
			return runClean(cmd.Context(), e, &f)
		},
	}
	f.register(cmd)
	return cmd
}

func (f *cleanFlags) register(cmd *cobra.Command) {
	f.results.register(cmd)
	f.cleaning.register(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.from, "from", "", `input of this `+"`KIND`"+`: jsonl is one page a line, {"id","url","html"} or {"id","url","file"}`)
	fs.StringVar(&f.report, "report", "", "write to `FILE` a web page that shows one page beside its record, and why each block was removed")
	fs.StringVar(&f.url, "url", "", "`ADDRESS` that the page was saved from; its links are resolved against it")
	fs.BoolVar(&f.noLearn, "no-learn", false, "clean each page without comparing it with other pages of its site")
	fs.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "clean `N` pages at the same time")
	fs.StringVar(&f.skipped, "skipped", "", "list in `FILE` what was skipped and what failed, a JSON object a line: file, cause")
	fs.BoolVar(&f.allowOutside, "allow-outside", false, "follow links out of a folder, and read files outside the folder of the lines that name them")
	completeWith(cmd, "from", "jsonl")
}

// check validates the flags before anything is opened.
func (f *cleanFlags) check(e *env) error {
	if err := f.results.check(e); err != nil {
		return err
	}
	if err := f.cleaning.check(); err != nil {
		return err
	}
	switch {
	case f.from != "" && f.from != "jsonl":
		return usagef("--from takes jsonl; files, folders and addresses need no --from", "--from: unknown input kind %q", f.from)
	case f.workers < 1:
		return usagef("--workers is the number of pages to clean at the same time", "--workers must be 1 or more, not %d", f.workers)
	case f.url != "" && f.from != "":
		return usagef(`give each line its own "url"`, "--url and --from cannot be used together")
	case f.url != "" && !isURL(f.url):
		return usagef("an address begins with https:// or http://", "--url: %q is not an address", f.url)
	case f.url != "" && len(f.args) > 1:
		return usagef("clean them one by one, or give each page's address with --from jsonl", "--url is the address of one page, but %d inputs are named", len(f.args))
	case f.url != "" && len(f.args) == 1 && isURL(f.args[0]):
		return usagef("leave --url out: the page's address is the one it is fetched from", "--url is only for saved pages")
	}
	for i, arg := range f.args {
		switch {
		case arg == "":
			return usagef("see newsclip clean --help", "the name of an input is empty")
		case f.from != "" && isURL(arg):
			return usagef("name JSON Lines files, or none for standard input", "--from jsonl does not read addresses")
		case arg == saved.Stdin && slices.Contains(f.args[:i], saved.Stdin):
			return usagef("name - only once", "standard input can only be read once")
		}
	}
	if f.report != "" && (f.from != "" || len(f.args) > 0 && !f.one()) {
		return usagef("name one page", "--report shows a single page")
	}
	if len(f.args) == 0 {
		if isTerminal(e.stdin) {
			return usagef("newsclip clean page.html; see newsclip clean --help", "nothing to clean")
		}
		f.args = []string{saved.Stdin}
	}
	return nil
}

// one reports whether there is a single input that is not a folder. Whether it
// holds a single page is known only after it is opened.
func (f *cleanFlags) one() bool {
	if f.from != "" || len(f.args) != 1 {
		return false
	}
	fi, err := os.Stat(f.args[0])
	return err != nil || !fi.IsDir()
}

// items yields the inputs in order.
func (f *cleanFlags) items(ctx context.Context, e *env, t *saved.Tally) iter.Seq[saved.Item] {
	r := &saved.Reader{AllowOutside: f.allowOutside, Tally: t}
	return func(yield func(saved.Item) bool) {
		for _, arg := range f.args {
			for it := range f.itemsOf(ctx, e, r, arg) {
				if !yield(it) {
					return
				}
			}
		}
	}
}

func (f *cleanFlags) itemsOf(ctx context.Context, e *env, r *saved.Reader, arg string) iter.Seq[saved.Item] {
	switch {
	case f.from == "jsonl" && arg == saved.Stdin:
		return r.Lines(e.stdin)
	case f.from == "jsonl":
		return r.LinesFile(arg)
	case isURL(arg):
		return func(yield func(saved.Item) bool) { yield(fetchItem(ctx, arg)) }
	}
	return r.Paths(e.stdin, arg)
}

// cleaned is the result of one input.
type cleaned struct {
	in      clean.Input
	name    string
	draft   *clean.Draft // nil once finish was called
	article *clean.Article
	err     error // nil where article holds an article; it names the input
}

func runClean(ctx context.Context, e *env, f *cleanFlags) error {
	defer limitMemory(f.workers)()
	format := f.form(e, f.one())
	opts, err := f.options(format)
	if err != nil {
		return err
	}
	w, err := f.open(ctx, e, f.one())
	if err != nil {
		return err
	}
	defer w.Abort()

	// With --from jsonl, a program reads the records and needs one for each
	// line. Failures of files that a user names go to standard error only.
	errorsInRecords := f.from != "" && format.HoldsErrors
	var report *reportFile
	if f.report != "" {
		if report, err = createReport(f.report); err != nil {
			return err
		}
		defer report.file.Abort()
	}
	skips, err := createSkipList(f.skipped)
	if err != nil {
		return err
	}
	defer skips.abort()
	cleaner := clean.New(opts)
	t := &saved.Tally{OnSkip: skips.skipped}
	var failed error // of a write
	write := func(c *cleaned) {
		c.finish(cleaner, report)
		t.Done(c.err)
		skips.failed(c)
		switch {
		case failed != nil:
		case c.err != nil && !errorsInRecords:
			e.errorf("%v", c.err)
		default:
			if err := w.Write(&output.Record{Article: *c.article}); err != nil {
				failed = fmt.Errorf("writing records: %w", err)
			}
		}
	}
	series := clean.NewSeries(write)
	err = ordered(ctx, f.items(ctx, e, t), f.workers,
		func(it saved.Item) int { return it.Held },
		func(it saved.Item) *cleaned { return cleanOne(cleaner, it, f.url, f.noLearn && report == nil) },
		func(c *cleaned) error {
			if f.noLearn {
				write(c)
			} else {
				series.Add(c, c.draft)
			}
			return failed
		})
	if err == nil {
		series.Flush()
		err = failed
	}
	if errors.Is(err, context.Canceled) {
		// Records on standard output are whole; an unfinished file is removed.
		return fmt.Errorf("interrupted after %d inputs", t.Counts().Read)
	}
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if err := skips.close(); err != nil {
		return err
	}
	c := t.Counts()
	switch failed := c.Read - c.Written; {
	case errorsInRecords && failed > 0:
		e.warnf(`%d of %d inputs gave no article; the field "error" of their records gives the reason`, failed, c.Read)
	case c.Read > 1 && failed > 0, len(c.Skipped) > 0:
		e.infof("%s", c)
	}
	return outcome(c)
}

// cleanOne reads one input and drafts its article. With whole it makes the
// record too, which a draft that is compared with others must not have yet.
func cleanOne(cleaner *clean.Cleaner, it saved.Item, url string, whole bool) (c *cleaned) {
	c = &cleaned{name: it.Name}
	defer c.guard()
	c.in, c.err = it.Load()
	if url != "" {
		c.in.URL = url
	}
	if c.err != nil {
		c.article = clean.Failed(c.in, c.err)
		return c
	}
	in := c.in
	c.in.HTML = nil
	return c.within(cleaner, func(c *cleaned) {
		d, err := cleaner.Draft(in)
		if err != nil {
			c.fail(err)
			return
		}
		c.draft = d
		if whole {
			c.record(nil)
		}
	})
}

// within returns what work makes of c, or the error of a page that took too
// long: work has a result of its own, because it may go on after that.
func (c *cleaned) within(cleaner *clean.Cleaner, work func(*cleaned)) *cleaned {
	in, name, draft := c.in, c.name, c.draft
	done, err := clean.Within(cleaner, func() (c *cleaned, _ error) {
		c = &cleaned{in: in, name: name, draft: draft}
		defer c.guard()
		work(c)
		return c, nil
	})
	if err != nil {
		done = &cleaned{in: in, name: name}
		done.fail(err)
	}
	return done
}

// finish makes the record of the draft, and writes the report where there is one.
func (c *cleaned) finish(cleaner *clean.Cleaner, report *reportFile) {
	if c.draft != nil {
		*c = *c.within(cleaner, func(c *cleaned) { c.record(report) })
	}
}

// record is finish, without a limit on its time.
func (c *cleaned) record(report *reportFile) {
	d := c.draft
	c.draft = nil
	defer d.Close()
	var a *clean.Article
	var err error
	if report != nil {
		a, err = report.write(d)
	} else {
		a, err = d.Article()
	}
	if err != nil {
		c.fail(err)
		return
	}
	c.article = a
}

func (c *cleaned) fail(err error) {
	c.article, c.err = clean.Failed(c.in, err), fmt.Errorf("%s: %w", c.name, err)
}

// guard is deferred. It makes a panic, which is a bug in newsclip, an error of
// this page, so that the other pages are still cleaned.
func (c *cleaned) guard() {
	if p := recover(); p != nil {
		c.draft = nil
		c.fail(&clean.Error{Code: article.CodeInternal, Message: fmt.Sprintf("newsclip failed on this page: %v (%s)", p, panicSite())})
	}
}

// panicSite returns the function and line that panicked. It must be called by
// the function that recovers.
func panicSite() string {
	var pcs [32]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, "runtime.") {
			return fmt.Sprintf("%s, line %d", f.Function, f.Line)
		}
		if !more {
			return "unknown place"
		}
	}
}

// outcome returns the error that has the exit code of the whole command.
func outcome(c saved.Counts) error {
	failed := c.Read - c.Written
	switch {
	case c.Written > 0 && failed == 0:
		return nil
	case c.Written > 0 || failed > c.Failed["no_article"]:
		return &reportedError{exitFailed}
	case failed > 0:
		return &reportedError{exitNoArticle}
	}
	return errNoArticle
}
