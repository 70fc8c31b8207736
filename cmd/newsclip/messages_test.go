package main

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"newsclip/clean"
)

// Of each input so many messages are printed, and then how many more there were.
func TestMessagesAreBounded(t *testing.T) {
	var stderr bytes.Buffer
	e := &env{stderr: &stderr}
	m := messages{say: e.errorf, list: "; --skipped FILE lists them"}
	for _, in := range []struct {
		name string
		n    int
	}{{"a.zip", mostMessages + 1234}, {"", mostMessages + 1}, {"b.zip", mostMessages}, {"c.zip", mostMessages + 1}} {
		for k := range in.n {
			m.about(in.name, "%s!/%d is broken", in.name, k)
		}
	}
	m.end()
	m.end()
	got := strings.Split(stderr.String(), "\n")
	if want := mostMessages + 1 + mostMessages + 1 + mostMessages + mostMessages + 1 + 1; len(got) != want {
		t.Errorf("%d lines, want %d", len(got), want)
	}
	for k, want := range map[int]string{
		mostMessages - 1: fmt.Sprintf("newsclip: a.zip!/%d is broken", mostMessages-1),
		mostMessages:     "newsclip: a.zip: and 1,234 more; --skipped FILE lists them",
		len(got) - 2:     "newsclip: c.zip: and 1 more; --skipped FILE lists them",
	} {
		if got[k] != want {
			t.Errorf("line %d: %q, want %q", k, got[k], want)
		}
	}
}

func TestWholeOf(t *testing.T) {
	for _, tt := range []struct {
		in   clean.Input
		want string
	}{
		{clean.Input{File: "x.tar.gz!/a.zip!/b.html"}, "x.tar.gz"},
		{clean.Input{File: "saved/a.html"}, ""},
		{clean.Input{Source: "C:/pages.jsonl:17", File: "a.html"}, "C:/pages.jsonl"},
		{clean.Input{URL: "https://quay.example/"}, ""},
	} {
		if got := wholeOf(tt.in); got != tt.want {
			t.Errorf("%+v: %q, want %q", tt.in, got, tt.want)
		}
	}
}
