// Newsclip crawls publisher sites, or takes pages that were saved earlier, and
// writes each article as one clean JSON record. See "newsclip --help".
package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// What goes where: records, and what was asked for by name (help, version,
// schema, completion), go to standard output or to -o. All else goes to
// standard error, a line each, as
//
//	newsclip: what failed
//	newsclip: warning: what was done in another way than one may expect
//	newsclip: hint: what to do about the line above
//
// and the exit code says the outcome:
const (
	exitOK        = 0 // every input done
	exitFailed    = 1 // something failed at run time
	exitUsage     = 2 // wrong usage; nothing was opened or fetched
	exitNoArticle = 3 // all went well, and there was no article
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole command: it returns the exit code and never exits. It takes
// interrupt signals as a wish to stop with everything written so far whole.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	e := &env{stdin: stdin, stdout: stdout, stderr: stderr}
	root := newRootCommand(e)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return e.exitCode(root.ExecuteContext(ctx))
}

// exitCode reports err, where it was not reported before, and returns the code
// that stands for it.
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
	switch {
	case errors.As(err, &usage):
		code, hint = exitUsage, usage.hint
	case errors.Is(err, errNoArticle), errors.Is(err, errNoURL):
		code = exitNoArticle
	}
	e.errorf("%v", err)
	if hint != "" {
		e.hintf("%s", hint)
	}
	return code
}
