package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"flag"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsclip/output"
)

// update writes what the commands print into README.md.
var update = flag.Bool("update", false, "write what the commands of README.md print into it, where it shows more than …")

const (
	readmePath = "../../README.md"
	// readmeAddress is where README.md serves the made-up site. The test
	// takes a free address instead.
	readmeAddress = "127.0.0.1:8080"
)

// A consoleCommand is a line of README.md that begins with "$ ", with its
// here-document if it has one, and what README.md says that it prints.
type consoleCommand struct {
	line    int // of the command, from 1
	shown   int // of its first line of output
	command string
	want    []string
}

// readConsole reads the blocks that begin with ```console.
func readConsole(markdown string) []consoleCommand {
	var commands []consoleCommand
	inside, document := false, ""
	for n, line := range strings.Split(markdown, "\n") {
		last := len(commands) - 1
		switch {
		case document != "":
			commands[last].command += "\n" + line
			commands[last].shown = n + 2
			if line == document {
				document = ""
			}
		case !inside:
			inside = line == "```console"
		case line == "```":
			inside = false
		case strings.HasPrefix(line, "$ "):
			commands = append(commands, consoleCommand{line: n + 1, shown: n + 2, command: line[2:]})
			if _, word, ok := strings.Cut(line, "<<'"); ok {
				document = strings.TrimSuffix(word, "'")
			}
		default:
			commands[last].want = append(commands[last].want, line)
		}
	}
	return commands
}

// update makes output what README.md shows. Where it shows "…", it stays so.
func (c *consoleCommand) update(output string) {
	if slices.Contains(c.want, "…") {
		return
	}
	was := c.want
	c.want = nil
	for line := range strings.Lines(output) {
		line = strings.TrimSuffix(line, "\n")
		for _, w := range was {
			if strings.Contains(w, "…") && (&consoleCommand{want: []string{w}}).matches(line+"\n") {
				line = w
				break
			}
		}
		c.want = append(c.want, line)
	}
}

// matches reports whether output is what README.md shows: "…" stands for any words
// within a line, and alone for any number of lines.
func (c *consoleCommand) matches(output string) bool {
	var re strings.Builder
	re.WriteString(`\A`)
	for _, line := range c.want {
		if line == "…" {
			re.WriteString(`(?:.*\n)*?`)
			continue
		}
		parts := strings.Split(line, "…")
		for i := range parts {
			parts[i] = regexp.QuoteMeta(parts[i])
		}
		re.WriteString(strings.Join(parts, ".*?") + `\n`)
	}
	re.WriteString(`\z`)
	return regexp.MustCompile(re.String()).MatchString(output)
}

// TestReadme runs the commands of README.md in their order, in one folder, and
// compares what they print with what README.md shows.
func TestReadme(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("README.md's commands are for a Unix shell")
	}
	commands := readConsole(readFile(t, readmePath))
	if len(commands) < 10 {
		t.Fatalf("README.md has %d commands", len(commands))
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	r := readmeRun{dir: t.TempDir(), root: root, address: freeAddress(t)}
	// What goes on in the background ends with the test.
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	for i := range commands {
		c := &commands[i]
		t.Run("line "+strconv.Itoa(c.line), func(t *testing.T) { r.run(ctx, t, c) })
	}
	if *update {
		updateReadme(t, commands)
	}
}

// updateReadme writes what commands now want as their output.
func updateReadme(t *testing.T, commands []consoleCommand) {
	t.Helper()
	lines := strings.Split(readFile(t, readmePath), "\n")
	was := readConsole(strings.Join(lines, "\n"))
	for i, c := range slices.Backward(commands) {
		at := c.shown - 1
		lines = slices.Replace(lines, at, at+len(was[i].want), c.want...)
	}
	if err := os.WriteFile(readmePath, []byte(strings.Join(lines, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
}

type readmeRun struct {
	dir     string // where commands run
	root    string // where the commands of Go run
	address string
	// file is the page, README.md where it is empty, and replace what is replaced
	// in its commands.
	file    string
	replace *strings.Replacer
}

func (r *readmeRun) run(ctx context.Context, t *testing.T, c *consoleCommand) {
	command := c.command
	if r.address != "" {
		command = strings.ReplaceAll(command, readmeAddress, r.address)
	}
	if r.replace != nil {
		command = r.replace.Replace(command)
	}
	page := filepath.Base(cmp.Or(r.file, readmePath))
	command, background := strings.CutSuffix(command, " &")
	dir := r.dir
	switch {
	case command == "go test ./...":
		t.Skip("this test is part of it")
	case strings.HasPrefix(command, "go "):
		dir = r.root
		command = strings.ReplaceAll(command, "> ", "> '"+r.dir+"/'")
	case regexp.MustCompile(`\bjq\b`).MatchString(command):
		if _, err := exec.LookPath("jq"); err != nil {
			t.Skip("jq is not installed here")
		}
	}
	if background {
		// So that ending the shell ends the command.
		command = "exec " + command
	}
	cmd := exec.CommandContext(ctx, "sh", "-c", command)
	cmd.Dir = dir
	newsclip, err := plainBinary()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(os.Environ(), "PATH="+filepath.Dir(newsclip)+string(os.PathListSeparator)+os.Getenv("PATH"))
	// Which of the two a terminal shows first is chance; here it is the output.
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if background {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitFor(t, r.address)
		return
	}
	err = cmd.Run()
	got := stdout.String() + stderr.String()
	if r.address != "" {
		got = strings.ReplaceAll(got, r.address, readmeAddress)
	}
	if err != nil {
		t.Fatalf("%s:%d: %s\n%v\n%s", page, c.line, c.command, err, got)
	}
	if *update {
		c.update(got)
	}
	if !c.matches(got) {
		t.Errorf("%s:%d: %s\nprints\n%s\nand the page says\n%s", page, c.line, c.command, got, strings.Join(c.want, "\n"))
	}
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func waitFor(t *testing.T, address string) {
	t.Helper()
	for range 500 {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("nobody listens at %s", address)
}

func TestReadmeMatches(t *testing.T) {
	tests := []struct {
		name, want, output string
		matches            bool
	}{
		{"the same", "a\nb", "a\nb\n", true},
		{"a line more", "a", "a\nb\n", false},
		{"a line less", "a\nb", "a\n", false},
		{"some words", "a … c", "a b c\n", true},
		{"some words of two lines", "a … c", "a b\nb c\n", false},
		{"some lines", "a\n…\nd", "a\nb\nc\nd\n", true},
		{"no lines", "a\n…", "a\n", true},
		{"other end", "…\nd", "a\ne\n", false},
		{"signs of expressions", "a.c", "abc\n", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := consoleCommand{want: strings.Split(tt.want, "\n")}
			if c.matches(tt.output) != tt.matches {
				t.Error(!tt.matches)
			}
		})
	}
}

// README.md's Go code is the body of an example, which go test runs.
func TestReadmeLibrary(t *testing.T) {
	shown := codeBlock(t, readFile(t, readmePath), "go")
	_, rest, _ := strings.Cut(readFile(t, "../../clean/example_test.go"), "// README.md begins here.\n")
	run, _, ok := strings.Cut(rest, "\t// README.md ends here.\n")
	if !ok {
		t.Fatal("the example marks no part of it")
	}
	if run = strings.ReplaceAll("\n"+run, "\n\t", "\n")[1:]; shown != run {
		t.Errorf("README.md shows\n%s\nand the example runs\n%s", shown, run)
	}
}

// README.md's table of the record has the fields of the JSON Schema, in order.
func TestReadmeRecord(t *testing.T) {
	_, rest, _ := strings.Cut(readFile(t, readmePath), "| field | type | meaning |\n|---|---|---|\n")
	table, _, _ := strings.Cut(rest, "\n\n")
	var got []string
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(row, "|")
		for name := range strings.SplitSeq(cells[1], ",") {
			got = append(got, strings.Trim(name, " `"))
		}
	}
	var want []string
	dec := json.NewDecoder(bytes.NewReader(output.Schema()))
	for depth, inside := 0, false; ; {
		tok, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case json.Delim:
			if tok == '{' || tok == '[' {
				depth++
			} else if depth--; inside && depth == 1 {
				if !slices.Equal(got, want) {
					t.Errorf("README.md has\n%v\nand the schema\n%v", got, want)
				}
				return
			}
		case string:
			if depth == 1 && tok == "properties" {
				inside = true
			} else if inside && depth == 2 {
				want = append(want, tok)
			}
		}
	}
}

// README.md gives a reason for each module that go.mod requires, and for no
// other.
func TestReadmeDependencies(t *testing.T) {
	var want []string
	for line := range strings.SplitSeq(readFile(t, "../../go.mod"), "\n") {
		line = strings.TrimPrefix(line, "require ")
		if path, version, ok := strings.Cut(strings.TrimSpace(line), " v"); ok && !strings.Contains(version, "// indirect") {
			want = append(want, path)
		}
	}
	_, rest, _ := strings.Cut(readFile(t, readmePath), "| module | for |\n|---|---|\n")
	table, _, _ := strings.Cut(rest, "\n\n")
	var got []string
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(row, "|")
		if strings.TrimSpace(cells[2]) == "" {
			t.Errorf("no reason for %s", cells[1])
		}
		got = append(got, strings.TrimSpace(cells[1]))
	}
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("README.md has\n%s\nand go.mod\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
