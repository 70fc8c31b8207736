package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/output"
	"newsclip/selectors"
)

// results are the flags that say where records go and in which form. Every
// subcommand that writes records has them.
type results struct {
	path   string
	format string
}

func (r *results) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVarP(&r.path, "output", "o", "", "write records to `FILE` instead of standard output")
	fs.StringVar(&r.format, "format", "", "`FORM` of the records: "+strings.Join(output.Formats(), ", ")+
		" (default jsonl; json for one page shown on a terminal)")
	completeWith(cmd, "format", output.Formats()...)
}

// check is called before anything is opened.
func (r *results) check() error {
	if r.format != "" && !slices.Contains(output.Formats(), r.format) {
		return usagef("--format takes "+strings.Join(output.Formats(), ", "), "--format: there is no form %q", r.format)
	}
	return nil
}

// form is the format in use. One says that there is one input, which a reader
// at a terminal sees indented.
func (r *results) form(e *env, one bool) string {
	switch {
	case r.format != "":
		return r.format
	case one && r.path == "" && isTerminal(e.stdout):
		return output.FormatJSON
	}
	return output.FormatJSONL
}

// open returns the writer for the records. A file appears under its name when
// the writer is closed, whole; Abort leaves an older file of that name as it
// was.
func (r *results) open(e *env, one bool) (*recordWriter, error) {
	if r.path == "" {
		return r.writer(e.stdout, nil, r.form(e, one))
	}
	f, err := output.Create(r.path)
	if err != nil {
		return nil, fmt.Errorf("--output: %w", err)
	}
	return r.writer(f, f, r.form(e, one))
}

func (r *results) writer(w io.Writer, f output.File, format string) (*recordWriter, error) {
	ow, err := output.New(format, w)
	if err != nil {
		return nil, err
	}
	return &recordWriter{Writer: ow, file: f}, nil
}

// recordWriter is an output.Writer that knows the file behind it.
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

// Abort gives the file up. A new file is removed, an appended one keeps the
// whole records that it has.
func (w *recordWriter) Abort() {
	if w.file != nil {
		w.file.Abort()
	}
}

// cleaning are the flags that say how a page is cleaned.
type cleaning struct {
	rules   string
	explain bool
	with    []string
}

func (c *cleaning) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&c.rules, "rules", "", "read rules of particular sites from the files in `DIR`")
	fs.BoolVar(&c.explain, "explain", false, "list in each record what was removed, and the rule that did it")
	fs.StringSliceVar(&c.with, "with", nil, "fill these `FIELDS` too: markdown, html")
	completeWith(cmd, "with", "markdown", "html", "markdown,html")
}

// check is called before anything is opened.
func (c *cleaning) check() error {
	for _, f := range c.with {
		if f != "markdown" && f != "html" {
			return usagef("--with takes markdown, html, or markdown,html", "--with: %q is no field that can be asked for", f)
		}
	}
	return nil
}

// options loads the rules and returns what they and the flags come to, for
// records written in the given format.
func (c *cleaning) options(format string) (clean.Options, error) {
	o := clean.Options{
		Explain:  c.explain,
		Markdown: slices.Contains(c.with, "markdown") || format == output.FormatMarkdown,
		HTML:     slices.Contains(c.with, "html"),
	}
	if c.rules != "" {
		rules, err := selectors.LoadDir(c.rules)
		if err != nil {
			return o, fmt.Errorf("--rules: %w", err)
		}
		o.Rules = rules
	}
	return o, nil
}

// completeWith lets a shell complete a flag's value with words.
func completeWith(cmd *cobra.Command, flag string, words ...string) {
	err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag is not there: a fault in this package
	}
}
