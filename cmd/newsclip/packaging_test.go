package main

import (
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// What a release names is there: the variable of the version, the files, and the
// systems that .ci/run builds for.
func TestPackaging(t *testing.T) {
	release := readFile(t, "../../.goreleaser.yaml")
	for _, want := range []string{"-X main.version=", "CGO_ENABLED=0", "goos: [linux, darwin, windows]", "goarch: [amd64, arm64]", "formats: [deb, rpm]", ".ci/package-files packaging"} {
		if !strings.Contains(release, want) {
			t.Errorf(".goreleaser.yaml lacks %s", want)
		}
	}
	files := regexp.MustCompile(`files: \[(.*)\]`).FindStringSubmatch(release)
	if files == nil {
		t.Fatal("no files")
	}
	for file := range strings.SplitSeq(files[1], ", ") {
		if strings.HasPrefix(file, "packaging/") {
			continue // made by .ci/package-files
		}
		if found, err := filepath.Glob("../../" + file); err != nil || len(found) == 0 {
			t.Errorf("%s is not there", file)
		}
	}
	docker := readFile(t, "../../Dockerfile")
	// TestImage runs what it makes.
	_, last, _ := strings.Cut(docker, "FROM scratch\n")
	if !strings.Contains(last, "USER 65532") || !strings.Contains(docker, "/image/etc/ssl/certs/ca-certificates.crt") || !strings.Contains(docker, "CGO_ENABLED=0") {
		t.Error("the image is not static, runs as root, or has no certificates")
	}
	if !strings.Contains(docker, "mkdir -m 1777 /image/tmp /image/work") {
		t.Error("the image has no folder for temporary files, or none to work in that its user may write to")
	}
	goVersion := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(readFile(t, "../../go.mod"))
	if !strings.Contains(docker, "FROM golang:"+goVersion[1]+"-") {
		t.Errorf("the image is not built with Go %s", goVersion[1])
	}
	if !strings.Contains(release, "cmd: cyclonedx-gomod\n") || !strings.Contains(readFile(t, "../../.github/workflows/release.yml"), "cmd/cyclonedx-gomod@v") {
		t.Error("no list of the modules is made")
	}
	if !strings.Contains(readFile(t, "../../.github/workflows/ci.yml"), "run: .ci/run") {
		t.Error("the workflow does not run .ci/run")
	}
}

// The configuration of releases is one that goreleaser takes, without what it will
// drop, where it is installed.
func TestGoReleaser(t *testing.T) {
	program, err := exec.LookPath("goreleaser")
	if err != nil {
		t.Skip("goreleaser is not installed here")
	}
	cmd := exec.Command(program, "check")
	cmd.Dir = "../.."
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// Archives and packages hold the notices, the man pages and the completions.
func TestPackagesHoldTheFiles(t *testing.T) {
	release := readFile(t, "../../.goreleaser.yaml")
	for _, want := range []string{
		"files: [LICENSE, NOTICE, README.md, CHANGELOG.md, docs/*, packaging/man/*, packaging/completions/*]",
		"{src: NOTICE, dst: /usr/share/doc/newsclip/NOTICE}", "{src: packaging/man/*.1, dst: /usr/share/man/man1/}",
		"packaging/completions/newsclip.bash", "packaging/completions/newsclip.fish", "packaging/completions/newsclip.zsh",
	} {
		if !strings.Contains(release, want) {
			t.Errorf(".goreleaser.yaml lacks %s", want)
		}
	}
	// A cask names each page.
	var visit func(cmd *cobra.Command)
	visit = func(cmd *cobra.Command) {
		if cmd.Hidden || cmd.Name() == "help" {
			return
		}
		if page := "packaging/man/" + strings.ReplaceAll(cmd.CommandPath(), " ", "-") + ".1\n"; !strings.Contains(release, page) {
			t.Errorf(".goreleaser.yaml lacks %s", page)
		}
		for _, c := range cmd.Commands() {
			visit(c)
		}
	}
	visit(newRootCommand(&env{}))
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if !strings.Contains(readFile(t, "../../.ci/package-files"), shell) {
			t.Errorf("no completion for %s is made", shell)
		}
	}
}
