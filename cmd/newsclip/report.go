package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/clean/saved"
	"newsclip/cmd/internal/overview"
	"newsclip/output"
)

// reportFlags holds the flags and arguments of "newsclip report".
type reportFlags struct {
	recordInputs
	path  string
	title string
	top   int
	args  []string
}

func newReportCommand(e *env) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "report [flags] [FILE|DIR|-]...",
		Short: "Show many records in one web page of plots and tables",
		Long: `report reads records that newsclip wrote, and states of crawls, and writes one web
page: articles by day, host, section, author, language and kind; their lengths and
confidence; which fields they have; failures by cause and host; what was stripped,
by rule, where "clean --explain" has written it; and near-duplicates. The page loads
nothing and runs no script, and each plot has its numbers as a table.

The format of a file is that of its ending (which may be followed by .gz or .zst), or
of --from. A folder is the state of a crawl with --state. Inputs are read as a stream:
their size does not matter.

A record that cannot be read is reported on standard error, and counted in the page.

Exit codes: 0 every record read; 1 something failed; 2 wrong usage; 3 there was no
record.`,
		Example: `  newsclip report -o report.html articles.jsonl
  newsclip report -o report.html articles.jsonl news.state
  newsclip report --title "The press in March" -o march.html march.parquet
  newsclip clean --explain saved/ | newsclip report -o report.html -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.args = args
			if err := f.check(e); err != nil {
				return err
			}
			return runReport(cmd.Context(), e, &f)
		},
	}
	fs := cmd.Flags()
	fs.StringVarP(&f.path, "output", "o", "", "write the page to `FILE` instead of standard output, in the place of an older one")
	fs.StringVar(&f.title, "title", "", "`TEXT` at the head of the page (default the number of articles)")
	fs.IntVar(&f.top, "top", 12, "show the `N` most frequent hosts, authors and so on in a plot, and five times as many in its table")
	f.recordInputs.register(cmd)
	return cmd
}

// check validates the flags before anything is opened.
func (f *reportFlags) check(e *env) error {
	if f.top < 1 {
		return usagef("--top takes 1 or more", "--top: %d is too small", f.top)
	}
	if len(f.args) == 0 {
		if isTerminal(e.stdin) {
			return usagef("newsclip report -o report.html articles.jsonl; see newsclip report --help", "nothing to report on")
		}
		f.args = []string{saved.Stdin}
	}
	if f.path == "" && isTerminal(e.stdout) {
		return usagef("-o report.html", "a web page is not shown on a terminal")
	}
	var files []string
	for _, arg := range f.args {
		if isFolder(arg) {
			continue
		}
		files = append(files, arg)
		if f.path != "" && sameFile(arg, f.path) {
			return usagef("name another file", "-o: %s is an input too", f.path)
		}
	}
	return f.recordInputs.check(files)
}

func isFolder(path string) bool {
	fi, err := os.Stat(path)
	return err == nil && fi.IsDir()
}

func runReport(ctx context.Context, e *env, f *reportFlags) error {
	var o overview.Overview
	failed, crawls := 0, 0
	faults := messages{say: e.errorf}
	for _, arg := range f.args {
		if isFolder(arg) {
			st, err := readStatus(ctx, &place{state: arg})
			if err != nil {
				return err
			}
			o.AddCrawl(arg, st.State, st.Begun, st.Health)
			crawls++
			continue
		}
		for r, err := range f.records(ctx, e, arg) {
			switch {
			case ctx.Err() != nil:
				return fmt.Errorf("interrupted after %d records", o.Records())
			case err != nil:
				failed++
				o.Unreadable()
				faults.about(withoutPassword(arg), "%v", err)
			default:
				o.Add(r)
			}
		}
	}
	faults.end()
	if o.Records() == 0 && crawls == 0 {
		if failed > 0 {
			return &reportedError{exitFailed}
		}
		return errNoArticle
	}
	if err := f.write(e, &o); err != nil {
		return err
	}
	if failed > 0 {
		return &reportedError{exitFailed}
	}
	return nil
}

// write writes the page to the file or to standard output.
func (f *reportFlags) write(e *env, o *overview.Overview) error {
	opts := overview.Options{Title: f.title, Top: f.top, Sources: f.sources()}
	if f.path == "" {
		return o.Write(e.stdout, opts)
	}
	file, err := output.CreateCompressed(f.path)
	if err != nil {
		return fmt.Errorf("-o: %w", err)
	}
	defer file.Abort()
	if err := o.Write(file, opts); err != nil {
		return err
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("-o: %w", err)
	}
	return nil
}

// maxSources is how many inputs the page names.
const maxSources = 5

// sources names the inputs for the head of the page.
func (f *reportFlags) sources() string {
	var names []string
	for k, arg := range f.args {
		switch {
		case k == maxSources:
			return strings.Join(names, ", ") + fmt.Sprintf(" and %d more", len(f.args)-k)
		case arg == saved.Stdin:
			names = append(names, "standard input")
		default:
			names = append(names, withoutPassword(arg))
		}
	}
	return strings.Join(names, ", ")
}
