package main

import (
	"context"
	"fmt"
	"iter"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/clean/saved"
	"newsclip/output"
)

// convertFlags holds the flags and arguments of "newsclip convert".
type convertFlags struct {
	results
	from string
	args []string
}

func newConvertCommand(e *env) *cobra.Command {
	var f convertFlags
	cmd := &cobra.Command{
		Use:   "convert [flags] [FILE|-]...",
		Short: "Write records in another format",
		Long: `convert reads records that newsclip wrote and writes them in another format. The
format of a file is that of its ending (which may be followed by .gz or .zst), or
of --from. Fields that newsclip does not know are kept.

A record that cannot be read is reported on standard error, and the remaining
records are converted.

Exit codes: 0 every record converted; 1 something failed; 2 wrong usage; 3 there
was no record.`,
		Example: `  newsclip convert -o articles.parquet articles.jsonl
  newsclip convert --format markdown articles.jsonl.zst
  newsclip convert -o all.jsonl.gz monday.jsonl tuesday.json
  newsclip convert --language en --min-words 100 --drop-duplicates -o corpus.parquet articles.jsonl
  newsclip crawl https://news.example/ | newsclip convert -o news.csv -`,
		RunE: func(cmd *cobra.Command, args []string) error {
			f.args = args
			if err := f.check(e); err != nil {
				return err
			}
			return runConvert(cmd.Context(), e, &f)
		},
	}
	f.results.register(cmd)
	names := output.Names(output.Readable(formats()))
	cmd.Flags().StringVar(&f.from, "from", "", "`FORMAT` of the input: "+strings.Join(names, ", ")+" (default by the file's ending; jsonl for standard input)")
	completeWith(cmd, "from", names...)
	return cmd
}

// check validates the flags before anything is opened.
func (f *convertFlags) check(e *env) error {
	if err := f.results.check(e); err != nil {
		return err
	}
	if len(f.args) == 0 {
		if isTerminal(e.stdin) {
			return usagef("newsclip convert -o FILE.csv FILE.jsonl; see newsclip convert --help", "nothing to convert")
		}
		f.args = []string{saved.Stdin}
	}
	stdin := 0
	for _, arg := range f.args {
		format, err := f.formatOf(arg)
		if err != nil {
			return err
		}
		if arg == saved.Stdin {
			stdin++
			if format.Read == nil {
				return usagef("name a file", "%s records cannot be read from standard input", format.Name)
			}
		}
		if f.chosen().Open != nil && sameFile(arg, f.path) {
			return usagef("name another file", "-o: %s is an input too", withoutPassword(f.path))
		}
	}
	if stdin > 1 {
		return usagef("name - only once", "standard input can only be read once")
	}
	return nil
}

// formatOf returns the format of an input.
func (f *convertFlags) formatOf(arg string) (output.Format, error) {
	readable := output.Readable(formats())
	hint := "--from takes " + strings.Join(output.Names(readable), ", ")
	if f.from != "" {
		format, ok := output.Find(readable, f.from)
		if !ok {
			return format, usagef(hint, "--from: unknown format %q", f.from)
		}
		return format, nil
	}
	if arg == saved.Stdin {
		return output.JSONL, nil
	}
	if schemeOf(arg) != "" {
		format, ok := serverOf(arg)
		if !ok || format.ReadFile == nil {
			return format, usagef("convert reads postgres addresses, and files", "records cannot be read from %s:// addresses", schemeOf(arg))
		}
		return format, nil
	}
	format, ok := output.FindByEnding(readable, arg)
	if ok {
		return format, nil
	}
	if other, ok := output.FindByEnding(formats(), arg); ok {
		return format, usagef("convert reads "+strings.Join(output.Names(readable), ", "), "%s: %s files do not hold whole records", arg, other.Name)
	}
	return format, usagef(hint, "%s: the ending does not tell the format", arg)
}

func sameFile(a, b string) bool {
	if a == b {
		return true
	}
	fa, err := os.Stat(a)
	if err != nil {
		return false
	}
	fb, err := os.Stat(b)
	return err == nil && os.SameFile(fa, fb)
}

// records yields the records of an input. Errors name it.
func (f *convertFlags) records(e *env, arg string) iter.Seq2[*output.Record, error] {
	return func(yield func(*output.Record, error) bool) {
		format, err := f.formatOf(arg)
		if err != nil {
			yield(nil, err)
			return
		}
		name, from := "standard input", e.stdin
		if arg != saved.Stdin {
			name = withoutPassword(arg)
		}
		var all iter.Seq2[*output.Record, error]
		if format.ReadFile != nil {
			all = format.ReadFile(arg)
		} else {
			if arg != saved.Stdin {
				file, err := os.Open(arg)
				if err != nil {
					yield(nil, err)
					return
				}
				defer file.Close()
				from = file
			}
			stream, err := output.Decompress(from)
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", name, err))
				return
			}
			defer stream.Close()
			all = format.Read(stream)
		}
		for r, err := range all {
			if err != nil {
				err = fmt.Errorf("%s: %w", name, err)
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

func runConvert(ctx context.Context, e *env, f *convertFlags) error {
	w, err := f.open(ctx, e, false)
	if err != nil {
		return err
	}
	defer w.Abort()
	format := f.chosen()
	read, failed, errorRecords := 0, 0, 0
	for _, arg := range f.args {
		for r, err := range f.records(e, arg) {
			switch {
			case ctx.Err() != nil:
				return fmt.Errorf("interrupted after %d records", read)
			case err != nil:
				failed++
				e.errorf("%v", err)
				continue
			}
			read++
			if r.Error != nil && !format.HoldsErrors {
				errorRecords++
				continue
			}
			if err := w.Write(r); err != nil {
				return fmt.Errorf("writing records: %w", err)
			}
		}
	}
	if err := w.Close(); err != nil {
		return err
	}
	if errorRecords > 0 {
		e.warnf(`records with the field "error" left out: %d (%s holds articles only)`, errorRecords, format.Name)
	}
	switch {
	case failed > 0:
		return &reportedError{exitFailed}
	case read == 0:
		return errNoArticle
	}
	return nil
}
