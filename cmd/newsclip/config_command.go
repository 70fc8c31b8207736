package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// configure registers --config with the root command, and makes its value hold
// for the commands below.
func configure(e *env, root *cobra.Command) {
	var path string
	root.PersistentFlags().StringVar(&path, "config", "", "take values of flags from `FILE` (default newsclip.toml, where it is there); NEWSCLIP_… variables and flags override them")
	root.PersistentPreRunE = func(cmd *cobra.Command, args []string) error {
		if !slices.Contains(configured, cmd.Name()) || cmd.Parent() != root {
			return nil
		}
		var err error
		if e.config, err = openConfig(root, path); err != nil {
			return err
		}
		from, err := e.config.apply(cmd)
		for name, where := range from {
			if where != "--"+name {
				e.configured = cmd.Name()
			}
		}
		return err
	}
	root.AddCommand(newConfigCommand(e, root, &path))
}

// openConfig reads the file of --config, else of NEWSCLIP_CONFIG, else of the
// working directory.
func openConfig(root *cobra.Command, path string) (*config, error) {
	given := root.PersistentFlags().Changed("config")
	if v, ok := lookupEnv("CONFIG"); ok && !given {
		path, given = v, true
	}
	return readConfig(root, path, given)
}

func newConfigCommand(e *env, root *cobra.Command, path *string) *cobra.Command {
	return &cobra.Command{
		Use:   "config [COMMAND]...",
		Short: "Print what the flags come to, and where each value is from",
		Long: `config prints the value of each flag of the commands, as a configuration file that
gives the same, with where it is from: a file, a NEWSCLIP_… variable, or default.

A configuration is a file of TOML, newsclip.toml in the working directory or that
of --config. Its names are those of the flags; what stands in the table of a
command is for that one, and what stands before the tables for all that have the
flag. A variable has the name of its flag: NEWSCLIP_MAX_PAGES. Rules of sites stand
in the table sites, with the directives of a rules file.`,
		Example: `  newsclip config
  newsclip config crawl
  NEWSCLIP_DELAY=2s newsclip config crawl | grep delay`,
		ValidArgs: configured,
		RunE: func(cmd *cobra.Command, args []string) error {
			for _, name := range args {
				if !slices.Contains(configured, name) {
					return usagef("newsclip config takes "+strings.Join(configured, ", "), "no flags of %q are configured", name)
				}
			}
			if len(args) == 0 {
				args = configured
			}
			c, err := openConfig(root, *path)
			if err != nil {
				return err
			}
			var b strings.Builder
			for _, name := range args {
				cmd, _, err := root.Find([]string{name})
				if err != nil {
					return err
				}
				from, err := c.apply(cmd)
				if err != nil {
					return err
				}
				writeFlags(&b, cmd, from)
			}
			if err := c.writeSites(&b); err != nil {
				return err
			}
			_, err = fmt.Fprint(e.stdout, visible(strings.TrimPrefix(b.String(), "\n")))
			return err
		},
	}
}

// writeFlags writes the table of a command.
func writeFlags(b *strings.Builder, cmd *cobra.Command, from map[string]string) {
	fmt.Fprintf(b, "\n[%s]\n", cmd.Name())
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !isConfigurable(f) || f.Hidden {
			return
		}
		where := from[f.Name]
		if where == "" {
			where = "default"
		}
		fmt.Fprintf(b, "%s = %s # %s\n", f.Name, tomlValue(f), where)
	})
}

// tomlValue returns the value of a flag in TOML, without what is secret in it.
func tomlValue(f *pflag.Flag) string {
	if list, ok := f.Value.(pflag.SliceValue); ok {
		var words []string
		for _, w := range list.GetSlice() {
			words = append(words, strconv.Quote(withoutSecret(f.Name, w)))
		}
		return "[" + strings.Join(words, ", ") + "]"
	}
	switch f.Value.Type() {
	case "bool", "int", "float64":
		return f.Value.String()
	}
	return strconv.Quote(withoutSecret(f.Name, f.Value.String()))
}

// withoutSecret returns the value of a flag without the password of an address, of a
// header its name alone, and of a token nothing.
func withoutSecret(flag, value string) string {
	if flag == "token" && value != "" {
		return "…"
	}
	if name, _, ok := strings.Cut(value, ":"); ok && flag == "header" {
		return name + ": …"
	}
	return withoutPassword(value)
}

// writeSites writes the rules of sites.
func (c *config) writeSites(b *strings.Builder) error {
	if _, err := c.addSites(nil); err != nil {
		return err
	}
	for _, host := range slices.Sorted(maps.Keys(c.sites)) {
		fmt.Fprintf(b, "\n[sites.%q] # %s\n", host, c.path)
		for _, name := range slices.Sorted(maps.Keys(c.sites[host])) {
			values, ok := c.sites[host][name].([]any)
			if !ok {
				values = []any{c.sites[host][name]}
			}
			var words []string
			for _, v := range values {
				words = append(words, strconv.Quote(word(v)))
			}
			fmt.Fprintf(b, "%q = [%s]\n", name, strings.Join(words, ", "))
		}
	}
	return nil
}
