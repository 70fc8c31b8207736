package main

import (
	"slices"

	"newsclip/output"
	"newsclip/output/document"
	"newsclip/output/parquet"
	"newsclip/output/sqlite"
)

// formats lists the formats of records that --format takes, in the order of the
// help.
func formats() []output.Format {
	return slices.Concat(output.Formats(), []output.Format{parquet.Format, sqlite.Format}, document.Formats)
}
