package main

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"
	"time"
)

// A conversion ends when it is interrupted, in a record without an end and while nothing
// comes.
func TestConvertIsInterrupted(t *testing.T) {
	quiet, w := io.Pipe()
	defer w.Close()
	for name, in := range map[string]io.Reader{"a line without an end": endless{}, "nothing comes": quiet} {
		t.Run(name, func(t *testing.T) {
			var stdout, stderr bytes.Buffer
			e := &env{stdin: in, stdout: &stdout, stderr: &stderr}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
			defer cancel()
			f := &convertFlags{args: []string{"-"}}
			f.format, f.recordInputs.from = "jsonl", "jsonl"
			done := make(chan error, 1)
			go func() { done <- runConvert(ctx, e, f) }()
			select {
			case err := <-done:
				if err == nil || !strings.Contains(err.Error(), "interrupted") {
					t.Errorf("returned %v", err)
				}
			case <-time.After(30 * time.Second):
				t.Fatal("it goes on")
			}
		})
	}
}
