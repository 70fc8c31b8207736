package meta

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"newsclip/clean/internal/dates"
	"newsclip/clean/internal/jsonld"
	"newsclip/clean/internal/page"
)

func readOne(s string) *jsonld.LdObject {
	budget := jsonld.LdMaxValues
	if all := jsonld.ReadJSONLD(s, &budget); len(all) > 0 {
		return all[0]
	}
	return nil
}

func TestJSONLDTolerance(t *testing.T) {
	for _, c := range []struct{ name, in, headline string }{
		{"plain", `{"headline":"A storm"}`, "A storm"},
		{"html comment", `<!-- {"headline":"A storm"} -->`, "A storm"},
		{"cdata", "//<![CDATA[\n{\"headline\":\"A storm\"}\n//]]>", "A storm"},
		{"trailing commas", `{"headline":"A storm",,"author":["x",],}`, "A storm"},
		{"raw line end in a string", "{\"headline\":\"A\n storm\"}", "A storm"},
		{"control characters", "{\x01\"headline\"\x02:\"A\x03 storm\"}", "A storm"},
		{"byte order mark", "\ufeff{\"headline\":\"A storm\"}", "A storm"},
		{"entities", `{"headline":"Salt &amp; rain &#8211; it&#39;s on"}`, "Salt & rain – it's on"},
		{"entities escaped twice", `{"headline":"It&amp;#8217;s on"}`, "It’s on"},
		{"escapes", `{"headline":"A \"storm\" \u00e9 \ud83d\ude00 \/ x"}`, `A "storm" é 😀 / x`},
		{"unknown escape", `{"headline":"A \'storm\'"}`, "A 'storm'"},
		{"unescaped quotes", `{"headline":"He said "no" twice","name":"n"}`, `He said "no" twice`},
		{"never closed", `{"headline":"A storm","author":{"name":"Jo"`, "A storm"},
		{"object in a list without an end", `[{"headline":"A storm", ]`, "A storm"},
		{"schema prefix", `{"schema:headline":"A storm"}`, "A storm"},
		{"full property address", `{"http://schema.org/headline":"A storm"}`, "A storm"},
		{"value object", `{"headline":{"@value":"A storm","@language":"en"}}`, "A storm"},
		{"list", `{"headline":["A storm","Another"]}`, "A storm"},
		{"null", `{"headline":null}`, ""},
		{"unwanted values are skipped", `{"x":{"headline":"no","y":[1,{"z":"}"}]},"w":"a\"}","headline":"A storm"}`, "A storm"},
		{"semicolon after", `{"headline":"A storm"};`, "A storm"},
		{"no colon", `{"headline" "x", "headline":"A storm"}`, "A storm"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := readOne(c.in).Get(jsonld.LdHeadline).Text(); got != c.headline {
				t.Errorf("headline = %q, want %q", got, c.headline)
			}
		})
	}
}

func TestJSONLDSeveralObjects(t *testing.T) {
	budget := jsonld.LdMaxValues
	all := jsonld.ReadJSONLD(`{"name":"a"} , {"name":"b"} [{"name":"c"},{"name":"d"}]`, &budget)
	var names []string
	for _, o := range all {
		names = append(names, o.Get(jsonld.LdName).Text())
	}
	if got := strings.Join(names, ""); got != "abcd" {
		t.Errorf("names = %q, want abcd", got)
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

func FuzzJSONLD(f *testing.F) {
	for _, s := range []string{`{"@graph":[{"@id":"#a","name":"x"},{"author":{"@id":"#a"}}]}`, `[{"headline":"a"},]`, `{"a":"\u12"}`, `<!--{"name":"x"}-->`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		budget := jsonld.LdMaxValues
		for _, o := range jsonld.ReadJSONLD(s, &budget) {
			o.Get(jsonld.LdHeadline).Text()
			o.Types()
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"6 May 2024", "2024-05-06T10:00:00+02:00", "2024年5月6日", "۱۴۰۳/۰۲/۱۷", "Fri Apr 28 19:20:36 CEST 2023"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		d, ok := dates.ParseDate(s, lang)
		if ok && !d.Ok() {
			t.Errorf("parseDate(%q, %q) = %v, which is no day", s, lang, d)
		}
		if u, ok := dates.OfURL(s); ok && !u.Ok() {
			t.Errorf("dateInURL(%q) = %v, which is no day", s, u)
		}
	})
}

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
