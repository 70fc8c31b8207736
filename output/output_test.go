package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"newsclip/clean"
	"newsclip/clean/article"
)

// full is a record with a value in every field but error.
func full() *clean.Article {
	free := false
	at := time.Date(2026, 3, 4, 8, 0, 0, 0, time.UTC)
	return &clean.Article{
		ID: "a1", URL: "https://quay.example/a?x=1&y=2", CanonicalURL: "https://quay.example/a",
		Kind: clean.KindArticle, Title: "Cats & <dogs>", Subtitle: "A *short* story", Description: "Said elsewhere.",
		Authors:   []clean.Author{{Name: "Mara Lindqvist", URL: "https://quay.example/staff/mara"}, {Name: "QNA"}},
		Published: "2026-03-04T09:30:00+02:00", Modified: "2026-03-05",
		Site: &clean.Site{Name: "The Quay Post", Domain: "quay.example"}, Language: "en-GB", Section: "Harbour",
		Tags: []string{"cats", "dogs: and \"more\""}, FreeAccess: &free,
		Rights: &clean.Rights{NoAI: true, NoIndex: true, TDMReservation: true, License: "https://creativecommons.org/licenses/by/4.0/"},
		Images: []clean.Image{{URL: "https://quay.example/a.jpg", Alt: "A cat", Caption: "A cat.", Credit: "M. Lindqvist", Width: 640, Height: 480, Lead: true}},
		Text:   "First.\n\nSecond.", Markdown: "First.\n\n> Second.\n", HTML: "<p>First.</p>", WordCount: 2,
		ContentHash: "0a", Confidence: 0.97, FetchedAt: &at, Status: 200,
		Removed: []clean.Removed{{Stage: "sweep", Rule: "related", Text: "Related Stories"}},
		Diff:    &article.Diff{Added: []string{"Second."}}, Labels: map[string]string{"country": "fi"},
	}
}

func write(t *testing.T, format Format, articles ...*clean.Article) string {
	t.Helper()
	var buf bytes.Buffer
	w := format.New(&buf)
	for _, a := range articles {
		if err := w.Write(&Record{Article: *a}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func TestFormats(t *testing.T) {
	one := &clean.Article{ID: "a", Kind: "article", Title: "Cats & <dogs>", Text: "First.\n\nSecond."}
	two := &clean.Article{ID: "b", Kind: "article", Title: "Two", Subtitle: "Under it", Text: "Third."}
	failed := &clean.Article{ID: "c", Error: &clean.Error{Code: "empty", Message: "the input is empty"}}
	tests := []struct {
		name     string
		format   Format
		articles []*clean.Article
		want     string
	}{
		{"jsonl", JSONL, []*clean.Article{one, failed}, `{"id":"a","kind":"article","title":"Cats & <dogs>","text":"First.\n\nSecond."}
{"id":"c","error":{"code":"empty","message":"the input is empty"}}
`},
		{"jsonl of none", JSONL, nil, ""},
		{"json of one", JSON, []*clean.Article{one}, `{
  "id": "a",
  "kind": "article",
  "title": "Cats & <dogs>",
  "text": "First.\n\nSecond."
}
`},
		{"json of two", JSON, []*clean.Article{failed, failed}, `[
{
  "id": "c",
  "error": {
    "code": "empty",
    "message": "the input is empty"
  }
},
{
  "id": "c",
  "error": {
    "code": "empty",
    "message": "the input is empty"
  }
}
]
`},
		{"json of none", JSON, nil, ""},
		{"text", Text, []*clean.Article{failed, one, two}, `Cats & <dogs>

First.

Second.

* * *

Two

Under it

Third.
`},
		{"markdown", Markdown, []*clean.Article{full(), failed, two}, `---
title: "Cats & <dogs>"
subtitle: "A *short* story"
description: "Said elsewhere."
authors:
  - "Mara Lindqvist"
  - "QNA"
published: "2026-03-04T09:30:00+02:00"
modified: "2026-03-05"
url: "https://quay.example/a"
site: "The Quay Post"
language: "en-GB"
section: "Harbour"
tags:
  - "cats"
  - "dogs: and \"more\""
image: "https://quay.example/a.jpg"
---

# Cats & &lt;dogs>

**A \*short\* story**

First.

> Second.

---
title: "Two"
subtitle: "Under it"
---

# Two

**Under it**

Third.
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := write(t, tt.format, tt.articles...); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// The table of formats: names and endings are each there once, and what a
// format's properties promise is what its writer does.
func TestFormatTable(t *testing.T) {
	failed := &clean.Article{ID: "c", Error: &clean.Error{Code: "empty", Message: "the input is empty"}}
	seen := make(map[string]bool)
	for _, f := range Formats() {
		for _, s := range append(f.Endings, f.Name) {
			if s == "" || seen[s] {
				t.Errorf("%s: %q is empty, or another format's too", f.Name, s)
			}
			seen[s] = true
		}
		if got, ok := Find(Formats(), f.Name); !ok || got.Name != f.Name {
			t.Errorf("%s is not found by its name", f.Name)
		}
		if got := strings.Contains(write(t, f, failed), "the input is empty"); got != f.HoldsErrors {
			t.Errorf("%s: HoldsErrors is %t, and a record with an error is written: %t", f.Name, f.HoldsErrors, got)
		}
		// A format that holds errors has every field.
		if got := strings.Contains(write(t, f, full()), "> Second."); got != (f.Markdown || f.HoldsErrors) {
			t.Errorf("%s: Markdown is %t, and Markdown is written: %t", f.Name, f.Markdown, got)
		}
		if got := write(t, f, full()) + write(t, f, full()); f.Appendable != (got == write(t, f, full(), full())) {
			t.Errorf("%s: Appendable is %t, and two files joined are\n%s", f.Name, f.Appendable, got)
		}
		var line bytes.Buffer
		if err := encode(&line, &Record{Article: *full()}, ""); err != nil {
			t.Fatal(err)
		}
		if got := write(t, f, full()); f.Lines != (got == line.String()) {
			t.Errorf("%s: Lines is %t, and a record is\n%s", f.Name, f.Lines, got)
		}
	}
	if _, ok := Find(Formats(), "yaml"); ok {
		t.Error("there is a format yaml")
	}
}

// Each record is one call of Write with its line break, so that what was
// written before a kill can be read.
func TestJSONLWritesWholeLines(t *testing.T) {
	var calls lineCalls
	w := NewJSONL(&calls)
	for range 3 {
		if err := w.Write(&Record{Article: *full()}); err != nil {
			t.Fatal(err)
		}
	}
	if len(calls) != 3 {
		t.Fatalf("%d calls", len(calls))
	}
	for _, c := range calls {
		var a clean.Article
		if !strings.HasSuffix(c, "\n") || json.Unmarshal([]byte(c), &a) != nil || a.Title != full().Title {
			t.Errorf("%q", c)
		}
	}
}

type lineCalls []string

func (l *lineCalls) Write(b []byte) (int, error) {
	*l = append(*l, string(b))
	return len(b), nil
}

type fullDisk struct{}

var errFull = errors.New("no space left")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteErrorsComeBack(t *testing.T) {
	for _, format := range Formats() {
		w := format.New(fullDisk{})
		err := w.Write(&Record{Article: *full()})
		if err == nil {
			err = w.Close()
		}
		if !errors.Is(err, errFull) {
			t.Errorf("%s: %v", format.Name, err)
		}
	}
}

func TestYAMLString(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "no: not a boolean", `"no: not a boolean"`},
		{"quotes", `a "b" \c`, `"a \"b\" \\c"`},
		{"line break", "a\nb", `"a\nb"`},
		{"signs of HTML", "<a> & b", `"<a> & b"`},
		{"emoji", "🛥", `"🛥"`},
		{"control that JSON lets stand", "a\u0085b\u007f", `"a\u0085b\u007f"`},
		{"byte order mark", "\ufeffa", `"\ufeffa"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := yamlString(tt.in)
			if got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
			var back string
			if err := json.Unmarshal([]byte(got), &back); err != nil || back != tt.in {
				t.Errorf("reads as %q, %v", back, err)
			}
		})
	}
}

func TestEscapeMarkdown(t *testing.T) {
	tests := []struct{ in, want string }{
		{"Plain words, 1. and - too", "Plain words, 1. and - too"},
		{"5 * 3 [sic] `x` <b>", "5 \\* 3 \\[sic\\] \\`x\\` &lt;b>"},
		{"snake_case and _this_", `snake_case and \_this\_`},
		{"C# and F #", `C# and F \#`},
		{`back\slash`, `back\\slash`},
		{"Grüße_an_Köln", "Grüße_an_Köln"},
	}
	for _, tt := range tests {
		if got := escapeMarkdown(tt.in); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.in, got, tt.want)
		}
	}
}

func BenchmarkJSONL(b *testing.B) {
	a := &Record{Article: *full()}
	a.Text = strings.Repeat("The ferry leaves at nine, and nobody on the quay has seen it so full.\n\n", 80)
	w := NewJSONL(discard{})
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Write(a); err != nil {
			b.Fatal(err)
		}
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
