package main

import (
	"os"
	"strings"

	"github.com/spf13/cobra"
)

func newRootCommand(e *env) *cobra.Command {
	root := &cobra.Command{
		Use:   "newsclip",
		Short: "Clean JSON articles from news sites and saved pages",
		Long: `newsclip turns news pages into clean JSON records: the article's text without
anything repeated, its authors and dates, and the pictures' captions and credits
in fields of their own.`,
		Example: `  newsclip clean page.html                       one saved page
  newsclip clean saved/ > articles.jsonl         a folder, one record a line
  newsclip crawl https://news.example/ | jq .title
  newsclip demo                                  a made-up site, no network`,
		Version:                    versionLine(),
		Args:                       cobra.ArbitraryArgs,
		SuggestionsMinimumDistance: 2,
		SilenceErrors:              true,
		SilenceUsage:               true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return runGroup(e, cmd, nil, "command")
			}
			return usagef(unknownCommandHint(cmd, args[0]), "unknown command %q", args[0])
		},
	}
	root.SetFlagErrorFunc(flagError)
	root.SetVersionTemplate("{{.Version}}\n")
	root.Flags().Bool("version", false, "print the version")
	root.SetUsageTemplate(usageTemplate)
	root.SetHelpTemplate(helpTemplate)
	root.AddCommand(newCleanCommand(e), newConvertCommand(e), newDemoCommand(e), newCrawlCommand(e), newMapCommand(e), newCollectCommand(e), newRulesCommand(e), newStatusCommand(e), newReportCommand(e), newServeCommand(e), newMCPCommand(e), newSchemaCommand(e), newVersionCommand(e))
	root.AddCommand(buildCommands()...)
	configure(e, root)
	root.SetHelpCommand(newHelpCommand())
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() == "completion" {
			cmd.Args = cobra.ArbitraryArgs
			cmd.RunE = func(cmd *cobra.Command, args []string) error { return runGroup(e, cmd, args, "shell") }
		}
	}
	return root
}

// newHelpCommand returns "newsclip help".
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "help [COMMAND]",
		Short:             "Describe a command",
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if len(args) > 0 && (err != nil || found == cmd.Root() || len(rest) > 0) {
				return usagef(unknownCommandHint(cmd.Root(), args[len(args)-1]), "unknown command %q", strings.Join(args, " "))
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}

// runGroup is run for a command that only has commands below it, where none of
// them was named. Its help is an error message then.
func runGroup(e *env, cmd *cobra.Command, args []string, what string) error {
	if len(args) == 0 {
		cmd.SetOut(e.stderr)
		if err := cmd.Help(); err != nil {
			return err
		}
		return &reportedError{exitUsage}
	}
	cmd.SuggestionsMinimumDistance = 2
	hint := "see " + cmd.CommandPath() + " --help"
	if s := cmd.SuggestionsFor(args[0]); len(s) > 0 {
		hint = "did you mean " + strings.Join(s, " or ") + "?"
	}
	return usagef(hint, "%s: unknown %s %q", cmd.CommandPath(), what, args[0])
}

// unknownCommandHint suggests what to type instead of a word that is not a
// command.
func unknownCommandHint(cmd *cobra.Command, word string) string {
	if s := cmd.SuggestionsFor(word); len(s) > 0 {
		return "did you mean " + strings.Join(s, " or ") + "?"
	}
	if isURL(word) {
		return "newsclip clean " + word + " cleans that one page, newsclip crawl " + word + " its site"
	}
	if _, err := os.Stat(word); err == nil {
		return "newsclip clean " + word
	}
	return "see newsclip --help"
}

// Help shows the examples before the flags: they are what most people look for.
const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}
{{end}}{{if .HasExample}}
Examples:
{{.Example}}
{{end}}
{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}`

const usageTemplate = `Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} COMMAND{{else}}{{.UseLine}}{{end}}
{{if .HasAvailableSubCommands}}
Commands:
{{range .Commands}}{{if or .IsAvailableCommand (eq .Name "help")}}  {{rpad .Name .NamePadding}} {{.Short}}
{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}
Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
Flags of all commands:
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableSubCommands}}
"newsclip COMMAND --help" describes a command.
{{end}}`
