package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsclip/clean/saved"
)

func TestCleanProgressLine(t *testing.T) {
	var tally saved.Tally
	c := saved.Counts{Read: 1200, Written: 1190, Failed: map[string]int{"no_article": 10}, Skipped: map[string]int{"hidden": 2, "image/png": 1}}
	if got, want := cleanProgressLine(&tally, c, 100*time.Second), "1,200 read  1,190 written  10 failed  3 skipped  12/s  1m40s"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// On a terminal, a folder of more than 20 pages ends with a count although
// nothing failed, and one of 20 without.
func TestCleanCountsOnTerminal(t *testing.T) {
	// It gives a command a terminal (util-linux).
	script, err := exec.LookPath("script")
	if err != nil {
		t.Skip("the program script is not installed here")
	}
	if err := exec.Command(script, "-qec", "true", "/dev/null").Run(); err != nil {
		t.Skip("this script is another one: ", err)
	}
	dir := t.TempDir()
	pages := filepath.Join(dir, "pages")
	if err := os.Mkdir(pages, 0o777); err != nil {
		t.Fatal(err)
	}
	for n := range manyInputs + 1 {
		html, _ := parsed(t, []byte(linePage(n)))["html"].(string)
		if err := os.WriteFile(filepath.Join(pages, strconv.Itoa(n)+".html"), []byte(html), 0o666); err != nil {
			t.Fatal(err)
		}
		if n != manyInputs-1 && n != manyInputs {
			continue
		}
		cmd := exec.Command(script, "-qec", "newsclip clean -o out.jsonl pages", "/dev/null")
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if want := n == manyInputs; err != nil || strings.Contains(string(out), "newsclip: 21 read, 21 written") != want {
			t.Errorf("%d pages: %v\n%q", n+1, err, out)
		}
	}
}
