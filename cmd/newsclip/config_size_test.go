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

// A device without an end is read no further than a config file may be long.
func TestEndlessConfig(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip(err)
	}
	if _, err := readConfig(nil, "/dev/zero", true); err == nil || !strings.Contains(err.Error(), "are read") {
		t.Error(err)
	}
	if _, err := readRoots("/dev/zero"); err == nil || !strings.Contains(err.Error(), "no certificate") {
		t.Error(err)
	}
}
