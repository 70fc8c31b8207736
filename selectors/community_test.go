package selectors

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCommunityRules reads the community's files, which are not part of this
// repository: NEWSCLIP_SITE_RULES is a folder with a checkout of
// https://github.com/fivefilters/ftr-site-config. Each file loads, and each
// directive that is no slip of the pen does something, or is told to do nothing.
func TestCommunityRules(t *testing.T) {
	dir := os.Getenv("NEWSCLIP_SITE_RULES")
	if dir == "" {
		t.Skip("NEWSCLIP_SITE_RULES is not set: no community rules to read")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no rules: %v", dir, err)
	}
	set, err := LoadDir(dir)
	if set == nil {
		t.Fatal(err)
	}
	rules, tests, unused := set.All(), 0, make(map[string]int)
	for _, r := range rules {
		tests += len(r.Tests)
		for _, u := range r.Unused {
			unused[u.Name]++
		}
	}
	faults := 0
	if err != nil {
		for _, fault := range faultsOf(err) {
			faults++
			t.Log(fault)
		}
	}
	t.Logf("%d of %d files, %d test pages, %d lines with a fault; without effect: %v", len(rules), len(files), tests, faults, unused)
	// One file is the licence, and one has the host of another.
	if len(rules) < len(files)-2 || faults*100 > len(files) || tests < len(files) {
		t.Error("too many files or lines do not load")
	}
	used := make(map[string]int)
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			if name, _, _, ok := cutDirective(strings.TrimSpace(line)); ok && !strings.HasPrefix(line, "#") {
				used[name]++
			}
		}
	}
	for name, n := range used {
		if _, known := directives[name]; !known && ignored[name] == "" && n > 1 && name != "https" && !strings.Contains(name, " ") && !strings.Contains(name, "/") {
			t.Errorf("%s, in %d lines, is not known", name, n)
		}
	}
}
