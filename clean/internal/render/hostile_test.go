package render

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"newsclip/clean/internal/body"
	"newsclip/clean/internal/page"
)

// A backslash before a tag is part of an address where a renderer makes links
// of addresses: the tag would stand. A reference holds in every renderer.
func TestMarkdownWritesTagsAsReferences(t *testing.T) {
	for in, want := range map[string]string{
		`see https://a.example/<img src=x onerror=alert(1)>`: `see https://a.example/&lt;img src=x onerror=alert(1)>`,
		`www.a.example/&lt;script>`:                          `www.a.example/&amp;lt;script>`,
		`https://a.example/?a=1&b=2`:                         `https://a.example/?a=1&amp;b=2`,
		`1 & 2 [x] _y_`:                                      `1 & 2 \[x\] \_y\_`,
	} {
		if got := escapeMarkdown(in, false); got != want {
			t.Errorf("%q is %q, want %q", in, got, want)
		}
	}
}

func TestFencesOfManyBackticks(t *testing.T) {
	ticks := strings.Repeat("`", 400_000)
	if got, want := len(codeSpan(ticks)), 3*len(ticks)+4; got != want {
		t.Errorf("the span has %d bytes, want %d", got, want)
	}
	if got := codeSpan("a `b` ``c"); got != "``` a `b` ``c ```" {
		t.Errorf("the span is %s", got)
	}
}

func TestMarkdownBangs(t *testing.T) {
	var runs []phrasing
	for range 50_000 {
		runs = append(runs, phrasing{text: "so it said!"}, phrasing{text: "this", href: "https://a.example/"})
	}
	got := markdownLine(runs)
	if want := strings.Repeat(`so it said\![this](https://a.example/)`, 50_000); got != want {
		t.Errorf("the line begins %.80s", got)
	}
}

// Lists that go on with the count before them become one list, each written once.
func TestMarkdownOfListsThatGoOn(t *testing.T) {
	const lists = 3000
	var src strings.Builder
	var want []string
	for n := 1; n <= lists; n++ {
		fmt.Fprintf(&src, "<ol start=%d><li>Point %[1]d of the plan</ol>", n)
		want = append(want, fmt.Sprintf("%d. Point %[1]d of the plan", n))
	}
	bd := bodyOf(t, src.String())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := Markdown(bd, nil, nil)
	runtime.ReadMemStats(&after)
	if got != strings.Join(want, "\n") {
		t.Errorf("the list begins %.80q", got)
	}
	if n := after.TotalAlloc - before.TotalAlloc; n > 40<<20 {
		t.Errorf("%d lists allocated %d MB", lists, n>>20)
	}
}

// bodyOf makes a body that keeps every block of a page.
func bodyOf(t *testing.T, src string) *body.Body { return bodyAt(t, "", src) }

// bodyAt is bodyOf for a page with an address.
func bodyAt(t *testing.T, address, src string) *body.Body {
	t.Helper()
	p, err := page.Parse(page.Input{URL: address, HTML: []byte("<title>x</title><body>" + src)})
	if err != nil {
		t.Fatal(err)
	}
	tree := page.NewTree(p)
	blocks := tree.Blocks()
	probs := make([]float32, len(blocks))
	for k := range probs {
		probs[k] = 1
	}
	return body.New(tree, blocks, probs, 0.5)
}

// The rows of a wide table are not filled up to its width where that makes it
// many times as large, nor do cells reach as far as they may say.
func TestTablesStayInProportion(t *testing.T) {
	for name, src := range map[string]string{
		"wide":  "<table><tr>" + strings.Repeat("<td>cell word", 4000) + strings.Repeat("<tr><td>row of words<td>b", 4000) + "</table>",
		"spans": "<table><tr>" + strings.Repeat("<td colspan=50 rowspan=50>cell", 20_000) + strings.Repeat("<tr><td>a<td>b", 60) + "</table>",
	} {
		if got := Markdown(bodyOf(t, src), nil, nil); len(got) > 10*len(src) {
			t.Errorf("%s: %d bytes become %d", name, len(src), len(got))
		}
	}
}

// A list's numbers are the browser's: they are in Markdown and HTML, and no words
// of the text.
func TestNumbersOfLists(t *testing.T) {
	bd := bodyOf(t, `<ol start=7><li>alpha<li>beta<ol start=3><li>one<li>two</ol><li>gamma</ol><ol reversed><li>second<li>first</ol>`)
	for form, got := range map[string]string{"text": PlainBody(bd), "Markdown": Markdown(bd, nil, nil), "HTML": HTMLBody(bd, nil, nil)} {
		want := map[string][]string{
			"text":     {"- alpha\n- beta\n  - one\n  - two\n- gamma\n\n- second\n- first"},
			"Markdown": {"7. alpha", "8. beta", "3. one", "4. two", "9. gamma", "2) second"},
			"HTML":     {`<ol start="7">`, `<ol start="3">`},
		}[form]
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is not in\n%s", form, w, got)
			}
		}
	}
}
