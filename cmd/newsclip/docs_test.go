package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/spf13/pflag"
)

// inlineCommand matches a command in the middle of a text.
var inlineCommand = regexp.MustCompile("`(newsclip [^`]+)`")

// The commands that docs/ and README.md show, in lines of their own or in a text,
// have the flags that the command has.
func TestDocsCommands(t *testing.T) {
	files, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no docs", err)
	}
	files = append(files, readmePath)
	seen := make(map[string]int)
	for _, file := range files {
		for n, line := range strings.Split(readFile(t, file), "\n") {
			var commands []string
			for _, m := range inlineCommand.FindAllStringSubmatch(line, -1) {
				commands = append(commands, m[1])
			}
			if strings.HasPrefix(line, "    newsclip ") {
				commands = append(commands, strings.TrimSpace(line))
			}
			for _, command := range commands {
				seen[filepath.Base(file)]++
				cmd, rest, err := newRootCommand(&env{}).Find(strings.Fields(command)[1:])
				if err == nil {
					err = cmd.ParseFlags(rest)
				}
				if err != nil && !errors.Is(err, pflag.ErrHelp) || !cmd.Runnable() {
					t.Errorf("%s:%d: %s: %v", file, n+1, command, err)
				}
			}
		}
	}
	if seen["crawling.md"] < 6 || seen["README.md"] < 4 {
		t.Errorf("commands: %v", seen)
	}
}

// Each flag of a crawl is told of in docs/ or README.md, beside the list of all flags.
func TestDocsTellOfCrawlFlags(t *testing.T) {
	files, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	var docs strings.Builder
	for _, file := range append(files, readmePath) {
		if file != flagsPath {
			docs.WriteString(readFile(t, file))
		}
	}
	newCrawlCommand(&env{}).Flags().VisitAll(func(f *pflag.Flag) {
		told := regexp.MustCompile(`--` + regexp.QuoteMeta(f.Name) + `(?:[^a-z-]|$)`)
		short := f.Shorthand != "" && strings.Contains(docs.String(), "-"+f.Shorthand+" ")
		if !f.Hidden && !told.MatchString(docs.String()) && !short {
			t.Errorf("no page tells what --%s is for", f.Name)
		}
	})
}

// The servers' configuration in docs/ is one that they read, and says what the
// text around it says.
func TestDocsServers(t *testing.T) {
	_, rest, _ := strings.Cut(readFile(t, "../../docs/crawling.md"), "```conf\n")
	conf, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("no configuration")
	}
	file := filepath.Join(t.TempDir(), "press.conf")
	if err := os.WriteFile(file, []byte(conf), 0o666); err != nil {
		t.Fatal(err)
	}
	o, err := server.ProcessConfigFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !o.JetStream || o.Cluster.Name != "press" || len(o.Routes) != 3 || o.MaxPayload < 8_000_000 || o.Username == "" {
		t.Errorf("%+v", o)
	}
}

// README.md's table of formats has each format with its endings, in the order
// of the help.
func TestReadmeFormats(t *testing.T) {
	_, rest, _ := strings.Cut(readFile(t, readmePath), "| format | ending | what it is |\n|---|---|---|\n")
	table, _, _ := strings.Cut(rest, "\n\n")
	var got, want []string
	for row := range strings.SplitSeq(table, "\n") {
		cells := strings.Split(row, "|")
		got = append(got, strings.TrimSpace(strings.TrimSpace(cells[1])+" "+strings.TrimSpace(cells[2])))
	}
	for _, f := range formats() {
		want = append(want, strings.TrimSpace(f.Name+" "+strings.Join(f.Endings, ", ")))
	}
	if !slices.Equal(got, want) {
		t.Errorf("README.md has\n%s\nand the command\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
