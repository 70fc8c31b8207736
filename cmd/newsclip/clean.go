package main

import (
	"context"
	"iter"
	"os"
	"runtime"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"newsclip/clean/saved"
	"newsclip/scrape"
)

// cleanFlags holds the flags and arguments of "newsclip clean".
type cleanFlags struct {
	results
	cleaning
	rendering
	from     string
	url      string
	report   string
	pictures bool
	workers  int
	delay    time.Duration
	learn    bool
	noLearn  bool
	args     []string

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
a file is, its content decides. Addresses are fetched as in a crawl: robots.txt is
obeyed, and a host gets one request a second.

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
	f.rendering.register(cmd)
	fs := cmd.Flags()
	fs.StringVar(&f.from, "from", "", `input of this `+"`KIND`"+`: jsonl is one page a line, {"id","url","html"} or {"id","url","file"}`)
	fs.StringVar(&f.report, "report", "", "write to `FILE` a web page that shows one page beside its record, and why each block was removed")
	fs.BoolVar(&f.pictures, "report-pictures", false, "let the page of --report load the pictures from where they are, and show them small")
	fs.StringVar(&f.url, "url", "", "`ADDRESS` that the page was saved from; its links are resolved against it")
	fs.BoolVar(&f.learn, "learn", false, "with --from jsonl from a pipe: compare each page with other pages of its site, as for files")
	fs.BoolVar(&f.noLearn, "no-learn", false, "clean each page without comparing it with other pages of its site")
	fs.IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "clean `N` pages at the same time")
	fs.DurationVar(&f.delay, "delay", time.Second, "`TIME` between two requests to one host, where addresses are named; a longer Crawl-delay is obeyed")
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
	if err := f.rendering.checkUsed(); err != nil {
		return err
	}
	switch {
	case f.from != "" && f.from != "jsonl":
		return usagef("--from takes jsonl; files, folders and addresses need no --from", "--from: unknown input kind %q", f.from)
	case f.workers < 1:
		return usagef("--workers takes 1 or more", "--workers: %d is too small", f.workers)
	case f.workers > maxWorkers:
		return usageTooMany("workers", f.workers)
	case f.delay < 0:
		return usagef("write a time as in 1s, 500ms or 2m", "--delay: %v is too short", f.delay)
	case f.learn && f.noLearn:
		return usagef("leave one of them out", "--learn and --no-learn exclude each other")
	case f.url != "" && f.from != "":
		return usagef(`give each line its own "url"`, "--url and --from exclude each other")
	case f.url != "" && !isURL(f.url):
		return usagef("an address begins with https:// or http://", "--url: %q is not an address", f.url)
	case f.url != "" && len(f.args) > 1:
		return usagef("clean them one by one, or give each page's address with --from jsonl", "--url is the address of one page, but %d inputs are named", len(f.args))
	case f.url != "" && len(f.args) == 1 && isDir(f.args[0]):
		return usagef("leave --url out, or give each page's address with --from jsonl", "--url is the address of one page, and %s is a folder", f.args[0])
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
	if f.rendering.mode != string(scrape.RenderNever) && !slices.ContainsFunc(f.args, isURL) {
		return usagef("name the address of the page", "--render is for addresses: a saved page is cleaned as it is")
	}
	if f.pictures && f.report == "" {
		return usagef("name its file with --report FILE", "--report-pictures needs --report")
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

// isLive reports whether lines come from a pipe or the like, which another
// program may keep open while it waits for the records.
func (f *cleanFlags) isLive(e *env) bool {
	return f.from == "jsonl" && slices.ContainsFunc(f.args, func(arg string) bool {
		var fi os.FileInfo
		var err error
		if arg != saved.Stdin {
			fi, err = os.Stat(arg)
		} else if file, ok := e.stdin.(*os.File); ok {
			fi, err = file.Stat()
		}
		return err == nil && fi != nil && !fi.Mode().IsRegular() && !fi.IsDir()
	})
}

// items yields the inputs in order. Addresses are fetched by fetcher.
func (f *cleanFlags) items(ctx context.Context, e *env, t *saved.Tally, fetcher *pageFetcher) iter.Seq[saved.Item] {
	r := &saved.Reader{AllowOutside: f.allowOutside, Tally: t}
	return func(yield func(saved.Item) bool) {
		for _, arg := range f.args {
			if isURL(arg) {
				if !yield(fetchItem(ctx, fetcher, arg)) {
					return
				}
				continue
			}
			for it := range f.itemsOf(e, r, arg) {
				if !yield(it) {
					return
				}
			}
		}
	}
}

func (f *cleanFlags) itemsOf(e *env, r *saved.Reader, arg string) iter.Seq[saved.Item] {
	switch {
	case f.from == "jsonl" && arg == saved.Stdin:
		return r.Lines(e.stdin)
	case f.from == "jsonl":
		return r.LinesFile(arg)
	}
	return r.Paths(e.stdin, arg)
}
