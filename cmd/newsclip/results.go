package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"newsclip/output"
	"newsclip/output/chunk"
	"newsclip/output/filter"
	"newsclip/output/folder"
	"newsclip/output/remote"
	"newsclip/output/s3"
)

// results holds the flags for where records are written and in which format.
// Every subcommand that writes records has them.
type results struct {
	filters
	path   string
	format string
	name   string // of the files of a folder

	keepDirs bool
	chunk    int      // words of a piece; 0 writes whole records
	roots    []string // folders that the inputs are in
}

func (r *results) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVarP(&r.path, "output", "o", "", "write records to `FILE` instead of standard output, in the place of an older one; .gz or .zst at its end compresses; DIR/ gets a file for each record; postgres://, nats://, s3:// and https:// addresses are servers that take them")
	names := output.Names(formats())
	fs.StringVar(&r.format, "format", "", "`FORMAT` of the records: "+strings.Join(names, ", ")+
		" (default by the ending of FILE, else jsonl; json for one page shown on a terminal)")
	completeWith(cmd, "format", names...)
	r.filters.register(cmd)
	fs.StringVar(&r.name, "name", "", "with -o DIR/: `PATTERN` of the files' names, of "+strings.Join(folder.Placeholders(), " ")+" (default {slug} and the format's ending)")
	fs.IntVar(&r.chunk, "chunk", 0, "write a record for each section of an article's Markdown, and more where one has over `N` words")
	fs.BoolVar(&r.keepDirs, "keep-dirs", false, "with -o DIR/: keep the folders and names of the files that the pages were read from")
}

// check validates the flags. It is called before anything is opened.
func (r *results) check(e *env) error {
	if _, ok := output.Find(formats(), r.format); !ok && r.format != "" {
		return usagef("--format takes "+strings.Join(output.Names(formats()), ", "), "--format: unknown format %q", r.format)
	}
	if err := r.filters.check(); err != nil {
		return err
	}
	if err := r.checkName(); err != nil {
		return err
	}
	if r.chunk < 0 {
		return usagef("--chunk takes 1 or more", "--chunk: %d is too small", r.chunk)
	}
	format := r.chosen()
	_, compression := output.CutCompression(r.path)
	_, isServer := serverOf(r.path)
	switch {
	case r.chunk > 0 && !isServer && !format.Markdown && format.Read == nil && format.ReadFile == nil:
		return usagef("use --format jsonl or --format markdown", "--chunk writes pieces of Markdown, which %s files have no place for", format.Name)
	case schemeOf(r.path) != "" && !isServer:
		return usagef("it takes http, https, nats, postgres and s3", "-o: there is no server for %s:// addresses", schemeOf(r.path))
	case schemeOf(r.path) == "s3" && r.format != "" && r.format != "parquet" && r.format != "jsonl":
		return usagef("--format parquet or --format jsonl", "objects are not written as %s", r.format)
	case isServer && r.format != "" && schemeOf(r.path) != "s3":
		return usagef("leave --format out", "--format is for files: what a server takes is always the same")
	case isServer:
		return nil
	case slices.Contains(foreignEndings, strings.ToLower(filepath.Ext(r.path))):
		return usagef(".gz and .zst compress", "-o: %s files are not written", filepath.Ext(r.path))
	case !r.isFolder() && isDir(r.path):
		return usagef("-o "+r.path+string(os.PathSeparator)+" writes a file for each record", "-o: %s is a folder", r.path)
	case compression != "" && !format.Compressible:
		return usagef("leave "+compression+" out", "-o: %s files are not compressed as a whole", format.Name)
	case r.path == "" && format.New == nil:
		return usagef("-o FILE"+format.Endings[0], "--format %s cannot be written to standard output", format.Name)
	case r.path == "" && !format.Compressible && isTerminal(e.stdout):
		return usagef("-o FILE"+format.Endings[0], "--format %s is binary and cannot be shown on a terminal", format.Name)
	}
	return nil
}

// foreignEndings are those of compressions and archives that are not written, so that
// nobody takes what is in the file for one.
var foreignEndings = []string{".7z", ".br", ".bz2", ".lz4", ".tgz", ".xz", ".zip"}

func isDir(path string) bool {
	fi, err := os.Stat(path)
	return err == nil && fi.IsDir()
}

// checkName validates --name.
func (r *results) checkName() error {
	if !r.isFolder() {
		switch {
		case r.name != "":
			return usagef("-o DIR/ with a slash at its end", "--name is only for the files of a folder")
		case r.keepDirs:
			return usagef("-o DIR/ with a slash at its end", "--keep-dirs is only for the files of a folder")
		}
		return nil
	}
	if r.keepDirs && r.name != "" {
		return usagef("leave --keep-dirs out, and put {dir} into the name", "--keep-dirs and --name exclude each other")
	}
	if err := folder.CheckName(r.pattern()); err != nil {
		return usagef("write it as in {date}/{slug}.md, of "+strings.Join(folder.Placeholders(), " "), "--name %q: %v", r.pattern(), err)
	}
	format := r.fileFormat()
	if format.New == nil {
		return usagef("-o FILE"+format.Endings[0], "a folder cannot hold a %s file for each record", format.Name)
	}
	if _, compression := output.CutCompression(r.pattern()); compression != "" && !format.Compressible {
		return usagef("leave "+compression+" out", "--name: %s files are not compressed as a whole", format.Name)
	}
	return nil
}

// isFolder reports whether the output is a folder with a file for each record.
func (r *results) isFolder() bool {
	return r.path != "" && schemeOf(r.path) == "" && os.IsPathSeparator(r.path[len(r.path)-1])
}

// pattern returns that of the names of the files of a folder.
func (r *results) pattern() string {
	if r.name != "" {
		return r.name
	}
	name := "{slug}"
	if r.keepDirs {
		name = "{dir}/{file}"
	}
	format := r.fileFormat()
	if len(format.Endings) == 0 {
		return name
	}
	return name + format.Endings[0]
}

// fileFormat returns the format of the files of a folder.
func (r *results) fileFormat() output.Format {
	if f, ok := output.Find(formats(), r.format); ok {
		return f
	}
	if f, ok := output.FindByEnding(formats(), r.name); ok {
		return f
	}
	return output.Markdown
}

// chosen returns the format of --format, else that of the file's ending, else
// JSON Lines. The format of a folder or a server opens it.
func (r *results) chosen() output.Format {
	if schemeOf(r.path) == "s3" && r.format == "jsonl" {
		return s3.JSONL
	}
	if f, ok := serverOf(r.path); ok {
		return f
	}
	if r.isFolder() {
		f := r.fileFormat()
		files := f
		f.New, f.Appendable, f.Lines = nil, true, false
		f.Open = func(_ context.Context, path string) (output.Writer, error) {
			return folder.Open(path, r.pattern(), files, r.roots...)
		}
		return f
	}
	if f, ok := output.Find(formats(), r.format); ok {
		return f
	}
	if f, ok := output.FindByEnding(formats(), r.path); ok {
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
// writer is closed; Abort leaves an older file of that name unchanged. A format
// that writes to no stream adds to its file instead, and Abort leaves what was
// added.
func (r *results) open(ctx context.Context, e *env, one bool) (*recordWriter, error) {
	w, err := r.openAll(ctx, e, one)
	if err == nil && r.chunk > 0 {
		w.Writer = chunk.NewWriter(w.Writer, r.chunk)
	}
	if filter := r.filters.new(); err == nil && filter != nil {
		w.Writer = &filteredWriter{w.Writer, filter, e}
		w.filter = filter
	}
	return w, err
}

// openAll is open without the filters.
func (r *results) openAll(ctx context.Context, e *env, one bool) (*recordWriter, error) {
	format := r.form(e, one)
	switch {
	case r.path == "":
		return &recordWriter{Writer: format.New(e.stdout)}, nil
	case format.Open != nil:
		w, err := format.Open(warnAway(ctx, e), r.path)
		if err != nil {
			return nil, fmt.Errorf("--output: %w", err)
		}
		return &recordWriter{Writer: w, direct: true}, nil
	}
	f, err := output.Create(r.path)
	if err != nil {
		return nil, fmt.Errorf("--output: %w", err)
	}
	_, compression := output.CutCompression(r.path)
	stream, err := output.Compress(f, compression)
	if err != nil {
		f.Abort()
		return nil, fmt.Errorf("--output: %w", err)
	}
	return &recordWriter{Writer: format.New(stream), stream: stream, file: f}, nil
}

// warnAway returns a context for Open, with which a server that is away is
// reported.
func warnAway(ctx context.Context, e *env) context.Context {
	return remote.WithNotice(ctx, func(err error) { e.warnf("the output does not take records, and is tried again: %v", err) })
}

// recordWriter is an output.Writer together with the file that it writes to.
type recordWriter struct {
	output.Writer
	stream io.Closer      // compresses what goes to file
	file   output.File    // nil for standard output, and for what Writer itself opened
	direct bool           // Writer itself opened its file
	filter *filter.Filter // nil without filters
	ended  bool
}

// leftOut returns how many records the filters have left out.
func (w *recordWriter) leftOut() int {
	if w.filter == nil {
		return 0
	}
	return w.filter.Count()
}

// Close ends the records and puts the file in its place.
func (w *recordWriter) Close() error {
	w.ended = true
	err := w.Writer.Close()
	if err == nil && w.stream != nil {
		err = w.stream.Close()
	}
	if err != nil {
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
	if w.direct && !w.ended {
		w.Writer.Close()
	}
	w.ended = true
	if w.file != nil {
		w.file.Abort()
	}
}
