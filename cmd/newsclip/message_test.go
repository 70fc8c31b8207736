package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"newsclip/clean"
	"newsclip/clean/article"
)

// Messages quote what was read: neither a line on the terminal nor the error of a record
// is as long as that.
func TestMessagesAreShort(t *testing.T) {
	long := "te.warc: unsupported transfer encoding: " + strings.Repeat("gzip,", 100_000)
	var stderr bytes.Buffer
	e := &env{stderr: &stderr}
	e.warnf("%s", long)
	for where, got := range map[string]string{
		"terminal":              stderr.String(),
		"record":                clean.Failed(clean.Input{}, errors.New(long)).Error.Message,
		"record, with its code": clean.Failed(clean.Input{}, &article.Error{Code: article.CodeRead, Message: long}).Error.Message,
	} {
		if len(got) > article.MaxMessage+50 || !strings.Contains(got, "te.warc") || !strings.Contains(got, "…") {
			t.Errorf("%s: %d bytes: %.200s", where, len(got), got)
		}
	}
}
