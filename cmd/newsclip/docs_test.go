package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
)

// The commands that docs/ and README.md show have the flags that the command has.
func TestDocsCommands(t *testing.T) {
	files, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("no docs", err)
	}
	files = append(files, readmePath)
	seen := make(map[string]int)
	for _, file := range files {
		for n, line := range strings.Split(readFile(t, file), "\n") {
			args, ok := strings.CutPrefix(strings.TrimSpace(line), "newsclip ")
			if !ok || !strings.HasPrefix(line, "    ") {
				continue
			}
			seen[filepath.Base(file)]++
			cmd, rest, err := newRootCommand(&env{}).Find(strings.Fields(args))
			if err == nil {
				err = cmd.ParseFlags(rest)
			}
			if err != nil || !cmd.Runnable() {
				t.Errorf("%s:%d: %s: %v", file, n+1, line, err)
			}
		}
	}
	if seen["crawling.md"] < 6 || seen["README.md"] < 4 {
		t.Errorf("commands: %v", seen)
	}
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
