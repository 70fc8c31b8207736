package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// What the Dockerfile puts into the image is all that newsclip needs: its own commands
// make the tree of files here, in which newsclip then runs as the image's user.
// It compiles everything anew, so it runs where NEWSCLIP_LARGE is set.
func TestImage(t *testing.T) {
	const certificates = "/etc/ssl/certs/ca-certificates.crt"
	if os.Getenv("NEWSCLIP_LARGE") == "" {
		t.Skip("NEWSCLIP_LARGE is not set")
	}
	if os.Getuid() != 0 {
		t.Skip("a tree of files can be the root of a process of root's alone")
	}
	if _, err := os.Stat(certificates); err != nil {
		t.Skip("there are no certificates here")
	}
	_, script, ok := strings.Cut(readFile(t, "../../Dockerfile"), "\nRUN CGO_ENABLED=0 ")
	script, _, found := strings.Cut(script, "\n\nFROM scratch\nCOPY --from=build /image /\nUSER 65532:65532\nWORKDIR /work\nENTRYPOINT [\"/usr/bin/newsclip\"]\n")
	if !ok || !found {
		t.Fatal("the Dockerfile is not of this form any more")
	}
	// Not t.TempDir, which others may not enter.
	image, err := os.MkdirTemp("", "newsclip-image-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(image) })
	if err := os.Chmod(image, 0o755); err != nil {
		t.Fatal(err)
	}
	build := exec.Command("sh", "-c", "umask 022; CGO_ENABLED=0 "+strings.ReplaceAll(script, "/image", image))
	build.Dir = "../.."
	build.Env = append(os.Environ(), "VERSION=v1.2.3")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	run := func(args ...string) string {
		cmd := exec.Command("/usr/bin/newsclip", args...)
		cmd.Dir, cmd.Env = "/work", []string{"PATH=/usr/bin"}
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: image, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Errorf("newsclip %s: %v\n%s", strings.Join(args, " "), err, out)
		}
		return string(out)
	}
	if got := run("version"); !strings.HasPrefix(got, "newsclip v1.2.3 ") {
		t.Errorf("version: %q", got)
	}
	run("demo", "-o", "demo.jsonl")
	run("convert", "-o", "demo.db", "demo.jsonl")
	if b, err := os.ReadFile(filepath.Join(image, "work/demo.jsonl")); err != nil || strings.Count(string(b), "\n") < 10 {
		t.Errorf("%d lines, %v", strings.Count(string(b), "\n"), err)
	}
}
