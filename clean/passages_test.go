package clean

import (
	"strings"
	"testing"

	"newsclip/clean/article"
	"newsclip/clean/internal/page"
)

// TestPassages compares the passages of a page with its record and with what
// is explained of it.
func TestPassages(t *testing.T) {
	d, err := New(Options{Explain: true}).Draft(page.Input{HTML: []byte(explainedPage), URL: "https://quay.example/tides?x=1"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	a, err := d.Article()
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	var removed []article.Removed
	for _, p := range d.Passages() {
		if p.Keep {
			kept = append(kept, p.Text)
			if p.Tag != "p" || p.Stage != "" || p.Rule != "" {
				t.Errorf("a kept passage is %+v", p)
			}
			continue
		}
		removed = append(removed, article.Removed{Stage: p.Stage, Rule: p.Rule, Text: p.Text})
	}
	if got := strings.Join(kept, "\n\n"); got != a.Text {
		t.Errorf("what is kept is\n%s\nwant\n%s", got, a.Text)
	}
	if len(removed) != len(a.Removed) {
		t.Fatalf("%d passages are removed, want %d", len(removed), len(a.Removed))
	}
	for k := range removed {
		if removed[k] != a.Removed[k] {
			t.Errorf("passage %+v, explained as %+v", removed[k], a.Removed[k])
		}
	}
	if d.Title() != a.Title || d.Language() != a.Language || d.URL() != a.URL {
		t.Errorf("title %q, language %q, address %q", d.Title(), d.Language(), d.URL())
	}
	if with, without := d.HTML(a.Images), d.HTML(nil); !strings.Contains(with, "<img") || strings.Contains(without, "<img") || !strings.Contains(without, "<p>For forty years") {
		t.Errorf("HTML with pictures is\n%s\nand without\n%s", with, without)
	}
}

// TestPassageBlocks counts the blocks of a box that is taken out whole.
func TestPassageBlocks(t *testing.T) {
	for _, x := range []struct {
		name, nav string
		want      int
	}{
		{"inline links", `<a href="/">Home</a> <a href="/s">Sport</a>`, 1},
		{"a list", `<ul><li><a href="/">Home</a></li><li><b>Sport</b> today</li><li></li></ul>`, 2},
		{"text around a block", `Menu <div>Home</div> all of it`, 3},
		{"no text", `<script>1</script>Menu<style>a{}</style>`, 1},
	} {
		t.Run(x.name, func(t *testing.T) {
			source := `<html><body><nav>` + x.nav + `</nav><p>The tide tables for the coming year are on sale at the harbour office, and they are yellow.</p></body></html>`
			d, err := New(Options{}).Draft(page.Input{HTML: []byte(source)})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			p := d.Passages()[0]
			if p.Rule != "nav" || p.Blocks != x.want {
				t.Errorf("%+v, want %d blocks", p, x.want)
			}
		})
	}
}

func TestFields(t *testing.T) {
	d, err := New(Options{}).Draft(page.Input{HTML: []byte(explainedPage), URL: "https://quay.example/tides?x=1"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	a, err := d.Article()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]Field{}
	for _, f := range d.Fields(a) {
		if f.Value == "" {
			t.Errorf("field %s has no value", f.Name)
		}
		got[f.Name] = f
	}
	for _, want := range []Field{
		{"canonical_url", "https://quay.example/tides", "rel=canonical"},
		{"site", "The Quay Post, quay.example", "og:site_name"},
		{"authors", "Mara Lindqvist", "byline class"},
	} {
		if got[want.Name] != want {
			t.Errorf("field %+v, want %+v", got[want.Name], want)
		}
	}
}
