package selectors

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/html"
)

// writeRules makes a folder of rules from a txtar-like list of name and text.
func writeRules(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestLoadDirErrors(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"unknown directive", "title: h1\n\nstrap: .x", `rules/example.com.txt:3: no directive is called "strap"`},
		{"bad CSS", "# c\nbody: div[", `rules/example.com.txt:2: body: "div[" is no CSS selector: `},
		{"bad XPath", "body: //div[", `rules/example.com.txt:1: body: "//div[" is no XPath: `},
		{"XPath with wrong arguments", "body: //div[contains(@class='x')]", `rules/example.com.txt:1: body: "//div[contains(@class='x')]" is no XPath: `},
		{"empty value", "strip:", "rules/example.com.txt:1: strip: has no value"},
		{"no colon", "title", `rules/example.com.txt:1: "title" is no directive: a line reads "directive: value"`},
		{"neither yes nor no", "prune: maybe", `rules/example.com.txt:1: prune: "maybe" is neither yes nor no`},
		{"replacement of nothing", "replace_string: x", "rules/example.com.txt:1: replace_string: there is no find_string before it"},
		{"find without replacement", "title: h1\nfind_string: x", `rules/example.com.txt:2: find_string: "x" has no replace_string`},
		{"not UTF-8", "title: h1\ntitle: .caf\xe9", "rules/example.com.txt:2: the line is not UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.Mkdir("rules", 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile("rules/example.com.txt", []byte(c.file), 0o644); err != nil {
				t.Fatal(err)
			}
			s, err := LoadDir("rules")
			if err == nil || !strings.HasPrefix(err.Error(), "selectors: "+c.want) || s == nil {
				t.Errorf("got %v, %v\nwant selectors: %s", s, err, c.want)
			}
		})
	}
}

func TestLoadDirNamesEveryFault(t *testing.T) {
	dir := writeRules(t, map[string]string{
		"a.example.txt":     "nope: 1\nbody:",
		"b.example.txt":     "title: h1",
		"c.example.txt":     "strip: ]",
		"www.b.example.txt": "title: h2",
	})
	set, err := LoadDir(dir)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"a.example.txt:1:", "a.example.txt:2:", "c.example.txt:1:", "www.b.example.txt: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not name %s:\n%v", want, err)
		}
	}
	if set.For("b.example").Title == nil || set.For("c.example") == nil {
		t.Error("the lines without a fault are lost")
	}
	if set, err := LoadDir(filepath.Join(dir, "none")); err == nil || set != nil {
		t.Error("a folder that is not there gives no error")
	}
}

func TestSetFor(t *testing.T) {
	s, err := LoadDir(writeRules(t, map[string]string{
		"example.com.txt":        "title: h1",
		".example.org.txt":       "title: h1",
		".blogs.example.org.txt": "title: h1",
		"one.example.org.txt":    "title: h1",
		"LICENSE.txt":            "Do as you like.",
		"notes.md":               "not rules",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.hosts) + len(s.trees); n != 4 {
		t.Errorf("%d files are read, want 4", n)
	}
	for host, want := range map[string]string{
		"example.com":            "example.com.txt",
		"www.example.com":        "example.com.txt",
		"WWW.Example.COM:8080":   "example.com.txt",
		"shop.example.com":       "",
		"example.org":            ".example.org.txt",
		"two.example.org":        ".example.org.txt",
		"one.example.org":        "one.example.org.txt",
		"a.one.example.org":      ".example.org.txt",
		"anna.blogs.example.org": ".blogs.example.org.txt",
		"notexample.org":         "",
		"org":                    "",
		"":                       "",
		"[::1]:80":               "",
	} {
		got := ""
		if r := s.For(host); r != nil {
			got = filepath.Base(r.File)
		}
		if got != want {
			t.Errorf("For(%q) = %q, want %q", host, got, want)
		}
	}
	var none *Set
	if none.For("example.com") != nil || (&Set{}).For("example.com") != nil {
		t.Error("a set without rules has rules")
	}
}

func TestParseRules(t *testing.T) {
	r, err := ParseRules("x", []byte(strings.ReplaceAll("\ufeff"+`# made for a test
Title : //h1
subtitle: .dek
BODY: .story, article
body: //div[@id='b']
strip_id_or_class: "promo"
strip_image_src: /pixel.
find_string: <a(b)
find_string: c
replace_string: <d>
replace_string:
replace_string(x:(y)): z: w
prune: no
skip_json_ld: yes
http_header(user-agent): Mozilla/5.0
test_url: https://example.com/1
`, "\n", "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Title) != 1 || len(r.Subtitle) != 1 || len(r.Body) != 2 || r.Body[1].Source != "//div[@id='b']" || r.Body[1].Rule != "x:5" {
		t.Errorf("selectors: %+v", r)
	}
	if len(r.StripNames) != 1 || r.StripNames[0] != (StripWord{"promo", "x:6"}) || len(r.StripImages) != 1 {
		t.Errorf("words: %v, %v", r.StripNames, r.StripImages)
	}
	want := []Replacement{{"<a(b)", "<d>"}, {"c", ""}, {"x:(y)", "z: w"}}
	if len(r.Replacements) != 3 || r.Replacements[0] != want[0] || r.Replacements[1] != want[1] || r.Replacements[2] != want[2] {
		t.Errorf("replacements: %q, want %q", r.Replacements, want)
	}
	if !r.KeepAll || !r.SkipJSONLD {
		t.Errorf("KeepAll %v, SkipJSONLD %v, want both", r.KeepAll, r.SkipJSONLD)
	}
	if got := string(r.Rewrite([]byte("<a(b)c x:(y) b"))); got != "<d> z: w b" {
		t.Errorf("Rewrite: %q", got)
	}
	if got := string((*Rules)(nil).Rewrite([]byte("as is"))); got != "as is" {
		t.Errorf("Rewrite without rules: %q", got)
	}
}

func TestSelectorSelect(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<html><head><meta property="og:title" content="Harbour opens | Gazette"></head>
<body><h1 class="t">Harbour opens</h1><div id="b"><p class="story">One</p><p class="story x">Two</p></div></body></html>`))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, source, want string }{
		{"CSS", "#b .story", "p p"},
		{"CSS group", "h1, .x", "h1 p"},
		{"XPath", "//p[@class='story']", "p"},
		{"XPath of both", "//p | //h1", "p p h1"},
		{"first of XPath", "(//p)[2]", "p"},
		{"text node", "//h1/text()", "Harbour opens"},
		{"attribute", "//meta[@property='og:title']/@content", "=Harbour opens | Gazette"},
		{"function", "substring-before(//meta[@property='og:title']/@content, ' | ')", "=Harbour opens"},
		{"string literal", "'The Gazette'", "=The Gazette"},
		{"number", "count(//p)", "=2"},
		{"id()", "id('b')/p[1]", "p"},
		{"a path that starts nowhere", "p[@class='story']", "p"},
		{"nothing", "//aside", ""},
		{"function of nothing", "substring-after(//aside, 'x')", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := compileSelector(c.source)
			if err != nil {
				t.Fatal(err)
			}
			var wg sync.WaitGroup
			for range 4 {
				wg.Add(1)
				go func() {
					defer wg.Done()
					var got []string
					for _, m := range s.Select(NewSearch(doc)) {
						if m.Node != nil {
							got = append(got, m.Node.Data)
						} else {
							got = append(got, "="+m.Value)
						}
					}
					if strings.Join(got, " ") != c.want {
						t.Errorf("%s: %q, want %q", c.source, got, c.want)
					}
				}()
			}
			wg.Wait()
		})
	}
}

func TestDirectives(t *testing.T) {
	for name, why := range ignored {
		if directives[name] != nil {
			t.Errorf("%s is ignored and is not", name)
		}
		if name != strings.ToLower(name) || why == "" {
			t.Errorf("%q: %q", name, why)
		}
	}
	for name := range directives {
		if name != strings.ToLower(name) {
			t.Errorf("%q can never match", name)
		}
	}
}
