package main

import (
	"newsclip/output"
)

// formats lists the formats of records that --format takes, in the order of the
// help.
func formats() []output.Format {
	return output.Formats()
}
