package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/clean/saved"
	"newsclip/output"
)

// recordInputs holds the flags for where records are read from. Every subcommand
// that reads records has them.
type recordInputs struct {
	from string
}

func (f *recordInputs) register(cmd *cobra.Command) {
	names := output.Names(output.Readable(formats()))
	cmd.Flags().StringVar(&f.from, "from", "", "`FORMAT` of the input: "+strings.Join(names, ", ")+" (default by the file's ending; jsonl for standard input)")
	completeWith(cmd, "from", names...)
}

// check validates the names of inputs before anything is opened.
func (f *recordInputs) check(args []string) error {
	stdin := 0
	for _, arg := range args {
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
	}
	if stdin > 1 {
		return usagef("name - only once", "standard input can only be read once")
	}
	return nil
}

// formatOf returns the format of an input.
func (f *recordInputs) formatOf(arg string) (output.Format, error) {
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
			return format, usagef("name a file, or a postgres address", "records cannot be read from %s:// addresses", schemeOf(arg))
		}
		return format, nil
	}
	format, ok := output.FindByEnding(readable, arg)
	if ok {
		return format, nil
	}
	if other, ok := output.FindByEnding(formats(), arg); ok {
		return format, usagef("records are read from "+strings.Join(output.Names(readable), ", "), "%s: %s files do not hold whole records", arg, other.Name)
	}
	return format, usagef(hint, "%s: the ending does not tell the format", arg)
}

// records yields the records of an input. Errors name it. It ends with ctx, also within a
// record that does not.
func (f *recordInputs) records(ctx context.Context, e *env, arg string) iter.Seq2[*output.Record, error] {
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
			in, end := untilDone(ctx, from)
			defer end()
			stream, err := output.Decompress(in)
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

// untilDone returns a reader of r that fails when ctx ends, also while r waits for more, and a
// function that gives it up.
func untilDone(ctx context.Context, r io.Reader) (_ io.Reader, end func()) {
	pr, pw := io.Pipe()
	go func() {
		_, err := io.Copy(pw, r)
		pw.CloseWithError(err)
	}()
	stop := context.AfterFunc(ctx, func() { pw.CloseWithError(ctx.Err()) })
	return pr, func() {
		stop()
		pr.Close()
	}
}
