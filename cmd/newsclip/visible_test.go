package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"log"
	"strings"
	"testing"
	"time"
)

const unsafeText = "a\x1b]0;b\x07c\u009b31md\x7fe\u202ef\u2066g\rh\x9bi https://user:p@ss@news.example/x"

// Nothing that others wrote moves the terminal's cursor, whichever way it takes
// to standard error, and no password is printed.
func TestMessagesAreSafeToPrint(t *testing.T) {
	for name, write := range map[string]func(e *env){
		"error":   func(e *env) { e.exitCode(errors.New(unsafeText)) },
		"usage":   func(e *env) { e.exitCode(usagef(unsafeText, "%s", unsafeText)) },
		"warning": func(e *env) { e.warnf("%s", unsafeText) },
		"log":     func(e *env) { newLog(e, "text", false, true).Info(unsafeText, "key", unsafeText) },
		"json":    func(e *env) { newLog(e, "json", false, true).Info(unsafeText, "key", unsafeText) },
		"library": func(e *env) { log.New(&logWriter{e: e}, "", 0).Print(unsafeText) },
	} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			write(&env{stderr: &b, stdout: io.Discard})
			got := b.String()
			if strings.IndexFunc(got, isUnsafe) >= 0 {
				t.Errorf("%q", got)
			}
			if strings.Contains(got, "ss@") || !strings.Contains(got, "user:xxxxx@news.example/x") {
				t.Errorf("the password is printed: %q", got)
			}
			if name == "json" && !json.Valid(b.Bytes()) {
				t.Errorf("no JSON: %s", got)
			}
			if strings.Count(got, "\n") > 2 {
				t.Errorf("more lines than messages: %q", got)
			}
		})
	}
}

func TestVisibleLeavesPlainTextAlone(t *testing.T) {
	const s = "Škoda — 日本 \u0627\u0644 \tx\n https://user@a.example/b:c@d"
	if got := visible(s); got != s {
		t.Errorf("%q", got)
	}
}

// Of what a library logs without end, a few lines are written and the others counted.
func TestLogIsBounded(t *testing.T) {
	var out bytes.Buffer
	w := &logWriter{e: &env{stderr: &out}}
	for range 1000 {
		log.New(w, "", 0).Print("a frame of no known type")
	}
	if n := strings.Count(out.String(), "\n"); n != logLines {
		t.Errorf("%d lines", n)
	}
	w.since = w.since.Add(-2 * time.Minute)
	log.New(w, "", 0).Print("a frame of no known type")
	if said := "980 messages like this were left out"; !strings.Contains(out.String(), said) {
		t.Errorf("it does not say %q: %s", said, out.String())
	}
}
