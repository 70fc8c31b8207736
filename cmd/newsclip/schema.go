package main

import (
	"github.com/spf13/cobra"

	"newsclip/output"
)

func newSchemaCommand(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "schema",
		Short:   "Print the JSON Schema of a record",
		Example: "  newsclip schema > record.schema.json",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			_, err := e.stdout.Write(output.Schema())
			return err
		},
	}
}
