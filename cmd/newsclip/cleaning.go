package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"newsclip/clean"
	"newsclip/output"
	"newsclip/selectors"
)

// cleaning holds the flags that control how a page is cleaned.
type cleaning struct {
	rules   string
	explain bool
	with    []string
	timeout time.Duration
}

func (c *cleaning) register(cmd *cobra.Command) {
	fs := cmd.Flags()
	fs.StringVar(&c.rules, "rules", "", "read rules for single sites from the files in `DIR`")
	fs.BoolVar(&c.explain, "explain", false, "list in each record the blocks that were removed, with the rule that removed them, and where its fields were read")
	fs.StringSliceVar(&c.with, "with", nil, "add these `FIELDS` to the records: markdown, html")
	fs.DurationVar(&c.timeout, "clean-timeout", 20*time.Second, "give up a page that takes longer than `TIME` to clean; 0 means never")
	completeWith(cmd, "with", "markdown", "html", "markdown,html")
}

// check validates the flags. It is called before anything is opened.
func (c *cleaning) check() error {
	for _, f := range c.with {
		if f != "markdown" && f != "html" {
			return usagef("--with takes markdown, html, or markdown,html", "--with: unknown field %q", f)
		}
	}
	if c.timeout < 0 {
		return usagef("0 means no limit", "--clean-timeout must not be negative")
	}
	return nil
}

// options loads the rules of --rules and returns the options of a cleaner whose
// records are written in the given format.
func (c *cleaning) options(format output.Format) (clean.Options, error) {
	o := clean.Options{
		Explain:  c.explain,
		Timeout:  c.timeout,
		Markdown: slices.Contains(c.with, "markdown") || format.Markdown,
		HTML:     slices.Contains(c.with, "html") || format.HTML,
	}
	if c.rules != "" {
		rules, err := selectors.LoadDir(c.rules)
		if err != nil {
			return o, fmt.Errorf("--rules: %w", err)
		}
		o.Rules = rules
	}
	return o, nil
}
