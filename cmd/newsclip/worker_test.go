package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// linePage returns the line of a made-up page. All of a site's have a sentence
// that is no article's, which one page alone does not tell.
func linePage(n int) string {
	html := fmt.Sprintf(`<!doctype html><html lang="en"><head><title>Report %d</title></head><body><article><h1>Report %[1]d</h1>
<p>The harbour board has published its report number %[1]d, which tells how many boats came in during the week and what they brought to the quay.</p>
<p>Of the %[1]d pages that it has, most are tables; the harbour master said that nobody reads them and that he counts the boats all the same.</p>
<p>Readers of the Quay Post have told this newspaper for many years that they like the ferry, the bakery and the long winter evenings.</p>
<p>The next report, number %d, is expected on Monday, when the ferry from the outer islands is back in service after its repair.</p>
</article></body></html>`, n, n+1)
	line, err := json.Marshal(map[string]any{"id": strconv.Itoa(n), "url": fmt.Sprintf("https://quay.example/%d.html", n), "html": html})
	if err != nil {
		panic(err)
	}
	return string(line) + "\n"
}

const repeatedSentence = "Readers of the Quay Post"

// worker is a newsclip whose input stays open.
type worker struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
}

func startWorker(t *testing.T, args ...string) *worker {
	t.Helper()
	w := &worker{cmd: exec.Command("newsclip", append([]string{"clean", "--from", "jsonl"}, args...)...)}
	w.cmd.Stderr = os.Stderr
	var err error
	if w.stdin, err = w.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	stdout, err := w.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	w.stdout = bufio.NewReader(stdout)
	if err := w.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		w.stdin.Close()
		if err := w.cmd.Wait(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *worker) send(t *testing.T, n int) {
	t.Helper()
	if _, err := io.WriteString(w.stdin, linePage(n)); err != nil {
		t.Fatal(err)
	}
}

// answer reads the next record, and fails where none comes.
func (w *worker) answer(t *testing.T, n int) (text string) {
	t.Helper()
	timer := time.AfterFunc(time.Minute, func() { w.cmd.Process.Kill() })
	defer timer.Stop()
	line, err := w.stdout.ReadString('\n')
	if err != nil {
		t.Fatalf("no answer to page %d: %v", n, err)
	}
	record := parsed(t, []byte(line))
	if record["id"] != strconv.Itoa(n) {
		t.Fatalf("answer to %v, not %d", record["id"], n)
	}
	text, _ = record["text"].(string)
	return text
}

// Each line on a pipe is answered before the next one comes, and judged alone.
func TestWorkerAnswersAtOnce(t *testing.T) {
	w := startWorker(t)
	for n := range 8 {
		w.send(t, n)
		if text := w.answer(t, n); !strings.Contains(text, repeatedSentence) {
			t.Errorf("page %d: %s", n, text)
		}
	}
}

// With --learn, pages on a pipe wait for others of their site, and for no longer
// than the pipe pauses.
func TestWorkerLearns(t *testing.T) {
	w := startWorker(t, "--learn")
	w.send(t, 0)
	w.answer(t, 0)
	for n := 1; n < 8; n++ {
		w.send(t, n)
	}
	for n := 1; n < 8; n++ {
		if text := w.answer(t, n); text == "" || strings.Contains(text, repeatedSentence) {
			t.Errorf("page %d: %s", n, text)
		}
	}
}

// A file is learnt from, also as standard input.
func TestFileAsStandardInputIsLearntFrom(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pages.jsonl")
	var lines strings.Builder
	for n := range 8 {
		lines.WriteString(linePage(n))
	}
	if err := os.WriteFile(path, []byte(lines.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"--from", "jsonl"}, {"--from", "jsonl", path}} {
		stdin, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("newsclip", append([]string{"clean"}, args...)...)
		cmd.Stdin = stdin
		out, err := cmd.Output()
		stdin.Close()
		if err != nil || strings.Count(string(out), "\n") != 8 || strings.Contains(string(out), repeatedSentence) {
			t.Errorf("%v: %v\n%s", args, err, out)
		}
	}
}

// The recipe of docs/workers.md cleans a thousand pages with two workers, each
// at least ten times as fast as by a start of newsclip.
func TestPythonRecipe(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 is not installed here")
	}
	_, rest, _ := strings.Cut(readFile(t, "../../docs/workers.md"), "```python\n")
	recipe, _, ok := strings.Cut(rest, "```\n")
	if !ok {
		t.Fatal("docs/workers.md has no recipe")
	}
	const pages, calls = 1000, 20
	var lines strings.Builder
	for n := range pages {
		lines.WriteString(linePage(n))
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pages.jsonl"), []byte(lines.String()), 0o666); err != nil {
		t.Fatal(err)
	}
	newsclip, err := plainBinary()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", filepath.Dir(newsclip)+string(os.PathListSeparator)+os.Getenv("PATH"))
	script := fmt.Sprintf(`import json, subprocess, sys, time
pages = [json.loads(line) for line in open("pages.jsonl")]
begun = time.monotonic()
%s
pool_time = (time.monotonic() - begun) / len(pages)
assert [r["id"] for r in records] == [p["id"] for p in pages]
assert all(r["title"] == "Report " + r["id"] for r in records)
begun = time.monotonic()
for page in pages[:%d]:
    subprocess.run(["newsclip", "clean", "--format", "jsonl", "-"], input=page["html"].encode(), check=True, stdout=subprocess.DEVNULL)
print((time.monotonic() - begun) / %[2]d / pool_time)
while not workers.empty():
    worker = workers.get()
    worker.stdin.close()
    assert worker.wait() == 0
`, recipe, calls)
	cmd := exec.Command(python, "-c", script)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	ratio, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%.0f times as fast as a start for each page", ratio)
	if ratio < 10 && !testing.Short() {
		t.Errorf("%.1f times as fast as a start for each page", ratio)
	}
}
