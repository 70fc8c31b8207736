package main

import (
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"testing"
)

// NOTICE has the licences of what is linked.
func TestNotice(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the script is for a shell")
	}
	check := exec.Command("bash", ".ci/notice", "--check")
	check.Dir = "../.."
	if out, err := check.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// XPath expressions that are always true end (GO-2026-4526, mended in xpath 1.3.6).
func TestXPathVersion(t *testing.T) {
	b, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`\tgithub\.com/antchfx/xpath v1\.(\d+)\.(\d+)\n`).FindSubmatch(b)
	if m == nil {
		t.Fatal("go.mod has no version 1 of xpath")
	}
	minor, _ := strconv.Atoi(string(m[1]))
	if patch, _ := strconv.Atoi(string(m[2])); minor < 3 || minor == 3 && patch < 6 {
		t.Errorf("xpath 1.%d.%d", minor, patch)
	}
}
