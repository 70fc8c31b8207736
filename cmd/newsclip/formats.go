package main

import (
	"newsclip/output"
	"newsclip/output/parquet"
	"newsclip/output/sqlite"
)

// formats lists the formats of records that --format takes, in the order of the
// help.
func formats() []output.Format {
	return append(output.Formats(), parquet.Format, sqlite.Format)
}
