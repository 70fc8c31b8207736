package clean

import (
	"reflect"
	"strings"
	"testing"
	"unicode"
)

// TestRecordHasNoControls cleans a page with control characters in everything that
// becomes a field: none is in a record, and those that were signs of windows-1252
// are these signs.
func TestRecordHasNoControls(t *testing.T) {
	const bad = "we\u0092re \u009b31m\x7f\u202e\u0085\u009d\u001b[2J"
	p := "<p>" + strings.Repeat("The council voted to rebuild the old bridge over the river before winter comes, "+bad+". ", 3) + "</p>"
	page := `<!doctype html><html lang="en"><head><title>The bridge ` + bad + `</title>
<meta name="description" content="About ` + bad + `"><meta name="author" content="Mara ` + bad + ` Lind"><meta name="keywords" content="a` + bad + `,b">
<meta property="article:section" content="City` + bad + `"><meta property="og:site_name" content="Daily` + bad + `">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"The bridge we\u0092re \u009b31m building","author":{"@type":"Person","name":"Mara \u0092 Lind","url":"https://x.example/\u009b"},"image":{"@type":"ImageObject","url":"https://x.example/a.jpg","caption":"At \u009b the river"}}</script></head>
<body><article><h1>The bridge ` + bad + ` building</h1><p class="byline">By Mara Lind` + bad + `</p>` + p + p + `
<figure><img src="/a.jpg?` + bad + `" width="800" height="600" alt="Men ` + bad + ` on it"><figcaption>The river ` + bad + ` today. Photo: A. ` + bad + `Ny</figcaption></figure>
<pre class="` + bad + `">go ` + bad + ` run</pre><p><a href="/x` + bad + `" title="` + bad + `">a link` + bad + `</a> &#146;s and &#x202e; and &#127; and &#155; stay out of what is written here by us.</p>` + p + `</article></body></html>`
	a, err := New(Options{Markdown: true, HTML: true, Explain: true}).Clean(Input{URL: "https://x.example/a", HTML: []byte(page)})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "we’re") || !strings.Contains(a.Title, "we’re") {
		t.Errorf("title %q, text %q", a.Title, a.Text)
	}
	if len(a.Images) == 0 || !strings.HasPrefix(a.Images[0].URL, "https://x.example/a.jpg") {
		t.Errorf("images %+v", a.Images)
	}
	const at = "https://x.example/\x1b[31m\u009b\u202e"
	if a, err := New(Options{}).Clean(Input{URL: at, HTML: []byte(page)}); err != nil || a.URL != "https://x.example/%1B[31m%C2%9B%E2%80%AE" {
		t.Errorf("address %q, %v", a.URL, err)
	}
	if a := Failed(Input{URL: at}, &Error{Code: "read", Message: "x"}); a.URL != "https://x.example/%1B[31m%C2%9B%E2%80%AE" {
		t.Errorf("address %q of a page that failed", a.URL)
	}
	eachField(a, func(name, s string) {
		for _, r := range s {
			if unicode.IsControl(r) && r != '\n' && r != '\t' || r == '\u202d' || r == '\u202e' {
				t.Errorf("%s holds %U: %q", name, r, s)
				return
			}
		}
	})
}

// eachField calls f with every string in a record.
func eachField(a *Article, f func(name, s string)) {
	var walk func(name string, v reflect.Value)
	walk = func(name string, v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer:
			if !v.IsNil() {
				walk(name, v.Elem())
			}
		case reflect.Slice:
			for i := range v.Len() {
				walk(name, v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(name+"."+v.Type().Field(i).Name, v.Field(i))
				}
			}
		case reflect.String:
			f(name, v.String())
		}
	}
	walk("", reflect.ValueOf(a))
}
