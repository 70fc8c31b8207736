package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"

	"newsclip/clean/article"
	"newsclip/output/remote"
)

// Standard output, or the file of -o, gets records and what was asked for by name
// (help, version, schema, completion). Everything else goes to standard error,
// one line a message:
//
//	newsclip: what failed
//	newsclip: warning: what was done differently from what was asked
//	newsclip: hint: what to do about the line above
//
// The exit codes are:
const (
	exitOK        = 0 // every input was done
	exitFailed    = 1 // something failed at run time
	exitUsage     = 2 // wrong usage; nothing was opened or fetched
	exitNoArticle = 3 // nothing failed, and there was no article
)

// env holds the standard streams, so that a test can replace them. A subcommand
// uses these and never os.Stdout and the like. The methods that write to stderr
// may be called from several goroutines.
type env struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer

	config     *config // nil before a command runs whose flags are configured
	configured string  // the command, where a value of its flags is not from the command line

	mu   sync.Mutex // guards stderr and line
	line string     // stands in the last row of the terminal, and is rewritten
}

// errorf reports a failure.
func (e *env) errorf(format string, args ...any) { e.say("", format, args) }

// warnf reports what was done differently from what was asked.
func (e *env) warnf(format string, args ...any) { e.say("warning: ", format, args) }

// hintf prints what the user can do about the line before.
func (e *env) hintf(format string, args ...any) { e.say("hint: ", format, args) }

// infof reports progress or a result.
func (e *env) infof(format string, args ...any) { e.say("", format, args) }

// say writes one line. Line breaks in the message become spaces, because readers
// of logs take each line for a message. Names and addresses in it may be
// anyone's: see visible.
func (e *env) say(kind, format string, args []any) {
	e.sayLine(kind + visible(article.ShortMessage(strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " "))))
}

// sayPrefix begins every line on standard error.
const sayPrefix = "newsclip: "

// sayLine writes a line, which has no line breaks and is safe to show.
func (e *env) sayLine(line string) {
	_, _ = lockedStderr{e}.Write([]byte(sayPrefix + line + "\n"))
}

// setLine replaces the line in the last row of the terminal, which must be narrower
// than that. Messages are written above it. The empty line removes it.
func (e *env) setLine(line string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.erase()
	e.line = line
	fmt.Fprint(e.stderr, line)
}

// showLine is setLine of a line that is cut to the terminal: one that has a character
// in the last column begins a new row.
func (e *env) showLine(line string) {
	e.setLine(cutTo(line, max(1, terminalWidth(e.stderr)-1)))
}

// erase removes the line in the last row of the terminal. mu is held.
func (e *env) erase() {
	if n := columns(e.line); n > 0 {
		if width := terminalWidth(e.stderr); width > 0 {
			n = min(n, width-1) // it may be narrower than it was
		}
		fmt.Fprintf(e.stderr, "\r%s\r", strings.Repeat(" ", max(0, n)))
	}
}

// isTerminal reports whether w is a terminal.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// usageError is an error in the usage; the exit code is exitUsage.
type usageError struct {
	msg  string
	hint string // what to do; may be empty
}

func (e *usageError) Error() string { return e.msg }

// usagef returns a usage error with a hint.
func usagef(hint, format string, args ...any) error {
	return &usageError{msg: fmt.Sprintf(format, args...), hint: hint}
}

// hintedError is an error, other than in the usage, with what to do about it.
type hintedError struct {
	error
	hint string
}

func (e *hintedError) Unwrap() error { return e.error }

// reportedError ends the command with a code, and prints nothing: what failed is
// on standard error already.
type reportedError struct{ code int }

func (e *reportedError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// errNoArticle is returned where every input was done and none was an article.
var errNoArticle = errors.New("no article found")

// errNoURL is returned where URLs are listed and there is none.
var errNoURL = errors.New("no URL found")

// exitCode prints err, unless it was printed before, and returns its exit code.
func (e *env) exitCode(err error) int {
	if err == nil {
		return exitOK
	}
	var reported *reportedError
	if errors.As(err, &reported) {
		return reported.code
	}
	code, hint := exitFailed, ""
	var usage *usageError
	var hinted *hintedError
	var address *remote.AddressError
	if errors.As(err, &hinted) {
		hint = hinted.hint
	}
	switch {
	case errors.As(err, &usage):
		code, hint = exitUsage, usage.hint
	case errors.As(err, &address):
		code = exitUsage
	case errors.Is(err, errNoArticle), errors.Is(err, errNoURL):
		code = exitNoArticle
	}
	e.errorf("%v", err)
	if hint != "" {
		e.hintf("%s", hint)
	}
	if code == exitUsage && e.configured != "" {
		e.hintf("newsclip config %s shows where each value is from", e.configured)
	}
	return code
}
