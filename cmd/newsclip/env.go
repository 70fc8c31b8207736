package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"

	"golang.org/x/term"
)

// env is what a subcommand may touch of the world: it never uses os.Stdout and
// the like. The functions that write to stderr may be called from several
// goroutines.
type env struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer

	mu sync.Mutex // guards stderr
}

// errorf says what failed.
func (e *env) errorf(format string, args ...any) { e.say("", format, args) }

// warnf says what was done in another way than one may expect.
func (e *env) warnf(format string, args ...any) { e.say("warning: ", format, args) }

// hintf says what to do about the line said before.
func (e *env) hintf(format string, args ...any) { e.say("hint: ", format, args) }

// infof says how things stand, in the form of a plain line.
func (e *env) infof(format string, args ...any) { e.say("", format, args) }

// say writes one line: an error's message may hold line breaks, and a log's
// reader counts on a line being a message.
func (e *env) say(kind, format string, args []any) {
	msg := strings.Join(strings.Fields(fmt.Sprintf(format, args...)), " ")
	e.mu.Lock()
	defer e.mu.Unlock()
	fmt.Fprintf(e.stderr, "newsclip: %s%s\n", kind, msg)
}

// isTerminal says whether w is shown to somebody.
func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// usageError is wrong usage: exit code 2.
type usageError struct {
	msg  string
	hint string // what to do; may be empty
}

func (e *usageError) Error() string { return e.msg }

// usagef returns a usage error with a hint.
func usagef(hint, format string, args ...any) error {
	return &usageError{msg: fmt.Sprintf(format, args...), hint: hint}
}

// reportedError ends the command with a code and without another line.
type reportedError struct{ code int }

func (e *reportedError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// errNoArticle: everything was done and nothing was an article.
var errNoArticle = errors.New("no article found")

// errNoURL: the same, where URLs are listed.
var errNoURL = errors.New("no URL found")
