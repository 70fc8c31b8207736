package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A config file of half a megabyte of dots takes gigabytes where it is decoded.
func TestLargeConfig(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.toml")
	if err := os.WriteFile(path, []byte(strings.Repeat("a.", 300_000)+"b = 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readConfig(nil, path, true); err == nil || !strings.Contains(err.Error(), "are read") {
		t.Error(err)
	}
}
