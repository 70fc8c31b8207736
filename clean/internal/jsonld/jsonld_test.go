package jsonld

import (
	"strings"
	"testing"
)

func readOne(s string) *LdObject {
	budget := LdMaxValues
	if all := ReadJSONLD(s, &budget); len(all) > 0 {
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
		{"all of it escaped", `{&quot;@type&quot;:&quot;Article&quot;,&quot;headline&quot;:&quot;Salt &amp;amp; rain&quot;}`, "Salt & rain"},
		{"all of it escaped, in numbers", "[\n{ &#34;headline&#34;: &#34;Bão ở cảng&#34; }\n]", "Bão ở cảng"},
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
			if got := readOne(c.in).Get(LdHeadline).Text(); got != c.headline {
				t.Errorf("headline = %q, want %q", got, c.headline)
			}
		})
	}
}

func TestJSONLDSeveralObjects(t *testing.T) {
	budget := LdMaxValues
	all := ReadJSONLD(`{"name":"a"} , {"name":"b"} [{"name":"c"},{"name":"d"}]`, &budget)
	var names []string
	for _, o := range all {
		names = append(names, o.Get(LdName).Text())
	}
	if got := strings.Join(names, ""); got != "abcd" {
		t.Errorf("names = %q, want abcd", got)
	}
}

func FuzzJSONLD(f *testing.F) {
	for _, s := range []string{`{"@graph":[{"@id":"#a","name":"x"},{"author":{"@id":"#a"}}]}`, `[{"headline":"a"},]`, `{"a":"\u12"}`, `<!--{"name":"x"}-->`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		budget := LdMaxValues
		for _, o := range ReadJSONLD(s, &budget) {
			o.Get(LdHeadline).Text()
			o.Types()
		}
	})
}

// TestCollapse makes white space one space, and takes out what shows nothing where the
// text has no white space to mend, too.
func TestCollapse(t *testing.T) {
	for in, want := range map[string]string{
		"Storm at sea":                 "Storm at sea",
		"  Storm \n at\u00a0sea ":      "Storm at sea",
		"Er\u00adin\u00adne\u00adrung": "Erinnerung",
		"Hafen\u00adpost, die":         "Hafenpost, die",
		"Sturm\u200b auf See":          "Sturm auf See",
		"»Ärger«":                      "»Ärger«",
	} {
		if got := Collapse(in); got != want {
			t.Errorf("Collapse(%q) = %q, want %q", in, got, want)
		}
	}
}
