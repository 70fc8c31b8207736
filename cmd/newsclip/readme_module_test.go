package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmeModule makes another module by the commands of README.md, without
// network, and runs README.md's Go code in it.
func TestReadmeModule(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	readme := readFile(t, readmePath)
	commands := codeBlock(t, readme, "sh")
	if !strings.Contains(commands, "-replace newsclip=../newsclip") {
		t.Fatalf("README.md does not show how to use a checkout:\n%s", commands)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("main.go", "package main\n\nimport (\n\t\"fmt\"\n\t\"log\"\n\t\"os\"\n\n\t\"newsclip/clean\"\n)\n\nfunc main() {\n"+
		codeBlock(t, readme, "go")+"}\n")
	_, page, ok := strings.Cut(readConsoleCommand(t, readme, "cat > page.html"), "\n")
	if !ok {
		t.Fatal("README.md shows no page")
	}
	write("page.html", strings.TrimSuffix(page, "\nEND"))

	var out []byte
	for command := range strings.Lines(commands) {
		args := strings.Fields(command)
		for i := range args {
			args[i] = strings.ReplaceAll(args[i], "../newsclip", root)
		}
		if args[0] == "cp" {
			write(filepath.Base(args[1]), readFile(t, args[1]))
			continue
		}
		cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
		cmd.Dir = dir
		// GOWORK, because a go.work above the temporary folder would be used.
		cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=", "GOWORK=off", "CGO_ENABLED=0")
		if out, err = cmd.CombinedOutput(); err != nil {
			if strings.Contains(string(out), "module lookup disabled") {
				t.Skipf("another module needs more of the module cache than newsclip's own build: go mod tidy fills it\n%s", out)
			}
			t.Fatalf("%s%v\n%s", command, err, out)
		}
	}
	want := "Night ferry returns to Aldmouth\nMara Lindqvist 2026-03-04T09:30:00+02:00\n"
	if string(out) != want {
		t.Errorf("the program prints\n%s\nwant\n%s", out, want)
	}
}

// codeBlock returns what the first code block in the given language holds.
func codeBlock(t *testing.T, markdown, language string) string {
	t.Helper()
	_, rest, _ := strings.Cut(markdown, "```"+language+"\n")
	code, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatalf("no code in %s", language)
	}
	return code
}

// readConsoleCommand returns the first command that begins so, with its
// here-document.
func readConsoleCommand(t *testing.T, markdown, begins string) string {
	t.Helper()
	for _, c := range readConsole(markdown) {
		if strings.HasPrefix(c.command, begins) {
			return c.command
		}
	}
	t.Fatalf("no command %q", begins)
	return ""
}
