package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/output"
)

// results holds the flags for where records are written and in which format.
// Every subcommand that writes records has them.
type results struct {
	path   string
	format string
}

func (r *results) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVarP(&r.path, "output", "o", "", "write records to `FILE` instead of standard output")
	names := output.Names(output.Formats())
	fs.StringVar(&r.format, "format", "", "`FORMAT` of the records: "+strings.Join(names, ", ")+
		" (default jsonl; json for one page shown on a terminal)")
	completeWith(cmd, "format", names...)
}

// check validates the flags. It is called before anything is opened.
func (r *results) check() error {
	if r.format == "" {
		return nil
	}
	formats := output.Formats()
	if _, ok := output.Find(formats, r.format); !ok {
		return usagef("--format takes "+strings.Join(output.Names(formats), ", "), "--format: unknown format %q", r.format)
	}
	return nil
}

// chosen returns the format that the flags select, or that of records that are
// piped on.
func (r *results) chosen() output.Format {
	if f, ok := output.Find(output.Formats(), r.format); ok {
		return f
	}
	return output.JSONL
}

// form returns the format in use. A single record is indented where it is shown
// on a terminal; one is true where there is a single input.
func (r *results) form(e *env, one bool) output.Format {
	if r.format == "" && one && r.path == "" && isTerminal(e.stdout) {
		return output.JSON
	}
	return r.chosen()
}

// open returns the writer for the records. A file is put in its place when the
// writer is closed; Abort leaves an older file of that name unchanged.
func (r *results) open(e *env, one bool) (*recordWriter, error) {
	format := r.form(e, one)
	if r.path == "" {
		return &recordWriter{Writer: format.New(e.stdout)}, nil
	}
	f, err := output.Create(r.path)
	if err != nil {
		return nil, fmt.Errorf("--output: %w", err)
	}
	return &recordWriter{Writer: format.New(f), file: f}, nil
}

// recordWriter is an output.Writer together with the file that it writes to.
type recordWriter struct {
	output.Writer
	file output.File // nil for standard output
}

// Close ends the records and puts the file in its place.
func (w *recordWriter) Close() error {
	if err := w.Writer.Close(); err != nil {
		w.Abort()
		return fmt.Errorf("writing records: %w", err)
	}
	if w.file == nil {
		return nil
	}
	return w.file.Close()
}

// Abort removes the unfinished file, and does nothing after Close.
func (w *recordWriter) Abort() {
	if w.file != nil {
		w.file.Abort()
	}
}
