package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"newsclip/clean/saved"
)

// convertFlags holds the flags and arguments of "newsclip convert".
type convertFlags struct {
	results
	recordInputs
	args []string
}

func newConvertCommand(e *env) *cobra.Command {
	var f convertFlags
	cmd := &cobra.Command{
		Use:   "convert [flags] [FILE|-]...",
		Short: "Write records in another format",
		Long: `convert reads records that newsclip wrote and writes them in another format. The
format of a file is that of its ending (which may be followed by .gz or .zst), or
of --from. Fields that newsclip does not know are kept. Of a database, the records
that later ones have replaced come first; of an id, the last record is the newest.

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
	f.recordInputs.register(cmd)
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
	if err := f.recordInputs.check(f.args); err != nil {
		return err
	}
	for _, arg := range f.args {
		if f.chosen().Open != nil && sameFile(arg, f.path) {
			return usagef("name another file", "-o: %s is an input too", withoutPassword(f.path))
		}
	}
	return nil
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

func runConvert(ctx context.Context, e *env, f *convertFlags) error {
	w, err := f.open(ctx, e, false)
	if err != nil {
		return err
	}
	defer w.Abort()
	format := f.chosen()
	read, failed, errorRecords := 0, 0, 0
	faults := messages{say: e.errorf}
	for _, arg := range f.args {
		for r, err := range f.records(ctx, e, arg) {
			switch {
			case ctx.Err() != nil:
				return fmt.Errorf("interrupted after %d records", read)
			case err != nil:
				failed++
				faults.about(withoutPassword(arg), "%v", err)
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
	faults.end()
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
