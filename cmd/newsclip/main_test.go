package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"newsclip": main})
}

// TestScript runs the command as its users do: a script for each feature.
func TestScript(t *testing.T) {
	newsclip, err := plainBinary()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Setup: func(e *testscript.Env) error {
			e.Setenv("PATH", filepath.Dir(newsclip)+string(os.PathListSeparator)+e.Getenv("PATH"))
			return nil
		},
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds:                scriptCommands,
	})
}

// scriptCommands are what the scripts can do beside testscript's own.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"compress": cmdCompress,
	"exits":    cmdExits,
	"page":     cmdPage,
	"pick":     cmdPick,
	"serve":    cmdServe,
	"truncate": cmdTruncate,
}

// exits CODE COMMAND [ARG]...: the command ends with just this exit code.
func cmdExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG]...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// pick FILE FIELD...: writes to stdout, for each record in FILE (JSON Lines, or
// JSON), the fields with " | " between them. A field may be a path with dots,
// text.lines counts the lines that are not blank, and - stands for no value.
func cmdPick(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: pick FILE FIELD...")
	}
	dec := json.NewDecoder(strings.NewReader(ts.ReadFile(args[0])))
	for {
		var v any
		if err := dec.Decode(&v); err == io.EOF {
			return
		} else if err != nil {
			ts.Fatalf("%s: %v", args[0], err)
		}
		records, ok := v.([]any)
		if !ok {
			records = []any{v}
		}
		for _, r := range records {
			var values []string
			for _, path := range args[1:] {
				values = append(values, pick(r, path))
			}
			fmt.Fprintln(ts.Stdout(), strings.Join(values, " | "))
		}
	}
}

func pick(v any, path string) string {
	for key := range strings.SplitSeq(path, ".") {
		if s, ok := v.(string); ok && key == "lines" {
			n := 0
			for line := range strings.SplitSeq(s, "\n") {
				if line != "" {
					n++
				}
			}
			v = n
			continue
		}
		switch t := v.(type) {
		case map[string]any:
			v = t[key]
		case []any:
			if k, err := strconv.Atoi(key); err == nil && k < len(t) {
				v = t[k]
				continue
			}
			v = nil
		default:
			v = nil
		}
	}
	switch t := v.(type) {
	case nil:
		return "-"
	case string:
		return t
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// compress gzip|zstd|brotli FILE...: writes FILE.gz, FILE.zst or FILE.br.
func cmdCompress(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: compress gzip|zstd|brotli FILE...")
	}
	for _, name := range args[1:] {
		var buf bytes.Buffer
		var w io.WriteCloser
		var ext string
		switch args[0] {
		case "gzip":
			w, ext = gzip.NewWriter(&buf), ".gz"
		case "zstd":
			zw, err := zstd.NewWriter(&buf)
			ts.Check(err)
			w, ext = zw, ".zst"
		case "brotli":
			w, ext = brotli.NewWriter(&buf), ".br"
		default:
			ts.Fatalf("no compression is called %s", args[0])
		}
		_, err := io.WriteString(w, ts.ReadFile(name))
		ts.Check(err)
		ts.Check(w.Close())
		ts.Check(os.WriteFile(ts.MkAbs(name+ext), buf.Bytes(), 0o666))
	}
}

// truncate FILE BYTES: cuts so many bytes off the end.
func cmdTruncate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: truncate FILE BYTES")
	}
	n, err := strconv.ParseInt(args[1], 10, 64)
	ts.Check(err)
	name := ts.MkAbs(args[0])
	fi, err := os.Stat(name)
	ts.Check(err)
	ts.Check(os.Truncate(name, fi.Size()-n))
}

const paragraph = "<p>The ferry leaves at nine, and nobody on the quay has seen it so full since the bridge was closed for the winter.</p>\n"

// page FILE large MEGABYTES, page FILE nested DEPTH, page FILE binary HEX:
// writes a page that cannot stand in a script.
func cmdPage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: page FILE large|nested|binary VALUE")
	}
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	w := bufio.NewWriter(f)
	switch args[1] {
	case "large":
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		for size := 0; size < n<<20; size += len(paragraph) {
			w.WriteString(paragraph)
		}
	case "nested":
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		w.WriteString("<!doctype html><title>The deep page</title><h1>The deep page</h1>")
		w.WriteString(strings.Repeat("<div>", n))
		w.WriteString(strings.Repeat(paragraph, 8))
		w.WriteString(strings.Repeat("</div>", n))
	case "binary":
		var b []byte
		_, err := fmt.Sscanf(args[2], "%x", &b)
		ts.Check(err)
		w.Write(b)
		w.Write(bytes.Repeat([]byte{0, 1, 2, 3, 0xff}, 400))
	default:
		ts.Fatalf("no page is called %s", args[1])
	}
	ts.Check(w.Flush())
	ts.Check(f.Close())
}

// serve DIR: serves the folder on loopback until the script ends, and sets
// $SITE to its address. /moved/X leads to /X, /circle to itself, /down answers 503, and
// /agent.html has the request's User-Agent as its title.
func cmdServe(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: serve DIR")
	}
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir(ts.MkAbs(args[0]))))
	mux.HandleFunc("/moved/", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, strings.TrimPrefix(r.URL.Path, "/moved"), http.StatusMovedPermanently)
	})
	mux.HandleFunc("/circle", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/circle", http.StatusFound)
	})
	mux.HandleFunc("/down", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "down", http.StatusServiceUnavailable)
	})
	mux.HandleFunc("/agent.html", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "<!doctype html><title>%s</title><article><h1>%[1]s</h1>%s</article>", r.UserAgent(), strings.Repeat(paragraph, 4))
	})
	site := httptest.NewServer(mux)
	ts.Defer(site.Close)
	ts.Setenv("SITE", site.URL)
}
