package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// startServe runs "newsclip serve" on a free port and returns its address. It is ended
// by an interrupt, after which it must return without an error.
func startServe(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	e := &env{stdin: strings.NewReader(""), stdout: io.Discard, stderr: w}
	root := newRootCommand(e)
	root.SetArgs(append([]string{"serve", "--listen", "127.0.0.1:0"}, args...))
	ended := make(chan error, 1)
	go func() {
		ended <- root.ExecuteContext(ctx)
		w.Close()
	}()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %v", err, <-ended)
	}
	go func() { _, _ = io.Copy(io.Discard, r) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("serve: %v", err)
			}
		case <-time.After(20 * time.Second):
			t.Error("serve goes on after an interrupt")
		}
	})
	address := regexp.MustCompile(`http://\S+`).FindString(line)
	if address == "" {
		t.Fatalf("no address in %q", line)
	}
	return address
}

// The programs in docs/serve.md print what they are written to print.
func TestDocsServe(t *testing.T) {
	base := startServe(t)
	dir := t.TempDir()
	page := "<html><head><title>Ferry sails again</title></head><body><article><h1>Ferry sails again</h1>" +
		strings.Repeat("<p>The ferry on the northern line left the harbour in the morning, and the crew said that the crossing was calm.</p>", 4) + "</article></body></html>"
	if err := os.WriteFile(filepath.Join(dir, "page.html"), []byte(page), 0o666); err != nil {
		t.Fatal(err)
	}
	doc := strings.ReplaceAll(readFile(t, "../../docs/serve.md"), "http://localhost:7979", base)
	for _, tt := range []struct{ language, program, flag string }{{"sh", "sh", "-c"}, {"python", "python3", "-c"}, {"js", "node", "-e"}} {
		t.Run(tt.language, func(t *testing.T) {
			needed := []string{tt.program}
			if tt.language == "sh" {
				needed = append(needed, "curl")
			}
			for _, name := range needed {
				if _, err := exec.LookPath(name); err != nil {
					t.Skip(name + " is not installed here")
				}
			}
			_, rest, _ := strings.Cut(doc, "```"+tt.language+"\n")
			script, _, ok := strings.Cut(rest, "```\n")
			if !ok {
				t.Fatal("no such program in docs/serve.md")
			}
			cmd := exec.Command(tt.program, tt.flag, script)
			cmd.Dir = dir
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "Ferry sails again") {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	resp, err := http.Get(base + "/v1/clean?url=http://127.0.0.1:9/")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a private address: %s", resp.Status)
	}
}

func TestServeUsage(t *testing.T) {
	t.Setenv(tokenVariable, "")
	for _, args := range [][]string{
		{"--listen", "0.0.0.0:0"}, {"--listen", ":0"}, {"--listen", "nothing"}, {"--origin", "reader.example"}, {"--origin", "https://reader.example/page"},
		{"--max-body", "1GB"}, {"--max-body", "x"}, {"--max-crawls", "0"}, {"--timeout", "0s"}, {"--delay", "-1s"}, {"--workers", "-1"},
	} {
		var stderr strings.Builder
		if code := run(append([]string{"serve"}, args...), strings.NewReader(""), io.Discard, &stderr); code != exitUsage || !strings.Contains(stderr.String(), "hint: ") {
			t.Errorf("%v: exit code %d\n%s", args, code, &stderr)
		}
	}
}

// The server answers beside many connections, which it bounds, and refuses long headers.
func TestServeConnections(t *testing.T) {
	address := strings.TrimPrefix(startServe(t), "http://")
	ask := func(field string) (c net.Conn, status string) {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		_ = c.SetReadDeadline(time.Now().Add(20 * time.Second))
		fmt.Fprintf(c, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: %s\r\n\r\n", field)
		status, _ = bufio.NewReader(c).ReadString('\n')
		return c, status
	}
	var all []net.Conn
	for range maxConnections + 50 {
		c, status := ask("a")
		if !strings.Contains(status, "200") {
			t.Fatalf("connection %d: %q", len(all)+1, status)
		}
		all = append(all, c)
	}
	if _, status := ask(strings.Repeat("a", 48<<10)); !strings.Contains(status, "431") {
		t.Errorf("a long header: %q", status)
	}
	closed := 0
	for _, c := range all {
		_ = c.SetReadDeadline(time.Now().Add(time.Millisecond))
		if _, err := c.Read(make([]byte, 1)); errors.Is(err, io.EOF) {
			closed++
		}
	}
	if closed < 50 {
		t.Errorf("%d connections were closed", closed)
	}
}
