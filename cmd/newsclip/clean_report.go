package main

import (
	"errors"
	"fmt"

	"newsclip/clean"
	"newsclip/cmd/internal/show"
	"newsclip/output"
)

// reportFile is the file of --report. It holds the report on one page.
type reportFile struct {
	file output.File
	opts show.ReportOptions
	used bool
}

func createReport(path string, opts show.ReportOptions) (*reportFile, error) {
	f, err := output.CreateCompressed(path)
	if err != nil {
		return nil, fmt.Errorf("--report: %w", err)
	}
	return &reportFile{file: f, opts: opts}, nil
}

// write writes the report on a draft and returns the draft's record. It reports
// on a page without an article too.
func (r *reportFile) write(d *clean.Draft) (*clean.Article, error) {
	if r.used {
		return nil, errors.New("--report shows a single page, and the input holds more than one")
	}
	r.used = true
	a, err := show.Report(r.file, d, r.opts)
	var ce *clean.Error
	if err == nil || errors.As(err, &ce) {
		if err := r.file.Close(); err != nil {
			return nil, fmt.Errorf("--report: %w", err)
		}
	}
	return a, err
}
