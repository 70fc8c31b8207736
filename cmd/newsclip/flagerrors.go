package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flagError returns an error of the library that reads flags in the words of the
// command's other errors.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var invalid *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if unknown.GetSpecifiedShortnames() != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return usagef(unknownFlagHint(cmd, unknown), "unknown flag: %s", name)
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return usagef(valueHint(f), "--%s: %q is not %s", f.Name, invalid.GetValue(), valueName(f))
	case errors.As(err, &missing):
		f := missing.GetFlag()
		what, _ := pflag.UnquoteUsage(f)
		return usagef("write it as --"+f.Name+" "+what, "--%s: its value is missing", f.Name)
	}
	return usagef("see "+cmd.CommandPath()+" --help", "%v", err)
}

// valueTypes describe the values of flags, by the name of their type.
var valueTypes = map[string]struct{ name, hint string }{
	"bool":     {"true or false", "the flag alone means true"},
	"duration": {"a time", "write a time as in 1s, 500ms or 2m"},
	"float64":  {"a number", "write a number as in 0.9"},
	"int":      {"a whole number", "write a whole number, as in 8"},
}

func valueName(f *pflag.Flag) string {
	if t, ok := valueTypes[f.Value.Type()]; ok {
		return t.name
	}
	return "a value that it takes"
}

func valueHint(f *pflag.Flag) string { return valueTypes[f.Value.Type()].hint }

// unknownFlagHint suggests a flag of the command with nearly the same name, or
// the commands that have the flag.
func unknownFlagHint(cmd *cobra.Command, e *pflag.NotExistError) string {
	name := e.GetSpecifiedName()
	if e.GetSpecifiedShortnames() == "" {
		var near []string
		for _, s := range similarFlags(cmd, name) {
			near = append(near, "--"+s)
		}
		if len(near) > 0 {
			return "did you mean " + strings.Join(near, " or ") + "?"
		}
		var others []string
		for _, other := range cmd.Root().Commands() {
			if other.IsAvailableCommand() && other.Flags().Lookup(name) != nil {
				others = append(others, other.CommandPath())
			}
		}
		if len(others) > 0 {
			return "--" + name + " is a flag of " + strings.Join(others, ", ")
		}
	}
	return "see " + cmd.CommandPath() + " --help"
}

// similarFlags returns the names of a command's flags that are one or two
// letters from name, or begin with it.
func similarFlags(cmd *cobra.Command, name string) []string {
	// The library compares the names of commands.
	flags := &cobra.Command{SuggestionsMinimumDistance: 2}
	if len(name) <= 4 {
		flags.SuggestionsMinimumDistance = 1
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			flags.AddCommand(&cobra.Command{Use: f.Name, Run: func(*cobra.Command, []string) {}})
		}
	})
	near := flags.SuggestionsFor(name)
	slices.Sort(near)
	return near[:min(len(near), 3)]
}
