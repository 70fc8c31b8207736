package main

import (
	"cmp"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"newsclip/testdata"
)

// TestDocsJobs runs the commands that the pages of docs/ for single jobs show, each
// page in a folder of its own, against the made-up site.
func TestDocsJobs(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the commands are for a Unix shell")
	}
	files, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, file := range files {
		commands := readConsole(readFile(t, file))
		if len(commands) == 0 {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Setenv("NEWSCLIP_DELAY", "1ms")
			site, err := testdata.Newsroom()
			if err != nil {
				t.Fatal(err)
			}
			srv := httptest.NewServer(site)
			defer srv.Close()
			r := readmeRun{dir: t.TempDir(), file: file, replace: strings.NewReplacer("https://news.example/", srv.URL+"/", "/tmp/newsclip-docs", t.TempDir()+"/docs")}
			for i := range commands {
				ran++
				r.run(t.Context(), t, &commands[i])
			}
		})
	}
	if ran < 25 {
		t.Errorf("%d commands", ran)
	}
}

// flagsPath lists all flags of all commands.
const flagsPath = "../../docs/flags.md"

// docs/flags.md has the flags that the commands have. -update writes it.
func TestDocsFlags(t *testing.T) {
	var b strings.Builder
	b.WriteString("# All flags\n\nMade from the commands. The flags of " + strings.Join(configured, ", ") + " can also be set in [a file or a variable](configuration.md).\n")
	commands := newRootCommand(&env{}).Commands()
	slices.SortFunc(commands, func(x, y *cobra.Command) int { return cmp.Compare(x.Name(), y.Name()) })
	for _, cmd := range commands {
		all := append([]*cobra.Command{cmd}, cmd.Commands()...)
		for _, cmd := range all {
			if cmd.Name() == "completion" || cmd.Name() == "help" || cmd.Parent().Name() == "completion" {
				continue
			}
			fmt.Fprintf(&b, "\n## %s\n\n%s.\n\n    %s\n", cmd.CommandPath(), cmd.Short, cmd.UseLine())
			table := "\n| flag | default | what it does |\n|---|---|---|\n"
			cmd.Flags().VisitAll(func(f *pflag.Flag) {
				if f.Hidden || f.Name == "help" {
					return
				}
				name, usage := pflag.UnquoteUsage(f)
				flag := "--" + f.Name
				if f.Shorthand != "" {
					flag = "-" + f.Shorthand + ", " + flag
				}
				if name != "" {
					flag += " " + name
				}
				fallback := f.DefValue
				if f.Name == "workers" {
					fallback = "" // the machine's
				}
				if fallback == "[]" || fallback == "false" {
					fallback = ""
				}
				fmt.Fprintf(&b, "%s| `%s` | %s | %s |\n", table, flag, fallback, strings.ReplaceAll(usage, "|", `\|`))
				table = ""
			})
		}
	}
	if *update {
		if err := os.WriteFile(flagsPath, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got := readFile(t, flagsPath); got != b.String() {
		t.Error("docs/flags.md does not list the flags of the commands: go test ./cmd/newsclip -run TestDocsFlags -update")
	}
}
