package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each promise of SECURITY.md names tests, and each of them is there.
func TestSecurityTable(t *testing.T) {
	root := filepath.Join("..", "..")
	quoted := regexp.MustCompile("`([^`]+)`")
	isTest := regexp.MustCompile(`^(Test|Fuzz)[A-Z]\w*$|\.txtar$`)
	rows := 0
	for line := range strings.Lines(readFile(t, filepath.Join(root, "SECURITY.md"))) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		if !strings.HasPrefix(line, "| ") || len(cells) < 3 || strings.HasPrefix(line, "| Of") || strings.HasPrefix(line, "| ---") {
			continue
		}
		rows++
		// Tests stand before the folder that has them: `TestA`, `TestB` in `a` and `b`.
		var tests []string
		inFolder, checked := false, 0
		for _, m := range quoted.FindAllStringSubmatch(cells[len(cells)-1], -1) {
			name := m[1]
			if isTest.MatchString(name) {
				if inFolder {
					tests, inFolder = nil, false
				}
				tests = append(tests, name)
				continue
			}
			fi, err := os.Stat(filepath.Join(root, name))
			if err != nil || !fi.IsDir() {
				continue // a variable
			}
			inFolder = true
			for _, test := range tests {
				checked++
				if !hasTest(t, filepath.Join(root, name), test) {
					t.Errorf("%s has no %s, for: %s", name, test, cells[1])
				}
			}
		}
		if checked == 0 || !inFolder {
			t.Errorf("no test is named for: %s", line)
		}
	}
	if rows < 50 {
		t.Errorf("%d rows were found", rows)
	}
}

// hasTest reports whether a folder has a test function or a script of that name.
func hasTest(t *testing.T, dir, name string) bool {
	t.Helper()
	if strings.HasSuffix(name, ".txtar") {
		found, err := filepath.Glob(filepath.Join(dir, "testdata", "*", name))
		if len(found) == 0 {
			found, err = filepath.Glob(filepath.Join(dir, "testdata", name))
		}
		return err == nil && len(found) > 0
	}
	files, err := filepath.Glob(filepath.Join(dir, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.Contains(readFile(t, file), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}
