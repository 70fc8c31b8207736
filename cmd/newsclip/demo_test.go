package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"newsclip/output"
	"newsclip/testdata"
)

// computedFields are not in the expected records: they follow from the others,
// or from the fetch.
var computedFields = []string{"id", "word_count", "content_hash", "confidence", "fetched_at", "status"}

// TestDemo crawls the made-up site. Each of its articles must become the record
// that was written for it by hand, and nothing else may come.
func TestDemo(t *testing.T) {
	var stdout, stderr bytes.Buffer
	start := time.Now()
	if code := run([]string{"demo"}, strings.NewReader(""), &stdout, &stderr); code != exitOK {
		t.Fatalf("exit code %d\n%s", code, &stderr)
	}
	m := regexp.MustCompile(`(?m)^newsclip: crawling the made-up site at (http://\S+)/$`).FindStringSubmatch(stderr.String())
	if m == nil {
		t.Fatalf("standard error does not say where the site is:\n%s", &stderr)
	}
	expected, err := testdata.Expected(m[1])
	if err != nil {
		t.Fatal(err)
	}
	want := make(map[string]map[string]any)
	for _, r := range expected {
		var record map[string]any
		if err := json.Unmarshal(r.JSON, &record); err != nil {
			t.Fatalf("%s: %v", r.File, err)
		}
		// The site's robots.txt shuts crawlers out that gather pages for
		// models, which the record of a page by itself cannot know.
		rights, ok := record["rights"].(map[string]any)
		if !ok {
			rights = make(map[string]any)
			record["rights"] = rights
		}
		rights["noai"] = true
		want[m[1]+r.Path] = record
	}

	s := recordSchema(t)
	got := make(map[string]bool)
	ids := make(map[string]bool)
	for line := range strings.Lines(stdout.String()) {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		checkRecord(t, s, []byte(line))
		address, _ := record["canonical_url"].(string)
		if address == "" {
			address, _ = record["url"].(string)
		}
		switch {
		case got[address]:
			t.Errorf("%s is written twice", address)
		case want[address] == nil:
			t.Errorf("%s is no article", address)
			continue
		}
		got[address] = true
		t.Run(strings.TrimPrefix(address, m[1]+"/"), func(t *testing.T) {
			checkComputed(t, record, start, ids)
			for _, field := range computedFields {
				delete(record, field)
			}
			for _, diff := range diffRecords("", want[address], record) {
				t.Error(diff)
			}
		})
	}
	for _, r := range expected {
		if !got[m[1]+r.Path] {
			t.Errorf("no record for %s (%s)", r.Path, r.File)
		}
	}
	if !regexp.MustCompile(`(?m)^newsclip: [1-9]\d* blocks that are not the articles were stripped from \d+ pages`).MatchString(stderr.String()) {
		t.Errorf("standard error does not say what was stripped:\n%s", &stderr)
	}
}

// checkComputed checks the fields that no expected record has.
func checkComputed(t *testing.T, record map[string]any, start time.Time, ids map[string]bool) {
	t.Helper()
	id, _ := record["id"].(string)
	if id == "" || ids[id] {
		t.Errorf("id %q is empty or another's", id)
	}
	ids[id] = true
	text, _ := record["text"].(string)
	n, _ := record["word_count"].(float64)
	// Languages without spaces have more words than spaces, and a dash
	// between spaces is none.
	if spaced := float64(len(strings.Fields(text))); n < 0.9*spaced || n > max(1.2*spaced, float64(len([]rune(text)))) {
		t.Errorf("word_count is %v, and text has %v words with spaces between", n, spaced)
	}
	if hash, _ := record["content_hash"].(string); (hash == "") != (text == "") {
		t.Errorf("content_hash is %q", hash)
	}
	if c, ok := record["confidence"].(float64); !ok || c <= 0 || c > 1 {
		t.Errorf("confidence is %v", record["confidence"])
	}
	if record["status"] != 200.0 {
		t.Errorf("status is %v", record["status"])
	}
	at, err := time.Parse(time.RFC3339, fmt.Sprint(record["fetched_at"]))
	if err != nil || at.Before(start.Add(-time.Second)) || at.After(time.Now().Add(time.Second)) {
		t.Errorf("fetched_at is %v, %v", record["fetched_at"], err)
	}
}

func recordSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(output.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("record.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkRecord says where a record is not what the schema says.
func checkRecord(t *testing.T, s *jsonschema.Schema, record []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(record))
	if err != nil {
		t.Fatalf("%v: %s", err, record)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%v\n%s", err, record)
	}
}

// diffRecords lists how got differs from want, a line for each field, sorted.
func diffRecords(path string, want, got any) []string {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok {
			break
		}
		var diffs []string
		keys := make(map[string]bool)
		for k := range want {
			keys[k] = true
		}
		for k := range got {
			keys[k] = true
		}
		for k := range keys {
			diffs = append(diffs, diffRecords(path+"."+k, want[k], got[k])...)
		}
		slices.Sort(diffs)
		return diffs
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			break
		}
		var diffs []string
		for i := range want {
			diffs = append(diffs, diffRecords(fmt.Sprintf("%s[%d]", path, i), want[i], got[i])...)
		}
		return diffs
	case string:
		if got, ok := got.(string); ok && strings.Contains(want, "\n\n") {
			return diffBlocks(path, want, got)
		}
	}
	if fmt.Sprint(want) == fmt.Sprint(got) {
		return nil
	}
	return []string{fmt.Sprintf("%s is\n\t%s, want\n\t%s", path[1:], shown(got), shown(want))}
}

func shown(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// diffBlocks names the blocks of a text that are missing or too many.
func diffBlocks(path, want, got string) []string {
	if want == got {
		return nil
	}
	w, g := strings.Split(want, "\n\n"), strings.Split(got, "\n\n")
	var diffs []string
	for _, block := range w {
		if !slices.Contains(g, block) {
			diffs = append(diffs, fmt.Sprintf("%s lacks %q", path[1:], block))
		}
	}
	for _, block := range g {
		if !slices.Contains(w, block) {
			diffs = append(diffs, fmt.Sprintf("%s has %q", path[1:], block))
		}
	}
	if diffs == nil {
		diffs = []string{fmt.Sprintf("%s has its blocks in another order, or one twice", path[1:])}
	}
	return diffs
}

func TestShorten(t *testing.T) {
	tests := []struct {
		in   string
		n    int
		want string
	}{
		{"short", 5, "short"},
		{"a longer one", 9, "a longer…"},
		{"a longer one", 3, "a…"},
		{"Фонарь", 4, "Фон…"},
	}
	for _, tt := range tests {
		if got := shorten(tt.in, tt.n); got != tt.want {
			t.Errorf("%q to %d is %q, want %q", tt.in, tt.n, got, tt.want)
		}
	}
}
