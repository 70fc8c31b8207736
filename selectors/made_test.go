package selectors

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestMadeBy(t *testing.T) {
	for _, tt := range []struct {
		expr  string
		times float64
		joins bool
	}{
		{`//h1[@class="a(b"]`, 0, false},
		{`//p[contains(., "By") and position() < 3]`, 0, false},
		{`concat(//h1, ", ", //h2)`, 3, false},
		{`concat(concat(//h1, //h1), concat(//h1, //h1))`, 4, false},
		{`replace(//h1, "a", "xyz")`, 4, false},
		{`replace(replace(//h1, "a", "xyz"), "x", '1234567')`, 32, false},
		{`//p[concat(., .) = replace(., "a", "")]`, 3, false},
		{`string-join(//p, "; ")`, 3, true},
		{`//p[position() > 2 and concat (., .)]`, 2, false},
		{`normalize-space(//h1)`, 0, false},
	} {
		times, joins, err := madeBy(tt.expr)
		if times != tt.times || joins != tt.joins || err != nil {
			t.Errorf("%s: %v times, %v, %v, want %v and %v", tt.expr, times, joins, err, tt.times, tt.joins)
		}
	}
	for _, expr := range []string{`replace(//h1, "a", //body)`, `string-join(//*, //body)`, `//p[replace(., "a", .) = "b"]`} {
		if _, _, err := madeBy(expr); err == nil {
			t.Errorf("%s is no error", expr)
		}
	}
}

// An XPath that would make gigabytes of a page finds nothing on it, and one that makes a
// title of a headline finds it.
func TestXPathMakesNoMoreThanFits(t *testing.T) {
	doc, err := html.Parse(strings.NewReader("<h1>The ferry</h1>" + strings.Repeat("<div>", 100) + strings.Repeat("<p>It left the harbour at nine.</p>", 3000)))
	if err != nil {
		t.Fatal(err)
	}
	for _, expr := range []string{
		"concat(" + strings.Repeat("//body,", 1000) + "//body)",
		`replace(//body, "e", "` + strings.Repeat("x", 1000) + `")`,
		`replace(replace(replace(//body, "e", "eeeeeeeeee"), "e", "eeeeeeeeee"), "e", "eeeeeeeeee")`,
		`string-join(//*, "` + strings.Repeat("-", 10) + `")`,
	} {
		s, err := compileSelector(expr)
		if err != nil {
			t.Fatal(err)
		}
		if found := s.Select(NewSearch(doc)); found != nil {
			t.Errorf("%.50s made %d bytes", expr, len(found[0].Value))
		}
	}
	for expr, want := range map[string]string{
		`concat(//h1, ", at nine")`:          "The ferry, at nine",
		`replace(//h1, "The", "A red")`:      "A red ferry",
		`string-join(//h1 | //title, " – ")`: "The ferry",
	} {
		s, err := compileSelector(expr)
		if err != nil {
			t.Fatal(err)
		}
		if found := s.Select(NewSearch(doc)); len(found) != 1 || found[0].Value != want {
			t.Errorf("%s: %v", expr, found)
		}
	}
}
