//go:build !man

package main

import "github.com/spf13/cobra"

// buildCommands returns none: the library that writes man pages is not part of
// the program.
func buildCommands() []*cobra.Command { return nil }
