package main

import (
	"errors"
	"fmt"

	"newsclip/clean"
	"newsclip/output"
)

// reportFile is the file of --report. It holds one page's report.
type reportFile struct {
	file output.File
	used bool
}

func createReport(path string) (*reportFile, error) {
	f, err := output.Create(path)
	if err != nil {
		return nil, fmt.Errorf("--report: %w", err)
	}
	return &reportFile{file: f}, nil
}

// write writes a draft's record, which it returns, and its report. A page
// without an article has a report too.
func (r *reportFile) write(d *clean.Draft) (*clean.Article, error) {
	if r.used {
		return nil, errors.New("--report shows one page, and there is more than one in the input")
	}
	r.used = true
	a, err := d.Report(r.file)
	var ce *clean.Error
	if err == nil || errors.As(err, &ce) {
		if err := r.file.Close(); err != nil {
			return nil, fmt.Errorf("--report: %w", err)
		}
	}
	return a, err
}
