package clean_test

import (
	"errors"
	"strings"
	"testing"

	"newsclip/clean"
)

// A record names where its page is from, and has an id that is made of the
// first of these that is known: the canonical address, the address, the file.
// Standard input names nothing, so that the text has to do.
func TestOriginAndID(t *testing.T) {
	body := func(words string) string {
		return "<article><h1>Old mill opens as a library</h1>" + strings.Repeat("<p>The paper mill at "+words+" has opened its doors as the largest library of the valley.</p>", 3) + "</article>"
	}
	canonical := `<link rel="canonical" href="https://quay.example/mill">`
	clean1 := func(in clean.Input) *clean.Article {
		a, err := clean.New(clean.Options{}).Clean(in)
		if err != nil {
			t.Fatal(err)
		}
		if a.ID == "" || a.File != in.File || a.Source != in.Source {
			t.Errorf("%q, %q, %q", a.ID, a.File, a.Source)
		}
		return a
	}
	page := []byte(body("Sundry Bridge"))
	url := clean1(clean.Input{URL: "https://quay.example/mill", File: "a.html", HTML: page})
	for name, in := range map[string]clean.Input{
		"canonical before url": {URL: "https://quay.example/x", File: "b.html", HTML: append([]byte(canonical), page...)},
		"url before file":      {URL: "https://quay.example/mill", File: "c.html", Source: "pages.jsonl:7", HTML: page},
	} {
		if a := clean1(in); a.ID != url.ID {
			t.Errorf("%s: %s, want %s", name, a.ID, url.ID)
		}
	}
	if a := clean1(clean.Input{ID: "given", File: "a.html", HTML: page}); a.ID != "given" {
		t.Error(a.ID)
	}
	file := clean1(clean.Input{File: "a.zip!/b.html", HTML: page})
	if other := clean1(clean.Input{File: "a.zip!/c.html", HTML: page}); other.ID == file.ID {
		t.Error("two members have one id")
	}
	if same := clean1(clean.Input{File: "a.zip!/b.html", HTML: []byte(body("Hollow Ferry"))}); same.ID != file.ID {
		t.Error("a file's id changes with its text")
	}
	for _, file := range []string{"-", "-!/b.html", ""} {
		one := clean1(clean.Input{File: file, HTML: page})
		two := clean1(clean.Input{File: file, HTML: []byte(body("Hollow Ferry"))})
		if again := clean1(clean.Input{File: file, HTML: page}); one.ID == two.ID || one.ID != again.ID {
			t.Errorf("%q: %s, %s and again %s", file, one.ID, two.ID, again.ID)
		}
	}

	failed := clean.Failed(clean.Input{Source: "pages.jsonl:7"}, errors.New("broken JSON"))
	if failed.ID == "" || failed.Source != "pages.jsonl:7" || failed.Error == nil {
		t.Errorf("%+v", failed)
	}
	if a := clean.Failed(clean.Input{File: "a.zip!/b.html"}, errors.New("x")); a.ID != file.ID || a.File != "a.zip!/b.html" {
		t.Errorf("%+v", a)
	}
}
