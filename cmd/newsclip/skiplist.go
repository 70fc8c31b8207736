package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"newsclip/clean"
	"newsclip/clean/saved"
	"newsclip/output"
)

// skipList is the file of --skipped. It may be nil, which lists nothing, and
// used by several goroutines.
type skipList struct {
	mu   sync.Mutex
	file output.File
	err  error // the first of a write
}

// createSkipList begins the file. No path means that there is no list.
func createSkipList(path string) (*skipList, error) {
	if path == "" {
		return nil, nil
	}
	f, err := output.CreateCompressed(path)
	if err != nil {
		return nil, fmt.Errorf("--skipped: %w", err)
	}
	return &skipList{file: f}, nil
}

// skipLine is a line of the list.
type skipLine struct {
	File    string `json:"file,omitempty"`
	Source  string `json:"source,omitempty"`
	URL     string `json:"url,omitempty"`
	Cause   string `json:"cause"`
	Message string `json:"message,omitempty"`
}

// skipped adds an input that was passed over.
func (s *skipList) skipped(in saved.Skipped) { s.add(skipLine{File: in.File, Cause: in.Cause}) }

// failed adds an input that failed.
func (s *skipList) failed(c *cleaned) {
	if c.err == nil {
		return
	}
	line := skipLine{File: c.in.File, Source: c.in.Source, URL: c.in.URL, Cause: "read", Message: c.err.Error()}
	var ce *clean.Error
	if errors.As(c.err, &ce) {
		line.Cause = ce.Code
	}
	s.add(line)
}

func (s *skipList) add(line skipLine) {
	if s == nil {
		return
	}
	b, err := json.Marshal(line)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err == nil && s.err == nil {
		_, err = s.file.Write(append(b, '\n'))
	}
	if s.err == nil {
		s.err = err
	}
}

// close puts the file in its place.
func (s *skipList) close() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = s.file.Close()
	}
	if s.err != nil {
		return fmt.Errorf("--skipped: %w", s.err)
	}
	return nil
}

// abort gives the file up, unless it was closed.
func (s *skipList) abort() {
	if s != nil {
		s.file.Abort()
	}
}
