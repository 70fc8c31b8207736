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
		return usagef("write a time as in 20s or 2m; 0 means no limit", "--clean-timeout: %v is too short", c.timeout)
	}
	return nil
}

// options loads the rules of --rules and of the configuration, and returns the options of a cleaner whose
// records are written in the given format, in pieces where chunked is set.
func (c *cleaning) options(e *env, format output.Format, chunked bool) (clean.Options, error) {
	o := clean.Options{
		Explain:  c.explain,
		Timeout:  c.timeout,
		Markdown: slices.Contains(c.with, "markdown") || format.Markdown || chunked,
		HTML:     slices.Contains(c.with, "html") || format.HTML,
	}
	if c.rules != "" {
		rules, err := selectors.LoadDir(c.rules)
		if rules == nil {
			return o, fmt.Errorf("--rules: %w", err)
		}
		warnFaults(e, c.rules, err)
		o.Rules = rules
	}
	var err error
	o.Rules, err = e.config.addSites(o.Rules)
	return o, err
}

// warnFaults warns of the lines of rules that do not load. The others take effect.
func warnFaults(e *env, dir string, err error) {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return
	}
	const most = 3
	faults := joined.Unwrap()
	for _, fault := range faults[:min(most, len(faults))] {
		e.warnf("--rules: left out: %v", fault)
	}
	if more := len(faults) - most; more > 0 {
		e.warnf("--rules: %d more lines are left out", more)
	}
	if len(faults) > 0 {
		e.hintf("newsclip rules check %s lists what does not load", dir)
	}
}
