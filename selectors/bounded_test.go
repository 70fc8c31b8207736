//go:build !race

package selectors

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// One goroutine searches here, and the race detector makes it ten times as long.

// Rules that are quadratic in a page made for it, and worse, find nothing on it within the
// work of a page, and find what they find on another page afterwards.
func TestSelectorsAreBounded(t *testing.T) {
	const sentence = "The ferry left the harbour at nine, with %d people. "
	many := func(n int, tag string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, tag+sentence, i)
		}
		return b.String()
	}
	pages := map[string]string{
		"deep": "<body>" + strings.Repeat("<div>", 450) + many(5000, "<p>"),
		"long": "<body>" + strings.Repeat("<div>", 450) + "<p>" + many(30000, ""),
		"wide": "<body>" + many(25000, "</div><div>"),
	}
	small, err := html.Parse(strings.NewReader(searchPage))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ page, source string }{
		{"deep", "main article section div div p:not(main div div)"}, {"deep", "p:not(main div div p)"}, {"long", "div:has(nav)"}, {"long", "div:contains('advertisement')"},
		{"wide", "div:nth-last-child(2n)"}, {"wide", ":not(h1 ~ div)"}, {"wide", "div:not(p ~ div ~ div)"}, {"long", "div:matches((a|b)*c)"}, {"long", "div:has(:contains(advert))"},
		{"long", "//*[contains(., 'Advertisement')]"}, {"deep", "//p[matches(//body, '(a|b)*c')]"}, {"deep", "//p[contains(//body, 'x')]"}, {"wide", "//div[count(preceding-sibling::div) > 3]"},
		{"wide", "//div[count(preceding::*) > count(following::*)]"}, {"deep", "(//*/ancestor::*)[last()]"}, {"wide", "//div[translate('" + strings.Repeat("é", 1000) + "', '" + strings.Repeat("é", 2000) + "', 'e')='x']"},
		{"wide", "//div[" + strings.Repeat("1+", 80) + "1 = 3]"}, {"wide", "//div[replace(., 'e', 'eeeeeeeeee') = .]"}, {"wide", "//div[position() = last()]"},
		{"wide", "//div[matches('" + strings.Repeat("a", 900) + "', '(a{1,30}){1,30}b')]"},
	} {
		t.Run(tt.page+" "+tt.source[:min(len(tt.source), 40)], func(t *testing.T) {
			doc, err := html.Parse(strings.NewReader(pages[tt.page]))
			if err != nil {
				t.Fatal(err)
			}
			s, err := compileSelector(tt.source)
			if err != nil {
				t.Fatal(err)
			}
			before := len(s.Select(NewSearch(small)))
			page, start := NewSearch(doc), time.Now()
			if found := s.Select(page); len(found) > 0 && page.left == 0 {
				t.Errorf("it found %d and had no work left", len(found))
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
			if after := len(s.Select(NewSearch(small))); after != before {
				t.Errorf("it found %d before and %d after", before, after)
			}
		})
	}
}
