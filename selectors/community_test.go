package selectors

import (
	"os"
	"path/filepath"
	"testing"
)

// TestCommunityRules reads the community's files, which are not part of this
// repository: NEWSCLIP_SITE_RULES is a folder with a checkout of
// https://github.com/fivefilters/ftr-site-config.
func TestCommunityRules(t *testing.T) {
	dir := os.Getenv("NEWSCLIP_SITE_RULES")
	if dir == "" {
		t.Skip("NEWSCLIP_SITE_RULES is not set: no community rules to read")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%s has no rules: %v", dir, err)
	}
	bad := 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ParseRules(filepath.Base(f), b); err != nil {
			bad++
			t.Log(err)
		}
	}
	t.Logf("%d of %d files load", len(files)-bad, len(files))
	if bad*50 > len(files) {
		t.Errorf("%d of %d files do not load, want 2%% at most", bad, len(files))
	}
}
