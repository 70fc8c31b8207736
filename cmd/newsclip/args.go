package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// isURL reports whether an argument is an address and not the name of a file.
func isURL(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// noArgs is cobra.NoArgs with an error in the form of newsclip's other errors.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef("see "+cmd.CommandPath()+" --help", "%s takes no argument, but was given %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// completeWith registers words as the values that a shell completes a flag with.
func completeWith(cmd *cobra.Command, flag string, words ...string) {
	err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
	if err != nil {
		panic(err) // the flag is not there: a fault in this package
	}
}
