package main

import (
	"io"

	"github.com/spf13/cobra"

	"newsclip/clean"
)

func newCleanCommand(e *env) *cobra.Command {
	var res results
	var cl cleaning
	cmd := &cobra.Command{
		Use:   "clean [flags] FILE|DIR|URL|-...",
		Short: "Clean saved pages",
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := res.check(); err != nil {
				return err
			}
			if err := cl.check(); err != nil {
				return err
			}
			opts, err := cl.options(res.form(e, true))
			if err != nil {
				return err
			}
			w, err := res.open(e, true)
			if err != nil {
				return err
			}
			defer w.Abort()
			b, err := io.ReadAll(e.stdin)
			if err != nil {
				return err
			}
			a, err := clean.New(opts).Clean(clean.Input{HTML: b})
			if err != nil {
				return err
			}
			if err := w.Write(a); err != nil {
				return err
			}
			return w.Close()
		},
	}
	res.register(cmd.Flags())
	cl.register(cmd.Flags())
	return cmd
}
