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

// The library takes a gigabyte for a key of 30,000 parts.
func TestDeepConfig(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		deep bool
	}{
		"table":         {"[a" + strings.Repeat(".a", 30_000) + "]\n", true},
		"key":           {"workers = 1\n" + strings.Repeat("a . ", 10_000) + "b = 1\n", true},
		"quoted":        {strings.Repeat(`"a".'b'.`, 5_000) + "b = 1\n", true},
		"inline tables": {strings.Repeat("a = {", 10_000) + strings.Repeat("}", 10_000) + "\n", true},
		"value":         {"include = [" + strings.Repeat(`"a.example", `, 1000) + `"x"]` + "\n", false},
	} {
		path := filepath.Join(t.TempDir(), "a.toml")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := readConfig(newRootCommand(&env{}), path, true)
		if deep := err != nil && strings.Contains(err.Error(), "parts or more"); deep != c.deep || !c.deep && err != nil {
			t.Errorf("%s: %v", name, err)
		}
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

// Of several faults the same one is told each time.
func TestConfigFaultsHaveAnOrder(t *testing.T) {
	for _, text := range []string{
		"[crawl]\nnot-a = 1\nnot-b = 1\nnot-c = 1\nnot-d = 1\n",
		"[sites]\na = 1\nb = 1\nc = 1\nd = 1\n",
		"[sites.x]\na = {}\nb = {}\nc = {}\nd = {}\n",
	} {
		path := filepath.Join(t.TempDir(), "a.toml")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		first := ""
		for range 50 {
			_, err := readConfig(newRootCommand(&env{}), path, true)
			if err == nil {
				t.Fatalf("%q is read", text)
			}
			if first == "" {
				first = err.Error()
			}
			if err.Error() != first {
				t.Fatalf("%q, then %q", first, err)
			}
		}
	}
}
