// Newsclip crawls publisher sites, or takes pages that were saved earlier, and
// writes each article as one clean JSON record. See "newsclip --help".
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs the command and returns its exit code. On an interrupt or a request
// to terminate, the context that the subcommands have ends, and they stop with
// whole records.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	e := &env{stdin: stdin, stdout: stdout, stderr: stderr}
	log.SetFlags(0)
	log.SetOutput(&logWriter{e: e})
	root := newRootCommand(e)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return e.exitCode(root.ExecuteContext(ctx))
}
