package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"

	"newsclip/clean"
	"newsclip/clean/saved"
)

func TestPanicCostsOnePage(t *testing.T) {
	it := saved.Item{Name: "page.html", Load: func() (clean.Input, error) { panic("no such luck") }}
	c := cleanOne(clean.New(clean.Options{}), it, "https://quay.example/a", func(int64) {}, true)
	if c.article == nil || c.article.Error == nil || c.article.Error.Code != "internal" {
		t.Fatalf("%+v", c)
	}
	msg := c.err.Error()
	if !strings.HasPrefix(msg, "page.html: newsclip failed on this page: no such luck (") || !strings.Contains(msg, "TestPanicCostsOnePage") {
		t.Error(msg)
	}
	var nilMap map[string]int
	it.Load = func() (clean.Input, error) { nilMap["a"] = 1; return clean.Input{}, nil }
	if msg := cleanOne(nil, it, "", func(int64) {}, true).err.Error(); !strings.Contains(msg, "TestPanicCostsOnePage") {
		t.Error(msg)
	}
}

// An interrupt ends a run that waits for its input, with what was written whole.
func TestInterrupt(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot send an interrupt to another one on Windows")
	}
	cmd := exec.Command("newsclip", "clean", "--from", "jsonl")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Process.Kill()
	defer stdin.Close()
	if _, err := io.WriteString(stdin, `{"id": "a", "html": ""}`+"\n"); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil || !strings.Contains(line, `"id":"a"`) {
		t.Fatalf("%q, %v", line, err)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || stderr.String() != "newsclip: interrupted after 1 inputs\n" {
		t.Errorf("%v, %q", err, stderr.String())
	}
}
