package meta

import (
	"newsclip/clean/internal/page"
	"runtime"
	"strings"
	"testing"
	"time"
)

// A person that thousands of references name is read once.
func TestJSONLDReferencesToOneAuthor(t *testing.T) {
	name := strings.Repeat("Mara ", 100_000)
	for what, refs := range map[string]string{
		"authors": `"author":[` + strings.Repeat(`{"@id":"#p"},`, 6000) + `{}]`,
		"strings": `"author":[` + strings.Repeat(`"#p",`, 6000) + `""]`,
		"images": `"image":[` + strings.Repeat(`{"@type":"ImageObject","@id":"#i"},`, 3000) +
			strings.Repeat(`{"@type":"ImageObject","url":"https://news.example/i.jpg","author":{"@id":"#p"}},`, 3000) + `{}]`,
	} {
		t.Run(what, func(t *testing.T) {
			p, err := page.Parse(page.Input{HTML: []byte(`<title>The bridge</title><script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"The bridge",` +
				refs + `},{"@id":"#i","@type":"ImageObject","url":"https://news.example/p.jpg","width":1,"caption":"` + name + `"},{"@id":"#p","@type":"Person","url":"/p","name":"` + name + `"}]}</script><p>x</p>`)})
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			Read(page.NewTree(p), Options{})
			runtime.ReadMemStats(&after)
			if n := after.TotalAlloc - before.TotalAlloc; n > 200<<20 {
				t.Errorf("reading took %d MiB", n>>20)
			}
		})
	}
}

// TestJSONLDHostile reads input that a quadratic or recursive reader does not
// come back from.
func TestJSONLDHostile(t *testing.T) {
	const n = 2 << 20
	for _, c := range []struct{ name, in string }{
		{"deep lists", strings.Repeat("[", n)},
		{"deep objects", strings.Repeat(`{"author":`, n/10)},
		{"deep unwanted objects", `{"x":` + strings.Repeat(`{"y":`, n/5)},
		{"many small objects", "[" + strings.Repeat(`{"name":"x"},`, n/13) + "]"},
		{"quotes", `{"headline":` + strings.Repeat(`"`, n)},
		{"quotes and space", `{"headline":"` + strings.Repeat(`"  `, n/3)},
		{"backslashes", `{"headline":"` + strings.Repeat(`\`, n)},
		{"commas", strings.Repeat(`[,`, n/2)},
		{"closing signs", strings.Repeat(`{]`, n/2)},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			src := `<html><head><script type="application/ld+json">` + c.in + `</script></head><body><h1>A storm</h1></body></html>`
			p, err := page.Parse(page.Input{URL: "https://example.org/a/b", HTML: []byte(src)})
			if err != nil {
				t.Fatal(err)
			}
			if md := Read(page.NewTree(p), Options{}); md.Title != "A storm" {
				t.Errorf("title = %q", md.Title)
			}
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}
