package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReportFlag(t *testing.T) {
	dir := t.TempDir()
	page, report := filepath.Join(dir, "page.html"), filepath.Join(dir, "report.html")
	html := `<html><head><title>Yellow tide tables</title></head><body><nav>Home and Away</nav><article><h1>Yellow tide tables</h1>
<p>The tide tables for the coming year are on sale at the harbour office from Monday, and they are yellow.</p>
<p>For forty years they had been green, a colour that nobody could tell from grey in the light of a lamp on deck.</p></article></body></html>`
	if err := os.WriteFile(page, []byte(html), 0o666); err != nil {
		t.Fatal(err)
	}
	exec := func(args ...string) (int, string, string) {
		var stdout, stderr bytes.Buffer
		code := run(append([]string{"clean"}, args...), strings.NewReader(""), &stdout, &stderr)
		return code, stdout.String(), stderr.String()
	}

	code, out, errs := exec("--report", report, page)
	if code != exitOK || errs != "" || !strings.HasPrefix(out, `{`) || !strings.Contains(out, `"Yellow tide tables"`) {
		t.Errorf("exit code %d, standard output %q, standard error %q", code, out, errs)
	}
	b, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(b, []byte(`it is in the navigation`)) || !bytes.HasSuffix(bytes.TrimSpace(b), []byte("</html>")) {
		t.Errorf("the report is\n%s", b)
	}

	// What is no article has a report too; what is no page leaves the old one.
	if err := os.WriteFile(page, []byte(`<html><body><nav>Only Home</nav></body></html>`), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := exec("--report", report, page); code != exitNoArticle {
		t.Errorf("exit code %d, %s", code, errs)
	}
	if b, err = os.ReadFile(report); err != nil || !bytes.Contains(b, []byte("Only Home")) {
		t.Errorf("the report is %v\n%s", err, b)
	}
	if code, _, errs := exec("--report", report, filepath.Join(dir, "missing.html")); code != exitFailed {
		t.Errorf("exit code %d, %s", code, errs)
	}
	if b, err = os.ReadFile(report); err != nil || !bytes.Contains(b, []byte("Only Home")) {
		t.Errorf("the report is %v\n%s", err, b)
	}

	// One page.
	if code, _, errs := exec("--report", report, page, page); code != exitUsage || !strings.Contains(errs, "--report shows a single page") {
		t.Errorf("exit code %d, %s", code, errs)
	}
	if code, _, errs := exec("--report", report, "--from", "jsonl"); code != exitUsage || !strings.Contains(errs, "--report shows a single page") {
		t.Errorf("exit code %d, %s", code, errs)
	}
	if code, _, errs := exec("--report", report, dir); code != exitUsage || !strings.Contains(errs, "--report shows a single page") {
		t.Errorf("a folder: exit code %d, %s", code, errs)
	}
}
